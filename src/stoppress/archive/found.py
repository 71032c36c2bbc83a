"""What a reader of foreign files finds, before anything is decided: the one shape all of them hand on.

Written by `readers/`, read by `dating.py` and `assemble.py`. May import `document` and `lib`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from stoppress.archive.format import Skipped
from stoppress.document.schema import JsonNode
from stoppress.lib import limits

_Found = TypeVar("_Found")


@dataclass(slots=True)
class FoundPicture:
    """A picture that belongs to an update or to the page. `src` is absolute. Sides in pixels, 0 = unknown."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class FoundUpdate:
    """One timed entry. `published` and `modified` are as found: text, a number, or None.

    `where` names it in `skipped`; `lost` holds one sentence for each thing that could not be kept.
    """

    where: str
    id: str = ""
    url: str = ""
    headline: str = ""
    dateline: str = ""
    published: object = None
    modified: object = None
    minute: int | None = None  # of a match, instead of a time
    byline: tuple[str, ...] = ()
    blocks: list[JsonNode] = field(default_factory=list)
    pictures: list[FoundPicture] = field(default_factory=list)
    corrections: list[tuple[str, object]] = field(default_factory=list)  # text, time as found
    key_event: bool = False
    summary: bool = False
    pinned: bool = False
    lost: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FoundBlog:
    """The page around them. `updates` in the page's order. Times as found.

    `locale` is what pages call it ("pl_PL"); `timezone` an IANA name when the file states one.
    """

    headline: str = ""
    standfirst: str = ""
    url: str = ""
    language: str = ""
    locale: str = ""
    timezone: str = ""
    publisher: str = ""
    byline: tuple[str, ...] = ()
    event_name: str = ""
    event_place: str = ""
    event_start: object = None
    start: object = None
    end: object = None
    published: object = None
    modified: object = None
    live: bool = False  # the file says that it goes on
    pictures: list[str] = field(default_factory=list)  # addresses of the page's own pictures
    updates: list[FoundUpdate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def within(self, found: Sequence[_Found]) -> Sequence[_Found]:
        """The first of `found` that one import takes besides the updates there are; the rest is named."""
        room = max(0, limits.IMPORT_POSTS - len(self.updates))
        if len(found) > room:
            more = len(found) - room
            self.skip("updates", f"{more:,} more were left out: one import takes {limits.IMPORT_POSTS:,}.")
        return found[:room]

    def skip(self, where: str, why: str) -> None:
        """Name something that could not be kept."""
        self.skipped.append(Skipped(where, why))
