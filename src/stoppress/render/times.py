"""Moments for people: `<time>` elements in the event's zone, which the reader's script turns into theirs.

Called by whoever renders. May import `lib`. `data-form` tells the script which words to write: `clock` "20:05 EET",
`day` "22 November 2026", `full` both, `brief` "22 Nov, 20:05 EET", `post` in parts of its own. Months, the order of
a date and the zone's name are the language's own; hours run to 24 everywhere.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from stoppress.lib.clock import rfc3339
from stoppress.lib.languages import digits, locale_of
from stoppress.render.element import Html, element, join, text

# The one language of the interface with abbreviations of its own for Europe's clocks. Source: CLDR.
_GERMAN = {"CET": "MEZ", "CEST": "MESZ", "EET": "OEZ", "EEST": "OESZ", "WET": "WEZ", "WEST": "WESZ"}

# Words for a day take as long to find as a whole element, and a live blog is written within a few days.
_DAYS_REMEMBERED = 256
_TIMES_REMEMBERED = 64  # a new post's stands over the post and on two cards


def clock_time(at: datetime, timezone: str, language: str) -> Html:
    """Hours and minutes with the zone's name."""
    return _time("clock", at, timezone, text(_clock(at, timezone, language)))


def day_time(at: datetime, timezone: str, language: str) -> Html:
    """The day, there."""
    return _time("day", at, timezone, text(day_words(at, timezone, language)))


def brief_time(at: datetime, timezone: str, language: str) -> Html:
    """The day without its year, and the time: for lists that run over midnight."""
    day = _short_day(local_date(at, timezone), language)
    return _time("brief", at, timezone, text(_day_and_clock(day, at, timezone, language)))


def full_time(at: datetime, timezone: str, language: str) -> Html:
    """The day and the time."""
    return _time("full", at, timezone, text(full_words(at, timezone, language)))


def full_words(at: datetime, timezone: str, language: str) -> str:
    """The day and the time as plain words, for formats without markup."""
    return _day_and_clock(day_words(at, timezone, language), at, timezone, language)


def day_words(at: datetime, timezone: str, language: str) -> str:
    """The day there as plain words: "22 November 2026"."""
    return _day(local_date(at, timezone), language)


@lru_cache(_DAYS_REMEMBERED)
def _day(day: date, language: str) -> str:
    return digits(format_date(day, "long", locale=locale_of(language)), language)


@lru_cache(_DAYS_REMEMBERED)
def _short_day(day: date, language: str) -> str:
    return digits(format_skeleton("MMMd", day, locale=locale_of(language)), language)


@lru_cache(_TIMES_REMEMBERED)
def post_time(at: datetime, timezone: str, language: str) -> Html:
    """The time a post stands under: clock first, the day beneath it."""
    clock, zone = _clock(at, timezone, language).split(" ", 1)
    parts = {"clock": clock, "zone": zone, "day": day_words(at, timezone, language)}
    spans = [element("span", {"class": name}, text(part)) for name, part in parts.items()]
    return _time("post", at, timezone, join(spans, " "))


def time_since(at: datetime, first: datetime, timezone: str, language: str) -> Html:
    """The time alone when it is the day of `first`, there; else with its day."""
    if local_date(at, timezone) == local_date(first, timezone):
        return clock_time(at, timezone, language)
    return full_time(at, timezone, language)


def local_date(at: datetime, timezone: str) -> date:
    """The calendar day of `at` in `timezone`."""
    return at.astimezone(ZoneInfo(timezone)).date()


def _time(form: str, at: datetime, timezone: str, *inside: Html) -> Html:
    attributes = {"datetime": rfc3339(at), "data-zone": timezone, "data-form": form}
    return element("time", {**attributes}, *inside)


def _day_and_clock(day: str, at: datetime, timezone: str, language: str) -> str:
    comma = "،" if locale_of(language).language == "ar" else ","
    return f"{day}{comma} {_clock(at, timezone, language)}"


def _clock(at: datetime, timezone: str, language: str) -> str:
    local = at.astimezone(ZoneInfo(timezone))
    return f"{digits(f'{local:%H:%M}', language)} {zone_name(local, language)}"


def zone_name(local: datetime, language: str = "en") -> str:
    """As people there write it (EET, in German OEZ), or UTC+4 where the zone has only a number for a name."""
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return _GERMAN.get(name, name) if locale_of(language).language == "de" else name
    hours, minutes = name[1:3].lstrip("0") or "0", name[3:5]
    return f"UTC{name[0]}{hours}" + (f":{minutes}" if minutes else "")
