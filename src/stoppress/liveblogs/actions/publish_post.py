"""Shows a post to readers."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import (
    CheckedContent,
    Marks,
    PostContent,
    Written,
    check_fit_to_publish,
    checked,
    not_in_future,
)
from stoppress.liveblogs.actions.draft_post import new_post
from stoppress.liveblogs.models import Post, Revision, State
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.stored_text import document_of
from stoppress.liveblogs.writing import Writing, writing
from stoppress.newsroom.roles import Staff


def content_of(post: Post) -> CheckedContent:
    """What stands in the post now, as it was checked when it was saved."""
    return CheckedContent(
        text=document_of(post), headline=post.headline, dateline=post.dateline, byline=list(post.byline)
    )


def _show(log: Writing, post: Post) -> Written:
    """Make a post that was kept so far public, and append `post.published`."""
    access.check_takes_posts(log.blog)
    check_fit_to_publish(content_of(post), log.blog.publisher)
    post.state, post.submitted_at = State.PUBLISHED, None
    post.first_published_at = post.last_changed_at = log.shown_at()
    post.publish_at = post.publish_by = None
    post.save(
        update_fields=[
            *("state", "first_published_at", "last_changed_at"),
            *("submitted_at", "publish_at", "publish_by"),
        ],
    )
    Revision.objects.filter(post=post, number=post.revision).update(public=True)
    return Written(PostId(post.pk), log.append_visible(Kind.POST_PUBLISHED, post), post.revision)


def publish_post(*, by: Staff, post_id: str, at: datetime) -> Written:
    """Make a draft, a submitted or a scheduled post visible to readers and tell every edge.

    One transaction: post row, revision, read model and one `post.published` event; the bus hears of it after
    commit. `at` becomes `first_published_at` (see `Writing.shown_at`). Publishing what is published already is a no-op.

    By the house rule of two pairs of eyes a reporter submits instead, and nobody publishes what they submitted.

    Raises: NotAllowed, NotFound, BlogClosed, WrongState (withdrawn), InvalidInput (empty; a house rule).
    Source: docs/decisions/0003-numbers-per-live-blog.md
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "publish")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state == State.PUBLISHED:
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        if post.state == State.WITHDRAWN:
            raise WrongState("The post was withdrawn, and what is withdrawn stays so; write a new post.")
        access.check_show(by, log.blog.publisher, post)
        return _show(log, post)


def publish_new_post(
    *,
    by: Staff,
    slug: str,
    content: PostContent,
    marks: Marks | None = None,
    first_published_at: datetime | None = None,
    at: datetime,
) -> Written:
    """Write and publish a post in one move: one transaction, one `post.published` event.

    `first_published_at`, when given, places it earlier in the live blog's order.
    Raises: NotAllowed, NotFound, BlogClosed, InvalidInput.
    """
    blog_id = access.blog_id_to_see(by, slug)
    access.check_write(by)
    ready = checked(content, default_name=by.name)
    earlier = not_in_future("first_published_at", first_published_at, at) if first_published_at else None
    with writing(blog_id, by=by.name, at=at) as log:
        access.check_show(by, log.blog.publisher)
        check_fit_to_publish(ready, log.blog.publisher)
        post = new_post(log, ready, marks or Marks(), by=by, shown_at=earlier or log.shown_at())
        return Written(PostId(post.pk), log.append_visible(Kind.POST_PUBLISHED, post), post.revision)
