"""Between shifts at the desk: the note that comes first, promises that turn late in words, the offered words."""

from datetime import timedelta

import pytest
from tests.desk.ground import open_surge
from tests.desk.visitor import BLOG, Visitor, visitor
from tests.people import People

from stoppress.lib import clock, limits
from stoppress.liveblogs.models import HandoverNote, Reminder
from stoppress.liveblogs.newsroom_state import newsroom_state

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def marco(people: People) -> Visitor:
    open_surge(people)
    who = visitor(people("reporter", "Marco Reyes"))
    who.press(f"{BLOG}shift/", to="start")
    return who


@pytest.fixture
def olena(people: People) -> Visitor:
    return visitor(people("reporter", "Olena Kovalenko"))


def page(who: Visitor) -> str:
    return str(who.page(BLOG).content.decode())


def test_the_next_shift_sees_the_note_first(marco: Visitor, olena: Visitor, people: People) -> None:
    assert "Leave a note for the next shift" in page(marco)
    marco.press(f"{BLOG}shift/", to="end", note="Ring <Ana> at six.\nThe pier is shut.")
    assert "Handover from" not in page(olena)  # not on shift
    assert "Ring &lt;Ana&gt; at six." in page(olena)  # at the side
    seen = olena.ask(f"{BLOG}changes/?after=0").json()["seq"]
    olena.press(f"{BLOG}shift/", to="start")
    shown = page(olena)
    assert shown.index("Handover from Marco Reyes") < shown.index("data-composer")
    changes = olena.ask(f"{BLOG}changes/?after={seen}").json()
    assert "Handover from Marco Reyes" in changes["handover"]
    assert "Olena Kovalenko here, taking over from Marco Reyes." in changes["handover"]
    note = HandoverNote.objects.get()
    assert olena.press(f"{BLOG}handover/{note.pk}/").json()["message"].startswith("Taken over")
    shown = page(olena)
    assert "Handover from" not in shown
    assert "taken over by Olena Kovalenko" in shown
    assert "data-begin" in shown  # until she has published something
    olena.publish("The pier opens.")
    assert "data-begin" not in page(olena)
    moderator = visitor(people("moderator"))
    assert moderator.press(f"{BLOG}handover/{note.pk}/").status_code == 403
    assert olena.press(f"{BLOG}handover/{note.pk + 1}/").status_code == 404


def test_a_shift_ends_without_a_note(marco: Visitor) -> None:
    marco.press(f"{BLOG}shift/", to="end", note="  ")
    assert not HandoverNote.objects.exists()
    marco.press(f"{BLOG}shift/", to="start")
    too_long = marco.press(f"{BLOG}shift/", to="end", note="x" * (limits.HANDOVER_CHARS + 1))
    assert too_long.status_code == 422
    assert "End my shift" in page(marco)  # nothing was done


def test_promises_are_seen_ticked_and_late(marco: Visitor, olena: Visitor, people: People) -> None:
    soon = clock.now() + timedelta(hours=1)
    marco.press(f"{BLOG}promises/", text="The <mayor> speaks", time="15:00")
    marco.press(f"{BLOG}promises/", text="Ring the harbour master", time="")
    first = Reminder.objects.get(text="The <mayor> speaks")
    assert first.due_at is not None
    Reminder.objects.filter(pk=first.pk).update(due_at=soon)
    shown = page(olena)
    assert "The &lt;mayor&gt; speaks" in shown
    assert ", in 59 min" in shown
    assert "No set time" in shown
    Reminder.objects.filter(pk=first.pk).update(due_at=clock.now() - timedelta(minutes=12))
    shown = page(olena)
    assert "overdue: " in shown
    assert ", 12 min ago" in shown
    assert 'class="promise late"' in shown
    assert olena.press(f"{BLOG}promises/{first.pk}/").json()["message"] == "Ticked off."
    assert "mayor" not in page(marco)
    assert marco.press(f"{BLOG}promises/", text="x", time="25:00").status_code == 422
    assert marco.press(f"{BLOG}promises/", text="", time="").status_code == 422
    moderator = visitor(people("moderator"))
    assert moderator.press(f"{BLOG}promises/", text="x").status_code == 403
    assert moderator.press(f"{BLOG}promises/{first.pk}/").status_code == 403
    assert "Ring the harbour master" in page(moderator)
    assert "promise-tick" not in page(moderator)


def test_a_published_promise_stands_at_the_side(marco: Visitor) -> None:
    hour = (clock.now() + timedelta(hours=5)).hour  # of Kyiv or nearly: within the reach of a promise
    marco.publish(f"We’ll have more at {hour:02}:00.")
    assert "We’ll have more at" in marco.ask(f"{BLOG}changes/?after=0").json()["side"]


def test_the_newsroom_hears_that_the_log_has_grown(marco: Visitor) -> None:
    assert marco.by is not None
    before = newsroom_state(marco.by, "surge", clock.now())["seq"]
    marco.press(f"{BLOG}promises/", text="A map", time="")
    assert newsroom_state(marco.by, "surge", clock.now())["seq"] == int(str(before)) + 1
