"""Places every update in time: which zone is meant, which day a bare "19:30" belongs to, where the undated go.

Called by `assemble.py`. Imports this room only. Nothing is guessed in silence: each assumption is a line in
`skipped`. The order of the page is kept wherever the file gives no better one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from stoppress.archive.dates import Habits, When, read_when
from stoppress.archive.found import FoundBlog, FoundUpdate
from stoppress.archive.zones import country_of, fixed_zone, offset_fits, zone_of_country
from stoppress.lib import clock

_MIDNIGHT: Final = timedelta(hours=6)  # a time so much earlier than the one before it is of the next day
_STEP: Final = timedelta(seconds=1)  # between undated updates before the first or after the last date
_TICK: Final = timedelta(milliseconds=1)  # between updates of the same moment, so that they keep their order
_HALF, _BREAK = 45, 15  # minutes of a football half and of the break after it
_MANY: Final = 3  # so many updates with one and the same date: it is the page's, not theirs


@dataclass(slots=True)
class Dated:
    """An update with its times, both UTC; `published` is None while it has no place yet."""

    update: FoundUpdate
    when: When
    modified: datetime | None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The updates, oldest first, each with its time; the live blog's own times; and its zone."""

    rows: list[Dated]
    timezone: str
    opened_at: datetime | None
    closed_at: datetime | None
    live: bool
    planned_end_at: datetime | None = None
    event_at: datetime | None = None


def timeline(blog: FoundBlog) -> Timeline:
    """Date and order all updates of `blog`; assumptions go to `blog.skipped`."""
    now = clock.now()
    zone_name, habits = _zone_and_habits(blog)
    zone = ZoneInfo(zone_name)
    page = {name: _at(value, zone, habits) for name, value in _page_times(blog).items()}
    rows = [_dated(update, zone, habits, now, blog) for update in blog.updates]
    _note_shared_dates(rows, blog)
    if _newest_first(rows):
        rows.reverse()
    _date_clocks(rows, zone, _first_day(blog, zone, habits), now)
    _date_minutes(rows, page["start"], blog)
    _date_the_rest(rows, [page["start"], page["published"], page["modified"]], blog, now)
    rows = _in_order(rows)
    whole = _with_ends(rows, zone_name, page, blog, now)
    return replace(whole, event_at=_at(blog.event_start, zone, habits))


def _page_times(blog: FoundBlog) -> dict[str, object]:
    return {"start": blog.start, "end": blog.end, "published": blog.published, "modified": blog.modified}


def _at(value: object, zone: tzinfo, habits: Habits) -> datetime | None:
    return read_when(value, habits).at(zone)


# --- zone -------------------------------------------------------------------------------------------


def _zone_and_habits(blog: FoundBlog) -> tuple[str, Habits]:
    """The IANA name for times that name no zone and for showing all of them; how the page writes dates."""
    country = country_of(blog.language, blog.locale, blog.url)
    american = country == "US" or blog.language.lower() == "en-us" or blog.locale == "en_US"
    days = [read_when(value, Habits(month_first=american)).day for value in _page_times(blog).values()]
    year = next((day.year for day in days if day), None)
    habits = Habits(month_first=american, year=year)
    whens = [read_when(value, habits) for value in (*_page_times(blog).values(), *_update_times(blog))]
    name, why = _zone_name(blog, country, whens)
    if any(when.clock is not None and when.zone is None for when in whens):
        blog.skip("times", f"Some times name no time zone; {name} was assumed ({why}).")
    return name, habits


def _update_times(blog: FoundBlog) -> Iterable[object]:
    for update in blog.updates:
        yield update.published
        yield update.modified


def _zone_name(blog: FoundBlog, country: str, whens: Sequence[When]) -> tuple[str, str]:
    if blog.timezone:
        return blog.timezone, "the file names it"
    stated = [(moment, when.zone) for when in whens if when.zone and (moment := when.at(UTC))]
    # Programs write UTC without meaning a place: only other offsets tell where a page lives.
    placed = [(moment, zone) for moment, zone in stated if zone.utcoffset(moment)]
    of_country = zone_of_country(country)
    if of_country and all(offset_fits(of_country, moment, zone) for moment, zone in placed):
        return of_country, "the page's language or address names the country"
    if placed:
        offsets = Counter(zone.utcoffset(moment) or timedelta() for moment, zone in placed)
        return fixed_zone(offsets.most_common(1)[0][0]), "other times in the file have this offset"
    return "UTC", "nothing in the file names a place"


# --- each update ------------------------------------------------------------------------------------


def _dated(update: FoundUpdate, zone: tzinfo, habits: Habits, now: datetime, blog: FoundBlog) -> Dated:
    when = read_when(update.published, habits)
    modified = _at(update.modified, zone, habits)
    published = when.at(zone)
    if published is None and update.published and when.clock is None and when.day is None:
        blog.skip(update.where, f"Its date could not be read: {str(update.published)[:60]!r}.")
    if published is None and modified is not None and when.clock is None and modified <= now:
        blog.skip(update.where, "It has no date of publication; the date of its last change stands for it.")
        published = modified
    if published is not None and published > now:
        blog.skip(update.where, f"Its date lies in the future ({clock.rfc3339(published)}) and was not used.")
        published, when = None, When(None, None, None)
    if modified is not None and (modified > now or (published is not None and modified < published)):
        modified = None
    return Dated(update, when, modified, published)


def _note_shared_dates(rows: list[Dated], blog: FoundBlog) -> None:
    """Name dates that all updates share; a shared date of change says nothing of any one of them."""
    if len(rows) < _MANY:
        return
    if len({row.published for row in rows}) == 1 and rows[0].published is not None:
        blog.skip("updates", "All updates carry one and the same date; their order on the page was kept.")
    if len({row.modified for row in rows}) == 1 and rows[0].modified is not None:
        at = clock.rfc3339(rows[0].modified)
        blog.skip("updates", f"All updates carry the page's date of change ({at}); it was not kept for them.")
        for row in rows:
            row.modified = None


