"""The read side: plain ASGI, no Django. It asks few questions of the database and joins ready-made bytes.

`rows.py` what the store hands out · `store.py` the questions · `sqlite_store.py`, `postgres_store.py` who
answers them · `collapse.py` what changed after n · `frame.py` the page around the posts · `pages.py` joined
bytes, compressed once · `hub.py` fan-out · `stream.py` one reader · `server.py` sockets, time-outs,
shutdown
· `app.py` the routes. May import `events`, `bus` and `lib`. Built by `cli`.
"""
