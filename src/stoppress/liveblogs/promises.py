"""Promises to readers, found in what a post says: "more at 15:00", "we'll have more at 3pm", "back at noon".

PURE. Called by `actions/note_promises.py`, and by the desk for times of day. English phrases only: a promise in
another language is written down by hand. What is not certain (another zone's clock, a day of the week) is not a promise
here: a missed one is noticed by people, a false one would teach them to look away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from stoppress.lib import limits

_TIME = r"""(?:
    (?P<hour>1[0-2]|0?[1-9]) (?:[:.](?P<minute>[0-5]\d))? \s? (?P<half>[ap]) \.?m\b\.?
  | (?P<hour24>[01]?\d|2[0-3]) : (?P<minute24>[0-5]\d)
  | (?P<word>noon|midday|midnight) \b
)"""
_PROMISE = re.compile(
    rf"""\b (?: more (?!\s+than\b) | back | expected | due | updates? ) \b
    (?: \s+ [\w’'-]+ ){{0,8}}? \s+ (?:at|around|about|by) \s+ (?:about\s+|around\s+)? {_TIME}
    (?: \s* \(? (?P<zone>[A-Z]{{2,4}}) \b )? (?= (?P<after> [^.!?\n]{{0,24}} ))""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
_UNIVERSAL = frozenset({"UTC", "GMT"})
# Abbreviations that name a clock. Elsewhere two to four capitals are the next word: "more at 15:00 EU leaders …".
_ZONES = _UNIVERSAL | {
    *("ET", "EST", "EDT", "CT", "CST", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT"),
    *("BST", "IST", "WET", "WEST", "CET", "CEST", "EET", "EEST", "MSK", "TRT", "SAST", "WAT", "EAT"),
    *("JST", "KST", "SGT", "HKT", "AEST", "AEDT", "ACST", "AWST", "NZST", "NZDT"),
}
_DAYS = re.compile(r"\b(?:yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_TOMORROW = re.compile(r"\btomorrow\b", re.IGNORECASE)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_AHEAD = timedelta(hours=limits.PROMISE_HOURS)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """The sentence that promises, cut to a line, and the moment it promises for."""

    text: str
    due_at: datetime


def promises(text: str, timezone: str, said_at: datetime) -> tuple[Promise, ...]:
    """What `text` promises, in its order, by the event's clock. A time of day is the next one after `said_at`."""
    zone = ZoneInfo(timezone)
    found: dict[datetime, Promise] = {}
    for sentence, match in _matches(text):
        due = _due(match, zone, said_at)
        if due is not None:
            found.setdefault(due, Promise(_line(sentence), due))
    return tuple(found.values())[: limits.PROMISES_PER_POST]


def next_time(wall: time, zone: tzinfo, after: datetime) -> datetime:
    """The first moment after `after` at which clocks in `zone` show `wall`, in UTC.

    Of an hour that comes twice either may be it; one that clocks skip is as long after midnight as it says.
    """
    today = after.astimezone(zone).date()
    moments = {
        datetime.combine(today + day * _DAY, wall.replace(fold=fold), zone).astimezone(UTC)
        for day in range(-1, 3)
        for fold in (0, 1)
        if fold == 0 or is_shown_twice(datetime.combine(today + day * _DAY, wall), zone)
    }
    return min(moment for moment in moments if moment > after)


def is_shown_twice(wall: datetime, zone: tzinfo) -> bool:
    """Whether clocks in `zone` show `wall` (without a zone) twice, as when they go back in autumn."""
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset() and not is_skipped(wall, zone)


def is_skipped(wall: datetime, zone: tzinfo) -> bool:
    """Whether clocks in `zone` never show `wall` (without a zone), as when they go forward in spring."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for sentence in _SENTENCE.finditer(text):
        for match in _PROMISE.finditer(sentence.group()):
            yield sentence.group(), match


def _due(match: re.Match[str], zone: ZoneInfo, said_at: datetime) -> datetime | None:
    around = match.group() + match["after"]
    if _DAYS.search(around):
        return None
    clock = _clock(match)
    named = match["zone"] or ""
    if named in _UNIVERSAL:
        due = next_time(clock, UTC, said_at)
    else:
        due = next_time(clock, zone, said_at)
        if named in _ZONES and named != due.astimezone(zone).tzname():
            return None
    if _TOMORROW.search(around):
        return _tomorrow(clock, UTC if named in _UNIVERSAL else zone, said_at)
    return due if due - said_at <= _AHEAD else None


def _tomorrow(clock: time, zone: tzinfo, said_at: datetime) -> datetime:
    """That time of the day after today, there."""
    midnight = datetime.combine(said_at.astimezone(zone).date() + _DAY, time(0), zone)
    return next_time(clock, zone, midnight - timedelta(seconds=1))


def _clock(match: re.Match[str]) -> time:
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["hour24"]:
        return time(int(match["hour24"]), int(match["minute24"]))
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
    return time(hour, int(match["minute"] or 0))


def _line(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= limits.REMINDER_CHARS else f"{words[: limits.REMINDER_CHARS - 1].rstrip()}…"
