"""What the desk shows of notifications, and the canary that says whether they go out at all."""

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from tests.liveblogs.newsdesk import Desk
from tests.push.ground import WAIT, Ground
from tests.push.push_service import PushService

from stoppress.lib import clock, limits
from stoppress.lib.http_out import Outside
from stoppress.liveblogs.models import LiveBlog
from stoppress.push import canary, queries
from stoppress.push.actions.subscribe import unsubscribe
from stoppress.push.models import Subscription, Wants

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def panel() -> str:
    html = render_to_string("desk/notifications_panel.html", {"blog": LiveBlog.objects.get(slug="surge")})
    return " ".join(html.split())


@pytest.mark.usefixtures("desk")
def test_nothing_where_nobody_ever_asked() -> None:
    assert panel() == ""


def test_share_within_two_minutes(ground: Ground) -> None:
    for number in range(3):
        ground.follow(f"phone-{number}")
    ground.follow("slow", 500, 201, wants=Wants.KEY_EVENTS)
    gone = ground.follow("gone", 410)
    ground.desk.publish("The gate is shut.", key_event=True)
    ground.turn()
    ground.turn(limits.PUSH_SHARE_SECONDS + 30)
    figures = queries.figures_of(ground.desk.blog)
    assert figures is not None
    assert (figures.key_events, figures.everything, figures.alerts, figures.share) == (1, 3, 2, 75)
    shown = panel()
    assert "4 devices: 1 for key events, 3 for every post." in shown
    assert "75% within two minutes" in shown
    assert gone.endpoint not in shown
    for number in range(3):
        unsubscribe(
            slug="surge", endpoint=f"http://127.0.0.1:{ground.service.server_port}/send/phone-{number}"
        )
    assert "1 device: 1 for key events, 0 for every post." in panel()


def test_the_canary_tries_the_whole_way(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    now = ground.at
    monkeypatch.setattr(clock, "now", lambda: now)
    assert not canary.is_due(now), "nobody is subscribed"
    ground.follow("one")
    assert canary.is_due(now)
    canary.sing(ground.service.outside)
    assert ground.service.strangers == ["/stoppress-canary"]
    assert ground.service["one"].asked == 0, "no reader's device is used for it"
    assert not canary.is_due(now + limits.PUSH_CANARY - timedelta(seconds=1))
    assert canary.is_due(now + limits.PUSH_CANARY)
    assert "may not go out" not in panel()


def test_a_canary_that_fails_or_falls_silent_is_seen_on_the_desk(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [ground.at]
    monkeypatch.setattr(clock, "now", lambda: moments[-1])
    ground.follow("one")
    canary.sing(Outside(ground.service.outside.test_servers, lambda _host, _port: []))
    assert "may not go out" in panel()
    assert "127.0.0.1" in panel()
    canary.sing(ground.service.outside)
    assert "may not go out" not in panel()
    moments.append(ground.at + limits.PUSH_CANARY_LATE + timedelta(seconds=1))
    assert "is the server&#x27;s worker running?" in panel()


def test_no_content_and_no_address_in_the_log(
    ground: Ground, service: PushService, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, status in enumerate([201, 404, 413, 429, 500, 400, -2]):
        ground.follow(f"phone-{number}", status)
    ground.desk.publish("Utterly secret words.", headline="A quiet headline")
    ground.turn()
    said = capsys.readouterr()
    text = said.out + said.err
    assert "refused" in text
    secrets = ("secret", "quiet", "/send/", "phone-", *(one.endpoint for one in Subscription.objects.all()))
    assert [word for word in secrets if word in text] == []
    assert service.strangers == []


def test_the_worker_reads_logs_and_sends_beside_its_loop(
    desk: Desk, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stoppress.worker import notify

    monkeypatch.setattr(notify, "_last", notify._Look())
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(seconds=WAIT))
    assert notify.notify() == 0
    assert notify._last.thread is None, "nothing is due, so nothing is begun"
    assert desk.blog.slug == "surge"
