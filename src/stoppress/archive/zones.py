"""Which time zone a page lives in, when its times do not say.

Called by `dating.py` and `readers/`. Imports nothing of the project; reads the tzdata package.
"""

import re
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_COUNTRY: Final = re.compile(r"[a-z]{2,3}[-_]([A-Za-z]{2})\b")
_OTHER_CODES: Final = {"UK": "GB"}  # a top-level domain that is no ISO 3166 code
# Domains sold to everybody: they say nothing about where a page is written.
_GENERIC: Final = frozenset(
    {"AI", "CC", "CO", "FM", "IO", "LY", "ME", "TV", "WS", "GG", "TO", "AM", "IS", "EU"}
)


def country_of(language: str, locale: str, url: str) -> str:
    """ISO 3166 code, by the locale ("pl_PL"), the language tag ("de-AT") or the address (".co.uk"); or ""."""
    for tag in (locale, language):
        if found := _COUNTRY.match(tag):
            code = found[1].upper()
            # "en_US" is what publishing systems write when nobody set anything.
            if code != "US":
                return code
    last = (urlsplit(url).hostname or "").rpartition(".")[2].upper()
    if len(last) != 2 or last in _GENERIC:  # noqa: PLR2004 (country codes have two letters)
        return ""
    return _OTHER_CODES.get(last, last)


def zone_of_country(country: str) -> str:
    """The IANA name when the country has one zone, or one that most of it lives in; else ""."""
    rows = _zones().get(country, ())
    if len(rows) == 1:
        return rows[0][0]
    main = [name for name, comment in rows if comment.startswith("most of") or "(mainland)" in comment]
    return main[0] if len(main) == 1 else ""


def fixed_zone(offset: timedelta) -> str:
    """An IANA name for an offset in whole hours ("Etc/GMT-2" is two hours east); else "UTC"."""
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    if rest or not hours or not -12 <= hours <= 14:  # noqa: PLR2004 (the Etc area's ends)
        return "UTC"
    return f"Etc/GMT{-hours:+d}"


def offset_fits(name: str, moment: datetime, stated: tzinfo) -> bool:
    """Whether the named zone has, at that moment, the offset a text stated."""
    return moment.astimezone(ZoneInfo(name)).utcoffset() == stated.utcoffset(moment)


@cache
def _zones() -> dict[str, tuple[tuple[str, str], ...]]:
    """Country → its zones and what the list says of each (format: head of zone1970.tab)."""
    table: dict[str, list[tuple[str, str]]] = {}
    listing = (files("tzdata") / "zoneinfo" / "zone1970.tab").read_text("utf-8")
    for line in listing.splitlines():
        if line.startswith("#"):
            continue
        countries, _, name, *comment = line.split("\t")
        for country in countries.split(","):
            table.setdefault(country, []).append((name, "".join(comment)))
    return {country: tuple(rows) for country, rows in table.items()}
