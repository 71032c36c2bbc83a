"""Marks a post as a turning point or as a round-up."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import Written
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def mark_post(
    *, by: Staff, post_id: str, key_event: bool | None = None, summary: bool | None = None, at: datetime
) -> Written:
    """Set or clear the marks; None leaves one as it is. Event `post.marked`; no change is a no-op.

    Reporters may mark key events on their own posts; summaries need a lead role.
    Raises: NotAllowed, NotFound, WrongState (withdrawn).
    """
    seen = access.post_to_see(by, post_id)
    access.check_touch(by, seen, "mark")
    if summary is not None and summary != seen.summary:
        access.check_lead(by, "mark summaries")
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state == State.WITHDRAWN:
            raise WrongState("The post was withdrawn; a tombstone carries no marks.")
        wanted = (
            post.key_event if key_event is None else key_event,
            post.summary if summary is None else summary,
        )
        if wanted == (post.key_event, post.summary):
            return Written(PostId(post.pk), log.stands_at(post), post.revision)
        post.key_event, post.summary = wanted
        post.save(update_fields=["key_event", "summary"])
        visible = post.state == State.PUBLISHED
        seq = log.append_visible(Kind.POST_MARKED, post) if visible else log.append(Kind.POST_MARKED, post)
        return Written(PostId(post.pk), seq, post.revision)
