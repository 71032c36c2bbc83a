"""What a reader looks for: read from the query of `/search`, within bounds. PURE.

Called by `title_pages.py` and `title_store.py`. May import `lib`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stoppress.lib import limits
from stoppress.lib.folding import folded, words_apart

# Both databases compare these texts with their times alike: none lies on a whole second.
_EDGE = "%Y-%m-%d %H:%M:%S.999999+00"
FIELDS = ("q", "in", "by", "from", "to", "key", "page")
_YEAR_MIN, _YEAR_MAX = 1900, 2200


@dataclass(frozen=True, slots=True)
class Asked:
    """`q`: as typed. "" and False narrow nothing. Days are of the title's own calendar. `page` counts from 1."""

    q: str = ""
    liveblog: str = ""
    author: str = ""
    since: date | None = None
    until: date | None = None
    key_events: bool = False
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """What must all stand in a post; the last one as the beginning of a word."""
        return tuple(dict.fromkeys(words_apart(self.q)))[: limits.SEARCH_WORDS]

    @property
    def author_key(self) -> str:
        """The name as the index holds it."""
        return folded(self.author)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked."""
        narrowed = self.liveblog or self.author_key or self.since or self.until or self.key_events
        return not (self.words or narrowed)

    def after(self, timezone: str) -> str:
        """The last moment before `since`, as both databases compare it; "" when it was not said."""
        return _edge(self.since, timezone) if self.since else ""

    def before(self, timezone: str) -> str:
        """The last moment of `until`."""
        return _edge(self.until + timedelta(days=1), timezone) if self.until else ""

    def path(self, page: int) -> str:
        """The address of another page of the same search."""
        fields = {
            "q": self.q,
            "in": self.liveblog,
            "by": self.author,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "key": "1" if self.key_events else "",
            "page": str(page) if page > 1 else "",
        }
        return f"/search?{urlencode({name: value for name, value in fields.items() if value})}"


def asked(fields: Mapping[str, str]) -> Asked:
    """The query's fields; what cannot be is left out rather than refused, for a form is filled in by people."""
    return Asked(
        q=" ".join(_clean(fields.get("q", ""))[: limits.SEARCH_CHARS].split()),
        liveblog=_clean(fields.get("in", ""))[: limits.SLUG_CHARS],
        author=" ".join(_clean(fields.get("by", ""))[: limits.BYLINE_NAME_CHARS].split()),
        since=_day(fields.get("from", "")),
        until=_day(fields.get("to", "")),
        key_events=fields.get("key", "") == "1",
        page=_page(fields.get("page", "")),
    )


def _clean(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char == " ")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _YEAR_MIN <= day.year <= _YEAR_MAX else None


def _page(text: str) -> int:
    number = int(text[:4]) if text.isascii() and text.isdigit() else 1
    return min(max(number, 1), limits.FOUND_PAGES)


def _edge(day: date, timezone: str) -> str:
    """The last microsecond before `day` begins there."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    begins = datetime.combine(day, time(), zone).astimezone(UTC)
    return (begins - timedelta(seconds=1)).strftime(_EDGE)
