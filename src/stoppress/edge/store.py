"""The edge's questions: SELECTs only, each group answered from one consistent snapshot of the read model.

A question is a generator that yields statements and is sent their rows; `sqlite_store.py` and
`postgres_store.py` differ only in how they carry it to the database, so both give the same answers. The
tables are described in `liveblogs/models.py`. Called by the stores; `Store` is what `pages.py`,
`feeds.py` and `hub.py` ask.
"""

import json
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from typing import ClassVar, Protocol, TypeAlias, TypeVar

from stoppress.edge.order import Order, opening_leaf, usual_order
from stoppress.edge.rows import (
    BlogNumber,
    BlogRow,
    ChangedRows,
    ClaimRows,
    CorrectionRows,
    FeedRows,
    FrontRows,
    KeyEventRow,
    PageRows,
    PastRows,
    PlacedRow,
    PostRow,
    PostRows,
    PublisherRow,
    PutRightRow,
    SinceRows,
    SlotRow,
    TouchedRow,
)
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq
from stoppress.lib.theme import Theme

Row: TypeAlias = Sequence[object]
Statement: TypeAlias = tuple[str, tuple[object, ...]]
Answer = TypeVar("Answer")
Question: TypeAlias = Generator[Statement, list[Row], Answer]

# The column of `page` and `page_post` that holds each feed.
FEED_COLUMNS = {"feed.atom": "atom", "feed.rss": "rss", "feed.json": "json_feed", "ninjs.json": "ninjs"}
SLOTS = (
    "status",
    "headline",
    "standfirst",
    "byline",
    "summary",
    "questions",
    "pinned",
    "key_events",
    "older",
)


class StoreUnavailable(Exception):
    """The database does not answer now; it will be asked again. The message is for logs."""


class Store(Protocol):
    """What the edge asks. Live blogs in draft do not exist for it. Each method raises `StoreUnavailable`."""

    def generation(self) -> int:
        """A number that differs whenever an answer may differ. Cheap: asked on every request."""

    def touch(self) -> None:
        """The database is said to have changed: a `generation` that cannot know it by itself moves on."""

    async def number(self, slug: str) -> BlogNumber | None:
        """Where a live blog stands."""

    async def numbers(self, blogs: Sequence[BlogId]) -> dict[BlogId, BlogNumber]:
        """Where several stand; those that are gone are missing."""

    async def page(
        self, slug: str, from_post: PostId | None = None, order: Order | None = None
    ) -> PageRows | None:
        """The page on which reading begins, or the one that holds `from_post`. None: in the status's own order."""

    async def post(self, slug: str, post_id: PostId) -> PostRows | None:
        """One post, published or withdrawn."""

    async def oembed(self, slug: str, post_id: PostId | None) -> str:
        """What is told of a live blog or a post that stands, as a JSON object; "" of all else."""

    async def past(self, slug: str, post_id: PostId) -> PastRows | None:
        """What was changed in one post; of a withdrawn one its tombstone."""

    async def corrections(self, slug: str) -> CorrectionRows | None:
        """The correction log."""

    async def claims(self, slug: str) -> ClaimRows | None:
        """The claims of a live blog."""

    async def is_withdrawn(self, media_id: str) -> bool:
        """Whether a picture was taken down with every post that showed it."""

    async def changed(self, blog_id: BlogId, after: Seq) -> ChangedRows | None:
        """What `collapse.changes` needs to bring any reader at `after` or beyond up to now."""

    async def feed(self, slug: str, name: str, leaf: int = 0) -> FeedRows | None:
        """The newest entries of one feed, by its file name, or those of the sealed page `leaf`."""

    async def front(self) -> FrontRows:
        """The front page."""

    async def publisher(self) -> PublisherRow | None:
        """Who publishes this site."""

    async def since(self, slug: str, after: Seq) -> SinceRows | None:
        """What happened in a live blog after a number, as a reader who returns wants to know it."""

    async def ask(self, question: Question[Answer]) -> Answer:
        """A question that stands in a module of its own (`then_store.py`)."""

    vendor: ClassVar[str]  # "sqlite" or "postgresql": search is written differently for each

    async def seek(self, question: Question[Answer]) -> Answer:
        """A question that may take long (limits.SEARCH_SECONDS at most), asked beside all others."""

    async def close(self) -> None:
        """Let go of the database. A later question opens it again."""


