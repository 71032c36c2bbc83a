"""E-mail by the signed webhook: who may, what becomes of it, and everything that is refused."""

import hashlib
import hmac
import io
from datetime import timedelta

import pytest
from PIL import Image
from tests.intake.ground import Newsroom, message, only_post

from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.intake.actions.channels import revoke_channel, rotate_secret
from stoppress.intake.kinds import Kind
from stoppress.intake.models import Channel, Item, SeenSignature
from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.models import Media, Post, State

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]


def words() -> str:
    return plain_text(Document.stored(only_post().document))


def nothing_came() -> bool:
    return not Post.objects.exists() and not Item.objects.exists() and not Media.objects.exists()


def picture(kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), (30, 90, 120)).save(held, kind)
    return held.getvalue()


def test_a_mail_becomes_a_draft_of_its_sender(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    answer = newsroom.mail(
        channel, message(subject="Re: Gate six", text="It is shut.\n\nSince noon.").as_bytes()
    )
    assert answer.json() == {"taken": 1}
    post = only_post()
    assert (post.state, post.headline, post.byline) == (State.DRAFT, "Gate six", ["Ana Ruiz"])
    assert post.created_by_id == newsroom.reporter.user_id
    assert words() == "It is shut.\nSince noon."
    assert Item.objects.get().origin == "By e-mail, ana.ruiz@example.org"


def test_the_documented_signature(newsroom: Newsroom) -> None:
    """The form in docs/howto/take-in-e-mail.md, computed here without our own code."""
    channel = newsroom.channel(Kind.MAIL)
    raw, time = message().as_bytes(), str(int(clock.now().timestamp()))
    digest = hmac.new(
        newsroom.secrets[channel.pk].encode(), time.encode() + b"." + raw, hashlib.sha256
    ).hexdigest()
    assert newsroom.mail(channel, raw, time=time, signature=f"v1={digest}").json() == {"taken": 1}


def test_a_direct_channel_publishes_what_is_proven(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL, direct=True)
    newsroom.mail(channel, message().as_bytes())
    assert only_post().state == State.PUBLISHED


@pytest.mark.parametrize(
    "results",
    [
        "mx.attacker.example; dmarc=pass",  # somebody else's word
        "mx.example.org; dkim=pass header.d=attacker.example; spf=pass smtp.mailfrom=x@attacker.example",
        "mx.example.org; dkim=none; spf=none",
        "mx.example.org (dmarc=pass); dkim=neutral",  # a comment says nothing
    ],
)
def test_what_is_not_proven_is_a_draft_with_a_note(newsroom: Newsroom, results: str) -> None:
    channel = newsroom.channel(Kind.MAIL, direct=True)
    newsroom.mail(channel, message(results=results).as_bytes())
    assert only_post().state == State.DRAFT
    assert "genuine" in Item.objects.get().notes[0]


def test_results_that_came_with_the_mail_are_not_the_providers(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL, direct=True)
    raw = message(results="mx.example.org; dkim=none").as_bytes()
    forged = b"Authentication-Results: mx.example.org; dmarc=pass\r\n"
    newsroom.mail(channel, raw.replace(b"Message-ID:", forged + b"Message-ID:", 1))
    assert only_post().state == State.DRAFT


def test_a_mail_proven_to_be_anothers_is_refused(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    answer = newsroom.mail(channel, message(results="mx.example.org; dmarc=fail").as_bytes())
    assert answer.json()["taken"] == 0
    assert nothing_came()


@pytest.mark.parametrize(
    ("sender", "to"),
    [("nobody@example.org", "surge@in.example.org"), ("ana.ruiz@example.org", "else@in.example.org")],
)
def test_unknown_senders_and_places_store_nothing(newsroom: Newsroom, sender: str, to: str) -> None:
    channel = newsroom.channel(Kind.MAIL)
    answer = newsroom.mail(channel, message(sender=sender, to=to).as_bytes())
    assert answer.status_code == 200  # so that it is not sent for ever
    assert answer.json()["taken"] == 0
    assert nothing_came()
    assert not SeenSignature.objects.exists()


def test_a_moderator_sends_nothing(newsroom: Newsroom) -> None:
    newsroom.people("moderator", "Moss Kettle")
    channel = newsroom.channel(Kind.MAIL)
    answer = newsroom.mail(channel, message(sender="moss.kettle@example.org").as_bytes())
    assert "may not write" in answer.json()["detail"]
    assert nothing_came()


def test_nothing_comes_into_a_closed_live_blog(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL, direct=True)
    close_liveblog(by=newsroom.producer, slug="surge", at=clock.now())
    assert newsroom.mail(channel, message().as_bytes()).json()["taken"] == 0
    assert nothing_came()


# --- redelivery and replay --------------------------------------------------------------------------------


def test_redelivery_gives_one_post(newsroom: Newsroom) -> None:
    channel, raw = newsroom.channel(Kind.MAIL), message().as_bytes()
    for seconds in (0, 1, 2):
        assert newsroom.mail(channel, raw, at=clock.now() + timedelta(seconds=seconds)).status_code == 200
    assert Post.objects.count() == Item.objects.count() == 1


def test_the_very_same_request_is_refused_the_second_time(newsroom: Newsroom) -> None:
    channel, raw, now = newsroom.channel(Kind.MAIL), message().as_bytes(), clock.now()
    assert newsroom.mail(channel, raw, at=now).status_code == 200
    again = newsroom.mail(channel, raw, at=now)
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert Post.objects.count() == 1


def test_the_same_message_for_two_live_blogs_is_one_post_in_each(newsroom: Newsroom) -> None:
    from stoppress.intake.actions.channels import NewRoute, add_route
    from stoppress.liveblogs.actions.content import NewLiveBlog
    from stoppress.liveblogs.actions.create_liveblog import create_liveblog

    channel = newsroom.channel(Kind.MAIL)
    details = NewLiveBlog(headline="Council", slug="council", timezone="UTC", status="live")
    create_liveblog(by=newsroom.producer, details=details, at=clock.now())
    route = NewRoute(place="Council@in.example.org", slug="council")
    add_route(by=newsroom.producer, channel_id=channel.pk, details=route, at=clock.now())
    raw = message(to="surge@in.example.org, council@in.example.org").as_bytes()
    assert newsroom.mail(channel, raw).json() == {"taken": 2}
    assert newsroom.mail(channel, raw, at=clock.now() + timedelta(seconds=1)).json() == {"taken": 2}
    assert sorted(Post.objects.values_list("liveblog__slug", flat=True)) == ["council", "surge"]


# --- who may not --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"signature": "v1=" + "0" * 64}, 401),
        ({"signature": ""}, 401),
        ({"signature": "v1=é"}, 401),
        ({"time": "1"}, 401),
        ({"time": "soon"}, 401),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "multipart/form-data; boundary=x"}, 415),
    ],
)
def test_who_is_not_the_mail_service_gets_nothing(
    newsroom: Newsroom, changed: dict[str, str], status: int
) -> None:
    channel = newsroom.channel(Kind.MAIL)
    answer = newsroom.mail(channel, message().as_bytes(), at=None, **changed)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert nothing_came()


