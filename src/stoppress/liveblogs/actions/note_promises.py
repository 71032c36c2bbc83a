"""Keeps the promises that a post makes, as reminders for the desk. Called by `writing.py`, in the action's transaction.

Imports nothing that opens a transaction.
"""

from datetime import datetime

from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.liveblogs.models import LiveBlog, Post, Reminder, State
from stoppress.liveblogs.promises import Promise, promises
from stoppress.liveblogs.stored_text import document_of


def note_promises(blog: LiveBlog, post: Post, *, is_new: bool, at: datetime) -> None:
    """Remind of what the post promises now and no longer of what it promised before. What was kept stays kept.

    A time of day is the next one after the post went out, or after this change of it. A time that has passed is no
    reminder: who writes down what happened earlier today owes nobody anything.
    """
    found = {promise.due_at: promise for promise in _said(blog, post, at)}
    if not is_new:
        rows = Reminder.objects.filter(post_id=post.pk)
        known = dict(rows.values_list("due_at", "pk"))
        rows.filter(kept_at=None).exclude(due_at__in=found).delete()
        found = {due: promise for due, promise in found.items() if due not in known}
    new = [promise for due, promise in found.items() if due > at]
    if not new:
        return
    room = limits.REMINDERS_OPEN - Reminder.objects.filter(liveblog=blog, kept_at=None).count()
    name = post.byline[0] if post.byline else ""
    Reminder.objects.bulk_create(
        Reminder(liveblog=blog, post_id=post.pk, text=promise.text, due_at=promise.due_at, name=name, at=at)
        for promise in new[: max(room, 0)]
    )


def _said(blog: LiveBlog, post: Post, at: datetime) -> list[Promise]:
    """Words that were there from the beginning mean the time after the beginning."""
    if post.state != State.PUBLISHED:
        return []
    text = "\n".join((post.headline, plain_text(document_of(post))))
    now = {promise.text: promise for promise in promises(text, blog.timezone, at)}
    first = promises(text, blog.timezone, post.first_published_at or at)
    return list((now | {promise.text: promise for promise in first}).values())
