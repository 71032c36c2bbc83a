"""The Stoppress archive: one live blog, whole, as plain values and as JSON (version 1).

`export --format archive` writes it, `import` reads it, without loss. Foreign files become the same values
first (`readers/`). Documented field by field in docs/reference/archive.md.
"""

from dataclasses import dataclass, field
from datetime import datetime

from stoppress.document.schema import Document

VERSION = 1


class UnreadableArchive(ValueError):
    """The file is not what an import can take. The message says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be kept. `where`: a path or the update's number; `why`: one sentence."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class ArchivedRevision:
    """One saved version."""

    number: int
    at: datetime
    by: str
    document: Document
    headline: str = ""
    dateline: str = ""
    byline: tuple[str, ...] = ()
    public: bool = True


@dataclass(frozen=True, slots=True)
class ArchivedCorrection:
    """One public correction."""

    text: str
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class ArchivedPost:
    """One post. `id` is the foreign or former id ("" when there was none). The newest revision is last."""

    revisions: tuple[ArchivedRevision, ...]
    first_published_at: datetime
    last_changed_at: datetime
    id: str = ""
    state: str = "published"  # draft, scheduled, published or withdrawn
    key_event: bool = False
    summary: bool = False
    pinned: bool = False
    publish_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    corrections: tuple[ArchivedCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedShift:
    """One reporter's turn."""

    name: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ArchivedPicture:
    """A picture the archive carries: file name inside the archive, and its facts."""

    id: str
    width: int
    height: int
    bytes_base64: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedEvent:
    """What the live blog is about; each part may be missing."""

    name: str = ""
    place: str = ""
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """One live blog. `posts` oldest first. `source_url`: where a foreign file said it came from."""

    headline: str
    posts: tuple[ArchivedPost, ...]
    slug: str = ""
    standfirst: str = ""
    timezone: str = "UTC"
    language: str = "en"
    topics: tuple[str, ...] = ()
    event: ArchivedEvent | None = None
    planned_end_at: datetime | None = None
    status: str = "closed"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    source_url: str = ""
    shifts: tuple[ArchivedShift, ...] = ()
    pictures: tuple[ArchivedPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file. `format`: archive, jsonld, microdata or guardian."""

    format: str
    archive: Archive
    skipped: tuple[Skipped, ...] = field(default=())
