"""Slack's deliveries as documented: messages, edits, deletions, retries, in and out of order; and forged ones."""

import json
from typing import Any

import pytest
from tests.intake.ground import SLACK_CHANNEL, SLACK_USER, Newsroom, only_post
from tests.liveblogs.newsdesk import content

from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.intake.kinds import Kind
from stoppress.intake.models import Item
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.draft_post import save_draft
from stoppress.liveblogs.actions.publish_post import publish_post
from stoppress.liveblogs.models import Post, Revision, State

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def ts(seconds: float = 0) -> str:
    """A moment as Slack writes it."""
    return f"{clock.now().timestamp() + seconds:.6f}"


def said(text: str, at: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "channel": SLACK_CHANNEL,
        "user": SLACK_USER,
        "text": text,
        "ts": at,
        "event_ts": at,
        **more,
    }


def changed(text: str, at: str, edited: str) -> dict[str, Any]:
    inner = {"type": "message", "user": SLACK_USER, "text": text, "ts": at}
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": SLACK_CHANNEL,
        "ts": edited,
        "message": {**inner, "edited": {"user": SLACK_USER, "ts": edited}},
    }


def deleted(at: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": SLACK_CHANNEL,
        "ts": ts(9),
        "deleted_ts": at,
        **more,
    }


def words() -> str:
    return plain_text(Document.stored(only_post().document))


def test_the_address_is_registered(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.SLACK)
    word = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
    body = json.dumps({"token": "x", "challenge": word, "type": "url_verification"}).encode()
    assert newsroom.slack(channel, None, body=body).json() == {"challenge": word}
    assert newsroom.slack(channel, None, body=body, signature="v0=" + "0" * 64).status_code == 401


def test_the_signature_of_slacks_own_example() -> None:
    """From https://api.slack.com/authentication/verifying-requests-from-slack."""
    from stoppress.intake.signatures import slack_signature

    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        b"channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url="
        b"https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&"
        b"trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert slack_signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == expected


def test_a_message_its_edits_and_its_end_in_a_draft(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK), ts()
    assert newsroom.slack(channel, said("The *gate* is shut", first)).json() == {"taken": 1}
    assert (only_post().state, words()) == (State.DRAFT, "The gate is shut")
    assert Item.objects.get().origin == "From Slack, The slack"
    newsroom.slack(channel, changed("The gate is open", first, ts(5)))
    assert (words(), only_post().revision) == ("The gate is open", 2)
    newsroom.slack(channel, deleted(first))
    assert not Post.objects.exists()
    assert not Revision.objects.exists()
    newsroom.slack(channel, said("The *gate* is shut", first), again=True)  # a late retry brings nothing back
    assert not Post.objects.exists()


def test_retries_give_one_post(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK), ts()
    for _ in range(3):
        assert newsroom.slack(channel, said("The gate is shut", first), again=True).status_code == 200
    assert only_post().revision == 1


def test_an_edit_that_comes_before_its_message(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK), ts()
    newsroom.slack(channel, changed("The gate is open", first, ts(5)))
    newsroom.slack(channel, said("The gate is shut", first), again=True)
    assert (words(), only_post().revision) == ("The gate is open", 1)


def test_an_older_edit_that_comes_late(newsroom: Newsroom) -> None:
    channel, first, older, newer = newsroom.channel(Kind.SLACK), ts(), ts(2), ts(4)
    newsroom.slack(channel, said("One", first))
    newsroom.slack(channel, changed("Three", first, newer))
    newsroom.slack(channel, changed("Two", first, older), again=True)
    assert words() == "Three"


def test_an_edit_of_an_old_message_brings_nothing(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.SLACK)
    newsroom.slack(channel, changed("From last week", ts(-limits.INTAKE_LATE_SECONDS - 60), ts()))
    assert not Post.objects.exists()


