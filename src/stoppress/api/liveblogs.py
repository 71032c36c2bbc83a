"""Live blogs over the API: list, make, look, change. Each view asks a query or calls actions."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from stoppress.api.answered import (
    LiveBlogCreated,
    LiveBlogList,
    LiveBlogTold,
    ProblemTold,
    liveblog_created,
    liveblog_told,
)
from stoppress.api.asked import EventAsked, LiveBlogChangeAsked, LiveBlogsAsked, NewLiveBlogAsked, staff
from stoppress.api.once import on_the_wire, once
from stoppress.lib import clock
from stoppress.lib.ids import Seq
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.change_liveblog import LiveBlogChange, about_of, change_liveblog
from stoppress.liveblogs.actions.change_status import (
    close_liveblog,
    open_liveblog,
    pause_liveblog,
    reopen_liveblog,
)
from stoppress.liveblogs.actions.content import About, NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.liveblogs.actions.keep_answer import Answer
from stoppress.liveblogs.actions.pin_post import pin_post, unpin_post
from stoppress.liveblogs.models import LiveBlog, Status
from stoppress.liveblogs.refusals import NotFound, WrongState
from stoppress.liveblogs.writing import lock
from stoppress.newsroom.roles import Staff

router = Router(tags=["Live blogs"])


@router.get("", response={200: LiveBlogList, (401, 422, 429): ProblemTold}, summary="List live blogs")
def list_liveblogs(request: HttpRequest, part: Query[LiveBlogsAsked]) -> HttpResponse:
    """The newsroom's live blogs, newest first, drafts included."""
    limit = part.limit
    rows = queries.liveblogs_page(staff(request), int(part.cursor) if part.cursor else None, limit + 1)
    more = str(rows[limit - 1].pk) if len(rows) > limit else None
    told = LiveBlogList(items=[liveblog_told(blog) for blog in rows[:limit]], next_cursor=more)
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


@router.post(
    "",
    response={201: LiveBlogCreated, (400, 401, 403, 411, 413, 415, 422, 429, 503, 507): ProblemTold},
    summary="Make a live blog",
)
def make_liveblog(request: HttpRequest, asked: NewLiveBlogAsked) -> HttpResponse:
    """Open to readers at once unless `status` is `draft`. Needs a role that leads: editor, producer or admin."""

    def make() -> Answer:
        details = NewLiveBlog(
            **asked.model_dump(exclude={"topics", "event", "planned_end_at"}),
            topics=tuple(asked.topics),
            about=_about(asked.event, asked.planned_end_at),
        )
        blog = create_liveblog(by=staff(request), details=details, at=clock.now())
        return Answer(HTTPStatus.CREATED, liveblog_created(blog).model_dump_json())

    return once(request, make)


@router.get(
    "/{slug:slug}", response={200: LiveBlogTold, (401, 404, 429): ProblemTold}, summary="Look at a live blog"
)
def show_liveblog(request: HttpRequest, slug: str) -> HttpResponse:
    """Its head, status and newest number. Its posts are at `/posts` below."""
    blog = queries.liveblog_for(staff(request), slug)
    return on_the_wire(request, Answer(HTTPStatus.OK, liveblog_told(blog).model_dump_json()))


@router.patch(
    "/{slug:slug}",
    response={
        200: LiveBlogTold,
        (400, 401, 403, 404, 409, 411, 413, 415, 422, 429, 503, 507): ProblemTold,
    },
    summary="Change a live blog",
)
def change(request: HttpRequest, slug: str, asked: LiveBlogChangeAsked) -> HttpResponse:
    """Headline, standfirst, topics, time zone, event, status, pinned post: all or none. Needs a role that leads.

    `status` opens, pauses, closes or reopens it, whichever leads there from the present status.
    """
    by = staff(request)
    with transaction.atomic():
        blog = lock(queries.liveblog_for(by, slug).pk)
        _change_head(by, blog, asked)
        if asked.sent("status"):
            _bring_to(by, blog, Status(asked.status))
        if asked.sent("pinned_post"):
            _pin(by, blog, asked.pinned_post)
        told = liveblog_told(queries.liveblog_for(by, slug))
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


def _change_head(by: Staff, blog: LiveBlog, asked: LiveBlogChangeAsked) -> None:
    if not asked.sent("headline", "standfirst", "timezone", "topics", "event", "planned_end_at"):
        return
    about = about_of(blog)
    if asked.sent("event"):
        about = _about(asked.event, about.planned_end_at)
    if asked.sent("planned_end_at"):
        about = replace(about, planned_end_at=asked.planned_end_at)
    head = LiveBlogChange(
        headline=asked.headline if asked.sent("headline") else None,
        standfirst=asked.standfirst if asked.sent("standfirst") else None,
        timezone=asked.timezone if asked.sent("timezone") else None,
        topics=tuple(asked.topics) if asked.sent("topics") else None,
        about=about,
    )
    change_liveblog(by=by, slug=blog.slug, change=head, at=clock.now())


def _about(event: EventAsked | None, planned_end_at: datetime | None) -> About:
    if event is None:
        return About(planned_end_at=planned_end_at)
    return About(
        event_name=event.name,
        event_place=event.place,
        event_starts_at=event.starts_at,
        planned_end_at=planned_end_at,
    )


def _bring_to(by: Staff, blog: LiveBlog, status: Status) -> Seq | None:
    slug, at = blog.slug, clock.now()
    if status is Status.LIVE:
        act = reopen_liveblog if blog.status == Status.CLOSED else open_liveblog
        return act(by=by, slug=slug, at=at)
    if status is Status.PAUSED:
        return pause_liveblog(by=by, slug=slug, at=at)
    if status is Status.CLOSED:
        return close_liveblog(by=by, slug=slug, at=at)
    if blog.status != Status.DRAFT:
        raise WrongState(
            f"The live blog is {blog.status}: readers have seen it, so it cannot be a draft again; close it instead."
        )
    return None


def _pin(by: Staff, blog: LiveBlog, post_id: str | None) -> Seq:
    if post_id is None:
        return unpin_post(by=by, slug=blog.slug, at=clock.now())
    if queries.post_for(by, post_id).liveblog_id != blog.pk:
        raise NotFound(f"There is no post {post_id!r} in the live blog {blog.slug!r}; pin one of its own.")
    return pin_post(by=by, post_id=post_id, at=clock.now())
