"""A live blog outside the database: PURE. `format.py` the archive itself · `readers/` foreign files → archive.

May import `document` and `lib`; called by `liveblogs/actions/import_liveblog.py`, `cli` and `demo`.
"""
