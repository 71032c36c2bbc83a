"""What a new summary begins from: the last one, and what readers have been told since.

Called by `desk`. Reads only; nothing of it is published by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F

from stoppress.document.nodes import JsonNode, children, mark_words
from stoppress.document.schema import Document
from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.liveblogs import access
from stoppress.liveblogs.models import Correction, LiveBlog, PageClaim, Post, State
from stoppress.newsroom.roles import Staff


class Since(StrEnum):
    """What can have happened."""

    KEY_EVENT = "key_event"
    CORRECTION = "correction"
    CLAIM = "claim"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that has happened since. `text` of a withdrawn post is only the reason.

    `in_last`: an item of the last summary points at the post. `state` and `source`: of a claim.
    """

    kind: Since
    post_id: str
    text: str
    at: datetime
    in_last: bool = False
    state: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoundUp:
    """The last summary that readers see, if there is one, and the changes since, oldest first."""

    last: Post | None
    changes: tuple[Change, ...]


def round_up(by: Staff, slug: str) -> RoundUp:
    """Raises: NotFound, NotAllowed (summaries are for those who lead), BlogClosed."""
    blog = access.blog_to_see(by, slug)
    access.check_lead(by, "write summaries")
    access.check_takes_posts(blog)
    shown = Post.objects.filter(liveblog=blog, state=State.PUBLISHED)
    last = shown.filter(summary=True).order_by("-first_published_at", "-id").first()
    pointed_at = frozenset(_posts_in(last, slug)) if last else frozenset()
    found = [*_key_events(blog, last, pointed_at)]
    if last and last.last_changed_at:
        found += _corrections(blog, last.last_changed_at, pointed_at)
        found += _claims(blog, last, pointed_at)
        found += _withdrawn(blog, pointed_at)
    ordered = sorted(found, key=lambda change: (change.at, change.post_id))
    return RoundUp(last, tuple(ordered[-limits.KEY_EVENTS_SHOWN :]))


def _posts_in(post: Post, slug: str) -> Iterator[str]:
    """Ids of the posts of this live blog that its text links to."""
    waiting: list[JsonNode] = [Document.stored(post.document).root]
    while waiting:
        node = waiting.pop()
        waiting += children(node)
        for mark in node.get("marks", []):
            if mark["type"] == "link":
                _, sign, post_id = mark_words(mark, "href").partition(f"/live/{slug}/posts/")
                if sign:
                    yield post_id


def _title(post: Post) -> str:
    return post.headline or first_words(Document.stored(post.document), limits.TITLE_CHARS)


def _key_events(blog: LiveBlog, last: Post | None, known: frozenset[str]) -> Iterator[Change]:
    posts = Post.objects.filter(liveblog=blog, state=State.PUBLISHED, key_event=True, summary=False)
    if last:
        posts = posts.filter(first_published_at__gt=last.first_published_at).exclude(pk__in=known)
    for post in posts.order_by("-first_published_at", "-id")[: limits.KEY_EVENTS_SHOWN]:
        if post.first_published_at:
            yield Change(Since.KEY_EVENT, post.pk, _title(post), post.first_published_at)


def _corrections(blog: LiveBlog, after: datetime, known: frozenset[str]) -> Iterator[Change]:
    notes = Correction.objects.filter(post__liveblog=blog, post__state=State.PUBLISHED, at__gt=after)
    for note in notes.order_by("-at", "-id")[: limits.KEY_EVENTS_SHOWN]:
        yield Change(Since.CORRECTION, note.post_id, note.text, note.at, note.post_id in known)


def _claims(blog: LiveBlog, last: Post, known: frozenset[str]) -> Iterator[Change]:
    """Those that came to stand otherwise than when their post was published."""
    rows = PageClaim.objects.filter(page_id=blog.pk, since__gt=last.last_changed_at).exclude(
        since=F("post_at")
    )
    for row in rows.exclude(post_id=last.pk).order_by("-since", "-id")[: limits.KEY_EVENTS_SHOWN]:
        yield Change(
            Since.CLAIM, row.post_id, row.text, row.since, row.post_id in known, row.state, row.source
        )


def _withdrawn(blog: LiveBlog, known: frozenset[str]) -> Iterator[Change]:
    """Posts that the last summary points at and that are gone: what it says of them must be looked at."""
    for post in Post.objects.filter(liveblog=blog, state=State.WITHDRAWN, pk__in=known):
        if post.withdrawn_at:
            yield Change(Since.WITHDRAWN, post.pk, post.withdrawn_reason, post.withdrawn_at, in_last=True)
