"""Who is here and who has which post open: seen by colleagues, gone by the clock, never heard of by readers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People

from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq
from stoppress.liveblogs import announce
from stoppress.liveblogs.actions.draft_post import discard_draft, draft_post
from stoppress.liveblogs.actions.presence import leave_liveblog, note_presence
from stoppress.liveblogs.models import Event, Page, Presence
from stoppress.liveblogs.newsroom_state import newsroom_state
from stoppress.liveblogs.refusals import InvalidInput, NotFound
from stoppress.newsroom.roles import Staff

pytestmark = [pytest.mark.database, pytest.mark.django_db]

BEAT = timedelta(seconds=limits.PRESENCE_BEAT_SECONDS)
GONE = timedelta(seconds=limits.PRESENCE_SECONDS)


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor", "Edith Lead"), noon)


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[BlogId, Seq]]:
    """What the bus was told."""
    words: list[tuple[BlogId, Seq]] = []

    class Ear:
        def announce(self, blog_id: BlogId, seq: Seq) -> None:
            words.append((blog_id, seq))

    monkeypatch.setattr(announce, "_bus", Ear)
    return words


def here(by: Staff, at: datetime) -> object:
    return newsroom_state(by, "surge", at)["here"]


def test_somebody_appears_and_goes_by_the_clock(desk: Desk, people: People, noon: datetime) -> None:
    ana = people("reporter", "Ana Owner")
    note_presence(by=ana, slug="surge", tab="aa", writing=["new"], at=noon)
    shown = [{"user": ana.user_id, "name": "Ana Owner", "writing": [{"post": "", "title": ""}]}]
    assert here(desk.by, noon) == shown
    assert here(desk.by, noon + GONE - timedelta(seconds=1)) == shown
    assert here(desk.by, noon + GONE) == []


def test_a_beat_holds_on_and_leaving_ends_it_at_once(desk: Desk, noon: datetime) -> None:
    note_presence(by=desk.by, slug="surge", tab="aa", writing=[], at=noon)
    note_presence(by=desk.by, slug="surge", tab="aa", writing=[], at=noon + BEAT)
    assert here(desk.by, noon + GONE) != []
    leave_liveblog(by=desk.by, slug="surge", tab="aa", at=noon + BEAT)
    assert here(desk.by, noon + BEAT) == []


def test_two_windows_of_one_person_are_one_person(desk: Desk, noon: datetime) -> None:
    post = desk.publish(headline="Harbour gates closed").post_id
    note_presence(by=desk.by, slug="surge", tab="aa", writing=["new", post], at=noon)
    note_presence(by=desk.by, slug="surge", tab="bb", writing=[post], at=noon)
    assert here(desk.by, noon) == [
        {
            "user": desk.by.user_id,
            "name": "Edith Lead",
            "writing": [{"post": "", "title": ""}, {"post": post, "title": "Harbour gates closed"}],
        }
    ]


def test_the_title_of_a_private_draft_is_not_told(desk: Desk, people: People, noon: datetime) -> None:
    ana, bo = people("reporter", "Ana Owner"), people("reporter", "Bo Colleague")
    draft = draft_post(by=ana, slug="surge", content=content("Secret words."), at=noon).post_id
    note_presence(by=ana, slug="surge", tab="aa", writing=[draft], at=noon)
    private = [{"post": "", "title": None}]
    assert here(bo, noon) == [{"user": ana.user_id, "name": "Ana Owner", "writing": private}]
    assert newsroom_state(bo, "surge", noon)["leases"] == []
    assert "Secret words." in str(newsroom_state(desk.by, "surge", noon)["here"])


def test_beats_write_no_event_and_wake_nobody(
    desk: Desk,
    noon: datetime,
    woken: list[tuple[BlogId, Seq]],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    post = desk.publish().post_id
    page, events = Page.objects.values().get(), Event.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        note_presence(by=desk.by, slug="surge", tab="aa", writing=[post], at=noon)
    assert woken == [(desk.blog.pk, 0)], "a number no follower of the public page looks at"
    with django_capture_on_commit_callbacks(execute=True):
        note_presence(by=desk.by, slug="surge", tab="aa", writing=[post], at=noon + BEAT)
        note_presence(by=desk.by, slug="surge", tab="aa", writing=[post], at=noon + 2 * BEAT)
    assert len(woken) == 1
    assert (Page.objects.values().get(), Event.objects.count()) == (page, events)


def test_a_post_that_is_gone_is_written_by_nobody(desk: Desk, noon: datetime) -> None:
    draft = draft_post(by=desk.by, slug="surge", content=content(), at=noon).post_id
    other = open_desk(desk.by, noon, slug="elsewhere").publish().post_id
    note_presence(by=desk.by, slug="surge", tab="aa", writing=[draft], at=noon)
    discard_draft(by=desk.by, post_id=draft, at=noon)
    assert "'writing': []" in str(here(desk.by, noon))
    note_presence(by=desk.by, slug="surge", tab="aa", writing=[draft, other, "no id", "\0"], at=noon)
    assert Presence.objects.get().writing == []


def test_windows_are_bounded_and_named(desk: Desk, people: People, noon: datetime) -> None:
    for number in range(limits.WINDOWS_PER_PERSON):
        note_presence(by=desk.by, slug="surge", tab=f"w{number}", writing=[], at=noon)
    with pytest.raises(InvalidInput, match="close one"):
        note_presence(by=desk.by, slug="surge", tab="more", writing=[], at=noon)
    later = noon + timedelta(seconds=limits.PRESENCE_KEPT_SECONDS + 1)
    note_presence(by=desk.by, slug="surge", tab="more", writing=[], at=later)
    assert Presence.objects.count() == 1, "windows that never said goodbye are forgotten"
    for tab in ("", "a b", "x" * 17, "ä"):
        with pytest.raises(InvalidInput):
            note_presence(by=desk.by, slug="surge", tab=tab, writing=[], at=noon)
    with pytest.raises(NotFound):
        note_presence(by=people("reporter"), slug="nowhere", tab="aa", writing=[], at=noon)
