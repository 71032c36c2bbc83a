"""The newsroom's private chat: bounded, plain, in order, and on no path that readers have."""

from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People

from stoppress.lib import limits
from stoppress.liveblogs.actions.chat import say
from stoppress.liveblogs.models import ChatMessage, Event, Page, PagePost
from stoppress.liveblogs.newsroom_state import chat_page, newsroom_state
from stoppress.liveblogs.queries import archive_of
from stoppress.liveblogs.refusals import Busy, InvalidInput, NotFound

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor", "Edith Lead"), noon)


def words(page: object) -> list[str]:
    assert isinstance(page, dict)
    return [message["text"] for message in page["messages"]]


def test_everybody_on_the_staff_says_and_sees(desk: Desk, people: People, noon: datetime) -> None:
    moss = people("moderator", "Moss Kettle")
    say(by=moss, slug="surge", text="  Who has the lock keeper's number?\r\nI lost mine.  ", at=noon)
    say(by=desk.by, slug="surge", text="<b>I</b> do.", at=noon)
    chat = newsroom_state(moss, "surge", noon)["chat"]
    assert words(chat) == ["Who has the lock keeper's number?\nI lost mine.", "<b>I</b> do."]
    assert isinstance(chat, dict)
    assert chat["more"] is False
    assert chat["messages"][0]["name"] == "Moss Kettle"


def test_the_newest_are_shown_and_older_ones_come_by_request(desk: Desk, noon: datetime) -> None:
    many = [
        ChatMessage(liveblog=desk.blog, user_id=desk.by.user_id, text=f"Message {number}", at=noon)
        for number in range(2 * limits.CHAT_SHOWN + 5)
    ]
    ChatMessage.objects.bulk_create(many)
    newest = newsroom_state(desk.by, "surge", noon)["chat"]
    assert words(newest)[-1] == many[-1].text
    assert len(words(newest)) == limits.CHAT_SHOWN
    assert isinstance(newest, dict)
    older = chat_page(desk.blog, before=newest["messages"][0]["id"])
    assert words(older)[-1] == many[-1 - limits.CHAT_SHOWN].text
    assert older["more"] is True


@pytest.mark.parametrize("text", ["", " \n ", "x" * (limits.CHAT_CHARS + 1), "a\x00b", "a\u202eb", "a\x1bb"])
def test_what_is_no_message_is_refused(desk: Desk, noon: datetime, text: str) -> None:
    with pytest.raises(InvalidInput):
        say(by=desk.by, slug="surge", text=text, at=noon)
    assert not ChatMessage.objects.exists()


def test_one_person_cannot_flood_it(desk: Desk, people: People, noon: datetime) -> None:
    for number in range(limits.CHAT_PER_MINUTE):
        say(by=desk.by, slug="surge", text=f"{number}", at=noon)
    with pytest.raises(Busy):
        say(by=desk.by, slug="surge", text="And more", at=noon)
    say(by=people("reporter"), slug="surge", text="I may.", at=noon)
    say(by=desk.by, slug="surge", text="And more", at=noon + timedelta(minutes=1))


def test_readers_hear_nothing_of_it(desk: Desk, people: People, noon: datetime) -> None:
    desk.publish()
    before = Page.objects.values().get(), [*PagePost.objects.values()], Event.objects.count()
    say(by=desk.by, slug="surge", text="Only for us.", at=noon)
    assert (Page.objects.values().get(), [*PagePost.objects.values()], Event.objects.count()) == before
    assert "Only for us." not in str(archive_of(desk.by, "surge"))
    with pytest.raises(NotFound):
        say(by=people("reporter"), slug="nowhere", text="Hello?", at=noon)
