"""What happened, and how it travels: PURE. No Django, no domain rules, no text of posts.

`kinds.py` the facts of the log · `changes.py` what a reader's page must do · `sse.py` frames on the wire.
May import `lib`.
"""
