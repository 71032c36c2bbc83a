"""Makes what stands around a live blog's posts anew, after something of its title has changed."""

from datetime import datetime

from django.db import transaction

from stoppress.lib.ids import BlogId
from stoppress.liveblogs import projection
from stoppress.liveblogs.announce import announce
from stoppress.liveblogs.writing import Writing, lock
from stoppress.newsroom.roles import Staff


@transaction.atomic
def reframe_liveblog(*, blog_id: int, by: Staff, at: datetime) -> None:
    """Write head, masthead, slots and foot as renderers make them now; open pages follow.

    One transaction with one event; the bus hears of it after commit. Posts are not rendered again.
    """
    current = Writing(blog=lock(blog_id), by=by.name, at=at)
    projection.reframe(current.blog, at=at, append=current.append)
    seq = current.seq
    transaction.on_commit(lambda: announce(BlogId(blog_id), seq), robust=True)
