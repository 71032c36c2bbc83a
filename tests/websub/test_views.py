"""The hub's door: what is kept, and what is refused with a sentence."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People

from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.websub import views
from stoppress.websub.models import Asked

pytestmark = [pytest.mark.database, pytest.mark.django_db]

TOPIC = f"{settings.PUBLIC_URL}/live/surge/feed.atom"
GOOD = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": "https://reader.example/told?list=7"}


@pytest.fixture(autouse=True)
def _new_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "pace", Pace(limits.WEBSUB_PER_MINUTE))


@pytest.fixture
def desk(people: People, noon: datetime) -> Desk:
    return open_desk(people("editor"), noon)


def send(**fields: str) -> Any:
    """`GOOD` with other fields; underscores for dots."""
    given = GOOD | {name.replace("_", ".", 1): value for name, value in fields.items()}
    body = urlencode(given)
    return Client(enforce_csrf_checks=True).post("/websub", body, content_type=views.FORM)


@pytest.mark.usefixtures("desk")
def test_a_request_is_kept_until_its_sender_is_asked() -> None:
    answer = send(hub_secret="s", hub_lease_seconds="60")
    assert (answer.status_code, answer.headers["Content-Type"]) == (202, "text/plain; charset=utf-8")
    assert not answer.cookies
    send(hub_lease_seconds="99999999")
    row = Asked.objects.get()  # the newest wish, once
    assert (row.feed, row.lease_seconds, row.secret) == ("feed.atom", limits.WEBSUB_LEASE_SECONDS_MAX, "")
    send(hub_secret="between us")
    stored = Asked.objects.get().secret
    assert stored
    assert "between us" not in stored


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("hub_mode", "publish", 400),
        ("hub_topic", f"{settings.PUBLIC_URL}/live/other/feed.atom", 404),
        ("hub_topic", f"{settings.PUBLIC_URL}/live/surge", 404),
        ("hub_topic", f"{settings.PUBLIC_URL}/live/surge/feed.atom?page=1", 404),
        ("hub_topic", "https://elsewhere.example/live/surge/feed.atom", 404),
        ("hub_topic", "", 404),
        ("hub_callback", "", 400),
        ("hub_callback", "ftp://reader.example/", 400),
        ("hub_callback", "https://reader.example:22/", 400),
        ("hub_callback", "https://ana:word@reader.example/", 400),
        ("hub_callback", "https://reader.example/a b", 400),
        ("hub_callback", "https://reader.example/ä", 400),
        ("hub_callback", f"https://reader.example/{'x' * limits.URL_CHARS}", 400),
        ("hub_secret", "ä" * 100, 400),
        ("hub_lease_seconds", "-1", 400),
        ("hub_lease_seconds", "9" * 40, 400),
    ],
)
def test_what_is_refused(field: str, value: str, status: int) -> None:
    answer = send(**{field: value})
    assert answer.status_code == status
    assert answer.content.endswith(b".\n")
    assert not Asked.objects.exists()


def test_a_draft_has_no_feed(people: People, noon: datetime) -> None:
    open_desk(people("editor"), noon, status="draft")
    assert send().status_code == 404


@pytest.mark.usefixtures("desk")
def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/websub").status_code == 405
    assert Client().post("/websub", "{}", content_type="application/json").status_code == 400
    assert send(hub_secret="x" * limits.WEBSUB_BODY_BYTES).status_code == 400
    with monkeypatch.context() as full:
        full.setattr(limits, "WEBSUB_ASKED", 0)
        assert send().status_code == 503
    monkeypatch.setattr(views, "pace", Pace(1))
    assert send().status_code == 202
    late = send()
    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")
