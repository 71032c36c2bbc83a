"""Takes a post down in public, everywhere, for good."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import Written, line
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def withdraw_post(*, by: Staff, post_id: str, reason: str, at: datetime) -> Written:
    """Replace a published post by a tombstone on every page, stream, feed and permalink.

    One transaction: the row, `post.withdrawn`, the read model without a word of the text; a pinned post is
    unpinned (`post.unpinned`). Revisions stay for the newsroom's record. Withdrawing twice is a no-op.
    Works on closed live blogs too. Raises: NotAllowed, NotFound, WrongState, InvalidInput (no reason).
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "withdraw")
    why = line("reason", reason, limits.REASON_CHARS, required=True)
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state == State.WITHDRAWN:
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        if post.state != State.PUBLISHED:
            raise WrongState(
                f"The post is {post.state}; readers never saw it. Discard or unschedule it instead."
            )
        post.state, post.withdrawn_at, post.withdrawn_reason = State.WITHDRAWN, at, why
        post.last_changed_at = at
        post.save(update_fields=["state", "withdrawn_at", "withdrawn_reason", "last_changed_at"])
        if log.blog.pinned_post_id == post.pk:
            log.blog.pinned_post = None
            log.blog.save(update_fields=["pinned_post"])
            log.append(Kind.POST_UNPINNED, post)
        return Written(PostId(post.pk), log.append_visible(Kind.POST_WITHDRAWN, post), post.revision)
