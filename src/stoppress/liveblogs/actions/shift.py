"""Starts and ends a reporter's turn."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.models import Shift
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def start_shift(*, by: Staff, slug: str, at: datetime) -> Seq:
    """Put `by` into the byline as "(now)". Event `shift.started`; being on shift already is a no-op.

    Raises: NotAllowed, NotFound, BlogClosed.
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    with writing(blog.pk, by=by.name, at=at) as log:
        access.check_takes_posts(log.blog)
        if not Shift.objects.filter(liveblog=log.blog, user_id=by.user_id, ended_at=None).exists():
            Shift.objects.create(liveblog=log.blog, user_id=by.user_id, name=by.name, started_at=at)
            log.append(Kind.SHIFT_STARTED)
    return log.seq


def end_shift(*, by: Staff, slug: str, at: datetime) -> Seq:
    """`by` becomes "(earlier)" in the byline. Event `shift.ended`; not being on shift is a no-op. Raises: NotFound."""
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    with writing(blog.pk, by=by.name, at=at) as log:
        if Shift.objects.filter(liveblog=log.blog, user_id=by.user_id, ended_at=None).update(ended_at=at):
            log.append(Kind.SHIFT_ENDED)
    return log.seq