def test_an_unfurled_link_is_no_edit(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK), ts()
    newsroom.slack(channel, said("See <https://example.org/>", first))
    unfurled = changed("See <https://example.org/>", first, ts(1))
    del unfurled["message"]["edited"]
    newsroom.slack(channel, unfurled)
    assert only_post().revision == 1


def test_a_direct_channel_publishes_amends_and_withdraws(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK, direct=True), ts()
    newsroom.slack(channel, said("The gate is shut", first))
    assert only_post().state == State.PUBLISHED
    newsroom.slack(channel, changed("The gate is open", first, ts(5)))
    assert (words(), only_post().state, only_post().revision) == ("The gate is open", State.PUBLISHED, 2)
    newsroom.slack(channel, deleted(first, previous_message={"user": SLACK_USER, "text": "x"}))
    assert (only_post().state, only_post().withdrawn_reason) == (
        State.WITHDRAWN,
        "Taken back by the reporter who sent it.",
    )
    newsroom.slack(channel, changed("The gate is ajar", first, ts(8)), again=True)
    assert only_post().state == State.WITHDRAWN


def test_what_the_desk_published_stays_when_its_message_goes(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK), ts()
    newsroom.slack(channel, said("The gate is shut", first))
    publish_post(by=newsroom.producer, post_id=only_post().pk, at=clock.now())
    newsroom.slack(channel, changed("The gate is shut for good", first, ts(5)))
    assert words() == "The gate is shut for good"  # the same person's amendment
    newsroom.slack(channel, deleted(first))
    assert only_post().state == State.PUBLISHED
    assert "has deleted" in Item.objects.get().told


def test_what_the_desk_has_rewritten_is_not_overwritten(newsroom: Newsroom) -> None:
    channel, first = newsroom.channel(Kind.SLACK), ts()
    newsroom.slack(channel, said("gate shut!!", first))
    better = content("Gate six is shut.")
    save_draft(by=newsroom.producer, post_id=only_post().pk, content=better, at=clock.now())
    newsroom.slack(channel, changed("gate open!!", first, ts(5)))
    assert words() == "Gate six is shut."
    assert "desk’s text stands" in Item.objects.get().told
    newsroom.slack(channel, deleted(first))
    assert words() == "Gate six is shut."
    assert "still here" in Item.objects.get().told


@pytest.mark.parametrize(
    "event",
    [
        said("Hm", "1.000001", user="U0NOBODY"),
        said("Hm", "1.000001", channel="C0OTHER"),
        said("Hm", "1.000001", subtype="channel_join"),
        said("Hm", "1.000001", subtype="bot_message", bot_id="B1"),
        said("A reply", "2.000001", thread_ts="1.000001"),
        said("", "1.000001"),
        said("Hm", "yesterday"),
        {"type": "reaction_added", "user": SLACK_USER},
        {"type": "message"},
        [],
        None,
        deleted("1.000001"),
        changed("Hm", "1.000001", "2.000001"),
    ],
)
def test_what_is_not_taken_in_stores_nothing_and_is_not_sent_again(newsroom: Newsroom, event: object) -> None:
    channel = newsroom.channel(Kind.SLACK)
    answer = newsroom.slack(channel, event)
    assert (answer.status_code, answer.json()["taken"]) == (200, 0)
    assert not Post.objects.exists()
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"signature": "v0=" + "0" * 64}, 401),
        ({"signature": "v1=x"}, 401),
        ({"time": 1_531_420_618}, 401),
        ({"time": "x"}, 401),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"body": b"[" * 100_000}, 422),
        ({"body": b"\xff"}, 422),
        ({"body": b'{"x": "' + b"x" * limits.REQUEST_BODY_BYTES + b'"}'}, 413),
    ],
)
def test_who_is_not_slack_gets_nothing(newsroom: Newsroom, changes: dict[str, Any], status: int) -> None:
    channel = newsroom.channel(Kind.SLACK)
    answer = newsroom.slack(channel, said("Hm", ts()), **changes)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not Post.objects.exists()
