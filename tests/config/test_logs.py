"""What stands in the log, and what never does: texts, addresses, passwords, tokens, secret links."""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, OperationalError
from django.test import Client
from tests.liveblogs.newsdesk import open_desk
from tests.people import People

from stoppress.accounts.models import User
from stoppress.config import logs
from stoppress.lib import assets, clock, numbered
from stoppress.liveblogs.actions.content import NewLiveBlog
from stoppress.liveblogs.actions.create_liveblog import create_liveblog
from stoppress.newsroom.actions.issue_token import issue_token

WORDS = "MARKEDWORDS about a witness"
PASSWORD = "MARKEDPASSWORD with spaces"
ADDRESS = "markedaddress@example.org"
MARKS = ("MARKED", "marked", "203.0.113.77")

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The log as it is in production; every line must be JSON and hold no mark."""
    root, level = logging.getLogger(), logging.getLogger("django.request").level
    before, stream = (list(root.handlers), root.level), StringIO()
    defaults = structlog.get_config()
    logs.configure(stream)

    def read() -> list[dict[str, Any]]:
        text = stream.getvalue()
        assert not [mark for mark in MARKS if mark in text], text
        return [json.loads(line) for line in text.splitlines()]

    yield read
    read()
    root.handlers, root.level = before
    logging.getLogger("django.request").setLevel(level)
    structlog.configure(**defaults)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Client:
    """One that is shown the page of a fault, as people are."""
    monkeypatch.setattr(assets, "asset", lambda name, _="": f"/static/{name}")
    return Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77")


@pytest.mark.database
@pytest.mark.django_db
def test_a_day_of_work_leaves_no_word_of_it(people: People, browser: Client, lines: Lines) -> None:
    editor = people("admin", "Nora Quist")
    open_desk(editor, clock.now())
    login = "/desk/account/login/"
    browser.post(login, {"login": ADDRESS, "password": PASSWORD})
    browser.post(login, {"login": "nora.quist@example.org", "password": PASSWORD})
    signed = browser.post(login, {"login": "nora.quist@example.org", "password": "a long pass phrase"})
    assert signed.status_code == 302
    assert browser.post("/desk/team/invite/", {"email": ADDRESS, "role": "reporter"}).status_code == 200
    api = {"Authorization": f"Bearer {issue_token(email='nora.quist@example.org')}"}
    posts = "/api/v1/liveblogs/surge/posts"
    body = {"markdown": WORDS, "headline": WORDS}
    made = browser.post(posts, body, content_type="application/json", headers=api)
    assert made.status_code == 201
    post = f"{posts}/{made.json()['id']}"
    browser.patch(
        post, {"markdown": WORDS * 2, "correction": WORDS}, content_type="application/json", headers=api
    )
    browser.post(f"{post}/withdraw", {"reason": WORDS}, content_type="application/json", headers=api)
    browser.post(posts, {"markdown": [WORDS]}, content_type="application/json", headers=api)
    browser.post(posts, '{"markdown": "MARKED', content_type="application/json", headers=api)
    browser.post(
        posts, body, content_type="application/json", headers={"Authorization": "Bearer MARKEDTOKEN"}
    )
    browser.get("/desk/join/MARKEDSECRET/")
    browser.get("/desk/", headers={"Host": "marked.example"})
    Client(enforce_csrf_checks=True).post("/desk/join/MARKEDSECRET/", {"password": PASSWORD})
    lines()


def _broken(*_: object, **__: object) -> None:
    raise ValueError(WORDS) from IntegrityError(f"DETAIL: Key (email)=({ADDRESS}) already exists.")


@pytest.mark.database
@pytest.mark.django_db
def test_a_fault_is_a_kind_a_place_and_a_number_that_its_page_names(
    people: People, browser: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.force_login(User.objects.get(pk=people("admin").user_id))
    monkeypatch.setattr("stoppress.liveblogs.queries.liveblogs_of", _broken)
    answer = browser.get("/desk/?q=MARKEDQUERY")
    assert answer.status_code == 500
    (line,) = [line for line in lines() if line["level"] == "error"]
    assert (line["event"], line["route"], line["status"]) == ("a request failed", "desk/", 500)
    assert line["fault"] == "ValueError from IntegrityError"
    assert line["at"].endswith("_broken")
    assert line["number"] == answer.headers[numbered.HEADER]
    assert line["number"] in answer.content.decode()


@pytest.mark.database
@pytest.mark.django_db
def test_the_api_names_the_number_too(
    people: People, browser: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    people("editor", "Nora Quist")
    create_liveblog(by=people("editor"), details=NewLiveBlog(headline="Surge", slug="surge"), at=clock.now())
    monkeypatch.setattr("stoppress.api.posts.publish_new_post", _broken)
    api = {"Authorization": f"Bearer {issue_token(email='nora.quist@example.org')}"}
    body = {"markdown": WORDS}
    answer = browser.post("/api/v1/liveblogs/surge/posts", body, content_type="application/json", headers=api)
    assert answer.status_code == 500
    (line,) = [line for line in lines() if line["logger"] == "stoppress.api.problems"]
    assert line["number"] in answer.json()["detail"]
    assert line["fault"].startswith("ValueError")


def test_a_number_of_a_browsers_is_not_taken(browser: Client) -> None:
    given = browser.get("/desk/account/login/", headers={numbered.HEADER: "MARKED\u00e9"}).headers[
        numbered.HEADER
    ]
    assert numbered.is_one(given)
    kept = browser.get("/desk/account/login/", headers={numbered.HEADER: given}).headers[numbered.HEADER]
    assert kept == given


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (OperationalError("database or disk is full"), "OperationalError: database or disk is full"),
        (sqlite3.IntegrityError("MARKED"), "IntegrityError"),
        (KeyError("MARKED"), "KeyError"),
    ],
)
def test_the_systems_own_words_are_kept_and_no_others(lines: Lines, fault: Exception, told: str) -> None:
    try:
        raise fault
    except type(fault):
        structlog.get_logger("stoppress.test").exception("it broke", post="01ABC")
        logging.getLogger("stoppress.test").exception("it broke")
    assert [line["fault"] for line in lines()] == [told, told]
    assert all(line["at"].startswith("test_logs.py:") for line in lines())


def test_a_line_is_one_line(lines: Lines) -> None:
    logging.getLogger("stoppress.test").warning("one\ntwo\r\nthree")
    assert [line["event"] for line in lines()] == ["one\ntwo\r\nthree"]
