"""What a post may contain: PURE. One tree of blocks, its rules, and the ways into it.

`schema.json` the one definition, read here and by the editor · `schema.py` Document · `parse.py` JSON →
Document or InvalidDocument · `stored.py` what was once stored, mended · `markdown.py`, `html.py` other
people's text → Document · `text.py` Document → words.
May import `lib`; called by nearly everyone.
"""
