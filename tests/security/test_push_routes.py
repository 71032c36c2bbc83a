"""Notifications: asked for by everybody alike, from this site's own pages, and never a way to reach another server."""

import pytest
from tests.people import People
from tests.push.push_service import PushService, push_service
from tests.security.addresses import METHODS, filled
from tests.security.cast import WHO, Scene, all_rows
from tests.security.expectations import PUSH

from stoppress.audience.door import FORM
from stoppress.lib import limits
from stoppress.lib.pace import Pace
from stoppress.push import services, views
from stoppress.push.models import Subscription

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def fields_of(service: PushService) -> dict[str, str]:
    from urllib.parse import urlencode

    phone = service.phone("one")
    one, two = (f"https://updates.push.services.mozilla.com/wpush/v2/{name}" for name in ("one", "two"))
    keys = {"p256dh": phone.p256dh, "auth": phone.auth, "key": phone.server_key, "wants": "key_events"}
    began, moved = keys | {"endpoint": one}, keys | {"endpoint": two, "was": one}
    return {route: urlencode(began if route.endswith("/notifications") else moved) for route in PUSH}


def test_everybody_is_the_same_reader(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    on = Scene(people)
    with push_service(PushService()) as service:
        sent = fields_of(service)
    for who in WHO:
        monkeypatch.setattr(views, "pace", Pace(limits.PUSH_SUBSCRIPTIONS_PER_MINUTE))
        browser = on.browser(who, csrf=True)
        rows = all_rows()
        for route, (taken, status) in PUSH.items():
            path = filled(route, {"slug": "surge"})
            for method in METHODS:
                answer = browser.generic(
                    method, path, sent[route], content_type=FORM, HTTP_ACCEPT="application/json"
                )
                is_taken = method == taken or (method, taken) == ("HEAD", "GET")
                assert answer.status_code == (status if is_taken else 405), (who, method, route)
                assert answer.headers["Cache-Control"] == "no-store, private"
                assert not answer.cookies
                before, rows = rows, all_rows()
                assert (rows == before) == (not (is_taken and method == "POST"))
        assert not Subscription.objects.exists(), "stopped: nothing is left"


def test_push_services_are_named_exactly() -> None:
    from stoppress.lib.http_out import OUTSIDE

    good = [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
    ]
    bad = [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evilfcm.googleapis.com/abc",
        "https://fcm.googleapis.com@evil.example/abc",
        "https://fcm.googleapis.com:8443/abc",
        "https://evil.example/?x=.notify.windows.com",
        "https://notify.windows.com/abc",
        "https://evilnotify.windows.com/abc",
        "https://127.0.0.1/abc",
        "https://169.254.169.254/latest",
        "https://[::1]/abc",
        "https://fcm.googleapis.com/" + "a" * limits.PUSH_ENDPOINT_CHARS,
        "https://fcm.googleapis.com\u3002evil.example/abc",
        "https://fcm.googleapis.com\\@evil.example/abc",
        "file:///etc/passwd",
        "",
    ]
    assert [address for address in good if not services.is_endpoint(address, OUTSIDE)] == []
    assert [address for address in bad if services.is_endpoint(address, OUTSIDE)] == []
