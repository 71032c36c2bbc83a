"""Guessing passwords: slowed for whoever guesses, never a lock-out of whoever is guessed at, and nothing learnt."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.people import People

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("built_files")]

LOGIN = "/desk/account/login/"
RIGHT, WRONG = "a long pass phrase", "harbour-lights-at-four"
OWNER = "ana.owner@example.org"
_MADE_ANEW = re.compile(r'(name="csrfmiddlewaretoken" value|name="csrf" content)="\w+"')


def _tried(email: str, password: str, address: str) -> Any:
    client = Client(REMOTE_ADDR=address)
    return client.post(LOGIN, {"login": email, "password": password})


def _said(answer: Any, email: str) -> tuple[int, str, list[str]]:
    text = _MADE_ANEW.sub("", answer.content.decode()).replace(email, "ADDRESS")
    return answer.status_code, text, sorted(answer.headers)


def test_a_wrong_password_and_an_unknown_address_get_the_same(people: People) -> None:
    people("reporter", "Ana Owner")
    for number in range(4):
        known = _tried(OWNER, WRONG, f"203.0.113.{number}")
        unknown = _tried("nobody@example.org", WRONG, f"203.0.113.{number + 10}")
        assert _said(known, OWNER) == _said(unknown, "nobody@example.org")


def test_asking_for_a_new_password_tells_nothing(people: People) -> None:
    people("reporter", "Ana Owner")
    known = Client(REMOTE_ADDR="203.0.113.1").post("/desk/account/password/reset/", {"email": OWNER})
    unknown = Client(REMOTE_ADDR="203.0.113.2").post(
        "/desk/account/password/reset/", {"email": "no@example.org"}
    )
    assert known.status_code == unknown.status_code
    assert known.headers.get("Location") == unknown.headers.get("Location")


def test_one_who_guesses_is_stopped(people: People) -> None:
    people("reporter", "Ana Owner")
    for _ in range(30):
        _tried(OWNER, WRONG, "203.0.113.66")
    assert _tried(OWNER, RIGHT, "203.0.113.66").status_code in (200, 429), "the thirty-first guess was let in"


def test_the_owner_gets_in_from_elsewhere_while_others_guess(people: People) -> None:
    people("reporter", "Ana Owner")
    for number in range(60):
        _tried(OWNER, WRONG, f"203.0.113.{number % 6}")
    assert _tried(OWNER, RIGHT, "198.51.100.7").status_code == 302


def test_a_forwarded_address_does_not_dodge_the_limit(people: People) -> None:
    people("reporter", "Ana Owner")
    for number in range(30):
        Client(REMOTE_ADDR="203.0.113.66").post(
            LOGIN, {"login": OWNER, "password": WRONG}, headers={"X-Forwarded-For": f"198.51.100.{number}"}
        )
    last = Client(REMOTE_ADDR="203.0.113.66").post(
        LOGIN, {"login": OWNER, "password": RIGHT}, headers={"X-Forwarded-For": "198.51.100.200"}
    )
    assert last.status_code in (200, 429)
