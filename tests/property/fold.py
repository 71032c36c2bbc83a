"""A reader's page as plain values, and what each change does to it: the model that the reader script is held to.

`apply` follows docs/reference/changes.md and nothing else; it knows no database.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from stoppress.edge.order import Order
from stoppress.edge.rows import PageRows
from stoppress.events.changes import Change, HeadChange, PostChange, Reload, StatusChange, WithdrawnChange

_EDGE = re.compile(r'data-from="([^"]+)" data-at="([^"]+)"')
_TIME = re.compile(r'<time[^>]* datetime="([^"]+)"')


class MustReload(Exception):
    """The page cannot be mended: it has to be fetched."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees: the number, the status, the slots, and the posts from top to bottom as (id, html)."""

    seq: int
    leaf: int
    status: str
    slots: dict[str, str] = field(default_factory=dict)
    posts: tuple[tuple[str, str], ...] = ()
    order: Order = "newest"

    @property
    def mirrored(self) -> "Shown":
        """The same page in the other order."""
        order: Order = "newest" if self.order == "oldest" else "oldest"
        return replace(self, posts=self.posts[::-1], order=order)


def fresh(rows: PageRows) -> Shown:
    """What a fresh load shows."""
    posts = tuple((post.post_id, post.html) for post in rows.posts)
    newest_first = Shown(rows.blog.changed_seq, rows.leaf, rows.blog.status, dict(rows.slots), posts)
    return newest_first if rows.order == "newest" else newest_first.mirrored


def apply(page: Shown, change: Change) -> Shown:
    """The page after one change. Raises: MustReload."""
    assert change.seq > page.seq, "changes come in order, each once"
    match change:
        case Reload():
            raise MustReload
        case StatusChange():
            return replace(page, seq=change.seq, status=change.status)
        case HeadChange():
            return _trimmed(replace(page, seq=change.seq, slots=page.slots | change.html))
        case PostChange() | WithdrawnChange():
            return replace(page, seq=change.seq, posts=_with_post(page, change))


def _with_post(page: Shown, change: PostChange | WithdrawnChange) -> tuple[tuple[str, str], ...]:
    ids = [post_id for post_id, _ in page.posts]
    mine = (str(change.id), change.html)
    if change.id in ids:
        return tuple(mine if post[0] == change.id else post for post in page.posts)
    if change.leaf != page.leaf:
        return page.posts
    if change.after is not None and change.after not in ids:
        assert page.leaf != 0, f"the first page lacks {change.after}, below which {change.id} should stand"
    if page.order == "oldest":  # the mirror: over the post below which it would stand, or last
        index = ids.index(change.after) if change.after in ids else len(ids)
    else:
        index = ids.index(change.after) + 1 if change.after in ids else 0
    return (*page.posts[:index], mine, *page.posts[index:])


def _trimmed(page: Shown) -> Shown:
    """The first page without what has been sealed: everything at or below the edge that slot `older` names.

    Raises: MustReload (what was read first has a page of its own).
    """
    edge = _EDGE.search(page.slots["older"])
    if page.leaf != 0 or edge is None:
        return page
    newest_sealed = (datetime.fromisoformat(edge[2]), edge[1])
    kept = tuple(post for post in page.posts if _place(post) > newest_sealed)
    if page.order == "oldest" and kept != page.posts:
        raise MustReload
    return replace(page, posts=kept)


def _place(post: tuple[str, str]) -> tuple[datetime, str]:
    """By the moment, never by its text: a whole second is written without the milliseconds that its neighbours have."""
    time = _TIME.search(post[1])
    assert time is not None
    return datetime.fromisoformat(time[1]), post[0]
