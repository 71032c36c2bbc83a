"""Publishes scheduled posts whose time has come."""

import structlog

from stoppress.lib import clock, limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.publish_post import publish_post
from stoppress.liveblogs.actions.schedule_post import unschedule_post
from stoppress.liveblogs.models import Post
from stoppress.liveblogs.refusals import Refused
from stoppress.newsroom.queries import staff_by_id
from stoppress.newsroom.roles import Role, Staff

log = structlog.get_logger("stoppress.worker")


def publish_due() -> int:
    """Publish what is due, in the order it is due, in the name of whoever scheduled it; returns how many.

    A post that may no longer be published (its live blog closed, its author left) becomes a draft again, so that
    somebody sees it and decides; nothing is dropped.
    """
    published = 0
    for post in queries.due_posts(clock.now(), limits.DUE_POSTS_AT_ONCE):
        published += _publish(post)
    return published


def _publish(post: Post) -> int:
    by = staff_by_id(post.publish_by_id) if post.publish_by_id else None
    if by is None:
        _back_to_draft(post, "whoever scheduled it is no longer on the staff")
        return 0
    try:
        publish_post(by=by, post_id=post.pk, at=clock.now())
    except Refused as refused:
        _back_to_draft(post, str(refused))
        return 0
    return 1


def _back_to_draft(post: Post, why: str) -> None:
    log.warning("scheduled post not published", post=post.pk, why=why)
    itself = Staff(user_id=0, name="Stoppress", role=Role.ADMIN, publisher_id=post.liveblog.publisher_id)
    unschedule_post(by=itself, post_id=post.pk, at=clock.now())
