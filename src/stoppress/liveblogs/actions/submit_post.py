"""Puts a post before an editor's eyes, and takes it back. For titles whose house rule is two pairs of eyes."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import Marks, PostContent, Written, check_fit_to_publish, checked
from stoppress.liveblogs.actions.draft_post import new_post
from stoppress.liveblogs.actions.publish_post import content_of
from stoppress.liveblogs.actions.schedule_post import check_time
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.writing import Writing, writing
from stoppress.newsroom.roles import Staff


def _submit(log: Writing, post: Post, publish_at: datetime | None) -> Written:
    access.check_takes_posts(log.blog)
    access.check_submit(log.blog.publisher)
    check_fit_to_publish(content_of(post), log.blog.publisher)
    post.state, post.submitted_at, post.publish_at = State.SUBMITTED, log.at, publish_at
    post.save(update_fields=["state", "submitted_at", "publish_at"])
    return Written(PostId(post.pk), log.append(Kind.POST_SUBMITTED, post), post.revision)


def submit_post(*, by: Staff, post_id: str, publish_at: datetime | None = None, at: datetime) -> Written:
    """Ask for an editor's eye on a draft; with `publish_at`, for that time. Event `post.submitted`.

    Readers see nothing of it. Submitting what waits already is a no-op.
    Raises: NotAllowed, NotFound, WrongState (also: no such house rule), BlogClosed, InvalidInput.
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "submit")
    if publish_at is not None:
        check_time(publish_at, at)
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state == State.SUBMITTED:
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        if post.state != State.DRAFT:
            raise WrongState(f"The post is {post.state}; only a draft can be submitted to an editor.")
        return _submit(log, post, publish_at)


def submit_new_post(
    *,
    by: Staff,
    slug: str,
    content: PostContent,
    marks: Marks | None = None,
    publish_at: datetime | None = None,
    at: datetime,
) -> Written:
    """Write a post and submit it, in one transaction. Events `post.drafted`, `post.submitted`.

    Raises: NotAllowed, NotFound, WrongState (no such house rule), BlogClosed, InvalidInput.
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    if publish_at is not None:
        check_time(publish_at, at)
    ready = checked(content, default_name=by.name)
    with writing(blog.pk, by=by.name, at=at) as log:
        post = new_post(log, ready, marks or Marks(), by=by)
        log.append(Kind.POST_DRAFTED, post)
        return _submit(log, post, publish_at)


def take_back_post(*, by: Staff, post_id: str, at: datetime) -> Written:
    """The author wants it back before an editor has decided: a draft again. Event `post.taken_back`.

    Raises: NotAllowed (another's), NotFound, WrongState.
    """
    seen = access.post_to_see(by, post_id)
    access.check_own(by, seen, "take back")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.SUBMITTED:
            raise WrongState(
                f"The post is {post.state}; it waits for nobody, so there is nothing to take back."
            )
        back_to_draft(post)
        return Written(PostId(post.pk), log.append(Kind.POST_TAKEN_BACK, post), post.revision)


def back_to_draft(post: Post) -> None:
    """It waits for nobody any more. Called by `return_post.py` too, inside its transaction."""
    post.state, post.submitted_at, post.publish_at = State.DRAFT, None, None
    post.save(update_fields=["state", "submitted_at", "publish_at"])
