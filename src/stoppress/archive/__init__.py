"""A live blog outside the database: PURE. `format.py` the archive, `codec.py` its JSON · `readers/` foreign files.

`detect.py` `read_file` bytes → Reading · `found.py`, `assemble.py` what a reader found → Archive.
May import `document` and `lib`; called by `liveblogs/actions/import_liveblog.py`, `cli` and `demo`.
"""
