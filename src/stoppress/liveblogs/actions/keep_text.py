"""Keeps what somebody wrote on a post that was taken down meanwhile: the withdrawal stands, no text is lost."""

from datetime import datetime

from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import PostContent, Written
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.models import State
from stoppress.liveblogs.refusals import WrongState
from stoppress.newsroom.roles import Staff


def keep_text(*, by: Staff, post_id: str, content: PostContent, at: datetime) -> Written:
    """Make a draft of `by`'s own out of a text that was meant for a withdrawn post. Event `post.drafted`.

    Nothing goes back to the withdrawn post. Raises: NotFound, NotAllowed, WrongState (it is not withdrawn), BlogClosed.
    """
    post = access.post_to_see(by, post_id)
    access.check_touch(by, post, "change")
    if post.state != State.WITHDRAWN:
        raise WrongState(f"The post is {post.state}, not withdrawn; save the text there.")
    return draft_post(by=by, slug=post.liveblog.slug, content=content, at=at)
