"""The write model: live blogs, posts, their revisions, and the only functions that change them.

`models.py` rows · `access.py` who may · `actions/` every write · `queries.py` reads for desk and API ·
`projection.py` the read model, written in the same transaction.
May import `newsroom`, `accounts`, `archive`, `document`, `render`, `events`, `bus`, `lib`.
"""
