"""Moments for people: `<time>` elements in the event's zone, which the reader's script turns into theirs.

Called by `post.py`, `page.py` and `transcript.py`. May import `lib`. `data-form` tells the script which words to write:
`clock` "20:05 EET", `day` "22 November 2026", `full` both, `brief` "22 Nov, 20:05 EET", `post` in parts of its own.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from stoppress.lib.clock import rfc3339
from stoppress.render import words
from stoppress.render.element import Html, element, join, text


def clock_time(at: datetime, timezone: str) -> Html:
    """Hours and minutes with the zone's name."""
    return _time("clock", at, timezone, text(_clock(at, timezone)))


def day_time(at: datetime, timezone: str, language: str) -> Html:
    """The day, there."""
    return _time("day", at, timezone, text(_day(at, timezone, language)))


def brief_time(at: datetime, timezone: str, language: str) -> Html:
    """The day without its year, and the time: for lists that run over midnight."""
    return _time("brief", at, timezone, text(f"{_brief_day(at, timezone, language)}, {_clock(at, timezone)}"))


def full_time(at: datetime, timezone: str, language: str) -> Html:
    """The day and the time."""
    return _time("full", at, timezone, text(full_words(at, timezone, language)))


def full_words(at: datetime, timezone: str, language: str) -> str:
    """The day and the time as plain words, for formats without markup."""
    return f"{_day(at, timezone, language)}, {_clock(at, timezone)}"


def post_time(at: datetime, timezone: str, language: str) -> Html:
    """The time a post stands under: clock first, the day beneath it."""
    clock, zone = _clock(at, timezone).split(" ", 1)
    parts = {"clock": clock, "zone": zone, "day": _day(at, timezone, language)}
    spans = [element("span", {"class": name}, text(part)) for name, part in parts.items()]
    return _time("post", at, timezone, join(spans, " "))


def time_since(at: datetime, first: datetime, timezone: str, language: str) -> Html:
    """The time alone when it is the day of `first`, there; else with its day."""
    if local_date(at, timezone) == local_date(first, timezone):
        return clock_time(at, timezone)
    return full_time(at, timezone, language)


def local_date(at: datetime, timezone: str) -> date:
    """The calendar day of `at` in `timezone`."""
    return at.astimezone(ZoneInfo(timezone)).date()


def _time(form: str, at: datetime, timezone: str, *inside: Html) -> Html:
    attributes = {"datetime": rfc3339(at), "data-zone": timezone, "data-form": form}
    return element("time", {**attributes}, *inside)


def _clock(at: datetime, timezone: str) -> str:
    local = at.astimezone(ZoneInfo(timezone))
    return f"{local:%H:%M} {zone_name(local)}"


def zone_name(local: datetime) -> str:
    """As people there write it (EET), or UTC+4 where the zone has only a number for a name."""
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:5]
    return f"UTC{name[0]}{hours}" + (f":{minutes}" if minutes else "")


def _day(at: datetime, timezone: str, language: str) -> str:
    """22 November 2026 where the words are English, else the form every language reads."""
    day = local_date(at, timezone)
    if not _in_english(language):
        return day.isoformat()
    return f"{day.day} {words.MONTHS[day.month - 1]} {day.year}"


def _brief_day(at: datetime, timezone: str, language: str) -> str:
    day = local_date(at, timezone)
    if not _in_english(language):
        return day.isoformat()
    return f"{day.day} {words.MONTHS[day.month - 1][:3]}"


def _in_english(language: str) -> bool:
    return language.lower().split("-", maxsplit=1)[0] == "en"
