"""What templates are given: rows turned into words, states and permissions. Called by the views; reads rows only.

Templates decide nothing: whether a button is there is said here, by `liveblogs.access`.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from stoppress.desk import moments
from stoppress.desk.differences import Piece, pieces
from stoppress.desk.safe_html import shown_document, shown_post
from stoppress.desk.shown_claims import OpenClaims, open_claims
from stoppress.desk.shown_handover import Handover, handover
from stoppress.document.schema import Document
from stoppress.document.text import first_words, plain_text
from stoppress.intake.queries import Decision, Origin, origins_of, to_decide
from stoppress.lib import limits
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs import access, queries
from stoppress.liveblogs.models import LiveBlog, Post, ReviewNote, Revision, Shift, State, Status
from stoppress.newsroom.roles import WRITING, Staff

KEY_BYTES = 16


def new_key() -> str:
    """An idempotency key for a form: pressing twice does it once."""
    return secrets.token_hex(KEY_BYTES)


def title_of(post: Post) -> str:
    """The headline, or the first words."""
    return post.headline or first_words(Document.stored(post.document), limits.TITLE_CHARS) or "Without words"


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a word; `kind` names its colour."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Eyes:
    """Where a post stands between its author and an editor, and what this person may do about it.

    `publishes`: the button for it; "" for none. `asked_for`: the time that its author wants, in words.
    """

    publishes: str = ""
    may_write: bool = False
    may_schedule_off: bool = False
    may_approve: bool = False
    may_take_back: bool = False
    waits_since: datetime | None = None
    asked_for: str = ""
    note: ReviewNote | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One post in the timeline."""

    post: Post
    url: str
    chips: tuple[Chip, ...]
    title: str
    html: SafeString
    byline: str
    order: str
    at: datetime
    goes_out: str
    eyes: Eyes
    may_touch: bool
    may_lead: bool
    is_mine: bool
    is_pinned: bool
    corrections: tuple[object, ...]
    public_url: str
    key: str

    @property
    def reason_chars(self) -> int:
        """How long the reason of a withdrawal may be."""
        return limits.REASON_CHARS

    @property
    def note_chars(self) -> int:
        """How long an editor's note may be."""
        return limits.REVIEW_NOTE_CHARS

    @property
    def is_public(self) -> bool:
        """Readers see it."""
        return self.post.state == State.PUBLISHED

    @property
    def is_coming(self) -> bool:
        """Nobody but the desk has seen it."""
        return self.post.state in (State.DRAFT, State.SUBMITTED, State.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at which live blog, and when: what every card depends on."""

    by: Staff
    blog: LiveBlog
    now: datetime

    @property
    def may_lead(self) -> bool:
        """Open, close, pin, summaries."""
        return access.may_lead(self.by)

    @property
    def may_write(self) -> bool:
        """Posts of their own."""
        return self.by.role in WRITING

    @property
    def must_submit(self) -> bool:
        """An editor looks at this person's posts before readers do."""
        return access.must_submit(self.by, self.blog.publisher)

    @property
    def takes_posts(self) -> bool:
        """Not closed."""
        return self.blog.status != Status.CLOSED


def _chips(look: Look, post: Post, corrections: int) -> tuple[Chip, ...]:
    zone, now = look.blog.timezone, look.now
    if post.state == State.DRAFT:
        return (Chip("draft", "Draft"),)
    if post.state == State.SUBMITTED:
        return (Chip("submitted", "Waits for an editor"),)
    if post.state == State.SCHEDULED:
        return (Chip("scheduled", "Scheduled"),)
    if post.state == State.WITHDRAWN:
        return (Chip("withdrawn", f"Withdrawn {_clock(post.withdrawn_at, zone, now)}"),)
    if look.blog.status == Status.DRAFT:
        return (Chip("published", "Goes public when the live blog opens"),)
    chips = [Chip("published", "Published")]
    if post.last_changed_at and post.first_published_at and post.last_changed_at > post.first_published_at:
        word = "Corrected" if corrections else "Amended"
        chips = [Chip(word.lower(), f"{word} {_clock(post.last_changed_at, zone, now)}")]
    return tuple(chips)


def _clock(at: datetime | None, zone: str, now: datetime) -> str:
    return moments.clock_words(at, zone, now) if at else ""


def stands_at(post: Post) -> datetime:
    """The moment a post stands under: when it went out, was submitted, will go out, or was begun."""
    return post.first_published_at or post.submitted_at or post.publish_at or post.created_at


def eyes(look: Look, post: Post) -> Eyes:
    """What this person may do to a post that readers have not seen, and to one that they have."""
    may_touch = access.may_touch(look.by, post)
    waits = post.state == State.SUBMITTED
    is_mine = post.created_by_id == look.by.user_id
    held = (waits and is_mine) or (look.must_submit and post.state in (State.SCHEDULED, State.PUBLISHED))
    notes = list(post.review_notes.all()) if post.state in (State.DRAFT, State.SUBMITTED) else []
    return Eyes(
        publishes=_publishes(look, post) if may_touch else "",
        may_write=may_touch and not held,
        may_schedule_off=may_touch and post.state == State.SCHEDULED,
        may_approve=access.may_approve(look.by, post),
        may_take_back=waits and is_mine,
        waits_since=post.submitted_at,
        asked_for=_asked_for(look, post),
        note=notes[-1] if notes else None,
    )


def _publishes(look: Look, post: Post) -> str:
    """The word on the button that shows a draft or scheduled post to readers, or puts it before an editor."""
    if post.state == State.DRAFT:
        return "Submit" if look.must_submit else "Publish"
    if post.state == State.SCHEDULED and not look.must_submit:
        return "Publish now"
    return ""


def card(look: Look, post: Post) -> Card:
    """The post as this person sees it now."""
    corrections = tuple(post.corrections.all())
    withdrawn = post.state == State.WITHDRAWN
    at = stands_at(post)
    scheduled = post.publish_at if post.state == State.SCHEDULED else None
    return Card(
        post=post,
        url=reverse("desk:post", args=[look.blog.slug, post.pk]),
        chips=_chips(look, post, len(corrections)),
        title="" if withdrawn else title_of(post),
        html=shown_document(None) if withdrawn else shown_post(post, look.blog),
        byline=", ".join(post.byline),
        order=rfc3339(at),
        at=at,
        goes_out=moments.schedule_words(scheduled, look.blog.timezone, look.now) if scheduled else "",
        eyes=eyes(look, post),
        may_touch=access.may_touch(look.by, post),
        may_lead=look.may_lead,
        is_mine=post.created_by_id == look.by.user_id,
        is_pinned=look.blog.pinned_post_id == post.pk,
        corrections=corrections,
        public_url=f"/live/{look.blog.slug}/posts/{post.pk}",
        key=new_key(),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A post on one line: a draft to go on with, a key event, a summary."""

    post: Post
    title: str
    at: datetime
    goes_out: str
    url: str
    is_mine: bool
    note: ReviewNote | None
    asked_for: str
    key: str
    origin: Origin | None = None  # the tool that brought it

    @property
    def order(self) -> str:
        """`at`, for a time element."""
        return rfc3339(self.at)

    @property
    def asked_for_at(self) -> str:
        """When its author wants it to go out, for a time element."""
        return rfc3339(self.post.publish_at) if self.post.publish_at else ""


def _note(post: Post) -> ReviewNote | None:
    """Why a draft came back, as last said."""
    notes = list(post.review_notes.all()) if post.state == State.DRAFT else []
    return notes[-1] if notes else None


def _asked_for(look: Look, post: Post) -> str:
    """The time that the author of a submitted post wants, in words."""
    wanted = post.publish_at if post.state == State.SUBMITTED else None
    return moments.schedule_words(wanted, look.blog.timezone, look.now) if wanted else ""


def _line(look: Look, post: Post) -> Line:
    scheduled = post.publish_at if post.state == State.SCHEDULED else None
    return Line(
        post=post,
        title=title_of(post),
        at=stands_at(post),
        goes_out=moments.schedule_words(scheduled, look.blog.timezone, look.now) if scheduled else "",
        url=reverse("desk:post", args=[look.blog.slug, post.pk]),
        is_mine=post.created_by_id == look.by.user_id,
        note=_note(post),
        asked_for=_asked_for(look, post),
        key=new_key(),
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """The left column: what nobody has read yet."""

    waiting: tuple[Line, ...]
    scheduled: tuple[Line, ...]
    mine: tuple[Line, ...]
    others: tuple[Line, ...]
    decisions: tuple[Decision, ...]


def coming(look: Look, posts: list[Post]) -> Coming:
    """`posts` as `queries.coming` gives them, in four lists; whoever has waited longest is first."""
    origins = origins_of(post.pk for post in posts)
    lines = [replace(_line(look, post), origin=origins.get(post.pk)) for post in posts]
    drafts = [line for line in lines if line.post.state == State.DRAFT]
    waiting = [line for line in lines if line.post.state == State.SUBMITTED]
    return Coming(
        waiting=tuple(sorted(waiting, key=lambda line: (line.at, line.post.pk))),
        scheduled=tuple(line for line in lines if line.post.state == State.SCHEDULED),
        mine=tuple(line for line in drafts if line.is_mine),
        others=tuple(line for line in drafts if not line.is_mine),
        decisions=tuple(to_decide(look.blog, look.now)),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """The right column: the live blog itself."""

    on_shift: tuple[Shift, ...]
    am_on_shift: bool
    pinned: Line | None
    key_events: tuple[Line, ...]
    summary: Line | None
    claims: OpenClaims
    handover: Handover
    key: str


def side(look: Look) -> Side:
    """People, pinned post, key events and summary of the live blog."""
    shifts = tuple(shift for shift in queries.shifts_of(look.blog) if shift.ended_at is None)
    marked = queries.marked_posts(look.blog)
    summaries = [post for post in marked if post.summary]
    pinned = look.blog.pinned_post
    am_on_shift = any(shift.user_id == look.by.user_id for shift in shifts)
    return Side(
        on_shift=shifts,
        am_on_shift=am_on_shift,
        pinned=_line(look, pinned) if pinned else None,
        key_events=tuple(_line(look, post) for post in marked if post.key_event),
        summary=_line(look, summaries[0]) if summaries else None,
        claims=open_claims(look.by, look.blog, new_key()),
        handover=handover(look.by, look.blog, look.now, on_shift=am_on_shift, key=new_key()),
        key=new_key(),
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One line of a post's history: the revision and what it changed.

    Readers saw it from `shown_from` (None: never, it was a draft's) until `shown_until` (None: they still do).
    """

    revision: Revision
    by: str
    changes: tuple[tuple[str, tuple[Piece, ...]], ...]
    is_first: bool
    only_form: bool
    html: SafeString
    shown_from: datetime | None
    shown_until: datetime | None


def history(post: Post, revisions: list[Revision]) -> list[Version]:
    """`revisions` of the post, newest first, each against the one before it."""
    versions = []
    until = post.withdrawn_at
    for newer, older in zip(revisions, [*revisions[1:], None], strict=True):
        changes = _changes(older, newer) if older else ()
        first = post.first_published_at if newer.public else None
        since = max(newer.at, first) if first else None  # a draft's words wait for their moment
        versions.append(
            Version(
                revision=newer,
                by=str(newer.by) if newer.by else "imported",
                changes=changes,
                is_first=older is None,
                only_form=older is not None and not changes,
                html=shown_document(newer.document),
                shown_from=since,
                shown_until=until,
            )
        )
        until = since or until
    return versions


def _changes(older: Revision, newer: Revision) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    pairs = (
        ("Headline", older.headline, newer.headline),
        ("Dateline", older.dateline, newer.dateline),
        ("Byline", ", ".join(older.byline), ", ".join(newer.byline)),
        ("Text", plain_text(Document.stored(older.document)), plain_text(Document.stored(newer.document))),
    )
    found = ((name, tuple(pieces(before, after))) for name, before, after in pairs)
    return tuple((name, parts) for name, parts in found if parts)
