"""The doors for readers: bounded, paced, for this site's own pages, with a script and without, and never a cookie."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.audience.test_polls import POLL, poll, publish
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People

from stoppress.audience import views
from stoppress.audience.models import Question, Vote
from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs.actions.take_questions import take_questions
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.models import LiveBlog

pytestmark = [pytest.mark.database, pytest.mark.django_db]

JSON = {"HTTP_ACCEPT": "application/json"}
TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def desk(people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(views, "pace", Pace(limits.AUDIENCE_PER_MINUTE))
    monkeypatch.setattr(views, "question_pace", Pace(limits.QUESTIONS_PER_MINUTE))
    desk = open_desk(people("editor"), noon)
    take_questions(by=desk.by, slug="surge", wanted=True, at=desk.tick())
    return desk


def send(path: str, fields: dict[str, str], **headers: Any) -> Any:
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    kind = headers.pop("content_type", views.FORM)
    return Client(enforce_csrf_checks=True).post(path, body, content_type=kind, **headers)


def of(post_id: str) -> str:
    return f"/audience/surge/posts/{post_id}/polls/{POLL}/vote"


ASK = "/audience/surge/questions"


def test_a_vote_by_script(desk: Desk) -> None:
    path = of(publish(desk, poll()))
    answer = send(path, {"option": "a", "device": TOKEN}, **JSON)
    assert (answer.status_code, answer.content) == (200, b'{"counted": true}')
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies
    assert send(path, {"option": "b", "device": TOKEN}, **JSON).content == b'{"counted": false}'
    assert TOKEN not in Vote.objects.get().voter


def test_a_vote_by_a_plain_form_comes_back_to_its_post(desk: Desk) -> None:
    post_id = publish(desk, poll())
    first, again = (send(of(post_id), {"option": "a"}, HTTP_ACCEPT="text/html") for _ in range(2))
    page = f"/live/surge/posts/{post_id}"
    assert (first.status_code, first["Location"]) == (303, f"{page}#voted-{post_id}-{POLL}")
    assert again["Location"] == f"{page}#again-{post_id}-{POLL}"
    assert Vote.objects.count() == 1


@pytest.mark.usefixtures("desk")
def test_a_question_by_a_plain_form() -> None:
    answer = send(ASK, {"question": "Is+it+safe%3F", "name": "Marta"}, HTTP_ACCEPT="text/html")
    assert (answer.status_code, answer["Location"]) == (303, "/live/surge#asked")
    assert Question.objects.get().text == "Is it safe?"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"content_type": "application/json"}, 422),
    ],
)
def test_only_our_own_forms(desk: Desk, headers: dict[str, str], status: int) -> None:
    answer = send(of(publish(desk, poll())), {"option": "a"}, **JSON, **headers)
    assert answer.status_code == status


@pytest.mark.usefixtures("desk")
def test_what_is_too_large_is_refused() -> None:
    answer = send(ASK, {"question": "x" * limits.AUDIENCE_BODY_BYTES}, **JSON)
    assert answer.status_code == 413


@pytest.mark.usefixtures("desk")
def test_too_many_from_one_network_wait() -> None:
    here, there = {"REMOTE_ADDR": "2001:db8:1:2::1"}, {"REMOTE_ADDR": "2001:db8:9:9::1"}
    neighbour = {"REMOTE_ADDR": "2001:db8:1:2:ffff::7"}
    for _ in range(limits.QUESTIONS_PER_MINUTE):
        assert send(ASK, {"question": "Why?"}, **JSON, **here).status_code == 200
    answer = send(ASK, {"question": "Why?"}, **JSON, **neighbour)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert send(ASK, {"question": "Why?"}, **JSON, **there).status_code == 200


def test_refusals_are_pages_for_readers_without_script(desk: Desk) -> None:
    post_id = publish(desk, poll())
    withdraw_post(by=desk.by, post_id=post_id, reason="Wrong.", at=desk.tick())
    answer = send(of(post_id), {"option": "a"}, HTTP_ACCEPT="text/html")
    assert answer.status_code == 404
    assert b"withdrawn" in answer.content
    assert b'href="/live/surge"' in answer.content


@pytest.mark.parametrize(
    ("language", "words", "direction"),
    [
        ("de", "Ihre Frage hat 501 Zeichen", "ltr"),
        ("ar", "في سؤالك 501 حرفًا", "rtl"),
        ("pt", "Your question has 501", "ltr"),
    ],
)
def test_refusals_are_said_in_the_live_blogs_language(
    desk: Desk, language: str, words: str, direction: str
) -> None:
    LiveBlog.objects.filter(pk=desk.blog.pk).update(language=language)
    long = {"question": "x" * (limits.QUESTION_CHARS + 1)}
    assert words in send(ASK, long, **JSON).json()["detail"]
    page = send(ASK, long, HTTP_ACCEPT="text/html").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert words in page


@pytest.mark.parametrize("path", [of("0" * 20), ASK])
@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
@pytest.mark.usefixtures("desk")
def test_nothing_is_read_here(path: str, method: str) -> None:
    assert getattr(Client(), method)(path).status_code == 405