# --- columns to values --------------------------------------------------------------------------------


def _strange(expected: str, value: object) -> str:
    return f"The store expected {expected} and got {type(value).__name__}; the tables are not those it knows."


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(_strange("text", value))


def _int(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError(_strange("a number", value))


def _build(value: object) -> str:
    """Without the star of a page in parts by another version (`liveblogs/facts.py`): readers go on with it."""
    return _text(value).rstrip("*")


def _seq(value: object) -> Seq:
    return Seq(_int(value))


def _moment(value: object) -> datetime:
    """Aware UTC. SQLite keeps naive UTC text, as Django writes it; PostgreSQL gives aware times."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(_text(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# --- statements -----------------------------------------------------------------------------------------

_NUMBER = """
SELECT liveblog_id, status, changed_seq, changed_at, build FROM page WHERE status <> 'draft' AND """
_BLOG = """
SELECT liveblog_id, slug, status, changed_seq, changed_at, build, leaves,
       language, head_html, masthead_html, foot_html, json_ld, theme
FROM page WHERE status <> 'draft' AND slug = ?"""
_SLOTS = "SELECT name, html FROM page_slot WHERE page_id = ?"
_LEAF = "SELECT leaf FROM page_post WHERE page_id = ? AND post_id = ?"
_NEWEST_FIRST = " ORDER BY first_published_at DESC, post_id DESC"
_POST = """
SELECT post_id, withdrawn, title, first_published_at, last_changed_at, html, json_ld
FROM page_post WHERE page_id = ? AND """
_POST_HEAD = "SELECT head_html FROM page_post WHERE post_id = ?"
_OEMBED = "SELECT oembed FROM page WHERE status <> 'draft' AND slug = ?"
_OEMBED_POST = """
SELECT page_post.oembed FROM page_post JOIN page ON page.liveblog_id = page_post.page_id
WHERE page.status <> 'draft' AND page.slug = ? AND page_post.post_id = ? AND NOT page_post.withdrawn"""
_PAST = """
SELECT post_id, withdrawn, title, html, history_html, annotations
FROM page_post WHERE page_id = ? AND post_id = ?"""
_CORRECTIONS = """
SELECT html FROM page_correction WHERE page_id = ? ORDER BY at DESC, post_id DESC, number DESC LIMIT ?"""
_CLAIMS = """
SELECT state, html FROM page_claim WHERE page_id = ? ORDER BY post_at DESC, post_id DESC, number LIMIT ?"""
_SHOWN_IN = """
SELECT DISTINCT page_media.withdrawn, page.status
FROM page_media JOIN page ON page.liveblog_id = page_media.page_id WHERE page_media.media_id = ?"""
_OLDEST_OF_LEAF = """
SELECT post_id FROM page_post WHERE page_id = ? AND leaf = ? ORDER BY first_published_at, post_id LIMIT 1"""
_NEWEST_OF_LEAF = """
SELECT post_id FROM page_post WHERE page_id = ? AND leaf = ?
ORDER BY first_published_at DESC, post_id DESC LIMIT 1"""
_SEQS = """
SELECT last_seq, status_seq, reload_seq FROM liveblog JOIN page ON liveblog.id = page.liveblog_id
WHERE liveblog.id = ?"""
_TOUCHED = """
SELECT post_id, leaf, withdrawn, key_event, summary, first_published_at, last_changed_at, changed_seq, html
FROM page_post WHERE page_id = ? AND changed_seq > ? ORDER BY changed_seq DESC LIMIT ?"""
_CHANGED_SLOTS = "SELECT name, changed_seq, html FROM page_slot WHERE page_id = ? AND changed_seq > ?"
# The posts that changed from a number on, and the one just above each: all that places them. Asked for each by itself,
# so that a change far down a long page costs what one at its top does.
_PLACES = """
SELECT post_id, shown_seq, changed_seq FROM page_post WHERE post_id IN (
    SELECT post_id FROM page_post WHERE page_id = ? AND changed_seq >= ?
    UNION SELECT (
        SELECT above.post_id FROM page_post AS above WHERE above.page_id = touched.page_id
            AND (above.first_published_at, above.post_id) > (touched.first_published_at, touched.post_id)
        ORDER BY above.first_published_at, above.post_id LIMIT 1)
    FROM page_post AS touched WHERE touched.page_id = ? AND touched.changed_seq >= ?)
ORDER BY first_published_at DESC, post_id DESC"""
# Three statements for each feed: its head; its newest entries, and those that were changed lately on older pages (ids
# first: only those are read whole; `leaf + 0` keeps SQLite from looking through every older page for them); the entries
# of one older page.
_FEED_HEAD = {
    name: f"""
SELECT liveblog_id, changed_seq, changed_at, leaves, {column} FROM page WHERE status <> 'draft' AND slug = ?"""  # noqa: S608 (our own column names)
    for name, column in FEED_COLUMNS.items()
}
_FEED_ENTRIES = {
    name: f"""
SELECT {column} FROM page_post WHERE post_id IN (
    SELECT post_id FROM (SELECT post_id FROM page_post WHERE page_id = ?
        ORDER BY first_published_at DESC, post_id DESC LIMIT ?) AS newest
    UNION SELECT post_id FROM (SELECT post_id FROM page_post
        WHERE page_id = ? AND leaf + 0 > 0 AND changed_seq > shown_seq ORDER BY changed_seq DESC LIMIT ?) AS put_right)
ORDER BY first_published_at DESC, post_id DESC"""  # noqa: S608 (same)
    for name, column in FEED_COLUMNS.items()
}
_FEED_LEAF = {
    name: f"""
SELECT {column}, last_changed_at FROM page_post WHERE page_id = ? AND leaf = ?
ORDER BY first_published_at DESC, post_id DESC"""  # noqa: S608 (same)
    for name, column in FEED_COLUMNS.items()
}
_PUBLISHER = "SELECT front_html, foot_html, language FROM publisher ORDER BY id LIMIT 1"
_NAME = "SELECT name, language, CAST(theme AS TEXT) FROM publisher ORDER BY id LIMIT 1"
# shown_seq never exceeds changed_seq: both are asked for, so that the index on the latter bounds the search.
_NEW_POSTS = """
SELECT COUNT(*) FROM page_post WHERE page_id = ? AND changed_seq > ? AND shown_seq > ? AND NOT withdrawn"""
_NEW_KEY_EVENTS = """
SELECT post_id, title, first_published_at, shown_seq FROM page_post
WHERE page_id = ? AND changed_seq > ? AND key_event AND NOT withdrawn
ORDER BY first_published_at DESC, post_id DESC LIMIT ?"""
_PUT_RIGHT = """
SELECT post_id, title, withdrawn,
       (SELECT COUNT(*) FROM page_correction WHERE page_correction.post_id = page_post.post_id)
FROM page_post WHERE page_id = ? AND changed_seq > ? AND shown_seq <= ? ORDER BY changed_seq DESC LIMIT ?"""
# Calm: a live blog moves when it opens, pauses or closes, not with every post. The first of all leads the page.
_LIVE_CARDS = """
SELECT card_html, lead_html FROM page JOIN liveblog ON liveblog.id = page.liveblog_id
WHERE page.status IN ('live', 'paused')
ORDER BY CASE page.status WHEN 'live' THEN 0 ELSE 1 END, liveblog.opened_at DESC, page.liveblog_id DESC LIMIT ?"""
_CLOSED_CARDS = """
SELECT card_html, lead_html FROM page JOIN liveblog ON liveblog.id = page.liveblog_id
WHERE page.status = 'closed' ORDER BY liveblog.closed_at DESC, page.liveblog_id DESC LIMIT ?"""


# --- questions ------------------------------------------------------------------------------------------


def _number_of(row: Row) -> BlogNumber:
    blog_id, status, seq, changed_at, build = row
    return BlogNumber(BlogId(_int(blog_id)), _text(status), _seq(seq), _moment(changed_at), _build(build))


def number(slug: str) -> Question[BlogNumber | None]:
    """See `Store.number`."""
    rows = yield _NUMBER + "slug = ?", (slug,)
    return _number_of(rows[0]) if rows else None


def numbers(blogs: Sequence[BlogId]) -> Question[dict[BlogId, BlogNumber]]:
    """See `Store.numbers`."""
    found: dict[BlogId, BlogNumber] = {}
    for start in range(0, len(blogs), limits.STORE_NUMBERS_AT_ONCE):
        some = tuple(blogs[start : start + limits.STORE_NUMBERS_AT_ONCE])
        rows = yield f"{_NUMBER}liveblog_id IN ({', '.join('?' * len(some))})", some
        found |= {one.blog_id: one for one in map(_number_of, rows)}
    return found


def _blog(slug: str) -> Question[BlogRow | None]:
    rows = yield _BLOG, (slug,)
    if not rows:
        return None
    blog_id, found_slug, status, changed_seq, changed_at, build, leaves, *texts = rows[0]
    language, head, masthead, foot, json_ld, theme = map(_text, texts)
    return BlogRow(
        blog_id=BlogId(_int(blog_id)),
        slug=_text(found_slug),
        status=_text(status),
        changed_seq=_seq(changed_seq),
        changed_at=_moment(changed_at),
        build=_build(build),
        leaves=_int(leaves),
        language=language,
        head_html=head,
        masthead_html=masthead,
        foot_html=foot,
        json_ld=json_ld,
        theme=theme,
    )


def _slots(blog_id: BlogId) -> Question[dict[str, str]]:
    rows = yield _SLOTS, (blog_id,)
    stored = {_text(name): _text(html) for name, html in rows}
    return {name: stored.get(name, "") for name in SLOTS}


def _post_of(row: Row) -> PostRow:
    post_id, withdrawn, title, first_published_at, last_changed_at, html, json_ld = row
    return PostRow(
        post_id=PostId(_text(post_id)),
        withdrawn=bool(withdrawn),
        title=_text(title),
        first_published_at=_moment(first_published_at),
        last_changed_at=_moment(last_changed_at),
        html=_text(html),
        json_ld=_text(json_ld),
    )


def page(slug: str, from_post: PostId | None = None, order: Order | None = None) -> Question[PageRows | None]:
    """See `Store.page`."""
    blog = yield from _blog(slug)
    if blog is None:
        return None
    order = order or usual_order(blog.status)
    leaf = opening_leaf(order, blog.leaves)
    if from_post is not None:
        rows = yield _LEAF, (blog.blog_id, from_post)
        if not rows:
            return None
        leaf = _int(rows[0][0])
    slots = yield from _slots(blog.blog_id)
    rows = yield f"{_POST} leaf = ? {_NEWEST_FIRST}", (blog.blog_id, leaf)
    posts = tuple(map(_post_of, rows))
    newer, older = yield from _neighbours(blog, leaf, order)
    return PageRows(blog, leaf, slots, posts, newer, older, order)


def _neighbours(blog: BlogRow, leaf: int, order: Order) -> Question[tuple[PostId | None, PostId | None]]:
    """Posts that open the pages beside this one, as `PageRows` names them."""
    newer = older = None
    if leaf and (leaf < blog.leaves or order == "oldest"):
        newer = yield _OLDEST_OF_LEAF, (blog.blog_id, (leaf + 1) % (blog.leaves + 1))
    below = leaf - 1 if leaf else blog.leaves
    if below and (leaf or order == "oldest"):
        older = yield _NEWEST_OF_LEAF, (blog.blog_id, below)
    return _first_id(newer), _first_id(older)


def _first_id(rows: list[Row] | None) -> PostId | None:
    return PostId(_text(rows[0][0])) if rows else None


def post(slug: str, post_id: PostId) -> Question[PostRows | None]:
    """See `Store.post`."""
    blog = yield from _blog(slug)
    if blog is None:
        return None
    rows = yield f"{_POST} post_id = ?", (blog.blog_id, post_id)
    if not rows:
        return None
    slots = yield from _slots(blog.blog_id)
    heads = yield _POST_HEAD, (post_id,)
    return PostRows(blog, slots, _post_of(rows[0]), *_firsts(heads))


def oembed(slug: str, post_id: PostId | None) -> Question[str]:
    """See `Store.oembed`."""
    rows = (yield _OEMBED_POST, (slug, post_id)) if post_id else (yield _OEMBED, (slug,))
    return _text(rows[0][0]) if rows else ""


def past(slug: str, post_id: PostId) -> Question[PastRows | None]:
    """See `Store.past`."""
    blog = yield from _blog(slug)
    if blog is None:
        return None
    rows = yield _PAST, (blog.blog_id, post_id)
    if not rows:
        return None
    slots = yield from _slots(blog.blog_id)
    found_id, withdrawn, title, html, history, annotations = rows[0]
    return PastRows(
        blog=blog,
        slots=slots,
        post_id=PostId(_text(found_id)),
        title=_text(title),
        tombstone=_text(html) if withdrawn else "",
        history=_text(history),
        annotations=_text(annotations),
    )


def corrections(slug: str) -> Question[CorrectionRows | None]:
    """See `Store.corrections`."""
    blog = yield from _blog(slug)
    if blog is None:
        return None
    slots = yield from _slots(blog.blog_id)
    rows = yield _CORRECTIONS, (blog.blog_id, limits.CORRECTIONS_SHOWN)
    return CorrectionRows(blog, slots, _firsts(rows))


def claims(slug: str) -> Question[ClaimRows | None]:
    """See `Store.claims`."""
    blog = yield from _blog(slug)
    if blog is None:
        return None
    slots = yield from _slots(blog.blog_id)
    rows = yield _CLAIMS, (blog.blog_id, limits.CLAIMS_SHOWN)
    return ClaimRows(blog, slots, tuple((_text(state), _text(html)) for state, html in rows))


def is_withdrawn(media_id: str) -> Question[bool]:
    """See `Store.is_withdrawn`. A live blog in draft shows nothing to anybody."""
    rows = yield _SHOWN_IN, (media_id,)
    stands = any(not withdrawn and status != "draft" for withdrawn, status in rows)
    return not stands and any(withdrawn for withdrawn, _ in rows)


def changed(blog_id: BlogId, after: Seq) -> Question[ChangedRows | None]:
    """See `Store.changed`."""
    rows = yield f"{_NUMBER} liveblog_id = ?", (blog_id,)
    if not rows:
        return None
    found = _number_of(rows[0])
    rows = yield _SEQS, (blog_id,)
    last_seq, status_seq, reload_seq = map(_seq, rows[0])
    rows = yield _TOUCHED, (blog_id, after, limits.CHANGES_AT_ONCE + 1)
    touched = tuple(map(_touched_of, rows))
    rows = yield _CHANGED_SLOTS, (blog_id, after)
    slots = tuple(SlotRow(_text(name), _seq(seq), _text(html)) for name, seq, html in rows)
    order = yield from _order(blog_id, touched)
    return ChangedRows(found, last_seq, status_seq, reload_seq, after, touched, slots, order)


def _touched_of(row: Row) -> TouchedRow:
    post_id, leaf, withdrawn, key_event, summary, first_published_at, last_changed_at, seq, html = row
    return TouchedRow(
        post_id=PostId(_text(post_id)),
        leaf=_int(leaf),
        withdrawn=bool(withdrawn),
        key_event=bool(key_event),
        summary=bool(summary),
        first_published_at=_moment(first_published_at),
        last_changed_at=_moment(last_changed_at),
        changed_seq=_seq(seq),
        html=_text(html),
    )


def _order(blog_id: BlogId, touched: Sequence[TouchedRow]) -> Question[tuple[PlacedRow, ...]]:
    """The touched posts in page order, and the post just above each."""
    if not touched:
        return ()
    first = min(one.changed_seq for one in touched)
    rows = yield _PLACES, (blog_id, first, blog_id, first)
    return tuple(PlacedRow(PostId(_text(row[0])), _seq(row[1]), _seq(row[2])) for row in rows)


def feed(slug: str, name: str, leaf: int = 0) -> Question[FeedRows | None]:
    """See `Store.feed`."""
    rows = yield _FEED_HEAD[name], (slug,)
    if not rows or leaf > _int(rows[0][3]):
        return None
    blog_id, changed_seq, changed_at, leaves, head = rows[0]
    moment = _moment(changed_at)
    if leaf:
        rows = yield _FEED_LEAF[name], (blog_id, leaf)
        moment = max((_moment(row[1]) for row in rows), default=moment)
    else:
        rows = yield (
            _FEED_ENTRIES[name],
            (blog_id, limits.FEED_POSTS, blog_id, limits.FEED_CHANGED_POSTS),
        )
    return FeedRows(
        slug, _seq(changed_seq), moment, _text(head), _firsts(rows), leaves=_int(leaves), leaf=leaf
    )


def front() -> Question[FrontRows]:
    """See `Store.front`."""
    rows = yield _PUBLISHER, ()
    front_html, foot_html, language = map(_text, rows[0]) if rows else ("", "", "en")
    live = yield _LIVE_CARDS, (limits.FRONT_LIVE,)
    closed = yield _CLOSED_CARDS, (limits.FRONT_CLOSED,)
    live_cards, closed_cards = _cards(live, leads=True), _cards(closed, leads=not live)
    return FrontRows(front_html, foot_html, live_cards, closed_cards, language)


def _cards(rows: list[Row], *, leads: bool) -> tuple[str, ...]:
    """Each live blog's card; for the first of them, if it leads the page, the larger one."""
    return tuple(_text(row[1 if leads and number == 0 else 0]) for number, row in enumerate(rows))


def publisher() -> Question[PublisherRow | None]:
    """See `Store.publisher`."""
    rows = yield _NAME, ()
    if not rows:
        return None
    name, language, theme = map(_text, rows[0])
    return PublisherRow(name, language, Theme.stored(json.loads(theme)))


def since(slug: str, after: Seq) -> Question[SinceRows | None]:
    """See `Store.since`."""
    found = yield from number(slug)
    if found is None:
        return None
    blog = found.blog_id
    rows = yield _SEQS, (blog,)
    is_known = after <= _seq(rows[0][0]) or after <= found.changed_seq
    rows = yield _NEW_POSTS, (blog, after, after)
    posts = _int(rows[0][0])
    rows = yield _NEW_KEY_EVENTS, (blog, after, limits.KEY_EVENTS_SHOWN)
    key_events = tuple(
        KeyEventRow(PostId(_text(post_id)), _text(title), _moment(at), _seq(shown) > after)
        for post_id, title, at, shown in rows
    )
    rows = yield _PUT_RIGHT, (blog, after, after, limits.SINCE_PUT_RIGHT)
    put_right = tuple(
        PutRightRow(
            PostId(_text(post_id)), "" if withdrawn else _text(title), bool(withdrawn), _int(corrections)
        )
        for post_id, title, withdrawn, corrections in rows
    )
    return SinceRows(found.changed_seq, is_known, posts, key_events, put_right)


def _firsts(rows: list[Row]) -> tuple[str, ...]:
    return tuple(_text(row[0]) for row in rows)


# --- for questions in modules of their own --------------------------------------------------------------

text_in, number_in, moment_in, blog_of, slots_of = _text, _int, _moment, _blog, _slots
