"""What a renderer is told: plain values, gathered by `liveblogs/projection.py`. No row ever reaches a renderer."""

from dataclasses import dataclass, field
from datetime import datetime

from stoppress.document.schema import Document
from stoppress.lib.languages import Words, words_in

# Raise when any renderer's bytes change: stored pages are made again at the next start.
RENDERER = 7


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The publisher and where the public reaches it. `public_url` has no trailing slash."""

    public_url: str
    name: str
    language: str = "en"
    theme: str = ""  # address of the style sheet with its colours; "" = the house's
    logo: "ImageFacts | None" = None
    support: "SupportFacts | None" = None
    policies: tuple[str, ...] = ()  # kinds of lib/policies.py that are written, in order


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """What the title asks of its readers, in its own words, and where that leads."""

    text: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    """Somebody with a page of their own, under one of their printed names. `role` may be ""."""

    name: str
    slug: str
    role: str = ""
    portrait: "ImageFacts | None" = None


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """One public correction of a post. `revision`: the version it came with."""

    text: str
    at: datetime
    revision: int = 0


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """One version of a post that readers have seen. `at`: since when. `byline`: names as printed, in order."""

    number: int
    headline: str
    dateline: str
    byline: tuple[str, ...]
    document: Document
    at: datetime


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """How a post came to read as it does. `versions`: oldest first; the first one and the newest.

    `left_out`: how many stood between the first and the next one here, when there are too many to show.
    """

    versions: tuple[RevisionFacts, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class PostFacts:
    """One published post. `byline`: names as printed, in order. Times are aware UTC."""

    id: str
    headline: str
    dateline: str
    byline: tuple[str, ...]
    document: Document
    key_event: bool
    summary: bool
    revision: int
    first_published_at: datetime
    last_changed_at: datetime
    corrections: tuple[CorrectionFacts, ...] = ()
    authors: tuple[AuthorFacts, ...] = ()  # those of the byline who have a page


@dataclass(frozen=True, slots=True)
class TombstoneFacts:
    """A withdrawn post: nothing of it is left but its id, its place in time and the reason."""

    id: str
    first_published_at: datetime
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BylineName:
    """One name in the live blog's byline. `turn`: "now", "earlier" or "" (wrote, but never had a shift)."""

    name: str
    turn: str


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What a live blog is about: a match, a vote, a storm. Each part may be missing, but not all of them."""

    name: str = ""
    place: str = ""
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyEventFacts:
    """One line of the key-event list, newest first."""

    post_id: str
    title: str
    at: datetime
    summary: bool = False


@dataclass(frozen=True, slots=True)
class BlogFacts:
    """One live blog: what stands around its posts. `status`: draft, live, paused or closed."""

    site: SiteFacts
    slug: str
    headline: str
    standfirst: str
    status: str
    timezone: str
    language: str
    byline: tuple[BylineName, ...] = ()
    key_events: tuple[KeyEventFacts, ...] = ()
    takes_questions: bool = False  # readers see a form to ask
    summary: PostFacts | None = None
    pinned: PostFacts | None = None
    older_from: str | None = None  # newest post of the newest sealed page …
    older_at: datetime | None = None  # … and its place in time: everything at or below it left the first page
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    first_post_at: datetime | None = None
    changed_at: datetime | None = None
    latest: KeyEventFacts | None = None  # the newest post, key event or not, for the card
    image: "ImageFacts | None" = field(default=None)  # the first picture, for cards
    topics: tuple[tuple[str, str], ...] = ()  # name and last part of the address of each
    authors: tuple[AuthorFacts, ...] = ()  # those of the byline who have a page
    event: EventFacts | None = None
    planned_end_at: datetime | None = None

    @property
    def say(self) -> Words:
        """Our own words, in the live blog's language."""
        return words_in(self.language)

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"{self.site.public_url}/live/{self.slug}"


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture for cards and structured data. `src` is as in the document ("/media/…")."""

    src: str
    width: int
    height: int
    alt: str
    srcset: str = ""  # narrower files of it, as html names them
    widest: "WidestFacts | None" = None  # where we have its files


@dataclass(frozen=True, slots=True)
class WidestFacts:
    """The widest file that we have of a picture, and what matters in it, in per cent from its left and top."""

    src: str
    width: int
    height: int
    focus_x: int = 50
    focus_y: int = 50
