"""Dates and times as other people's pages write them.

Called by `dating.py` and `readers/`. Imports nothing of the project. A text is read only when nothing but a
date, a time, a zone and a few small words ("um", "Uhr", "at", a weekday) stands in it: prose is no date.
"""
# ruff: noqa: RUF001 - month names in letters of other scripts are meant

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_YEARS: Final = range(1990, 2101)  # outside of it a date is a program's zero, not a publication
_TEXT_CHARS: Final = 120
_LEFT_OVER_WORDS: Final = 5  # "Veröffentlicht am Montag … um … Uhr"
_UNITS: Final = frozenset(
    {"s", "sec", "sek", "min", "km", "m", "kg", "eur", "pts"}
)  # 23.45 sec. is no time of day
_EPOCH_DIGITS: Final = {10: 1, 13: 1_000, 16: 1_000_000}  # seconds, milliseconds, microseconds
_CENTURY: Final = 2000
_NOON: Final = 12
_MONTHS_MAX: Final = 12

# Beginnings of month names, folded (small, without accents), in the languages of European and American pages.
_MONTHS: Final = (
    "jan ene gen sty янв січ tammi oca led ian ιαν",
    "feb fev lut лют фев helmi sub uno φεβ",
    "mar mrz maa бер maalis bre μαρ",
    "apr abr avr kwi кві апр huhti nis dub απρ",
    "may mai mag maj mei тра мая маи touko kve μαι",
    "jun giu juin cze чер июн kesa haz cerv iun ιουν",
    "jul lug juil lip лип июл heina tem cervene iul ιουλ",
    "aug ago aou sie сер авг elo agu srp αυγ",
    "sep set wrz вер сен syys eyl zar szep σεπ",
    "oct okt ott out paz жов окт loka eki rij οκτ",
    "nov лис ноя marras kas lis noi νοε",
    "dec dez dic gru гру дек joulu ara pro des δεκ",
)
# The same in Arabic (of Egypt, the Maghreb and the Levant) and Hebrew, where "in" grows to the name.
_MONTHS_EAST: Final = (
    "يناير جانفي ינואר בינואר",
    "فبراير فيفري شباط פברואר בפברואר",
    "مارس اذار מרץ במרץ",
    "ابريل افريل نيسان אפריל באפריל",
    "مايو ماي ايار מאי במאי",
    "يونيو جوان حزيران יוני ביוני",
    "يوليو جويلي تموز יולי ביולי",
    "اغسطس اوت אוגוסט באוגוסט",
    "سبتمبر ايلول ספטמבר בספטמבר",
    "اكتوبر אוקטובר באוקטובר",
    "نوفمبر נובמבר בנובמבר",
    "ديسمبر דצמבר בדצמבר",
)
_MONTH_OF: Final = {
    name: month
    for names_of in (_MONTHS, _MONTHS_EAST)
    for month, names in enumerate(names_of, 1)
    for name in names.split()
}
_LONGEST_FIRST: Final = sorted(_MONTH_OF, key=len, reverse=True)

