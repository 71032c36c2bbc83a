"""Notifications to readers' devices: who asked for them, what is still to be sent, and the sending.

Called by `worker` (sending), `desk` (figures) and the readers' pages (`urls.py`). May import `liveblogs`, `newsroom`,
`accounts`, `audience`, `document` and `lib`. Why it is as it is: docs/decisions/0021-web-push.md
"""
