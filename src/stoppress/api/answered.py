"""Shapes of what clients get. Made from rows by the `…_of` functions; called by the views.

A withdrawn post has no text here: what was taken down is served by no path.
"""

from datetime import datetime

from django.conf import settings
from pydantic import BaseModel, Field
from pydantic.config import JsonDict

from stoppress.document.schema import Document
from stoppress.lib.clock import rfc3339
from stoppress.lib.ids import Seq
from stoppress.liveblogs.actions.content import Written
from stoppress.liveblogs.actions.upload_media import image_node
from stoppress.liveblogs.models import LiveBlog, Media, Post, State

_TIME: JsonDict = {"format": "date-time"}


class FaultTold(BaseModel):
    """One field and what is wrong with it."""

    field: str
    detail: str


class ProblemTold(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = Field(description="Address of the kind of problem; it explains itself.")
    title: str = Field(description="The same for each problem of the kind.")
    status: int
    detail: str = Field(description="What was expected, what came, what to do.")
    errors: list[FaultTold] = Field([], description="The fields that cannot be taken.")
    current_revision: int | None = Field(None, description="412 only: the revision that stands.")


class LiveBlogCreated(BaseModel):
    """A new live blog."""

    slug: str
    url: str = Field(description="The page for readers.")
    seq: int = Field(description="Number of its newest event.")


class EventTold(BaseModel):
    """What a live blog is about."""

    name: str
    place: str
    starts_at: str | None = Field(json_schema_extra=_TIME)


class LiveBlogTold(BaseModel):
    """A live blog."""

    slug: str
    url: str = Field(description="The page for readers.")
    seq: int = Field(description="Number of its newest event.")
    headline: str
    standfirst: str
    status: str = Field(description="draft, live, paused or closed.")
    timezone: str
    language: str
    topics: list[str] = Field(description="What it is about; each has a page for readers.")
    event: EventTold | None = Field(description="What it is about, for structured data.")
    planned_end_at: str | None = Field(json_schema_extra=_TIME)
    pinned_post: str | None
    created_at: str = Field(json_schema_extra=_TIME)
    opened_at: str | None = Field(json_schema_extra=_TIME)
    closed_at: str | None = Field(json_schema_extra=_TIME)


class LiveBlogList(BaseModel):
    """Some live blogs, newest first."""

    items: list[LiveBlogTold]
    next_cursor: str | None = Field(description="Give it as `cursor` to get those after; null at the end.")


class PostWritten(BaseModel):
    """What was written."""

    id: str
    seq: int = Field(description="Number of the newest event; a page at this number shows what was done.")
    url: str = Field(description="The permalink for readers.")
    revision: int = Field(description="Also the ETag, for If-Match.")
    state: str = Field(description="draft, submitted, scheduled, published or withdrawn.")


class CorrectionTold(BaseModel):
    """A public note."""

    text: str
    at: str = Field(json_schema_extra=_TIME)
    revision: int


class PostTold(BaseModel):
    """A post. A withdrawn one has no headline, document and corrections."""

    id: str
    url: str = Field(description="The permalink for readers.")
    state: str = Field(description="draft, submitted, scheduled, published or withdrawn.")
    revision: int = Field(description="Also the ETag, for If-Match.")
    headline: str
    document: dict[str, object] | None
    dateline: str
    byline: list[str]
    key_event: bool
    summary: bool
    created_at: str = Field(json_schema_extra=_TIME)
    publish_at: str | None = Field(json_schema_extra=_TIME)
    first_published_at: str | None = Field(json_schema_extra=_TIME)
    last_changed_at: str | None = Field(json_schema_extra=_TIME)
    withdrawn_at: str | None = Field(json_schema_extra=_TIME)
    withdrawn_reason: str
    corrections: list[CorrectionTold]


class PostList(BaseModel):
    """Some posts, newest created first."""

    items: list[PostTold]
    next_cursor: str | None = Field(description="Give it as `cursor` to get those after; null at the end.")


class RenditionTold(BaseModel):
    """One file of a picture."""

    url: str
    width: int
    height: int


class MediaTold(BaseModel):
    """An uploaded picture."""

    id: str
    url: str = Field(description="The widest file.")
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    renditions: list[RenditionTold]
    node: dict[str, object] = Field(description="The block to put into a Document to show the picture.")


class ProblemKindTold(BaseModel):
    """What the `type` of a problem stands for."""

    type: str
    title: str
    status: int
    cure: str


def liveblog_created(blog: LiveBlog) -> LiveBlogCreated:
    """The new live blog's address and number."""
    return LiveBlogCreated(slug=blog.slug, url=_page(blog.slug), seq=blog.last_seq)


def liveblog_told(blog: LiveBlog) -> LiveBlogTold:
    """The row as clients see it."""
    return LiveBlogTold(
        slug=blog.slug,
        url=_page(blog.slug),
        seq=blog.last_seq,
        headline=blog.headline,
        standfirst=blog.standfirst,
        status=blog.status,
        timezone=blog.timezone,
        language=blog.language,
        topics=list(blog.topics),
        event=_event(blog),
        planned_end_at=_time(blog.planned_end_at),
        pinned_post=blog.pinned_post_id,
        created_at=rfc3339(blog.created_at),
        opened_at=_time(blog.opened_at),
        closed_at=_time(blog.closed_at),
    )


def _event(blog: LiveBlog) -> EventTold | None:
    told = EventTold(name=blog.event_name, place=blog.event_place, starts_at=_time(blog.event_starts_at))
    return told if told.name or told.place or told.starts_at else None


def post_written(slug: str, written: Written, state: str) -> PostWritten:
    """What an action gave back."""
    return PostWritten(
        id=written.post_id,
        seq=written.seq,
        url=f"{_page(slug)}/posts/{written.post_id}",
        revision=written.revision,
        state=state,
    )


def post_unchanged(slug: str, post: Post, seq: Seq) -> PostWritten:
    """The same for a request that asked for no change."""
    return PostWritten(
        id=post.pk, seq=seq, url=f"{_page(slug)}/posts/{post.pk}", revision=post.revision, state=post.state
    )


def post_told(slug: str, post: Post) -> PostTold:
    """The row as clients see it, without its text when it is withdrawn."""
    shown = post.state != State.WITHDRAWN
    return PostTold(
        id=post.pk,
        url=f"{_page(slug)}/posts/{post.pk}",
        state=post.state,
        revision=post.revision,
        headline=post.headline if shown else "",
        document=_document(post) if shown else None,
        dateline=post.dateline if shown else "",
        byline=list(post.byline),
        key_event=post.key_event,
        summary=post.summary,
        created_at=rfc3339(post.created_at),
        publish_at=_time(post.publish_at),
        first_published_at=_time(post.first_published_at),
        last_changed_at=_time(post.last_changed_at),
        withdrawn_at=_time(post.withdrawn_at),
        withdrawn_reason=post.withdrawn_reason,
        corrections=[
            CorrectionTold(text=note.text, at=rfc3339(note.at), revision=note.revision)
            for note in (post.corrections.all() if shown else ())
        ],
    )


def _document(post: Post) -> dict[str, object]:
    """The stored document; of a row that holds none any more, its words."""
    stored = post.document
    return stored if isinstance(stored, dict) else dict(Document.stored(stored).root)


def media_told(media: Media) -> MediaTold:
    """The row as clients see it; addresses with the host."""
    files = [
        RenditionTold(url=f"{settings.PUBLIC_URL}{each['src']}", width=each["width"], height=each["height"])
        for each in media.renditions
    ]
    return MediaTold(
        id=media.pk,
        url=files[-1].url,
        width=media.width,
        height=media.height,
        alt=media.alt,
        caption=media.caption,
        credit=media.credit,
        renditions=files,
        node=dict(image_node(media)),
    )


def _page(slug: str) -> str:
    return f"{settings.PUBLIC_URL}/live/{slug}"


def _time(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None
