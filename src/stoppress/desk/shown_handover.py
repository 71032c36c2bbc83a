"""What templates are given of shifts: the note that comes first, promises in words, how to say that one takes over.

Called by `shown.py`. Reads rows only.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from stoppress.desk import moments
from stoppress.lib import limits
from stoppress.lib.clock import rfc3339
from stoppress.liveblogs import handovers
from stoppress.liveblogs.models import HandoverNote, LiveBlog, Reminder
from stoppress.newsroom.roles import WRITING, Staff


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """One promise that is to be kept. `due`: when, in words around `clock`; `is_late`: that moment has passed."""

    row: Reminder
    clock: str
    due: str
    due_at: str
    is_late: bool
    post_url: str
    keep_url: str


@dataclass(frozen=True, slots=True)
class Handover:
    """`first`: the note that this person, on shift, is to take over. `offer`: words for readers, to start from."""

    first: HandoverNote | None
    earlier: tuple[HandoverNote, ...]
    promises: tuple[PromiseEntry, ...]
    late: int
    offer: str
    key: str
    note_chars: int = limits.HANDOVER_CHARS
    promise_chars: int = limits.REMINDER_CHARS


def handover(by: Staff, blog: LiveBlog, now: datetime, *, on_shift: bool, key: str) -> Handover:
    """What this person sees of the shifts of `blog`."""
    notes = handovers.handover_notes(blog)
    newest = notes[0] if notes else None
    is_first = newest is not None and newest.taken_at is None and newest.by_id != by.user_id
    first = newest if is_first and on_shift and by.role in WRITING else None
    promises = tuple(_entry(blog, row, now) for row in handovers.open_promises(blog))
    return Handover(
        first=first,
        earlier=tuple(note for note in notes if note is not first),
        promises=promises,
        late=sum(entry.is_late for entry in promises),
        offer=handovers.taking_over_words(by, blog) if on_shift else "",
        key=key,
    )


def _entry(blog: LiveBlog, row: Reminder, now: datetime) -> PromiseEntry:
    clock = moments.due_clock(row.due_at, blog.timezone, now) if row.due_at else ""
    return PromiseEntry(
        row=row,
        clock=clock,
        due=moments.due_words(row.due_at, clock, now) if row.due_at else "",
        due_at=rfc3339(row.due_at) if row.due_at else "",
        is_late=row.due_at is not None and row.due_at <= now,
        post_url=reverse("desk:post", args=[blog.slug, row.post_id]) if row.post_id else "",
        keep_url=reverse("desk:keep_promise", args=[blog.slug, row.pk]),
    )
