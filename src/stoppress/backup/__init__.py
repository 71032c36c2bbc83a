"""A whole newsroom in one file, and back: on either database, while it runs.

`write.py` the copy · `read.py` the way back · `format.py` what both agree on. The file is a gzipped tar:
`manifest.json`, `rows/<app>.<model>.jsonl` (Django's serialised rows), `media/…`. It holds no secret key and no
sessions. May import everything but `edge`; called by `cli`.
"""
