"""The edge's questions about a past time: which posts stood then, in which version, and what stood above them.

Asked by `then.py` through `Store.ask`, as the questions of `store.py` are by the other rooms. A withdrawn post has no
earlier version in the tables, only its tombstone, so nothing of it can come from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stoppress.edge.moments import Leaf, leaf_of
from stoppress.edge.rows import BlogRow
from stoppress.edge.store import Question, blog_of, moment_in, number_in, slots_of, text_in
from stoppress.events.kinds import TURNS
from stoppress.lib.ids import PostId

# A post is known from the moment it was shown, which is not its place in time when it was put in later.
_SHOWN = """
SELECT page_post.post_id, first_published_at, COALESCE(event.at, first_published_at), key_event, summary,
       withdrawn, title
FROM page_post LEFT JOIN event ON event.liveblog_id = page_id AND event.seq = shown_seq
WHERE page_id = ? ORDER BY first_published_at DESC, page_post.post_id DESC"""
_VERSIONS = (
    "SELECT post_id, number, until, title FROM page_version WHERE page_id = ? ORDER BY post_id, number"
)
_KINDS = ", ".join(f"'{kind.value}'" for kind in TURNS)
_TURNS = f"SELECT kind, post_id, at FROM event WHERE liveblog_id = ? AND kind IN ({_KINDS}) ORDER BY seq"  # noqa: S608 (our own words)
_SHIFTS = "SELECT name, started_at, ended_at FROM shift WHERE liveblog_id = ? ORDER BY started_at, id"
_ZONE = "SELECT timezone FROM liveblog WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Version:
    """Words that were changed at `until`."""

    number: int
    until: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of the live blog: its place, since when readers know it, and what it said before it was changed."""

    post_id: PostId
    place_at: datetime
    shown_at: datetime
    key_event: bool
    summary: bool
    withdrawn: bool
    title: str
    before: tuple[Version, ...] = ()

    def stood(self, at: datetime) -> Version | None:
        """The version that stood at `at`, or None for the one that stands now."""
        return next((version for version in self.before if version.until > at), None)

    def title_at(self, at: datetime) -> str:
        """How the post was called then."""
        stood = self.stood(at)
        return stood.title if stood else self.title


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that turned the head: a status, a pin, new words in it."""

    kind: str
    post_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Turns:
    """A reporter's turn."""

    name: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """How a live blog went, without a text: every post, newest first, and everything that turned its head."""

    blog: BlogRow
    timezone: str
    posts: tuple[Shown, ...]
    turns: tuple[Turn, ...]

    @property
    def began(self) -> datetime | None:
        """When readers could see it first. None: nothing to see yet."""
        opened = [turn.at for turn in self.turns if turn.kind == "liveblog.opened"]
        return min(opened or [post.shown_at for post in self.posts], default=None)

    def known(self, at: datetime) -> tuple[Shown, ...]:
        """The posts that readers knew then, newest first."""
        return tuple(post for post in self.posts if post.shown_at <= at)


@dataclass(frozen=True, slots=True)
class ThenRows:
    """One page of a live blog at a past time. `leaf` None: there was no such page then. `html`: by post."""

    course: Course
    slots: dict[str, str]
    shifts: tuple[Turns, ...]
    known: tuple[Shown, ...]
    leaf: Leaf[Shown] | None
    html: dict[PostId, str]


def course(slug: str, known: Course | None = None) -> Question[Course | None]:
    """How a live blog went; None when there is none. `known` is given back when nothing changed since it was asked."""
    blog = yield from blog_of(slug)
    if blog is None or (known is not None and known.blog == blog):
        return known if blog else None
    zone = yield _ZONE, (blog.blog_id,)
    rows = yield _VERSIONS, (blog.blog_id,)
    before: dict[str, list[Version]] = {}
    for post_id, number, until, title in rows:
        version = Version(number_in(number), moment_in(until), text_in(title))
        before.setdefault(text_in(post_id), []).append(version)
    rows = yield _SHOWN, (blog.blog_id,)
    posts = tuple(_shown_of(row, before) for row in rows)
    rows = yield _TURNS, (blog.blog_id,)
    turns = tuple(Turn(text_in(kind), str(post_id or ""), moment_in(at)) for kind, post_id, at in rows)
    return Course(blog, text_in(zone[0][0]), posts, turns)


def _shown_of(row: Sequence[object], before: dict[str, list[Version]]) -> Shown:
    post_id, place_at, shown_at, key_event, summary, withdrawn, title = row
    return Shown(
        post_id=PostId(text_in(post_id)),
        place_at=moment_in(place_at),
        shown_at=moment_in(shown_at),
        key_event=bool(key_event),
        summary=bool(summary),
        withdrawn=bool(withdrawn),
        title=text_in(title),
        before=tuple(before.get(text_in(post_id), ())),
    )


def then(slug: str, at: datetime, number: int, known: Course | None = None) -> Question[ThenRows | None]:
    """Page `number` of a live blog as it was known at `at`; None when there is no such live blog."""
    whole = yield from course(slug, known)
    if whole is None:
        return None
    slots = yield from slots_of(whole.blog.blog_id)
    rows = yield _SHIFTS, (whole.blog.blog_id,)
    shifts = tuple(
        Turns(text_in(name), moment_in(started), moment_in(ended) if ended else None)
        for name, started, ended in rows
    )
    posts = whole.known(at)
    leaf = leaf_of(posts, number)
    html = yield from _html(leaf.posts if leaf else (), at)
    return ThenRows(whole, slots, shifts, posts, leaf, html)


def _html(posts: Sequence[Shown], at: datetime) -> Question[dict[PostId, str]]:
    """Each post's element in the version that stood at `at`."""
    now = [post.post_id for post in posts if post.stood(at) is None]
    html: dict[PostId, str] = {}
    if now:
        rows = yield f"SELECT post_id, html FROM page_post WHERE post_id IN ({_places(now)})", tuple(now)  # noqa: S608 (places)
        html |= {PostId(text_in(post_id)): text_in(found) for post_id, found in rows}
    old = [(post.post_id, stood.number) for post in posts if (stood := post.stood(at))]
    if old:
        either = " OR ".join(["(post_id = ? AND number = ?)"] * len(old))
        values = tuple(value for pair in old for value in pair)
        rows = yield f"SELECT post_id, html FROM page_version WHERE {either}", values  # noqa: S608 (places)
        html |= {PostId(text_in(post_id)): text_in(found) for post_id, found in rows}
    return html


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
