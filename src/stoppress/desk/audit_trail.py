"""The audit trail as a page shows it: people's deeds and the live blogs' events in one order of time.

Called by `views/audit.py`. Reads rows only.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from stoppress.lib import clock, limits
from stoppress.liveblogs import queries as liveblogs
from stoppress.liveblogs.models import Event
from stoppress.newsroom import queries
from stoppress.newsroom.deeds import WORDS, Deed
from stoppress.newsroom.models import AuditEntry
from stoppress.newsroom.roles import Staff

_EVENT, _ENTRY = 0, 1  # of two at the same moment the entry stands above


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the trail is asked for: one person (a name), one kind, and what lies before a line."""

    who: str = ""
    kind: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: newest first by time, then by table, then by number."""

    at: datetime
    table: int
    number: int

    def __str__(self) -> str:
        return f"{clock.rfc3339(self.at)}/{self.table}/{self.number}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What `str` wrote, or None."""
        try:
            at, table, number = text.split("/")
            moment = datetime.fromisoformat(at)
            return cls(moment, int(table), int(number)) if moment.tzinfo else None
        except ValueError:
            return None

    def rows_below(self, table: int) -> Q:
        """The rows of `table` that stand below this place."""
        if table > self.table:
            return Q(at__lt=self.at)
        if table < self.table:
            return Q(at__lte=self.at)
        return Q(at__lt=self.at) | Q(at=self.at, pk__lt=self.number)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page."""

    place: Place
    by: str
    words: str
    whom: str
    detail: str
    address: str
    url: str = ""


def page(by: Staff, asked: Asked) -> tuple[list[Line], str]:
    """AUDIT_ROWS lines, and where the next page begins ("" at the end). Raises: AdminsOnly."""
    start = Place.read(asked.before)
    lines = sorted(
        [*_entries(by, asked, start), *_events(by, asked, start)],
        key=lambda line: (line.place.at, line.place.table, line.place.number),
        reverse=True,
    )
    shown = lines[: limits.AUDIT_ROWS]
    return shown, str(shown[-1].place) if len(lines) > limits.AUDIT_ROWS else ""


def _entries(by: Staff, asked: Asked, start: Place | None) -> list[Line]:
    rows = queries.audit_entries(by)
    if start:
        rows = rows.filter(start.rows_below(_ENTRY))
    if asked.who:
        rows = rows.filter(Q(by=asked.who) | Q(whom=asked.who))
    if asked.kind:
        rows = rows.filter(what=asked.kind)
    return [_entry_line(row) for row in rows.order_by("-at", "-pk")[: limits.AUDIT_ROWS + 1]]


def _entry_line(row: AuditEntry) -> Line:
    return Line(
        place=Place(row.at, _ENTRY, row.pk),
        by=row.by or "Somebody",
        words=WORDS[Deed(row.what)],
        whom=row.whom,
        detail=row.detail,
        address=row.address,
    )


def _events(by: Staff, asked: Asked, start: Place | None) -> list[Line]:
    rows = liveblogs.events_of_publisher(by)
    if start:
        rows = rows.filter(start.rows_below(_EVENT))
    if asked.who:
        rows = rows.filter(by=asked.who)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return [_event_line(row) for row in rows.order_by("-at", "-pk")[: limits.AUDIT_ROWS + 1]]


def _event_line(row: Event) -> Line:
    return Line(
        place=Place(row.at, _EVENT, row.pk),
        by=row.by,
        words=event_words(row.kind),
        whom=row.liveblog.headline,
        detail=f"version {row.revision}" if row.revision else "",
        address="",
        url=f"/desk/live/{row.liveblog.slug}/{f'posts/{row.post_id}/' if row.post_id else ''}",
    )


def event_words(kind: str) -> str:
    """`post.published` as "post published"."""
    return kind.replace(".", " ").replace("_", " ")
