"""Posts over the API: list, write, look, change, withdraw. Each view asks a query or calls actions."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from stoppress.api.answered import PostList, PostTold, PostWritten, ProblemTold, post_told, post_written
from stoppress.api.asked import NewPostAsked, PostChangeAsked, PostsAsked, WithdrawalAsked, staff
from stoppress.api.change_post import change_post, post_of
from stoppress.api.once import on_the_wire, once
from stoppress.api.revisions import expected_revisions
from stoppress.lib import clock
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.keep_answer import Answer
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.schedule_post import schedule_new_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import State
from stoppress.newsroom.roles import Staff

router = Router(tags=["Posts"])


@router.get(
    "/{slug:slug}/posts", response={200: PostList, (401, 404, 422, 429): ProblemTold}, summary="List posts"
)
def list_posts(request: HttpRequest, slug: str, part: Query[PostsAsked]) -> HttpResponse:
    """Newest created first. Drafts and scheduled posts of others are seen by roles that lead."""
    limit = part.limit
    rows = queries.posts_page(staff(request), slug, part.cursor or None, limit + 1)
    more = rows[limit - 1].pk if len(rows) > limit else None
    told = PostList(items=[post_told(slug, post) for post in rows[:limit]], next_cursor=more)
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


@router.post(
    "/{slug:slug}/posts",
    response={201: PostWritten, (400, 401, 403, 404, 409, 411, 413, 415, 422, 429, 503, 507): ProblemTold},
    summary="Write a post",
)
def write_post(request: HttpRequest, slug: str, asked: NewPostAsked) -> HttpResponse:
    """Published at once; or kept with `draft`, or put off with `publish_at`. 201 is said after the commit."""
    content = asked.content()  # before the transaction, which keeps others from writing

    def make() -> Answer:
        written, state = _write(staff(request), slug, asked, content)
        return Answer(HTTPStatus.CREATED, post_written(slug, written, state).model_dump_json())

    return once(request, make)


def _write(by: Staff, slug: str, asked: NewPostAsked, content: PostContent) -> tuple[Written, str]:
    marks, at = asked.marks(), clock.now()
    if asked.draft:
        return draft_post(by=by, slug=slug, content=content, marks=marks, at=at), State.DRAFT
    if asked.publish_at is not None:
        put_off = schedule_new_post(
            by=by, slug=slug, content=content, marks=marks, publish_at=asked.publish_at, at=at
        )
        return put_off, State.SCHEDULED
    published = publish_new_post(
        by=by,
        slug=slug,
        content=content,
        marks=marks,
        first_published_at=asked.first_published_at,
        at=at,
    )
    return published, State.PUBLISHED


@router.get(
    "/{slug:slug}/posts/{slug:post_id}",
    response={200: PostTold, (401, 404, 429): ProblemTold},
    summary="Look at a post",
)
def show_post(request: HttpRequest, slug: str, post_id: str) -> HttpResponse:
    """The newest saved revision; its number is the ETag. A withdrawn post comes without its text."""
    post = post_of(staff(request), slug, post_id)
    return on_the_wire(request, Answer(HTTPStatus.OK, post_told(slug, post).model_dump_json()))


@router.patch(
    "/{slug:slug}/posts/{slug:post_id}",
    response={
        200: PostWritten,
        (400, 401, 403, 404, 409, 411, 412, 413, 415, 422, 429, 503, 507): ProblemTold,
    },
    summary="Change a post",
)
def change(request: HttpRequest, slug: str, post_id: str, asked: PostChangeAsked) -> HttpResponse:
    """A new revision, seen on every open page; with `correction`, a public correction. All of it or nothing.

    A draft or scheduled post is saved without being shown; `draft: false` publishes it, `publish_at` puts it
    off, `publish_at: null` makes a scheduled post a draft again. Marks change without a new revision.
    """
    expected = expected_revisions(request)
    told = change_post(staff(request), slug, post_id, asked, expected)
    return on_the_wire(request, Answer(HTTPStatus.OK, told.model_dump_json()))


@router.post(
    "/{slug:slug}/posts/{slug:post_id}/withdraw",
    response={200: PostWritten, (400, 401, 403, 404, 409, 411, 413, 415, 422, 429, 503, 507): ProblemTold},
    summary="Withdraw a post",
)
def withdraw(request: HttpRequest, slug: str, post_id: str, asked: WithdrawalAsked) -> HttpResponse:
    """Taken down on every page, stream, feed and permalink, for good; a tombstone with the reason stays."""

    def make() -> Answer:
        by = staff(request)
        post = post_of(by, slug, post_id)
        written = withdraw_post(by=by, post_id=post.pk, reason=asked.reason, at=clock.now())
        return Answer(HTTPStatus.OK, post_written(slug, written, State.WITHDRAWN).model_dump_json())

    return once(request, make)
