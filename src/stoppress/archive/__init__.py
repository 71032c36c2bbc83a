"""A live blog outside the database: PURE.

`format.py` the archive · `codec.py`, `fields.py` its JSON · `detect.py` `read_file`, bytes → Reading.
Foreign files: `readers/` look into them, `found.py` is what they find, `blocks.py` makes Document blocks of
it, `dates.py` and `zones.py` read times, `dating.py` places every update in time, `assemble.py` → Archive.
May import `document` and `lib`; called by `liveblogs/actions/import_liveblog.py`, `cli` and `demo`.
"""
