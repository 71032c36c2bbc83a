"""The keys by which shared caches can throw answers away: one for each live blog, one for the site.

Written into every answer by `edge/headers.py`, named by `worker/purge.py` when something changed.
"""

SITE = "site"


def live_key(slug: str) -> str:
    """Of everything that is told about this live blog: pages, posts, feeds, changes, frames."""
    return f"live-{slug}"
