"""What one shift owes the next: a note, and promises to readers that are to be kept. Nothing here reaches readers."""

from datetime import datetime

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.lib.ids import Seq
from stoppress.liveblogs import access
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.models import HandoverNote, LiveBlog, Reminder
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.liveblogs.writing import writing
from stoppress.newsroom.roles import Staff


def leave_handover(*, by: Staff, slug: str, text: str, at: datetime) -> Seq:
    """Leave a note for whoever comes next. Event `handover.left`. Raises: NotAllowed, NotFound, InvalidInput."""
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    note = _paragraphs(text)
    with writing(blog.pk, by=by.name, at=at) as log:
        HandoverNote.objects.create(liveblog=log.blog, text=note, name=by.name, by_id=by.user_id, at=at)
        return log.append(Kind.HANDOVER_LEFT)


def take_handover(*, by: Staff, slug: str, note_id: int, at: datetime) -> Seq:
    """Say that one has read it: it stands first no longer. Event `handover.taken`; twice is a no-op.

    Raises: NotAllowed, NotFound.
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    with writing(blog.pk, by=by.name, at=at) as log:
        notes = HandoverNote.objects.filter(pk=note_id, liveblog=log.blog)
        if not notes.exists():
            raise NotFound("There is no such handover note in this live blog.")
        if notes.filter(taken_at=None).update(taken_at=at, taken_by=by.name):
            log.append(Kind.HANDOVER_TAKEN)
        return log.seq


def promise(*, by: Staff, slug: str, text: str, due_at: datetime | None, at: datetime) -> Seq:
    """Write a promise down; `due_at` None: at no set time. Event `promise.noted`.

    Raises: NotAllowed, NotFound, InvalidInput (nothing said, or more promises than anybody keeps).
    """
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    what = line("promise", text, limits.REMINDER_CHARS, required=True)
    with writing(blog.pk, by=by.name, at=at) as log:
        _check_room(log.blog)
        Reminder.objects.create(liveblog=log.blog, text=what, due_at=due_at, name=by.name, at=at)
        return log.append(Kind.PROMISE_NOTED)


def keep_promise(*, by: Staff, slug: str, reminder_id: int, at: datetime) -> Seq:
    """Tick a promise off. Event `promise.kept`; twice is a no-op. Raises: NotAllowed, NotFound."""
    blog = access.blog_to_see(by, slug)
    access.check_write(by)
    with writing(blog.pk, by=by.name, at=at) as log:
        rows = Reminder.objects.filter(pk=reminder_id, liveblog=log.blog)
        if not rows.exists():
            raise NotFound("There is no such promise any more; the post that made it was changed.")
        if rows.filter(kept_at=None).update(kept_at=at, kept_by=by.name):
            log.append(Kind.PROMISE_KEPT)
        return log.seq


def _paragraphs(text: str) -> str:
    """Lines trimmed, empty ones dropped, each checked as a line. Raises: InvalidInput."""
    lines = [line("note", one, limits.HANDOVER_CHARS) for one in text.splitlines()]
    note = "\n".join(one for one in lines if one)
    if len(note) > limits.HANDOVER_CHARS:
        over = len(note) - limits.HANDOVER_CHARS
        raise InvalidInput(
            "note",
            f"The note has {len(note)} characters and may have {limits.HANDOVER_CHARS}; shorten it by {over}.",
        )
    if not note:
        raise InvalidInput("note", "The note is empty; say what the next shift must know.")
    return note


def _check_room(blog: LiveBlog) -> None:
    if Reminder.objects.filter(liveblog=blog, kept_at=None).count() >= limits.REMINDERS_OPEN:
        raise InvalidInput("promise", f"{limits.REMINDERS_OPEN} promises are open; keep some of them first.")
