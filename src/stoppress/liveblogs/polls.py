"""Polls in posts: which are under way, and a post's document with their results, as readers are shown it.

Called by `facts.py`, `actions/` and the room `audience`. Reads only.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from stoppress.document.schema import Document
from stoppress.document.structured import Poll, Results, polls, with_results
from stoppress.lib import limits
from stoppress.liveblogs.models import LiveBlog, Post, State, Status
from stoppress.liveblogs.poll_results import PollResult

_VOTING = (Status.LIVE, Status.PAUSED)


def with_votes(document: Document, post_id: str, blog: LiveBlog) -> Document:
    """The document with what was counted last; polls are open while their live blog is and their time lasts."""
    if not polls(document):
        return document
    rows = {row.poll_id: row for row in PollResult.objects.filter(post_id=post_id)}

    def results(poll: Poll) -> Results:
        row = rows.get(poll.id)
        is_open = blog.status in _VOTING and not (row and row.ended)
        return Results(row.votes if row else {}, is_open)

    return with_results(document, results)


def takes_votes(blog: LiveBlog, poll: Poll, at: datetime) -> bool:
    """Whether a vote that comes now counts."""
    return blog.status in _VOTING and not has_ended(poll, at) and len(poll.options) > 1


def has_ended(poll: Poll, at: datetime) -> bool:
    """Whether the time that its writer gave it is over."""
    return bool(poll.closes) and datetime.fromisoformat(poll.closes) <= at


def polls_under_way(at: datetime) -> Iterator[tuple[Post, list[Poll]]]:
    """Every published post that holds a poll, of live blogs that go on or have just closed: their last votes count."""
    lately = Q(liveblog__closed_at__gte=at - timedelta(seconds=limits.POLL_COUNT_AFTER_SECONDS))
    going_on = Q(liveblog__status__in=_VOTING)
    posts = _with_poll(Post.objects.filter(going_on | lately, state=State.PUBLISHED))
    posts = posts.select_related("liveblog")
    for post in posts.order_by("pk"):
        if found := polls(Document.stored(post.document)):
            yield post, found


def posts_with_polls(blog: LiveBlog) -> list[Post]:
    """The same of one live blog, whatever its status."""
    posts = _with_poll(Post.objects.filter(liveblog=blog, state=State.PUBLISHED))
    return [post for post in posts.order_by("pk") if polls(Document.stored(post.document))]


def ends_or_begins(before: str, after: str) -> bool:
    """Whether polls close or open when a live blog's status changes so."""
    return (before in _VOTING) != (after in _VOTING)


def _with_poll(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Those in whose JSON the node's name stands; a few may have none."""
    return posts.annotate(json=Cast("document", TextField())).filter(json__contains='"poll"')
