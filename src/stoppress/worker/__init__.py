"""Work that nobody waits for: a loop over due rows. A killed worker goes on where the rows stand.

`loop.py` the loop · one file per job. Calls `liveblogs/actions` like everybody else.
"""
