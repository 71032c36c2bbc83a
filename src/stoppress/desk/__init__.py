"""The reporters' screens: who may look, what they press, what they are told. No tables and no rules of its own.

`urls.py` the addresses · `door.py` who comes in · `views/` one file per noun · `forms/` what comes in ·
`shown.py` what templates are given · `templates/`. May import `liveblogs` and what stands below it.
"""