# Minutes east of Greenwich. Letters that mean several zones (IST, AST) are left out.
_ABBREVIATIONS: Final = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("bst", "west", "cet", "mez", "wat"), 60),
    **dict.fromkeys(("cest", "mesz", "eet", "sast", "cat"), 120),
    **dict.fromkeys(("eest", "msk", "trt", "eat"), 180),
    **dict.fromkeys(("brt", "art"), -180),
    **dict.fromkeys(("est", "cdt"), -300),
    **dict.fromkeys(("cst", "mdt"), -360),
    **dict.fromkeys(("mst", "pdt"), -420),
    **dict.fromkeys(("pst", "akdt"), -480),
    **dict.fromkeys(("sgt", "hkt", "awst"), 480),
    **dict.fromkeys(("jst", "kst"), 540),
    "edt": -240,
    "akst": -540,
    "hst": -600,
    "pkt": 300,
    "wib": 420,
    "acst": 570,
    "aest": 600,
    "acdt": 630,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
}
_SEASONAL: Final = {"et": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles"}

_YEAR_FIRST: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d\d?)\2(\d\d?)(?!\d)")
_BASIC: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=t\d|$)")
_HAN: Final = re.compile(r"((?:19|20)\d\d)[年년]\s*(\d\d?)[月월]\s*(\d\d?)[日일]")
_NUMBERS: Final = re.compile(r"(?<!\d)(\d\d?)([./-])\s?(\d\d?)(?:\2\s?((?:19|20)\d\d|\d\d))?\.?(?![\d:])")
_DAY_NAME: Final = re.compile(r"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|º)?\.?\s*(?:de |of |-)?([^\W\d_]{3,})[.,]?")
_NAME_DAY: Final = re.compile(r"([^\W\d_]{3,})\.?\s+(\d\d?)(?:st|nd|rd|th)?(?![\d:.h])")
_YEAR: Final = re.compile(r"(?<![\d:])((?:19|20)\d\d)(?![\d:])")
_TIME: Final = re.compile(
    r"(?<![\d.])(\d{1,2})(?:[:.时]|\s?h\s?|\s*時|\s*시\s*)(\d\d)(?:[:.]([0-5]\d)(?:[.,](\d+))?)?(?!\d)[分분]?\s*([ap]\.?\s?m\b\.?)?(?:\s*uhr\b)?"
)
_HOUR: Final = re.compile(r"(?<![\d.:])(\d{1,2})\s*(?:([ap]\.?m\b\.?)|(?:uhr|h)\b)")
_OFFSET: Final = re.compile(r"\s*(?:utc|gmt)?\s*([+\u2212-])(\d\d?):?(\d\d)?(?!\d)")
_ABBREVIATION: Final = re.compile(r"[\s(]*([a-z]{1,4})\b\)?")
_RUN_TOGETHER: Final = re.compile(r"^((?:19|20)\d{6})[Tt]?(\d\d)(\d\d)(\d\d)(?=$|[Zz+-])")
_SERIALIZED: Final = re.compile(r"/Date\((\d{13})(?:[+-]\d{4})?\)/")  # as .NET writes a date in JSON
_END_OF_DAY: Final = re.compile(r"(?<=\dt)24(?=:00(?::00|\b))")  # ISO 8601 calls the end of a day so
_ZONE_NAME: Final = re.compile(r"\[([A-Za-z_]+/[A-Za-z_/+-]+)\]$")


@dataclass(frozen=True, slots=True)
class When:
    """What a text says about time. `day` None: a time of day only. `clock` None: a date only.

    `zone` is what the text states; None when it leaves that to the reader.
    """

    day: date | None
    clock: time | None
    zone: tzinfo | None

    def at(self, zone: tzinfo, day: date | None = None) -> datetime | None:
        """The moment in UTC; `zone` and `day` stand in for what is not stated. None without time or day."""
        day = self.day or day
        if day is None or self.clock is None:
            return None
        try:
            return datetime.combine(day, self.clock, self.zone or zone).astimezone(UTC)
        except OverflowError:
            return None


NOTHING: Final = When(None, None, None)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a page writes dates. `month_first`: 3/4/2024 is 4 March. `year`: meant where none is written."""

    month_first: bool = False
    year: int | None = None


PLAIN: Final = Habits()


def read_when(value: object, habits: Habits = PLAIN) -> When:
    """What `value` (a text, or a number of seconds, milliseconds or microseconds since 1970) says."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(str(int(value))) if abs(value) < 10**17 else NOTHING
    if not isinstance(value, str) or len(value) > _TEXT_CHARS:
        return NOTHING
    text = value.strip()
    if found := _SERIALIZED.fullmatch(text):
        return _epoch(found[1])
    if re.fullmatch(r"\d{10,16}(\.\d+)?", text) and len(text.split(".")[0]) in _EPOCH_DIGITS:
        return _epoch(text.split(".")[0])
    text = _RUN_TOGETHER.sub(r"\1T\2:\3:\4", text)
    return _read(text, habits)


def _read(text: str, habits: Habits) -> When:
    named = _ZONE_NAME.search(text)
    folded = _folded(text[: named.start()] if named else text)
    folded, ends = _END_OF_DAY.subn("00", folded)
    try:
        day, folded = _take_day(folded, habits)
        day = day + timedelta(days=ends) if day else day
        clock, zone, folded = _take_time(folded)
    except (ValueError, OverflowError):  # 31 February, 25:99
        return NOTHING
    left_over = set(re.findall(r"[^\W_]+", folded))
    if len(left_over) > _LEFT_OVER_WORDS or left_over & _UNITS or re.search(r"\d", folded):
        return NOTHING
    return When(day, clock, zone or (_zone(named[1]) if named else None))


