"""What an action is given and what it gives back, and the checks that every text passes on its way in."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stoppress.document.schema import Document, JsonNode
from stoppress.document.structured import unfinished
from stoppress.document.text import is_blank
from stoppress.lib import limits
from stoppress.lib.ids import PostId, Seq
from stoppress.liveblogs.house_rules import check_house_rules
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.models import Publisher

# What no line of text may hold: control characters and the marks that turn the reading direction round.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
CLOCK_SKEW = timedelta(seconds=5)  # a client's clock may run this far ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContent:
    """What a reporter writes. An empty `byline` credits whoever saves it first."""

    document: Document
    headline: str = ""
    dateline: str = ""
    byline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A turning point, a round-up."""

    key_event: bool = False
    summary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a live blog is about and how long it is to go on, for structured data; each part may be missing."""

    event_name: str = ""
    event_place: str = ""
    event_starts_at: datetime | None = None
    planned_end_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLiveBlog:
    """A live blog to be. Empty slug: made from the headline. Empty zone and language: the publisher's."""

    headline: str
    standfirst: str = ""
    slug: str = ""
    timezone: str = ""
    language: str = ""
    status: str = "draft"
    topics: tuple[str, ...] = ()
    about: About = About()


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the post, the newest event's number, the revision that now stands."""

    post_id: PostId
    seq: Seq
    revision: int


def line(field: str, value: str, chars: int, *, required: bool = False) -> str:
    """`value` trimmed. Raises: InvalidInput (too long, empty though required, control characters)."""
    text = value.strip()
    if required and not text:
        raise InvalidInput(field, f"The {field} is empty; write one.")
    if len(text) > chars:
        raise InvalidInput(
            field,
            f"The {field} has {len(text)} characters and may have {chars}; shorten it by {len(text) - chars}.",
        )
    if _FORBIDDEN.search(text):
        raise InvalidInput(
            field,
            f"The {field} holds a control character or a line break; take it out and write one line of text.",
        )
    return text


def about(value: About) -> About:
    """`value` trimmed. Raises: InvalidInput (too long, control characters, a time without zone or beyond reason)."""
    return About(
        event_name=line("event_name", value.event_name, limits.EVENT_NAME_CHARS),
        event_place=line("event_place", value.event_place, limits.EVENT_PLACE_CHARS),
        event_starts_at=_datable("event_starts_at", value.event_starts_at),
        planned_end_at=_datable("planned_end_at", value.planned_end_at),
    )


def _datable(field: str, moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise InvalidInput(field, f"{field} has no time zone; write it like 2026-11-22T18:05:00+02:00.")
    first, last = limits.EVENT_YEARS
    if not first < moment.year < last:
        raise InvalidInput(
            field, f"{field} is in the year {moment.year}; choose one between {first} and {last}."
        )
    return moment


def slug(value: str) -> str:
    """Raises: InvalidInput unless `value` can be the last part of an address."""
    if len(value) > limits.SLUG_CHARS or not _SLUG.fullmatch(value):
        raise InvalidInput(
            "slug",
            f"The slug {value[:100]!r} cannot be an address; "
            f"use up to {limits.SLUG_CHARS} of a-z and 0-9, joined by hyphens.",
        )
    return value


def timezone(value: str) -> str:
    """Raises: InvalidInput unless `value` is an IANA zone name."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            "timezone", f"There is no time zone {value[:100]!r}; use a name like Europe/Kyiv or UTC."
        ) from None
    return value


def language(value: str) -> str:
    """Raises: InvalidInput unless `value` has the form of a language tag (RFC 5646)."""
    if len(value) > limits.LANGUAGE_CHARS or not _LANGUAGE.fullmatch(value):
        raise InvalidInput(
            "language", f"{value[:100]!r} is not a language tag; use one like en, uk or pt-BR."
        )
    return value


def byline(names: tuple[str, ...]) -> list[str]:
    """The names trimmed, empty and repeated ones dropped. Raises: InvalidInput."""
    if len(names) > limits.BYLINE_NAMES:
        raise InvalidInput(
            "byline", f"The byline has {len(names)} names and may have {limits.BYLINE_NAMES}; shorten it."
        )
    trimmed = [line("byline", name, limits.BYLINE_NAME_CHARS) for name in names]
    return list(dict.fromkeys(name for name in trimmed if name))


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """Content as it is stored."""

    text: Document
    headline: str
    dateline: str
    byline: list[str]

    @property
    def document(self) -> JsonNode:
        """The text as its column holds it."""
        return self.text.root


def checked(content: PostContent, *, default_name: str) -> CheckedContent:
    """`content` within every bound. Raises: InvalidInput."""
    return CheckedContent(
        text=content.document,
        headline=line("headline", content.headline, limits.HEADLINE_CHARS),
        dateline=line("dateline", content.dateline, limits.DATELINE_CHARS),
        byline=byline(content.byline) or [default_name],
    )


def check_fit_to_publish(content: CheckedContent, title: Publisher) -> None:
    """Raises: InvalidInput when readers would see nothing, half a block, or what breaks a house rule of `title`."""
    check_says_something(content)
    if fault := unfinished(content.text):
        raise InvalidInput("document", fault)
    check_house_rules(content.text, title)


def check_says_something(content: CheckedContent) -> None:
    """Raises: InvalidInput when readers would see nothing."""
    if is_blank(content.text) and not content.headline:
        raise InvalidInput("document", "The post is empty; write something before publishing it.")


def not_in_future(field: str, moment: datetime, now: datetime) -> datetime:
    """Raises: InvalidInput when `moment` has no zone or lies ahead of `now`."""
    if moment.tzinfo is None:
        raise InvalidInput(field, f"{field} has no time zone; write it like 2026-11-22T18:05:00+02:00.")
    if moment > now + CLOCK_SKEW:
        raise InvalidInput(
            field, f"{field} lies in the future ({moment.isoformat()}); use publish_at to schedule."
        )
    return min(moment, now)
