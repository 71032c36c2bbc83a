"""Notes and promises between shifts, and the byline that tells of shifts."""

import re
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.lib import limits
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog, reopen_liveblog
from stoppress.liveblogs.actions.hand_over import keep_promise, leave_handover, promise, take_handover
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.shift import end_shift, start_shift
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.handovers import handover_notes, open_promises, taking_over_words
from stoppress.liveblogs.models import Event, HandoverNote, Page, PageSlot, Reminder
from stoppress.liveblogs.refusals import InvalidInput, NotAllowed, NotFound
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor", "Edith Lead"), noon)


@pytest.fixture
def ana(people: People) -> Staff:
    return people("reporter", "Ana Ruiz")


def promised(desk: Desk) -> list[tuple[str, str]]:
    return [(row.text, f"{row.due_at:%H:%M}" if row.due_at else "") for row in open_promises(desk.blog)]


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def byline() -> str:
    """What readers see, as words."""
    words = re.sub(r"<[^>]+>", "", PageSlot.objects.get(name="byline").html)
    return re.sub(r"\s+", " ", words).strip().removeprefix("By ")


# --- promises ---------------------------------------------------------------------------------------


def test_a_post_that_promises_reminds_until_it_is_kept(desk: Desk, ana: Staff) -> None:
    desk.publish("Nothing here.")
    desk.publish("The mayor speaks soon. We’ll have more at 15:00.")
    (reminder,) = open_promises(desk.blog)
    assert (reminder.text, reminder.name) == ("We’ll have more at 15:00.", "Edith Lead")
    assert reminder.due_at == desk.at.replace(hour=15, minute=0)
    changed = Page.objects.get().changed_seq
    keep_promise(by=ana, slug="surge", reminder_id=reminder.pk, at=desk.tick())
    keep_promise(by=ana, slug="surge", reminder_id=reminder.pk, at=desk.tick())
    assert promised(desk) == []
    reminder.refresh_from_db()
    assert (reminder.kept_by, kinds()[-1], kinds().count("promise.kept")) == ("Ana Ruiz", "promise.kept", 1)
    assert Page.objects.get().changed_seq == changed  # readers see nothing of it


def test_a_change_of_the_post_changes_what_is_promised(desk: Desk) -> None:
    post = desk.publish("More at 14:00. Back at 15:00.").post_id
    keep_promise(by=desk.by, slug="surge", reminder_id=open_promises(desk.blog)[0].pk, at=desk.tick())
    desk.at += timedelta(hours=4)  # both times have passed: what was promised first is still meant
    text = content("More at 14:00. Back at 15:00. Another update at 17:00.")
    amend_post(by=desk.by, post_id=post, content=text, at=desk.tick())
    assert promised(desk) == [("Back at 15:00.", "15:00"), ("Another update at 17:00.", "17:00")]
    amend_post(by=desk.by, post_id=post, content=content("Another update at 17:00."), at=desk.tick())
    assert promised(desk) == [("Another update at 17:00.", "17:00")]
    withdraw_post(by=desk.by, post_id=post, reason="Wrong.", at=desk.tick())
    assert promised(desk) == []
    assert Reminder.objects.count() == 1  # the one that was kept


def test_what_was_promised_before_is_no_reminder(desk: Desk) -> None:
    text = content("More at 11:00.")
    early = desk.at - timedelta(hours=2)
    publish_new_post(by=desk.by, slug="surge", content=text, first_published_at=early, at=desk.tick())
    assert promised(desk) == []


def test_promises_by_hand(desk: Desk, ana: Staff, people: People) -> None:
    promise(by=ana, slug="surge", text=" Ring the harbour master ", due_at=None, at=desk.tick())
    promise(by=ana, slug="surge", text="Map", due_at=desk.at.replace(hour=18), at=desk.tick())
    desk.publish("More at 15:00.")
    words = [text for text, _ in promised(desk)]
    assert words == ["More at 15:00.", "Map", "Ring the harbour master"]
    assert kinds().count("promise.noted") == 2
    for text in ("", "x" * (limits.REMINDER_CHARS + 1), "two\nlines"):
        with pytest.raises(InvalidInput):
            promise(by=ana, slug="surge", text=text, due_at=None, at=desk.tick())
    moderator = people("moderator")
    reminder = open_promises(desk.blog)[0].pk
    with pytest.raises(NotAllowed):
        promise(by=moderator, slug="surge", text="Map", due_at=None, at=desk.tick())
    with pytest.raises(NotAllowed):
        keep_promise(by=moderator, slug="surge", reminder_id=reminder, at=desk.tick())
    other = open_desk(desk.by, desk.at, slug="other")
    with pytest.raises(NotFound):
        keep_promise(by=ana, slug=other.blog.slug, reminder_id=reminder, at=desk.tick())


