"""The read side: plain ASGI, no Django. It asks few questions of the database and joins ready-made bytes.

`rows.py` what the store hands out · `store.py` the questions, `sqlite_store.py` and `postgres_store.py` who answers
· `collapse.py` what changed after n · `pages.py` joined bytes, compressed once · `frame.py` the page around the posts
· `hub.py` fan-out · `stream.py` one reader · `server.py` sockets, time-outs, shutdown · `app.py` the routes.
May import `events`, `bus` and `lib`. Built by `cli`.
"""
