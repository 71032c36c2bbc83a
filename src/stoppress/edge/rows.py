"""What the store hands out: read-model rows as plain values, each group from one consistent snapshot.

Made by `store.py`; read by `frame.py`, `pages.py`, `feeds.py` and `collapse.py`. May import `lib`.
"""

from dataclasses import dataclass
from datetime import datetime

from stoppress.edge.order import Order
from stoppress.lib.ids import BlogId, PostId, Seq
from stoppress.lib.theme import HOUSE, Theme


@dataclass(frozen=True, slots=True)
class BlogRow:
    """A live blog as far as anything around its posts needs it. All html is ready-made and safe."""

    blog_id: BlogId
    slug: str
    status: str
    changed_seq: Seq
    changed_at: datetime
    build: str
    leaves: int
    language: str
    head_html: str
    masthead_html: str
    foot_html: str
    json_ld: str
    theme: str = ""  # address of the title's style sheet; "" = the house's


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post's ready-made bytes. `html` is exactly what the stream sends; `json_ld` is "" for a tombstone."""

    post_id: PostId
    withdrawn: bool
    title: str
    first_published_at: datetime
    last_changed_at: datetime
    html: str
    json_ld: str


@dataclass(frozen=True, slots=True)
class PageRows:
    """One page of a live blog: all slots in page order, and the posts of its leaf, newest first in either `order`.

    `leaf` 0 holds the newest posts; sealed pages count from the oldest, 1. `older_from` is the newest post of
    the next older page; `newer_from` the oldest post of the next newer one. Both are None at the ends. Read
    newest first, leaf 0 has the slot `older` instead, and the page below it needs no post to be led back.
    """

    blog: BlogRow
    leaf: int
    slots: dict[str, str]
    posts: tuple[PostRow, ...]
    newer_from: PostId | None = None
    older_from: PostId | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class PostRows:
    """One post for a page of its own, with the live blog around it. `head`: what its head tells other sites."""

    blog: BlogRow
    slots: dict[str, str]
    post: PostRow
    head: str = ""


@dataclass(frozen=True, slots=True)
class PastRows:
    """A post's past: its versions as html and as annotations, both "" when it never changed or is withdrawn.

    `tombstone` is what is left of a withdrawn post, else "".
    """

    blog: BlogRow
    slots: dict[str, str]
    post_id: PostId
    title: str
    tombstone: str
    history: str
    annotations: str


@dataclass(frozen=True, slots=True)
class CorrectionRows:
    """The lines of a live blog's correction log, newest first."""

    blog: BlogRow
    slots: dict[str, str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """The claims of a live blog: the state and the line of each, of the newest post first."""

    blog: BlogRow
    slots: dict[str, str]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FrontRows:
    """The front page: the publisher's frame, and the cards of live blogs under way and lately closed."""

    front_html: str
    foot_html: str
    live_cards: tuple[str, ...]
    closed_cards: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """Who publishes this site, and the looks it chose."""

    name: str
    language: str
    theme: Theme = HOUSE


@dataclass(frozen=True, slots=True)
class KeyEventRow:
    """A key event that is new or changed. `is_new`: the post was first shown after the number asked for."""

    post_id: PostId
    title: str
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class PutRightRow:
    """A post that was there before and has changed. `corrections`: how many in all; `title` "" when withdrawn."""

    post_id: PostId
    title: str
    withdrawn: bool
    corrections: int


@dataclass(frozen=True, slots=True)
class SinceRows:
    """What happened after a number. `posts`: how many are new. `is_known`: this database has had that number."""

    seq: Seq
    is_known: bool
    posts: int
    key_events: tuple[KeyEventRow, ...]
    put_right: tuple[PutRightRow, ...]


@dataclass(frozen=True, slots=True)
class FeedRows:
    """One document of a feed: its head without closing bytes, and its entries, newest first; "" ones are left out.

    `leaf` 0 holds the newest entries, and older ones that were changed lately; others those of one sealed page.
    `changed_at`: of the live blog, or the newest change of that sealed page.
    """

    slug: str
    changed_seq: Seq
    changed_at: datetime
    head: str
    entries: tuple[str, ...]
    leaves: int = 0
    leaf: int = 0


@dataclass(frozen=True, slots=True)
class BlogNumber:
    """Where a live blog stands: enough to know whether kept bytes are still true."""

    blog_id: BlogId
    status: str
    changed_seq: Seq
    changed_at: datetime
    build: str


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A post's place and numbers, without its bytes: a line of the page order."""

    post_id: PostId
    shown_seq: Seq
    changed_seq: Seq


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A post that changed after some number, as it is now."""

    post_id: PostId
    leaf: int
    withdrawn: bool
    key_event: bool
    summary: bool
    first_published_at: datetime
    last_changed_at: datetime
    changed_seq: Seq
    html: str


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot that changed after some number, as it is now."""

    name: str
    changed_seq: Seq
    html: str


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """All that changed in one live blog after `after`, from one snapshot; `collapse.py` makes changes of it.

    `touched` holds the newest `limits.CHANGES_AT_ONCE` + 1 at most. `order` holds them in page order, and the post
    just above each: one that is not touched itself every reader has. `last_seq` is the log's newest number, which
    readers may hold without seeing a change; readers below `reload_seq` must fetch the page afresh.
    """

    number: BlogNumber
    last_seq: Seq
    status_seq: Seq
    reload_seq: Seq
    after: Seq
    touched: tuple[TouchedRow, ...]
    slots: tuple[SlotRow, ...]
    order: tuple[PlacedRow, ...]