def test_promises_have_a_bound(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMINDERS_OPEN", 2)
    promise(by=desk.by, slug="surge", text="One", due_at=None, at=desk.tick())
    desk.publish("More at 15:00. Back at 16:00.")
    assert len(open_promises(desk.blog)) == 2
    with pytest.raises(InvalidInput, match="keep some"):
        promise(by=desk.by, slug="surge", text="Three", due_at=None, at=desk.tick())


# --- notes ------------------------------------------------------------------------------------------


def test_a_note_is_left_and_taken(desk: Desk, ana: Staff, people: People) -> None:
    changed = Page.objects.get().changed_seq
    leave_handover(by=desk.by, slug="surge", text=" Ring at six.\n\n The pier is shut. ", at=desk.tick())
    (note,) = handover_notes(desk.blog)
    assert (note.text, note.name, note.taken_at) == ("Ring at six.\nThe pier is shut.", "Edith Lead", None)
    take_handover(by=ana, slug="surge", note_id=note.pk, at=desk.tick())
    take_handover(by=desk.by, slug="surge", note_id=note.pk, at=desk.tick())
    note.refresh_from_db()
    assert note.taken_by == "Ana Ruiz"
    assert kinds()[-2:] == ["handover.left", "handover.taken"]
    assert Page.objects.get().changed_seq == changed
    moderator = people("moderator")
    with pytest.raises(NotAllowed):
        leave_handover(by=moderator, slug="surge", text="Hm.", at=desk.tick())
    with pytest.raises(NotAllowed):
        take_handover(by=moderator, slug="surge", note_id=note.pk, at=desk.tick())
    with pytest.raises(NotFound):
        take_handover(by=ana, slug="surge", note_id=note.pk + 1, at=desk.tick())
    for text in (" \n ", "x" * (limits.HANDOVER_CHARS + 1), "one\n" * limits.HANDOVER_CHARS, "a\x00b"):
        with pytest.raises(InvalidInput):
            leave_handover(by=ana, slug="surge", text=text, at=desk.tick())
    assert HandoverNote.objects.count() == 1


def test_whom_one_takes_over_from(desk: Desk, ana: Staff) -> None:
    assert taking_over_words(ana, desk.blog) == ""
    start_shift(by=desk.by, slug="surge", at=desk.tick())
    start_shift(by=ana, slug="surge", at=desk.tick())
    assert taking_over_words(ana, desk.blog) == ""  # both are on
    end_shift(by=desk.by, slug="surge", at=desk.tick())
    assert taking_over_words(ana, desk.blog) == "Ana Ruiz here, taking over from Edith Lead."
    assert taking_over_words(desk.by, desk.blog) == ""
    publish_new_post(by=ana, slug="surge", content=content("Hello."), at=desk.tick())
    assert taking_over_words(ana, desk.blog) == ""


def test_nobody_takes_over_after_a_night(desk: Desk, ana: Staff) -> None:
    start_shift(by=desk.by, slug="surge", at=desk.tick())
    end_shift(by=desk.by, slug="surge", at=desk.tick())
    start_shift(by=ana, slug="surge", at=desk.at + timedelta(hours=limits.TAKING_OVER_HOURS, minutes=1))
    assert taking_over_words(ana, desk.blog) == ""


# --- the byline -------------------------------------------------------------------------------------


def test_the_byline_is_in_the_order_of_the_day(desk: Desk, ana: Staff, people: People) -> None:
    marco, olena = people("reporter", "Marco Reyes"), people("reporter", "Olena Kovalenko")
    start_shift(by=marco, slug="surge", at=desk.tick())
    start_shift(by=ana, slug="surge", at=desk.tick())
    assert byline() == "Marco Reyes (now) and Ana Ruiz (now)"
    end_shift(by=marco, slug="surge", at=desk.tick())
    start_shift(by=olena, slug="surge", at=desk.tick())
    publish_new_post(by=desk.by, slug="surge", content=content("Hello."), at=desk.tick())
    words = byline()
    assert words == "Marco Reyes (earlier), Ana Ruiz (now), Olena Kovalenko (now) and Edith Lead"

    start_shift(by=marco, slug="surge", at=desk.tick())  # a second turn: he keeps his place
    assert byline().startswith("Marco Reyes (now), Ana Ruiz (now)")
    end_shift(by=marco, slug="surge", at=desk.tick())
    assert byline().startswith("Marco Reyes (earlier), Ana Ruiz (now)")

    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert byline() == "Marco Reyes, Ana Ruiz, Olena Kovalenko and Edith Lead"  # nobody is on any more
    reopen_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert byline() == words
