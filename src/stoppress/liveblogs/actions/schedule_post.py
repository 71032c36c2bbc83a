"""Lets a post come out later by itself."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import (
    Marks,
    PostContent,
    Written,
    check_fit_to_publish,
    checked,
)
from stoppress.liveblogs.actions.draft_post import new_post
from stoppress.liveblogs.actions.publish_post import content_of
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import InvalidInput, WrongState
from stoppress.liveblogs.writing import Writing, writing
from stoppress.newsroom.roles import Staff


def check_time(publish_at: datetime, at: datetime) -> None:
    """Raises: InvalidInput unless `publish_at` has a zone and lies ahead of `at`."""
    if publish_at.tzinfo is None:
        raise InvalidInput(
            "publish_at", "publish_at has no time zone; write it like 2026-11-22T18:05:00+02:00."
        )
    if publish_at <= at:
        raise InvalidInput(
            "publish_at",
            f"publish_at has passed ({publish_at.isoformat()}); choose a later time or publish now.",
        )


def _put_off(log: Writing, post: Post, publish_at: datetime, by: Staff) -> Written:
    access.check_takes_posts(log.blog)
    check_fit_to_publish(content_of(post), log.blog.publisher)
    post.state, post.publish_at, post.publish_by_id = State.SCHEDULED, publish_at, by.user_id
    post.submitted_at = None
    post.save(update_fields=["state", "publish_at", "publish_by", "submitted_at"])
    return Written(PostId(post.pk), log.append(Kind.POST_SCHEDULED, post), post.revision)


def schedule_post(*, by: Staff, post_id: str, publish_at: datetime, at: datetime) -> Written:
    """Set or move the time at which the worker publishes a draft. Event `post.scheduled`.

    Raises: NotAllowed, NotFound, WrongState, BlogClosed, InvalidInput.
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "schedule")
    check_time(publish_at, at)
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state not in (State.DRAFT, State.SUBMITTED, State.SCHEDULED):
            raise WrongState(f"The post is {post.state}; only a draft can be scheduled.")
        access.check_show(by, log.blog.publisher, post)
        return _put_off(log, post, publish_at, by)


def schedule_new_post(
    *,
    by: Staff,
    slug: str,
    content: PostContent,
    marks: Marks | None = None,
    publish_at: datetime,
    at: datetime,
) -> Written:
    """Write a post and schedule it, in one transaction. Event `post.scheduled`.

    Raises: NotAllowed, NotFound, BlogClosed, InvalidInput.
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    check_time(publish_at, at)
    ready = checked(content, default_name=by.name)
    with writing(blog.pk, by=by.name, at=at) as log:
        access.check_show(by, log.blog.publisher)
        return _put_off(log, new_post(log, ready, marks or Marks(), by=by), publish_at, by)


def unschedule_post(*, by: Staff, post_id: str, at: datetime) -> Written:
    """Make a scheduled post a draft again. Event `post.unscheduled`. Raises: NotAllowed, NotFound, WrongState."""
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "unschedule")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.SCHEDULED:
            raise WrongState(f"The post is {post.state}, not scheduled; there is nothing to call off.")
        post.state, post.publish_at, post.publish_by = State.DRAFT, None, None
        post.save(update_fields=["state", "publish_at", "publish_by"])
        return Written(PostId(post.pk), log.append(Kind.POST_UNSCHEDULED, post), post.revision)
