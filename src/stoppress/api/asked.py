"""Shapes of what clients send. Unknown fields are refused; bounds are checked by the actions and told here."""

from datetime import UTC, datetime
from json import JSONDecodeError, dumps, loads
from typing import Annotated, Literal, NoReturn, TypeAlias

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic.config import JsonDict

from stoppress.api.problems import Problem
from stoppress.document.markdown import from_markdown
from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, Document
from stoppress.lib import limits
from stoppress.liveblogs.actions.content import Marks, PostContent
from stoppress.newsroom.roles import Staff


def staff(request: HttpRequest) -> Staff:
    """The person whom `door.BearerToken` let in."""
    by = getattr(request, "auth", None)
    if not isinstance(by, Staff):
        raise TypeError("A view of the API was reached without its door.")
    return by


class StrictParser(Parser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no half characters, no depth that breaks the reader."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body's value. Raises: JSONDecodeError, UnicodeDecodeError, Problem."""
        text = request.body.decode("utf-8")
        try:
            value: DictStrAny = loads(text, parse_constant=_no_number)
        except RecursionError:
            raise Problem("malformed", "The JSON is nested too deeply; send it flatter.") from None
        if "\\ud" in text.lower():
            try:
                dumps(value, ensure_ascii=False).encode()
            except UnicodeEncodeError:
                raise Problem(
                    "malformed", "The JSON holds one half of a surrogate pair; send whole characters."
                ) from None
        return value


def _no_number(word: str) -> NoReturn:
    raise JSONDecodeError(f"{word} is not a JSON number", word, 0)


def _text_only(value: object) -> object:
    if value is not None and not isinstance(value, str):
        raise ValueError("text like 2026-11-22T18:05:00+02:00 was expected")
    return value


def _in_utc(value: datetime) -> datetime:
    """In UTC and cut to milliseconds, as `clock.now` gives it. Raises: ValueError outside years 1 to 9999."""
    try:
        return value.astimezone(UTC).replace(microsecond=value.microsecond // 1000 * 1000)
    except OverflowError:
        raise ValueError("a time between the years 1 and 9999 was expected") from None


def _list_of_names(value: object) -> object:
    return [value] if isinstance(value, str) else value


Moment: TypeAlias = Annotated[
    AwareDatetime, Field(strict=False), BeforeValidator(_text_only), AfterValidator(_in_utc)
]
PostRef: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-z]{1,20}$")]


def _told(chars: int, description: str, example: str, *, required: bool = False) -> JsonDict:
    """What the OpenAPI document says of a text field; the action checks it and finds better words."""
    told: JsonDict = {"maxLength": chars, "description": description, "examples": [example]}
    if required:
        told["minLength"] = 1
    return told


class Asked(BaseModel):
    """A JSON object whose fields are all known."""

    model_config = ConfigDict(extra="forbid", strict=True)

    def sent(self, *names: str) -> bool:
        """Whether the client named any of these fields."""
        return not self.model_fields_set.isdisjoint(names)


class _PageAsked(BaseModel):
    limit: int = Field(limits.API_PAGE_ROWS_GIVEN, ge=1, le=limits.API_PAGE_ROWS, description="Rows at most.")


class LiveBlogsAsked(_PageAsked):
    """Which part of the list of live blogs."""

    cursor: str = Field("", pattern=r"^[0-9]{0,18}$", description="`next_cursor` of the part before.")


class PostsAsked(_PageAsked):
    """Which part of the list of posts."""

    cursor: str = Field("", pattern=r"^([0-9a-z]{20})?$", description="`next_cursor` of the part before.")


Headline = Annotated[
    str,
    Field(
        json_schema_extra=_told(limits.HEADLINE_CHARS, "The title line.", "Storm on the coast", required=True)
    ),
]
Standfirst = Annotated[
    str,
    Field(json_schema_extra=_told(limits.STANDFIRST_CHARS, "A short introduction.", "What we know so far.")),
]


Topics = Annotated[
    list[str],
    Field(
        max_length=limits.TOPICS_PER_LIVEBLOG,
        description=f"What it is about, each in at most {limits.TOPIC_CHARS} characters; each has a page for readers.",
        json_schema_extra={"examples": [["Floods", "Odesa"]]},
    ),
]


class EventAsked(Asked):
    """What a live blog is about, for structured data; each part may be left out."""

    name: str = Field("", json_schema_extra=_told(limits.EVENT_NAME_CHARS, "What it is called.", "Cup final"))
    place: str = Field("", json_schema_extra=_told(limits.EVENT_PLACE_CHARS, "Where it is.", "Port Verrin"))
    starts_at: Moment | None = Field(None, description="When it begins.")


PlannedEnd = Annotated[
    Moment | None, Field(description="When the coverage is to end, for structured data; closing is its end.")
]


class NewLiveBlogAsked(Asked):
    """A live blog to be made."""

    headline: Headline
    standfirst: Standfirst = ""
    slug: str = Field(
        "",
        json_schema_extra=_told(
            limits.SLUG_CHARS, "Last part of the address; from the headline if empty.", "storm"
        ),
    )
    timezone: str = Field(
        "", json_schema_extra=_told(limits.TIMEZONE_CHARS, "IANA zone of the event.", "Europe/Kyiv")
    )
    language: str = Field(
        "", json_schema_extra=_told(limits.LANGUAGE_CHARS, "Language tag (RFC 5646).", "en")
    )
    status: Literal["draft", "live"] = Field("live", description="draft: readers do not see it yet.")
    topics: Topics = []
    event: EventAsked | None = Field(None, description="What it is about: `name`, `place`, `starts_at`.")
    planned_end_at: PlannedEnd = None


class LiveBlogChangeAsked(Asked):
    """What to change of a live blog; fields left out stay as they are."""

    headline: Headline = ""
    standfirst: Standfirst = ""
    timezone: str = Field(
        "", json_schema_extra=_told(limits.TIMEZONE_CHARS, "IANA zone of the event.", "Europe/Kyiv")
    )
    status: Literal["draft", "live", "paused", "closed"] = Field(
        "live", description="The status to bring it to."
    )
    topics: Topics = []
    event: EventAsked | None = Field(
        None, description="What it is about: `name`, `place`, `starts_at`, all of them anew; null: nothing."
    )
    planned_end_at: PlannedEnd = None
    pinned_post: PostRef | None = Field(
        None, description="Id of a published post of this live blog; null unpins."
    )


class _PostAsked(Asked):
    headline: str = Field(
        "", json_schema_extra=_told(limits.HEADLINE_CHARS, "Optional title line.", "Road closed")
    )
    markdown: str | None = Field(
        None,
        description="The text as CommonMark with tables; HTML in it is shown as text. Instead of `document`.",
        json_schema_extra={"maxLength": limits.TEXT_CHARS, "examples": ["The **harbour road** is closed."]},
    )
    document: dict[str, object] | None = Field(
        None, description="The text as a Document (ProseMirror JSON). Instead of `markdown`."
    )
    language: str = Field(
        "",
        json_schema_extra=_told(
            limits.LANGUAGE_CHARS,
            "Language tag of the text, when it is not the live blog's; empty: the same.",
            "uk",
        ),
    )
    dateline: str = Field(
        "", json_schema_extra=_told(limits.DATELINE_CHARS, "The place line.", "Port Verrin")
    )
    byline: Annotated[list[str], BeforeValidator(_list_of_names, json_schema_input_type=list[str] | str)] = (
        Field(
            [],
            description="Names as printed, in order; empty credits the token's owner. One name may be plain text.",
        )
    )
    publish_at: Moment | None = Field(None, description="Publish by itself at this time.")

    @model_validator(mode="after")
    def _one_text(self) -> "_PostAsked":
        if self.markdown is not None and self.document is not None:
            raise ValueError("markdown and document both came; send one of them")
        return self

    def text(self) -> Document | None:
        """The document sent, or None. Raises: InvalidDocument."""
        if self.markdown is not None:
            return self._spoken(from_markdown(self.markdown))
        return None if self.document is None else self._spoken(parse_document(self.document))

    def _spoken(self, text: Document) -> Document:
        """`text` in the language that was sent with it. Raises: InvalidDocument."""
        if not self.sent("language") or self.language == text.own_language:
            return text
        return parse_document(text.said_in(self.language).root)


class NewPostAsked(_PostAsked):
    """A post to be written: published at once unless `draft` or `publish_at` says otherwise."""

    key_event: bool = Field(default=False, description="A turning point: it joins the key-event list.")
    summary: bool = Field(default=False, description="A round-up: it is shown as the summary.")
    first_published_at: Moment | None = Field(
        None, description="Places the post earlier in the order of the day."
    )
    draft: bool = Field(default=False, description="Keep it; readers do not see it.")

    @model_validator(mode="after")
    def _one_way_out(self) -> "NewPostAsked":
        ways = [self.draft, self.publish_at is not None, self.first_published_at is not None]
        if sum(ways) > 1:
            raise ValueError("draft, publish_at and first_published_at exclude each other; send one of them")
        return self

    def content(self) -> PostContent:
        """As the actions take it. Raises: InvalidDocument."""
        return PostContent(
            document=self.text() or EMPTY,
            headline=self.headline,
            dateline=self.dateline,
            byline=tuple(self.byline),
        )

    def marks(self) -> Marks:
        """As the actions take them."""
        return Marks(key_event=self.key_event, summary=self.summary)


class PostChangeAsked(_PostAsked):
    """What to change of a post; fields left out stay as they are."""

    correction: str = Field(
        "",
        json_schema_extra=_told(
            limits.CORRECTION_CHARS,
            "What was wrong and what is right, for readers: makes this change a public correction.",
            "An earlier version gave the wrong street.",
        ),
    )
    key_event: bool = Field(default=False, description="Set or clear the mark.")
    summary: bool = Field(default=False, description="Set or clear the mark.")
    draft: bool = Field(default=False, description="false publishes a draft or a scheduled post now.")

    @model_validator(mode="after")
    def _one_way_out(self) -> "PostChangeAsked":
        if self.sent("draft") and self.publish_at is not None:
            raise ValueError("draft and publish_at exclude each other; send one of them")
        return self

    def content(self, stands: PostContent) -> PostContent:
        """What stands with what was sent put in. Raises: InvalidDocument."""
        text = self.text()
        if text and self.markdown is not None and not self.sent("language"):
            text = text.said_in(stands.document.own_language)
        return PostContent(
            document=text or self._spoken(stands.document),
            headline=self.headline if self.sent("headline") else stands.headline,
            dateline=self.dateline if self.sent("dateline") else stands.dateline,
            byline=tuple(self.byline) if self.sent("byline") else stands.byline,
        )


class WithdrawalAsked(Asked):
    """Why a post is taken down."""

    reason: str = Field(
        json_schema_extra=_told(
            limits.REASON_CHARS, "For readers and the record.", "The caller was not there.", required=True
        )
    )


class MediaChangeAsked(Asked):
    """What to change of what is said about a picture; fields left out stay as they are."""

    alt: str = Field(
        "", json_schema_extra=_told(limits.ALT_CHARS, "For those who cannot see it.", "A flooded street")
    )
    caption: str = Field(
        "", json_schema_extra=_told(limits.CAPTION_CHARS, "Printed below it.", "Harbour Street at noon")
    )
    credit: str = Field(
        "", json_schema_extra=_told(limits.CREDIT_CHARS, "Whose picture it is.", "Ada Holm/Reuters")
    )
