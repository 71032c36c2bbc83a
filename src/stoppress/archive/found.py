"""What a reader of foreign files finds, before anything is decided: the one shape all of them hand on.

Written by `readers/`, read by `dating.py` and `assemble.py`. May import `document`.
"""

from dataclasses import dataclass, field

from stoppress.archive.format import Skipped
from stoppress.document.schema import JsonNode


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
    start: object = None
    end: object = None
    published: object = None
    modified: object = None
    live: bool = False  # the file says that it goes on
    pictures: list[str] = field(default_factory=list)  # addresses of the page's own pictures
    updates: list[FoundUpdate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, where: str, why: str) -> None:
        """Name something that could not be kept."""
        self.skipped.append(Skipped(where, why))
