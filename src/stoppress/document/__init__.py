"""What a post may contain: PURE. One tree of blocks, its rules, and the ways into it.

`schema.json` the one definition, read here and by the editor · `schema.py` Document · `parse.py` JSON →
Document or InvalidDocument, by the rules of `check.py` · `stored.py` what was once stored, mended ·
`text.py` Document → words · `markdown.py`, `html.py` (with `html_*.py`) other people's text → Document,
through `writer.py`, which puts each word where the rules allow it.
May import `lib`; called by nearly everyone.
"""
