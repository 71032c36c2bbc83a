"""Moments of a live blog as addresses and as words, and which posts a page shows at one. Pure functions.

Called by `then.py` and `then_store.py`. May import `lib`. The page at a past time has one address for each minute:
whatever else is asked for is led there, so that caches hold a bounded number of pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from stoppress.lib import limits
from stoppress.lib.languages import digits, locale_of

_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_WALL_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)  # what <input type="datetime-local"> sends
_MINUTE = timedelta(minutes=1)
Post = TypeVar("Post")


def moment_of(text: str) -> datetime | None:
    """An RFC 3339 time as aware UTC, cut to the minute; seconds may be left out. None when it is no such time."""
    found = _RFC3339.fullmatch(text)
    if found is None:
        return None
    day, clock, seconds, _, offset = found.groups()
    try:
        exact = datetime.fromisoformat(
            f"{day}T{clock}{seconds or ':00'}{offset.upper().replace('Z', '+00:00')}"
        )
        return minute_of(exact.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def moment_there(text: str, timezone: str) -> datetime | None:
    """A wall clock's time in the event's zone ("2026-11-22T18:05") as aware UTC. None when it is no such time."""
    if not _WALL_CLOCK.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def minute_of(moment: datetime) -> datetime:
    """The whole minute at or before `moment`."""
    return moment.replace(second=0, microsecond=0)


def minute_after(moment: datetime) -> datetime:
    """The first whole minute at which `moment` has passed: what happened then is known there."""
    whole = minute_of(moment)
    return whole if whole == moment else whole + _MINUTE


def written(moment: datetime) -> str:
    """As it stands in an address: `2026-11-22T18:05:00Z`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def minutes_between(first: datetime, later: datetime) -> int:
    """Whole minutes."""
    return int((later - first) / _MINUTE)


# --- words ----------------------------------------------------------------------------------------------


def full_time(moment: datetime, timezone: str, language: str) -> str:
    """A `<time>` with day and clock, which the reader's script can turn into the reader's zone."""
    day = format_date(moment.astimezone(ZoneInfo(timezone)).date(), "long", locale=locale_of(language))
    return _time("full", moment, timezone, f"{digits(day, language)}, {_clock(moment, timezone, language)}")


def brief_time(moment: datetime, timezone: str, language: str) -> str:
    """The same without the year."""
    local = moment.astimezone(ZoneInfo(timezone)).date()
    day = digits(format_skeleton("MMMd", local, locale=locale_of(language)), language)
    return _time("brief", moment, timezone, f"{day}, {_clock(moment, timezone, language)}")


def clock_time(moment: datetime, timezone: str, language: str) -> str:
    """The clock alone."""
    return _time("clock", moment, timezone, _clock(moment, timezone, language))


def wall_clock(moment: datetime, timezone: str) -> str:
    """As `<input type="datetime-local">` takes it."""
    return moment.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")


def _clock(moment: datetime, timezone: str, language: str) -> str:
    local = moment.astimezone(ZoneInfo(timezone))
    name = local.tzname() or "UTC"
    zone = f"UTC{name}" if name[0] in "+-" else name
    return f"{digits(f'{local:%H:%M}', language)} {zone}"


def _time(form: str, moment: datetime, timezone: str, words: str) -> str:
    zone = escape(timezone)
    return f'<time datetime="{written(moment)}" data-zone="{zone}" data-form="{form}">{escape(words)}</time>'


def steps_between(first: datetime, last: datetime, timezone: str) -> list[datetime]:
    """Full hours by the clock there from `first` to `last`; midnights, when there would be too many hours."""
    zone = ZoneInfo(timezone)
    long = last - first > timedelta(hours=limits.THEN_HOURS)
    local = first.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    step = timedelta(days=1) if long else timedelta(hours=1)
    at = (local.replace(hour=0) if long else local).astimezone(UTC)
    found: list[datetime] = []
    while at <= last and len(found) < limits.THEN_STEPS:
        if at >= first:
            found.append(at)
        at += step
    return found


# --- pages ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Post]):
    """The posts of one page, newest first, among how many pages there are beside the first one."""

    posts: Sequence[Post]
    number: int
    sealed: int


def leaf_of(posts: Sequence[Post], number: int) -> Leaf[Post] | None:
    """Page `number` of these posts, newest first: 0 has the newest, the others count from the oldest, 1.

    The same rule as the live page's: the first page holds PAGE_POSTS to twice as many. None: no such page.
    """
    size = limits.PAGE_POSTS
    sealed = max(0, len(posts) // size - 1)
    if number > sealed:
        return None
    if number == 0:
        return Leaf(posts[: len(posts) - sealed * size], 0, sealed)
    end = len(posts) - (number - 1) * size
    return Leaf(posts[end - size : end], number, sealed)


def leaf_number(place: int, posts: int) -> int:
    """On which page the post stands that is at `place` from the newest, 0, among so many."""
    size = limits.PAGE_POSTS
    sealed = max(0, posts // size - 1)
    return 0 if place < posts - sealed * size else (posts - place - 1) // size + 1
