"""Room: telling subscribers of feeds at once (WebSub). Our own hub, and a word to a hub of others.

`views.py` takes requests · `hub.py` is the worker's turn: whom to ask, whom to tell, what came of it · `senders.py` the
threads that go out, through `lib/http_out.py` alone · `actions/` what rows become. May import `liveblogs` and the rooms
below it. Source: https://www.w3.org/TR/websub/; docs/decisions/0022-websub.md.
"""
