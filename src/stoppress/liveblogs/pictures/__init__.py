"""Uploaded pictures: what is accepted, how it is read, what is kept.

`kinds.py` sniffs the bytes · `read.py` starts `child.py`, a process of few rights (`confine.py`), which alone
decodes · `metadata.py` caption, credit, alternative text and origin in, credit and origin out · `credits.py` writes
another credit into a file · `parts.py` uploads that come in parts · `store.py` chooses where files are kept:
`files.py` a folder, `bucket.py` S3. Called by `liveblogs/actions`. May import `lib`; Django in the last two only.
"""