@pytest.mark.parametrize(
    "seconds", [-limits.INTAKE_SIGNATURE_SECONDS - 2, limits.INTAKE_SIGNATURE_SECONDS + 2]
)
def test_the_time_of_a_signature_is_over(newsroom: Newsroom, seconds: int) -> None:
    channel = newsroom.channel(Kind.MAIL)
    late = clock.now() + timedelta(seconds=seconds)
    assert newsroom.mail(channel, message().as_bytes(), at=late).status_code == 401
    assert nothing_came()


def test_a_body_that_was_changed_does_not_fit(newsroom: Newsroom) -> None:
    from stoppress.intake import signatures

    channel, raw, time = newsroom.channel(Kind.MAIL), message().as_bytes(), str(int(clock.now().timestamp()))
    signed = signatures.mail_signature(newsroom.secrets[channel.pk], time, raw)
    assert newsroom.mail(channel, raw + b"!", time=time, signature=signed).status_code == 401


def test_too_large_a_mail_is_refused(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INTAKE_MAIL_BYTES", 1000)
    channel = newsroom.channel(Kind.MAIL)
    assert newsroom.mail(channel, message("x" * 2000).as_bytes()).status_code == 413
    assert nothing_came()


def test_a_mail_may_be_larger_than_other_requests(newsroom: Newsroom) -> None:
    channel, mail = newsroom.channel(Kind.MAIL), message()
    mail.add_attachment(
        b"%PDF-1.4" + b"x" * (2 * limits.REQUEST_BODY_BYTES), maintype="application", subtype="pdf"
    )
    assert newsroom.mail(channel, mail.as_bytes()).json() == {"taken": 1}


def test_other_methods_and_addresses(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    for method in ("get", "head", "put", "patch", "delete", "options"):
        assert getattr(newsroom.client, method)(f"/intake/mail/{channel.key}").status_code == 405
    for path in ("/intake/mail/unknown", f"/intake/slack/{channel.key}", f"/intake/telegram/{channel.key}"):
        assert newsroom.client.post(path, b"", content_type="application/json").status_code == 404


def test_after_rotation_the_old_secret_is_refused(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    _, secret = rotate_secret(by=newsroom.producer, channel_id=channel.pk, at=clock.now())
    assert newsroom.mail(channel, message().as_bytes()).status_code == 401
    newsroom.secrets[channel.pk] = secret
    assert newsroom.mail(channel, message().as_bytes()).json() == {"taken": 1}


def test_a_channel_that_was_taken_back_is_gone(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    revoke_channel(by=newsroom.producer, channel_id=channel.pk, at=clock.now())
    assert newsroom.mail(channel, message().as_bytes()).status_code == 404
    assert nothing_came()


def test_the_secret_is_in_no_column(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    stored = Channel.objects.values_list("secret", flat=True).get()
    assert stored
    assert newsroom.secrets[channel.pk] not in stored


def test_another_servers_secrets_cannot_be_read(newsroom: Newsroom, settings: object) -> None:
    channel = newsroom.channel(Kind.MAIL)
    raw = message().as_bytes()
    settings.SECRET_KEY = "another server's key, forty characters long"  # type: ignore[attr-defined]  # (pytest-django's)
    assert newsroom.mail(channel, raw).status_code == 401


def test_a_tool_that_sends_too_fast_waits(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from stoppress.intake import views

    monkeypatch.setattr(views.pace, "_most", 1)
    channel = newsroom.channel(Kind.MAIL)
    newsroom.mail(channel, message().as_bytes())
    late = newsroom.mail(channel, message(message_id="<two@example.org>").as_bytes())
    assert (late.status_code, late["Retry-After"]) == (503, str(limits.INTAKE_RETRY_SECONDS))
    assert Post.objects.count() == 1


# --- what is in it ------------------------------------------------------------------------------------------


def test_html_is_cleaned_and_pictures_come_along(newsroom: Newsroom) -> None:
    channel, mail = newsroom.channel(Kind.MAIL), message("Plain words.", subject="Gate six")
    html = (
        "<p onclick='x()'>The <b>gate</b> is <a href='javascript:alert(1)'>shut</a>.<script>alert(2)</script></p>"
        '<img src="cid:in-the-text"><div class="gmail_signature">Ana<img src="cid:logo"></div>'
        '<div class="gmail_quote"><blockquote>What they wrote before</blockquote></div>'
    )
    mail.add_alternative(html, subtype="html")
    (related,) = [part for part in mail.iter_parts() if part.get_content_subtype() == "html"]
    related.add_related(picture(), "image", "png", cid="<in-the-text>")
    related.add_related(picture("GIF"), "image", "gif", cid="<logo>")
    mail.add_attachment(picture("JPEG"), "image", "jpeg", filename="gate.jpg")
    mail.add_attachment(b"%PDF", "application", "pdf", filename="plan.pdf")
    mail.add_attachment(b"no picture", "image", "png", filename="wrong.png")
    newsroom.mail(channel, mail.as_bytes())
    post = only_post()
    kinds = [block["type"] for block in post.document["content"]]
    assert kinds == ["paragraph", "image", "image"], Item.objects.get().notes
    assert Media.objects.count() == 2
    assert words().startswith("The gate is shut.")
    assert "script" not in str(post.document)
    notes = " ".join(Item.objects.get().notes)
    for said in ("signature", "quoted mail", "plan.pdf", "wrong.png", "script"):
        assert said in notes, said


def test_a_direct_mail_with_a_picture_without_words_for_it(newsroom: Newsroom) -> None:
    """The house rule on descriptions may refuse it: then it is a draft. Never is it lost."""
    channel, mail = newsroom.channel(Kind.MAIL, direct=True), message()
    mail.add_attachment(picture("JPEG"), "image", "jpeg", filename="gate.jpg")
    newsroom.mail(channel, mail.as_bytes())
    assert only_post().state in (State.DRAFT, State.PUBLISHED)


@pytest.mark.parametrize(
    "raw", [b"\r\n", b"\x00" * 50, b"no mail at all", b"From: a@b.c, d@e.f\r\n\r\nTwo senders"]
)
def test_what_is_no_mail_is_refused(newsroom: Newsroom, raw: bytes) -> None:
    channel = newsroom.channel(Kind.MAIL)
    assert newsroom.mail(channel, raw).status_code == 422
    assert nothing_came()


def test_an_empty_mail_is_no_post(newsroom: Newsroom) -> None:
    channel = newsroom.channel(Kind.MAIL)
    assert newsroom.mail(channel, message("\n\n").as_bytes()).json()["taken"] == 0
    assert nothing_came()
