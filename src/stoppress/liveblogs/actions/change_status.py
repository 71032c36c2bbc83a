"""Opens, pauses, closes and reopens a live blog."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.models import Post, State, Status
from stoppress.liveblogs.polls import ends_or_begins, posts_with_polls
from stoppress.liveblogs.refusals import WrongState
from stoppress.liveblogs.writing import Writing, writing
from stoppress.newsroom.roles import Staff

# From which status each deed may start.
_FROM = {
    Kind.LIVEBLOG_OPENED: (Status.DRAFT, Status.PAUSED),
    Kind.LIVEBLOG_PAUSED: (Status.LIVE,),
    Kind.LIVEBLOG_CLOSED: (Status.LIVE, Status.PAUSED),
    Kind.LIVEBLOG_REOPENED: (Status.CLOSED,),
}
_TO = {
    Kind.LIVEBLOG_OPENED: Status.LIVE,
    Kind.LIVEBLOG_PAUSED: Status.PAUSED,
    Kind.LIVEBLOG_CLOSED: Status.CLOSED,
    Kind.LIVEBLOG_REOPENED: Status.LIVE,
}


def _unschedule_all(log: Writing) -> None:
    """What was to come out later becomes a draft again: nothing may appear on a closed live blog."""
    for post in Post.objects.filter(liveblog=log.blog, state=State.SCHEDULED).order_by("id"):
        post.state, post.publish_at, post.publish_by = State.DRAFT, None, None
        post.save(update_fields=["state", "publish_at", "publish_by"])
        log.append(Kind.POST_UNSCHEDULED, post)


def _change(by: Staff, slug: str, kind: Kind, at: datetime) -> Seq:
    blog = access.blog_to_see(by, slug)
    access.check_lead(by, "open, pause or close live blogs")
    with writing(blog.pk, by=by.name, at=at) as log:
        if log.blog.status == _TO[kind]:
            return log.seq  # said twice: nothing to do
        if log.blog.status not in _FROM[kind]:
            allowed = " or ".join(_FROM[kind])
            raise WrongState(
                f"The live blog is {log.blog.status}; this needs one that is {allowed}. Look at its page and try again."
            )
        if kind is Kind.LIVEBLOG_CLOSED:
            _unschedule_all(log)
        polls_turn = ends_or_begins(log.blog.status, _TO[kind])
        log.blog.status = _TO[kind]
        log.blog.opened_at = log.blog.opened_at or at
        log.blog.closed_at = at if kind is Kind.LIVEBLOG_CLOSED else None
        log.blog.save(update_fields=["status", "opened_at", "closed_at"])
        for post in posts_with_polls(log.blog) if polls_turn else ():
            log.append_visible(Kind.POST_COUNTED, post)
        return log.append_status(kind)


def open_liveblog(*, by: Staff, slug: str, at: datetime) -> Seq:
    """Show a draft to readers, or end a pause. Event `liveblog.opened`. Raises: NotAllowed, NotFound, WrongState."""
    return _change(by, slug, Kind.LIVEBLOG_OPENED, at)


def pause_liveblog(*, by: Staff, slug: str, at: datetime) -> Seq:
    """Tell readers that coverage rests. Event `liveblog.paused`. Raises: NotAllowed, NotFound, WrongState."""
    return _change(by, slug, Kind.LIVEBLOG_PAUSED, at)


def close_liveblog(*, by: Staff, slug: str, at: datetime) -> Seq:
    """End coverage: the page is "as it happened", scheduled posts become drafts.

    Event `liveblog.closed`, after one `post.unscheduled` for each scheduled post.
    Raises: NotAllowed, NotFound, WrongState.
    """
    return _change(by, slug, Kind.LIVEBLOG_CLOSED, at)


def reopen_liveblog(*, by: Staff, slug: str, at: datetime) -> Seq:
    """Go on after closing. Event `liveblog.reopened`. Raises: NotAllowed, NotFound, WrongState."""
    return _change(by, slug, Kind.LIVEBLOG_REOPENED, at)
