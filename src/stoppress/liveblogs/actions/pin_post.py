"""Pins one post above the others."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def pin_post(*, by: Staff, post_id: str, at: datetime) -> Seq:
    """Show a copy of the post at the top; the one pinned before is let go. Event `post.pinned`.

    Raises: NotAllowed, NotFound, WrongState (not published).
    """
    seen = access.post_to_see(by, post_id)
    access.check_lead(by, "pin posts")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.PUBLISHED:
            raise WrongState(f"The post is {post.state}; only a published post can be pinned.")
        if log.blog.pinned_post_id != post.pk:
            log.blog.pinned_post = post
            log.blog.save(update_fields=["pinned_post"])
            log.append(Kind.POST_PINNED, post)
    return log.seq


def unpin_post(*, by: Staff, slug: str, at: datetime) -> Seq:
    """Take the pinned copy away. Event `post.unpinned`; nothing pinned is a no-op. Raises: NotAllowed, NotFound."""
    blog = access.blog_to_see(by, slug)
    access.check_lead(by, "unpin posts")
    with writing(blog.pk, by=by.name, at=at) as log:
        if log.blog.pinned_post:
            post, log.blog.pinned_post = log.blog.pinned_post, None
            log.blog.save(update_fields=["pinned_post"])
            log.append(Kind.POST_UNPINNED, post)
    return log.seq
