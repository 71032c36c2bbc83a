"""Uploaded pictures: what is accepted, how it is read, what is kept.

`kinds.py` sniffs the bytes · `read.py` starts `child.py`, a process with little memory and time, which alone
decodes · `metadata.py` caption, credit and alternative text in, credit out · `files.py` the media folder.
No Django here. Called by `liveblogs/actions/upload_media.py`. May import `lib`.
"""
