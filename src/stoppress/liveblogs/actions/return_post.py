"""What an editor decides on a submitted post: out with it, or back to its author with a note."""

from datetime import datetime

from django.db import transaction

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import PostId
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import Written, line
from stoppress.liveblogs.actions.publish_post import publish_post
from stoppress.liveblogs.actions.schedule_post import schedule_post
from stoppress.liveblogs.actions.submit_post import back_to_draft
from stoppress.liveblogs.models import Post, ReviewNote, State
from stoppress.liveblogs.refusals import StaleRevision, WrongState
from stoppress.liveblogs.writing import lock, writing
from stoppress.newsroom.roles import Staff

_DECIDED = "The post is {}; it waits for nobody. Somebody else may have decided, or its author took it back."
_CHANGED = "The post was changed after you had read it; read it as it is now, then decide."


def approve_post(*, by: Staff, post_id: str, base_revision: int | None = None, at: datetime) -> Written:
    """Publish a submitted post, or schedule it when its author asked for a time that is yet to come.

    `base_revision`: the one that was read. Event `post.published` or `post.scheduled`.
    Raises: NotAllowed (role, or one's own), NotFound, WrongState, StaleRevision, BlogClosed, InvalidInput.
    """
    access.check_lead(by, "publish what others submit")
    with transaction.atomic():
        # The live blog's row first, as every action does: what is read now still holds when they run.
        lock(access.post_to_see(by, post_id).liveblog_id)
        post = access.post_to_see(by, post_id)
        if post.state not in (State.SUBMITTED, State.PUBLISHED):
            raise WrongState(_DECIDED.format(post.state))
        if base_revision not in (None, post.revision):
            raise StaleRevision(_CHANGED, current=post.revision)
        if post.publish_at is not None and post.publish_at > at:
            return schedule_post(by=by, post_id=post_id, publish_at=post.publish_at, at=at)
        return publish_post(by=by, post_id=post_id, at=at)


def return_post(*, by: Staff, post_id: str, note: str, at: datetime) -> Written:
    """Give a submitted post back to its author as a draft, with what is to be mended. Event `post.returned`.

    The note is the desk's own: no reader, feed or export gets it.
    Raises: NotAllowed (role, or one's own), NotFound, WrongState, InvalidInput (no note).
    """
    seen = access.post_to_see(by, post_id)
    access.check_lead(by, "return what others submit")
    access.check_others(by, seen, "return")
    text = line("note", " ".join(note.split()), limits.REVIEW_NOTE_CHARS, required=True)
    with writing(seen.liveblog_id, by=by.name, at=at) as log:
        post = Post.objects.get(pk=seen.pk)
        if post.state != State.SUBMITTED:
            raise WrongState(_DECIDED.format(post.state))
        back_to_draft(post)
        ReviewNote.objects.create(
            post=post, revision=post.revision, text=text, name=by.name, by_id=by.user_id, at=at
        )
        return Written(PostId(post.pk), log.append(Kind.POST_RETURNED, post), post.revision)