def _folded(text: str) -> str:
    """Small letters without accents, digits as 0–9, one blank at a time."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = (str(unicodedata.decimal(char, char)) for char in parts if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", "".join(plain)).split())


def _epoch(digits: str) -> When:
    unit = _EPOCH_DIGITS.get(len(digits))
    if unit is None:
        return NOTHING
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(digits) * 1_000_000 // unit)
    except OverflowError:
        return NOTHING
    return When(moment.date(), moment.time(), UTC) if moment.year in _YEARS else NOTHING


def _take_day(text: str, habits: Habits) -> tuple[date | None, str]:
    """The date in `text`, and the text without it. Raises: ValueError when it is none of the calendar."""
    for pattern in (_YEAR_FIRST, _BASIC, _HAN):
        if found := pattern.search(text):
            year, month, day = (int(found[group]) for group in (1, found.re.groups - 1, found.re.groups))
            return _date(year, month, day), _without(text, found)
    if named := _named_day(text, habits):
        return named
    found = _NUMBERS.search(text)
    if found and (meant := _numbers_year(found, habits)):
        first, second = int(found[1]), int(found[3])
        american = second > _MONTHS_MAX or (habits.month_first and found[2] == "/" and first <= _MONTHS_MAX)
        day, month = (second, first) if american else (first, second)
        return _date(meant, month, day), _without(text, found)
    return None, text


def _numbers_year(found: re.Match[str], habits: Habits) -> int | None:
    """The year that goes with "28-09" or "28.09."; none with "20.30", which is a time."""
    if found[4]:
        return _full_year(found[4])
    return habits.year if found[2] != "." or found[0].endswith(".") else None


def _named_day(text: str, habits: Habits) -> tuple[date, str] | None:
    for pattern, day_group, name_group in ((_DAY_NAME, 1, 2), (_NAME_DAY, 2, 1)):
        for found in pattern.finditer(text):
            month = _month(found[name_group])
            rest = _without(text, found)
            year = _YEAR.search(rest)
            if month and year:
                return _date(int(year[1]), month, int(found[day_group])), _without(rest, year)
            if month and habits.year:
                return _date(habits.year, month, int(found[day_group])), rest
    return None


def _month(name: str) -> int:
    return next((_MONTH_OF[start] for start in _LONGEST_FIRST if name.startswith(start)), 0)


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else _CENTURY + int(digits)  # noqa: PLR2004 (20 for 2020)


def _date(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise ValueError(year)
    return date(year, month, day)


def _take_time(text: str) -> tuple[time | None, tzinfo | None, str]:
    """Time and zone in `text`, and the text without them. A zone counts only right behind a time."""
    found = _TIME.search(text)
    hour = None if found else _HOUR.search(text)
    if found:
        half = (found[5] or "")[:1]
        clock = _clock(found[1], found[2], found[3], found[4], half=half)
    elif hour:
        found, half = hour, (hour[2] or "")[:1]
        clock = _clock(hour[1], "0", None, None, half=half)
    else:
        return None, None, text
    zone, end = _take_zone(text, found.end())
    return clock, zone, f"{text[: found.start()]} {text[end:]}"


def _clock(hour: str, minute: str, second: str | None, fraction: str | None, *, half: str) -> time:
    hours = int(hour)
    if half:
        if not 1 <= hours <= _NOON:
            raise ValueError(hour)
        hours = hours % _NOON + (_NOON if half == "p" else 0)
    return time(hours, int(minute), int(second or 0), int((fraction or "0")[:6].ljust(6, "0")))


def _take_zone(text: str, start: int) -> tuple[tzinfo | None, int]:
    if found := _OFFSET.match(text, start):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes)), found.end()
    if found := _ABBREVIATION.match(text, start):
        if found[1] in _ABBREVIATIONS:
            return timezone(timedelta(minutes=_ABBREVIATIONS[found[1]])), found.end()
        if found[1] in _SEASONAL:
            return ZoneInfo(_SEASONAL[found[1]]), found.end()
    return None, start


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
