"""The doors for readers' pages: what they take, what they refuse, and that stopping leaves nothing."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.liveblogs.newsdesk import Desk, open_desk
from tests.people import People
from tests.push.push_service import PushService

from stoppress.audience.door import FORM
from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.push import views
from stoppress.push.models import Subscription, Wants
from stoppress.push.server_key import from_base64url

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ENDPOINT = "https://fcm.googleapis.com/fcm/send/one"
ADDRESS = "/audience/surge/notifications"
RENEWED = "/audience/notifications/renewed"


@pytest.fixture
def fields(desk: Desk, service: PushService, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(views, "pace", Pace(limits.PUSH_SUBSCRIPTIONS_PER_MINUTE))
    phone = service.phone("one")
    assert desk.blog.slug == "surge"
    key = Client().get(f"{ADDRESS}/key").json()["key"]
    return {
        "endpoint": ENDPOINT,
        "p256dh": phone.p256dh,
        "auth": phone.auth,
        "key": key,
        "wants": "key_events",
    }


def send(path: str, fields: dict[str, str], **headers: Any) -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(
        path, urlencode(fields), content_type=FORM, **({"HTTP_ACCEPT": "application/json"} | headers)
    )


def test_the_key_is_a_point_that_browsers_take_and_stays_the_same(fields: dict[str, str]) -> None:
    point = from_base64url(fields["key"])
    assert (len(point), point[0]) == (65, 4)
    assert Client().get(f"{ADDRESS}/key").json() == {"key": fields["key"]}


def test_begin_choose_otherwise_and_stop(fields: dict[str, str]) -> None:
    assert send(ADDRESS, fields).json() == {"wants": "key_events"}
    assert send(ADDRESS, fields | {"wants": "everything"}).json() == {"wants": "everything"}
    assert Subscription.objects.get().wants == Wants.EVERYTHING
    assert send(f"{ADDRESS}/stop", {"endpoint": ENDPOINT}).json() == {"wants": ""}
    assert send(f"{ADDRESS}/stop", {"endpoint": ENDPOINT}).json() == {"wants": ""}
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"endpoint": "https://evil.example/send"}, 422),
        ({"endpoint": "http://127.0.0.1/send"}, 422),
        ({"p256dh": "AAAA"}, 422),
        ({"p256dh": "B" + "A" * 86}, 422),
        ({"auth": "AAAA"}, 422),
        ({"auth": "!" * 22}, 422),
        ({"wants": "all"}, 422),
        ({"key": "B" + "A" * 86}, 409),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    fields: dict[str, str], wrong: dict[str, str], status: int
) -> None:
    answer = send(ADDRESS, fields | wrong)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"].endswith(".")
    assert not Subscription.objects.exists()


def test_not_from_another_sites_page(fields: dict[str, str]) -> None:
    assert send(ADDRESS, fields, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert send(ADDRESS, fields, HTTP_ORIGIN="https://evil.example").status_code == 403


def test_not_without_end(fields: dict[str, str]) -> None:
    many = [send(ADDRESS, fields).status_code for _ in range(limits.PUSH_SUBSCRIPTIONS_PER_MINUTE + 1)]
    assert many[-1] == 429
    assert set(many[:-1]) == {200}


def test_not_of_what_has_ended_or_is_not_there(desk: Desk, fields: dict[str, str]) -> None:
    close_liveblog(by=desk.by, slug="surge", at=desk.tick())
    assert send(ADDRESS, fields).status_code == 409
    assert send("/audience/calm/notifications", fields).status_code == 404


def test_a_full_live_blog_takes_no_more(fields: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PUSH_SUBSCRIPTIONS", 1)
    assert send(ADDRESS, fields).status_code == 200
    assert send(ADDRESS, fields | {"endpoint": f"{ENDPOINT}-more"}).status_code == 409
    assert send(ADDRESS, fields).status_code == 200, "who is there may still choose otherwise"


def test_a_renewed_subscription_takes_the_old_ones_place_everywhere(
    fields: dict[str, str], people: People, noon: datetime
) -> None:
    open_desk(people("editor"), noon, slug="ebb")
    other = f"{ENDPOINT}-new"
    for slug in ("surge", "ebb"):
        send(f"/audience/{slug}/notifications", fields | {"wants": "everything"})
    send(ADDRESS, fields | {"endpoint": other})  # the page was quicker, here
    moved = send(RENEWED, fields | {"was": ENDPOINT, "endpoint": other})
    assert (moved.status_code, moved.json()) == (200, {"renewed": 1})
    kept = Subscription.objects.order_by("liveblog__slug").values_list("liveblog__slug", "endpoint", "wants")
    assert list(kept) == [("ebb", other, "everything"), ("surge", other, "key_events")]
    assert send(RENEWED, fields | {"was": ENDPOINT, "endpoint": other}).json() == {"renewed": 0}
    assert send(RENEWED, fields | {"was": other, "endpoint": other}).json() == {"renewed": 2}
    assert send(f"{ADDRESS}/stop", {"endpoint": other}).status_code == 200
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"endpoint": "https://evil.example/send"}, 422),
        ({"auth": "AAAA"}, 422),
        ({"key": "B" + "A" * 86}, 409),
    ],
)
def test_a_renewed_one_that_does_not_fit_moves_nothing(
    fields: dict[str, str], wrong: dict[str, str], status: int
) -> None:
    send(ADDRESS, fields)
    asked = fields | {"was": ENDPOINT, "endpoint": f"{ENDPOINT}-new"} | wrong
    assert send(RENEWED, asked).status_code == status
    assert send(RENEWED, fields | {"was": ENDPOINT}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert Subscription.objects.get().endpoint == ENDPOINT
