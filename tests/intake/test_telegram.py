"""Telegram's updates as documented: messages, edits, taking back by /delete; and forged ones."""

from typing import Any

import pytest
from tests.intake.ground import CHAT, TELEGRAM_USER, Newsroom, only_post

from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.intake.kinds import Kind
from stoppress.intake.models import Item
from stoppress.lib import clock
from stoppress.liveblogs.models import Post, State

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def said(text: str, number: int = 7, **more: Any) -> dict[str, Any]:
    return {
        "message_id": number,
        "from": {"id": int(TELEGRAM_USER), "is_bot": False, "first_name": "Ana"},
        "chat": {"id": int(CHAT), "type": "supergroup", "title": "Surge"},
        "date": int(clock.now().timestamp()),
        "text": text,
        **more,
    }


def new(message: dict[str, Any], update: int = 1) -> dict[str, Any]:
    return {"update_id": update, "message": message}


def edited(message: dict[str, Any], seconds: int = 5) -> dict[str, Any]:
    return {"update_id": 2, "edited_message": {**message, "edit_date": message["date"] + seconds}}


def words() -> str:
    return plain_text(Document.stored(only_post().document))


def test_a_message_and_its_edits_in_a_draft(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.TELEGRAM)
    entities = [{"type": "bold", "offset": 3, "length": 4}]  # after an emoji of two units and a space
    assert newsroom.telegram(channel, new(said("🌊 gate shut", entities=entities))).json() == {"taken": 1}
    newsroom.telegram(channel, new(said("🌊 gate shut", entities=entities)))  # sent again
    assert (only_post().state, only_post().revision, words()) == (State.DRAFT, 1, "🌊 gate shut")
    runs = only_post().document["content"][0]["content"]
    assert [(run["text"], bool(run.get("marks"))) for run in runs] == [
        ("🌊 ", False),
        ("gate", True),
        (" shut", False),
    ]
    newsroom.telegram(channel, edited(said("Gate open")))
    assert (words(), only_post().revision) == ("Gate open", 2)
    assert Item.objects.get().origin == "From Telegram, The telegram"


@pytest.mark.parametrize("word", ["/delete", "/Delete@surge_bot"])
def test_an_edit_to_delete_takes_it_back(newsroom: Newsroom, word: str) -> None:
    channel = newsroom.channel(Kind.TELEGRAM)
    newsroom.telegram(channel, new(said("Gate shut")))
    newsroom.telegram(channel, edited(said(word)))
    assert not Post.objects.exists()


def test_an_answer_of_delete_withdraws_what_went_out_directly(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.TELEGRAM, direct=True)
    newsroom.telegram(channel, new(said("Gate shut")))
    assert only_post().state == State.PUBLISHED
    newsroom.telegram(channel, new(said("/delete", 8, reply_to_message=said("Gate shut")), 3))
    assert only_post().state == State.WITHDRAWN


def test_a_picture_is_named_and_its_caption_taken(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.TELEGRAM)
    message = said("", caption="The gate", photo=[{"file_id": "x", "width": 90, "height": 60}])
    newsroom.telegram(channel, new(message))
    assert words() == "The gate"
    assert "left out" in Item.objects.get().notes[0]


@pytest.mark.parametrize(
    "update",
    [
        new({**said("Hm"), "from": {"id": 1, "is_bot": False}}),
        new({**said("Hm"), "from": {"id": int(TELEGRAM_USER), "is_bot": True}}),
        new(said("Hm", chat={"id": 5, "type": "private"})),
        new(said("/start")),
        new(said("/delete")),
        new(said("")),
        new({**said("Hm"), "from": None}),
        {"update_id": 5, "channel_post": said("Hm")},
        {"update_id": 5, "message": "text"},
        {},
    ],
)
def test_what_is_not_taken_in_stores_nothing_and_is_not_sent_again(
    newsroom: Newsroom, update: dict[str, Any]
) -> None:
    channel = newsroom.channel(Kind.TELEGRAM)
    answer = newsroom.telegram(channel, update)
    assert (answer.status_code, answer.json()["taken"]) == (200, 0)
    assert not Post.objects.exists()
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"secret": ""}, 401),
        ({"secret": "guessed"}, 401),
        ({"content_type": "text/plain"}, 415),
        ({"body": b"no json"}, 422),
        ({"body": b"[]"}, 422),
        ({"body": b'{"x": "' + b"x" * 1024 * 1024 + b'"}'}, 413),
    ],
)
def test_who_is_not_telegram_gets_nothing(newsroom: Newsroom, changes: dict[str, Any], status: int) -> None:
    channel = newsroom.channel(Kind.TELEGRAM)
    answer = newsroom.telegram(channel, new(said("Hm")), **changes)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not Post.objects.exists()
