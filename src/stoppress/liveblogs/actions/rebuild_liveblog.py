"""Makes the read model again."""

from datetime import datetime

from django.db import transaction

from stoppress.lib.ids import BlogId
from stoppress.liveblogs import projection
from stoppress.liveblogs.announce import announce
from stoppress.liveblogs.writing import Writing, lock


def rebuild_liveblog(*, blog_id: int, by: str, at: datetime) -> int:
    """Write the live blog's read model anew from the write model; returns how many posts it holds.

    One transaction. Appends `head.changed` only when the result differs from what readers had.
    """
    with transaction.atomic():
        current = Writing(blog=lock(blog_id), by=by, at=at)
        posts = projection.rebuild(current.blog, append=current.append, at=at)
        seq = current.seq
        transaction.on_commit(lambda: announce(BlogId(blog_id), seq), robust=True)
        return posts
