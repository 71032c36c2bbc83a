"""Reads what one shift leaves to the next: notes, promises that are open, whom somebody takes over from.

Called by the desk. Every function takes a live blog that `access` has let somebody see.
"""

from datetime import timedelta

from stoppress.lib import limits
from stoppress.liveblogs.models import HandoverNote, LiveBlog, Post, Reminder, Shift
from stoppress.newsroom.roles import Staff

_LATELY = timedelta(hours=limits.TAKING_OVER_HOURS)


def open_promises(blog: LiveBlog) -> list[Reminder]:
    """Those with a time first, in its order; then the others, as they were written down."""
    rows = list(Reminder.objects.filter(liveblog=blog, kept_at=None)[: limits.REMINDERS_OPEN])
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.at, row.pk))


def handover_notes(blog: LiveBlog) -> list[HandoverNote]:
    """The last ones, newest first."""
    return list(HandoverNote.objects.filter(liveblog=blog).order_by("-at", "-id")[: limits.HANDOVERS_SHOWN])


def taking_over_words(by: Staff, blog: LiveBlog) -> str:
    """How somebody who has just come on shift may say so to readers; "" when there is nothing to say.

    Once they have published anything in this shift, readers know.
    """
    mine = Shift.objects.filter(liveblog=blog, user_id=by.user_id, ended_at=None).first()
    if mine is None:
        return ""
    others = Shift.objects.filter(liveblog=blog, started_at__lt=mine.started_at).exclude(user_id=by.user_id)
    before = others.filter(ended_at__gte=mine.started_at - _LATELY).order_by("ended_at", "id").last()
    if before is None:
        return ""
    since = Post.objects.filter(liveblog=blog, created_by_id=by.user_id)
    if since.filter(first_published_at__gte=mine.started_at).exists():
        return ""
    return f"{by.name} here, taking over from {before.name}."
