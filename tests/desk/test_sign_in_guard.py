"""Guessing and stolen lists are stopped; the true owner is not."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client, RequestFactory
from pytest_django import Settings
from tests.desk.authenticator import code
from tests.people import People

from stoppress.accounts.models import User
from stoppress.config.env import read
from stoppress.desk.whence import device_of
from stoppress.lib import clock, limits
from stoppress.newsroom.address import address_of
from stoppress.newsroom.deeds import Deed
from stoppress.newsroom.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LOGIN, PASSWORD = "/desk/account/login/", "a long pass phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def _tries(email: str, password: str, client: Client) -> str:
    answer = client.post(LOGIN, {"login": email, "password": password})
    return str(answer.headers.get("Location", ""))


def _from(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def _stuffed(pairs: list[tuple[str, str]]) -> list[str]:
    """A list of stolen pairs, tried in turn from 100 addresses; whoever was let in."""
    let_in = []
    for number, (email, password) in enumerate(pairs):
        if _tries(email, password, _from(f"203.0.113.{number % 100}")):
            let_in.append(email)
    return let_in


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_thousand_stolen_pairs_are_stopped_and_the_owners_come_in(people: People) -> None:
    for name in ("Ana Lima", "Bo Lind", "Cy Marsh"):
        people("reporter", name)
    known = _from("198.51.100.1")
    assert _tries("ana.lima@example.org", PASSWORD, known) == "/desk/"
    signed_in = _from("198.51.100.2")
    assert _tries("bo.lind@example.org", PASSWORD, signed_in) == "/desk/"
    known.post("/desk/account/logout/")
    user = User.objects.get(email="cy.marsh@example.org")
    TOTP.activate(user, SECRET)
    pairs = [(f"person{number}@example.org", "summer-2019-holiday") for number in range(1_000)]
    pairs[400] = ("ana.lima@example.org", PASSWORD)  # one pair of the list is right
    pairs[900] = ("bo.lind@example.org", PASSWORD)
    assert _stuffed(pairs) == []
    tried = AuditEntry.objects.filter(what=Deed.SIGN_IN_FAILED.value).count()
    assert tried <= limits.SIGN_IN_FAILURES_PER_NEWSROOM
    assert _tries("ana.lima@example.org", PASSWORD, known) == "/desk/", "a known device"
    assert signed_in.get("/desk/").status_code == 200, "a session elsewhere"
    other = _from("198.51.100.77")
    assert _tries("cy.marsh@example.org", PASSWORD, other) == "/desk/account/2fa/authenticate/"
    assert (
        other.post("/desk/account/2fa/authenticate/", {"code": code(SECRET)}).headers["Location"] == "/desk/"
    )
    assert Authenticator.objects.count() == 1
    with time_machine.travel(clock.now() + timedelta(seconds=limits.SIGN_IN_WINDOW_SECONDS + 1)):
        assert _tries("bo.lind@example.org", PASSWORD, _from("198.51.100.3")) == "/desk/", "when it is over"


def test_every_way_to_fail_says_the_same(people: People) -> None:
    people("reporter", "Ana Lima")
    sentences = set()
    for number in range(12):
        for email in ("ana.lima@example.org", "nobody@example.org"):
            answer = _from(f"203.0.113.{number % 2}").post(LOGIN, {"login": email, "password": "no no no no"})
            assert answer.status_code == 200
            page = answer.content.decode()
            sentences.add(page.partition('role="alert">')[2].partition("<")[0])
    assert len(sentences) == 1
    assert "wrong, or there were too many attempts" in sentences.pop()


def test_a_known_device_is_bounded_by_its_own_failures(people: People) -> None:
    people("reporter", "Ana Lima")
    known = _from("198.51.100.1")
    assert _tries("ana.lima@example.org", PASSWORD, known) == "/desk/"
    known.post("/desk/account/logout/")
    for _ in range(limits.SIGN_IN_FAILURES_PER_DEVICE):
        assert not _tries("ana.lima@example.org", "wrong wrong wrong", known)
    assert not _tries("ana.lima@example.org", PASSWORD, known)


def test_a_made_up_device_is_not_known(people: People) -> None:
    by = people("reporter", "Ana Lima")
    for number in range(limits.SIGN_IN_FAILURES_PER_ADDRESS):
        _tries(f"p{number}@example.org", "wrong wrong wrong", _from("203.0.113.5"))
    forged = _from("203.0.113.5")
    forged.cookies["known"] = f"[{by.user_id}]:1vMadeUp:signature"
    assert not _tries("ana.lima@example.org", PASSWORD, forged)


def test_the_trail_names_failures_but_no_password(people: People) -> None:
    people("reporter", "Ana Lima")
    _tries("Ana.Lima@example.org", "my-secret-words", _from("203.0.113.5"))
    line = AuditEntry.objects.get(what=Deed.SIGN_IN_FAILED.value)
    assert (line.by, line.whom, line.address) == ("", "ana.lima@example.org", "203.0.113.5")
    assert "my-secret-words" not in repr(list(AuditEntry.objects.values()))


def test_what_is_no_address_is_not_written_down(people: People) -> None:
    people("reporter", "Ana Lima")
    _tries("my-secret-words", "x", _from("203.0.113.5"))
    assert not AuditEntry.objects.filter(what=Deed.SIGN_IN_FAILED.value).exists()


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        ("", "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "192.0.2.1, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::1", "::1", "2001:db8::7", "2001:db8::7"),
        ("", "", "198.51.100.1", ""),
    ],
)
def test_whose_forwarded_address_is_believed(
    proxies: str, peer: str, forwarded: str, address: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = read(
        {"STOPPRESS_SECRET_KEY": "x" * 32, "STOPPRESS_TRUSTED_PROXIES": proxies}
    ).trusted_proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18.0 Mobile Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit Chrome/140 Safari/537",
            "Chrome on macOS",
        ),
        ("curl/8.0\x00\u202e", "curl/8.0"),
        ("", "Unknown device"),
        ("x" * 500, "x" * limits.DEVICE_CHARS),
    ],
)
def test_devices_in_words(agent: str, words: str) -> None:
    assert device_of(RequestFactory().get("/", headers={"User-Agent": agent})) == words