def _newest_first(rows: list[Dated]) -> bool:
    """How the page is ordered, by most neighbours whose times tell; else as live pages are, newest first."""
    falling = rising = 0
    known = [row for row in rows if row.published or row.when.clock]
    for above, below in pairwise(known):
        if above.published and below.published:
            falling += above.published > below.published
            rising += above.published < below.published
        elif above.when.clock and below.when.clock:
            falling += above.when.clock > below.when.clock
            rising += above.when.clock < below.when.clock
    return falling >= rising


def _first_day(blog: FoundBlog, zone: tzinfo, habits: Habits) -> date | None:
    for value in (blog.start, blog.published, blog.modified):
        when = read_when(value, habits)
        at = when.at(zone)
        if at or when.day:
            return at.astimezone(zone).date() if at else when.day
    return None


def _date_clocks(rows: list[Dated], zone: tzinfo, day: date | None, now: datetime) -> None:
    """Give "19:30" its day: that of the update before it, or the next when the clock has gone round."""
    bare = [row for row in rows if _is_bare(row)]
    if not bare:
        return
    before: datetime | None = None
    if day is None:
        after = next((row.published for row in rows if row.published), None)
        day = (after or now).astimezone(zone).date()
    for row in rows:
        if _is_bare(row):
            at = row.when.at(zone, before.astimezone(zone).date() if before else day)
            row.published = at + timedelta(days=1) if at and before and at < before - _MIDNIGHT else at
        before = row.published or before
    while any(row.published and row.published > now for row in bare):
        for row in bare:
            row.published = row.published and row.published - timedelta(days=1)


def _is_bare(row: Dated) -> bool:
    return row.published is None and row.when.clock is not None and row.when.day is None


def _date_minutes(rows: list[Dated], start: datetime | None, blog: FoundBlog) -> None:
    """Place the minutes of a match, counted from the start; the second half begins after the break."""
    counted = [row for row in rows if row.published is None and row.update.minute is not None]
    if not counted or start is None:
        return
    for row in counted:
        minute = row.update.minute or 0
        row.published = start + timedelta(minutes=minute + (_BREAK if minute > _HALF else 0))
    at = clock.rfc3339(start)
    blog.skip("times", f"Minutes of the match were counted from {at}, with a break of {_BREAK} minutes.")


def _date_the_rest(
    rows: list[Dated], starts: Iterable[datetime | None], blog: FoundBlog, now: datetime
) -> None:
    """Spread the undated between their dated neighbours; before the first and after the last, by seconds."""
    known = [index for index, row in enumerate(rows) if row.published is not None]
    if known:
        undated = [row for row in rows if row.published is None]
        _spread(rows, known)
        for row in undated:
            at = _shown(row.published)
            blog.skip(row.update.where, f"It has no date of its own; {at} was set, by its place on the page.")
    elif rows:
        base = next((at for at in starts if at is not None and at <= now), None)
        stands = "the page's own date" if base else "the time of this import"
        blog.skip("updates", f"No update has a date that can be read; {stands} stands for all of them.")
        for index, row in enumerate(rows):
            row.published = (base or now - _STEP * len(rows)) + _STEP * index


def _spread(rows: list[Dated], known: list[int]) -> None:
    first, last = known[0], known[-1]
    for index in range(first):
        rows[index].published = _moment(rows[first]) - _STEP * (first - index)
    for index in range(last + 1, len(rows)):
        rows[index].published = _moment(rows[last]) + _STEP * (index - last)
    for low, high in pairwise(known):
        earlier, later = _moment(rows[low]), _moment(rows[high])
        for index in range(low + 1, high):
            ticks = (later - earlier) * (index - low) / (high - low) // _TICK
            rows[index].published = earlier + ticks * _TICK


def _moment(row: Dated) -> datetime:
    if row.published is None:
        raise ValueError(f"{row.update.where} has no date yet; only dated neighbours can be asked.")
    return row.published


def _shown(moment: datetime | None) -> str:
    return clock.rfc3339(moment) if moment else "none"


def _in_order(rows: list[Dated]) -> list[Dated]:
    """Oldest first; updates of one moment keep the page's order, a millisecond apart."""
    ordered = sorted(rows, key=lambda row: row.published or datetime.min.replace(tzinfo=UTC))
    before: datetime | None = None
    for row in ordered:
        if before is not None and row.published is not None and row.published <= before:
            row.published = before + _TICK
        before = row.published
    return ordered


# --- the live blog ----------------------------------------------------------------------------------


def _with_ends(
    rows: list[Dated], zone: str, page: dict[str, datetime | None], blog: FoundBlog, now: datetime
) -> Timeline:
    """Start and end that hold all updates, whatever the file says."""
    times = [row.published for row in rows if row.published is not None]
    start, end = page["start"] or page["published"], page["end"]
    if page["start"] and times and page["start"] > times[0]:
        blog.skip(
            "start", f"It was given as {_shown(page['start'])}, after the first update, whose time was used."
        )
    opened_at = min([*times[:1], *([start] if start and start <= now else [])], default=None)
    live = blog.live or (end is not None and end > now)
    if live:
        planned = end if end is not None and end > now else None
        return Timeline(rows, zone, opened_at, None, live, planned)
    if end is not None and times and end < times[-1]:
        blog.skip("end", f"It was given as {_shown(end)}, before the last update, whose time was used.")
    closed_at = max([*times[-1:], *([end] if end else [])], default=None)
    return Timeline(rows, zone, opened_at, closed_at, live)
