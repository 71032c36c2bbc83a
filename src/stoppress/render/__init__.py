"""Document + facts → bytes, once, on write: PURE functions, one table row per node type.

`facts.py` what renderers are told · `html.py` documents · `post.py` the post around them · `page.py` what
stands around the posts · `plain.py` · `jsonld.py` · `feeds.py`.
May import `document` and `lib`; called by `liveblogs/projection.py` and tests.
"""
