"""The same actions for other systems: JSON over HTTP under /api/v1. Decides nothing that an action decides.

`routes.py` the API and its addresses · `liveblogs.py` `posts.py` `media.py` views · `asked.py` and `answered.py`
shapes in and out · `door.py` who may enter · `problems.py` every error · `once.py` idempotency keys ·
`revisions.py` If-Match · `openapi.py` the document · `middleware.py` what no view sees.
May import `liveblogs`, `newsroom`, `document`, `lib` and what those may; never `desk` or `worker`.
"""
