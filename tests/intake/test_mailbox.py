"""The mailbox by IMAP, against a mail server that speaks as documented: what is taken, marked, left, refused."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from structlog.testing import capture_logs
from tests.intake.ground import Newsroom, message, only_post
from tests.intake.imap_server import FOLDER, PASSWORD, USER, ImapServer, Letter

from stoppress.intake.kinds import Kind
from stoppress.intake.mailbox import Mailbox, MailboxDown, fetch
from stoppress.intake.models import Item
from stoppress.lib import limits
from stoppress.liveblogs.models import Post, State
from stoppress.liveblogs.refusals import NoRoom
from stoppress.worker import fetch_mail

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ImapServer]:
    with ImapServer(tmp_path) as running:
        yield running


def box(server: ImapServer, **changed: object) -> Mailbox:
    facts: dict[str, object] = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": USER,
        "password": PASSWORD,
        "folder": FOLDER,
        "trust": server.trusting(),
    }
    return Mailbox(**{**facts, **changed})  # type: ignore[arg-type]  # (each fits its field)


def letter(text: str, number: int, **more: str) -> Letter:
    return Letter(message(text, message_id=f"<{number}@example.org>", **more).as_bytes())


def test_unread_mail_is_taken_in_and_marked_read(newsroom: Newsroom, server: ImapServer) -> None:
    newsroom.channel(Kind.MAILBOX)
    server.letters += [
        letter("One", 1),
        letter("From nobody", 2, sender="nobody@example.org"),
        Letter(b"no mail"),
        letter("Two", 3),
    ]
    assert fetch(box(server)) == 2
    assert all(one.seen for one in server.letters)
    assert Post.objects.count() == 2
    assert fetch(box(server)) == 0
    assert Item.objects.first().origin == "By e-mail, ana.ruiz@example.org"  # type: ignore[union-attr]  # (two were made)


def test_a_worker_that_died_half_way_leaves_one_post(newsroom: Newsroom, server: ImapServer) -> None:
    newsroom.channel(Kind.MAILBOX, direct=True)
    server.letters.append(letter("One", 1))
    fetch(box(server))
    server.letters[0].seen = False  # it died before it could mark it
    fetch(box(server))
    assert only_post().state == State.PUBLISHED


def test_what_there_is_no_room_for_stays_unread(
    newsroom: Newsroom, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stoppress.intake import take

    def full(**_: object) -> None:
        raise NoRoom("The disk is full.")

    monkeypatch.setattr(take, "take_message", full)
    newsroom.channel(Kind.MAILBOX)
    server.letters.append(letter("One", 1))
    assert fetch(box(server)) == 0
    assert not server.letters[0].seen


def test_a_message_that_is_too_large_is_never_fetched(
    newsroom: Newsroom, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INTAKE_MAIL_BYTES", 500)
    newsroom.channel(Kind.MAILBOX)
    server.letters.append(letter("x" * 1000, 1))
    assert fetch(box(server)) == 0
    assert server.letters[0].seen
    assert not any("BODY.PEEK" in line for line in server.said)


def test_nothing_is_asked_without_a_channel(newsroom: Newsroom, server: ImapServer) -> None:  # noqa: ARG001 (its rows)
    assert fetch(box(server)) == 0
    assert server.said == []


def test_a_server_whose_certificate_does_not_fit_hears_no_password(
    newsroom: Newsroom, server: ImapServer
) -> None:
    newsroom.channel(Kind.MAILBOX)
    with pytest.raises(MailboxDown, match="certificate"):
        fetch(box(server, trust=ssl.create_default_context()))
    with pytest.raises(MailboxDown):
        fetch(box(server, host="localhost"))  # the certificate is for 127.0.0.1
    assert server.said == []


def test_a_wrong_password_and_a_folder_that_is_not_there(newsroom: Newsroom, server: ImapServer) -> None:
    newsroom.channel(Kind.MAILBOX)
    for wrong in ({"password": "guessed"}, {"folder": "Elsewhere"}):
        with pytest.raises(MailboxDown):
            fetch(box(server, **wrong))


def test_a_server_that_is_silent_or_gone(
    newsroom: Newsroom, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INTAKE_IMAP_SECONDS", 0.2)
    newsroom.channel(Kind.MAILBOX)
    server.silent = True
    with pytest.raises(MailboxDown):
        fetch(box(server))
    with pytest.raises(MailboxDown):
        fetch(box(server, port=1))


def test_the_address_of_the_mailbox() -> None:
    found = Mailbox.at("imaps://desk%40example.org:p%2Fw@mail.example.org/Live%20blogs")
    assert (found.host, found.port, found.user) == ("mail.example.org", 993, "desk@example.org")
    assert (found.password, found.folder) == ("p/w", "Live blogs")
    assert Mailbox.at("imaps://u:p@mail.example.org:1993").folder == "INBOX"
    assert found.trust.verify_mode is ssl.CERT_REQUIRED
    assert found.trust.check_hostname


def test_the_job_looks_now_and_then_beside_the_loop(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(fetch_mail, "_last", fetch_mail._Look())
    monkeypatch.setattr(fetch_mail, "_look", lambda: looked.append("once"))
    settings.INTAKE_IMAP_URL = ""  # type: ignore[attr-defined]  # (pytest-django's)
    assert fetch_mail.fetch_mail() == 0
    settings.INTAKE_IMAP_URL = "imaps://u:p@mail.example.org"  # type: ignore[attr-defined]  # (pytest-django's)
    assert [fetch_mail.fetch_mail(), fetch_mail.fetch_mail()] == [1, 0]
    assert fetch_mail._last.thread is not None
    fetch_mail._last.thread.join(5)
    assert looked == ["once"]


def test_a_mailbox_that_is_down_stops_nothing(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: Mailbox) -> int:
        raise MailboxDown("The mail server is down.")

    settings.INTAKE_IMAP_URL = "imaps://u:p@mail.example.org"  # type: ignore[attr-defined]  # (pytest-django's)
    monkeypatch.setattr(fetch_mail, "fetch", down)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own
    with capture_logs() as logged:
        fetch_mail._look()
    assert [line["log_level"] for line in logged] == ["warning"]
