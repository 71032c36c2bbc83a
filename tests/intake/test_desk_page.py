"""The producer's page of ways in, and the words on the desk about what came."""

from typing import Any

import pytest
from tests.desk.visitor import Visitor, visitor
from tests.intake.ground import ADDRESS, SLACK_CHANNEL, SLACK_USER, Newsroom, message, only_post

from stoppress.accounts.models import User
from stoppress.intake.kinds import Kind
from stoppress.intake.models import Channel, Route, Sender
from stoppress.intake.sealed import opened
from stoppress.lib import clock
from stoppress.liveblogs.actions.publish_post import publish_post
from stoppress.newsroom.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PAGE = "/desk/title/intake/"


@pytest.fixture
def producer(newsroom: Newsroom) -> Visitor:
    """The producer, who gave the password a moment ago."""
    someone = visitor(newsroom.producer)
    someone.client.post("/desk/account/reauthenticate/", {"password": "a long pass phrase"})
    return someone


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_channel_from_nothing_to_the_first_mail(newsroom: Newsroom, producer: Visitor) -> None:
    made = producer.form(
        f"{PAGE}new/", kind="mail", name="Mail service", authority="mx.example.org", secret=""
    )
    channel = Channel.objects.get()
    secret = opened(channel.secret)
    assert secret
    assert secret in text(made)
    assert f"http://testserver/intake/mail/{channel.key}" in text(made)
    assert secret not in text(producer.page(PAGE))
    assert made["Cache-Control"] == "no-store, private"
    producer.form(f"{PAGE}{channel.pk}/places/", place=ADDRESS.upper(), slug="surge", direct="on")
    assert Route.objects.get().direct
    newsroom.secrets[channel.pk] = secret
    assert newsroom.mail(channel, message().as_bytes()).json() == {"taken": 1}


def test_slacks_secret_comes_from_slack_and_is_never_shown(producer: Visitor) -> None:
    made = producer.form(f"{PAGE}new/", kind="slack", name="Slack", secret="8f742231b10e8888abcd99yyyzzz85a5")
    channel = Channel.objects.get()
    assert opened(channel.secret) == "8f742231b10e8888abcd99yyyzzz85a5"
    assert "8f742231b10e8888abcd99yyyzzz85a5" not in text(made)
    changed = producer.form(f"{PAGE}{channel.pk}/secret/", secret="another")
    assert changed.status_code == 200
    channel.refresh_from_db()
    assert opened(channel.secret) == "another"
    assert "another" not in AuditEntry.objects.filter(what="channel-rotated").get().detail


def test_people_and_places_are_added_and_removed(newsroom: Newsroom, producer: Visitor) -> None:
    channel = newsroom.channel(Kind.SLACK)
    producer.form(f"{PAGE}{channel.pk}/senders/", handle="U2", email="ana.ruiz@example.org")
    assert set(Sender.objects.values_list("handle", flat=True)) == {SLACK_USER, "U2"}
    for sender in Sender.objects.all():
        producer.form(f"{PAGE}senders/{sender.pk}/remove/")
    producer.form(f"{PAGE}places/{Route.objects.get().pk}/remove/")
    page = text(producer.page(PAGE))
    assert "Nobody yet" in page
    assert "Nowhere yet" in page
    producer.form(f"{PAGE}{channel.pk}/revoke/")
    assert "Nothing comes in yet" in text(producer.page(PAGE))
    what = list(AuditEntry.objects.filter(by="Producer One").values_list("what", flat=True))
    assert what.count("channel-changed") == 6
    assert "channel-revoked" in what


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("places/", {"place": "no address", "slug": "surge"}, "an address with an @"),
        ("places/", {"place": ADDRESS, "slug": "other"}, "Select a valid choice"),
        ("senders/", {"handle": "x@example.org", "email": "nobody@example.org"}, "Nobody on the staff"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    newsroom: Newsroom, producer: Visitor, path: str, fields: dict[str, str], said: str
) -> None:
    channel = newsroom.channel(Kind.MAIL)
    answer = producer.client.post(f"{PAGE}{channel.pk}/{path}", fields)
    assert answer.status_code == 422
    assert said in text(answer)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "slack", "name": "S"}, "secret is empty"),
        ({"kind": "fax", "name": "F"}, "Select a valid choice"),
        ({"kind": "mail", "name": "The mail"}, "already"),
    ],
)
def test_what_no_channel_can_be(
    newsroom: Newsroom, producer: Visitor, fields: dict[str, str], said: str
) -> None:
    newsroom.channel(Kind.MAIL)
    answer = producer.client.post(f"{PAGE}new/", fields)
    assert (answer.status_code, said in text(answer)) == (422, True)


def test_secrets_ask_for_the_password_again(newsroom: Newsroom) -> None:
    someone, channel = visitor(newsroom.producer), newsroom.channel(Kind.SLACK)
    before = Channel.objects.get().secret
    for path in ("new/", f"{channel.pk}/secret/"):
        assert "/reauthenticate/" in someone.page(PAGE + path)["Location"]
        answer = someone.client.post(PAGE + path, {"kind": "mail", "name": "x", "secret": "in-no-session"})
        assert answer["Location"] == PAGE + path
        assert "in-no-session" not in str(dict(someone.client.session))
    assert Channel.objects.get().secret == before


def test_another_titles_channels_are_not_there(producer: Visitor) -> None:
    for path in ("9999/secret/", "9999/revoke/", "9999/places/", "9999/senders/", "places/9999/remove/"):
        assert producer.form(PAGE + path).status_code == 404
    assert producer.form(f"{PAGE}senders/9999/remove/").status_code == 404


def test_the_desk_says_where_a_draft_came_from(newsroom: Newsroom) -> None:
    newsroom.mail(newsroom.channel(Kind.MAIL), message("It is shut.\n-- \nAna").as_bytes())
    page = text(visitor(newsroom.reporter).page("/desk/live/surge/"))
    assert "By e-mail, ana.ruiz@example.org" in page
    assert "The signature was left out." in page
    assert "By e-mail, ana.ruiz@example.org" in text(
        visitor(newsroom.producer).page(f"/desk/live/surge/posts/{only_post().pk}/")
    )


def test_the_desk_is_told_what_it_has_to_decide(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.SLACK)
    at = f"{clock.now().timestamp():.6f}"
    event = {"type": "message", "channel": SLACK_CHANNEL, "user": SLACK_USER, "text": "Shut", "ts": at}
    newsroom.slack(channel, event)
    publish_post(by=newsroom.producer, post_id=only_post().pk, at=clock.now())
    gone = {"type": "message", "subtype": "message_deleted", "channel": SLACK_CHANNEL, "deleted_ts": at}
    newsroom.slack(channel, gone)
    assert "Decide whether it stays" in text(visitor(newsroom.producer).page("/desk/live/surge/"))


def test_a_sender_who_was_switched_off_is_unknown(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    User.objects.filter(pk=newsroom.reporter.user_id).update(is_active=False)
    assert newsroom.mail(channel, message().as_bytes()).json()["taken"] == 0
