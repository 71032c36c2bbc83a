"""Who works where: publishers, memberships with a role, API tokens, the first editor's link.

May import `accounts` and `lib`.
"""
