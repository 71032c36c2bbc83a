"""Our own hub, against a subscriber on loopback: asked first, then told, signed, of every change; and forgotten."""

import asyncio
import hmac
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest
from django.conf import settings
from django.db import connection
from tests.edge.client import Reply
from tests.edge.client import ask as ask_edge
from tests.liveblogs.newsdesk import Desk, content
from tests.websub.subscribers import Standing

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import Store
from stoppress.lib import limits
from stoppress.lib.feed_documents import TYPES
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.shift import start_shift
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.liveblogs.served_feeds import served_feed
from stoppress.render.addresses import entry_id
from stoppress.websub.actions.ask import Wish, ask
from stoppress.websub.actions.settle import forget_ended
from stoppress.websub.hub import Hub
from stoppress.websub.models import Asked, Published, Subscription
from stoppress.websub.senders import Senders

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def topic(feed: str = "feed.atom") -> str:
    return f"{settings.PUBLIC_URL}/live/surge/{feed}"


def wish(subscriber: Standing, feed: str = "feed.atom", mode: str = "subscribe", **more: str) -> Wish:
    return Wish(mode=mode, topic=topic(feed), callback=subscriber.url("/told?list=7"), **more)


def turns(hub: Hub, at: datetime) -> None:
    """Until nothing is due at that moment."""
    while True:
        given = hub.turn(at)
        hub.senders.wait()
        if not given and not hub.turn(at):
            return
        hub.senders.wait()


def subscribed(desk: Desk, subscriber: Standing, feed: str = "feed.atom", **more: str) -> Hub:
    hub = Hub(subscriber.outside)
    ask(wish=wish(subscriber, feed, **more), at=desk.at, outside=subscriber.outside)
    turns(hub, desk.at)
    return hub


def store() -> Store:
    """The edge's own store, on the database of this test."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return SqliteStore(Path(str(facts["NAME"])))
    user, password = quote(str(facts["USER"])), quote(str(facts["PASSWORD"]))
    return PostgresStore(f"postgresql://{user}:{password}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}")


def later(desk: Desk) -> datetime:
    return desk.at + timedelta(seconds=limits.WEBSUB_PAUSE_SECONDS)


def test_who_asked_is_asked_back_before_anything_is_sent(desk: Desk, subscriber: Standing) -> None:
    desk.publish("Before.")
    hub = subscribed(desk, subscriber, lease_seconds="86400")
    (asked,) = subscriber.asked
    assert {name: asked[name] for name in ("list", "hub.mode", "hub.topic", "hub.lease_seconds")} == {
        "list": "7",
        "hub.mode": "subscribe",
        "hub.topic": topic(),
        "hub.lease_seconds": "86400",
    }
    assert Subscription.objects.get().lease_until == desk.at + timedelta(days=1)
    assert not Asked.objects.exists()
    turns(hub, later(desk))
    assert not subscriber.told  # what stood there before they read in the feed


def test_whoever_does_not_know_of_it_is_left_alone(desk: Desk, subscriber: Standing) -> None:
    subscriber.echoes = False
    subscribed(desk, subscriber)
    assert not Subscription.objects.exists()
    assert not Asked.objects.exists()


def test_row_30_a_subscriber_gets_each_change_at_once_and_signed(desk: Desk, subscriber: Standing) -> None:
    hub = subscribed(desk, subscriber, secret="between us")
    post = desk.publish("The gate is shut.").post_id
    turns(hub, desk.at)
    (told,) = subscriber.told
    assert told.path == "/told?list=7"
    assert told.headers["content-type"] == TYPES["feed.atom"]
    assert told.headers["link"] == f'<{settings.PUBLIC_URL}/websub>; rel="hub", <{topic()}>; rel="self"'
    signature = hmac.new(b"between us", told.body, "sha256").hexdigest()
    assert told.headers["x-hub-signature"] == f"sha256={signature}"
    assert [each.id for each in feedparser.parse(told.body).entries] == [entry_id(post)]
    withdraw_post(by=desk.by, post_id=post, reason="It named the wrong man.", at=desk.tick())
    turns(hub, desk.at)
    assert b"The gate is shut." not in subscriber.told[1].body
    assert entry_id(post).encode() in subscriber.told[1].body  # its tombstone


def test_nobody_hears_of_drafts_or_twice_of_the_same(desk: Desk, subscriber: Standing) -> None:
    hub = subscribed(desk, subscriber, feed="feed.json")
    desk.publish("Public.")
    turns(hub, desk.at)
    draft_post(by=desk.by, slug="surge", content=content("CANARY"), at=desk.tick())
    turns(hub, desk.at)
    start_shift(by=desk.by, slug="surge", at=desk.tick())  # moves the number; this feed says nothing of it
    turns(hub, desk.at)
    assert len(subscriber.told) == 1
    assert b"CANARY" not in subscriber.told[0].body


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_is_what_the_edge_serves(desk: Desk, tmp_path: Path) -> None:
    made = [desk.publish(f"Number {number}.").post_id for number in range(2 * limits.PAGE_POSTS + 1)]
    withdraw_post(by=desk.by, post_id=made[0], reason="Wrong.", at=desk.tick())

    async def served_now() -> dict[str, Reply]:
        asked = store()
        edge = Edge(store=asked, bus=MemoryBus(), media_root=tmp_path, public_url=settings.PUBLIC_URL)
        try:
            return {feed: await ask_edge(edge, f"/live/surge/{feed}") for feed in TYPES}
        finally:
            await asked.close()

    for feed, served in asyncio.run(served_now()).items():
        sent = served_feed(desk.blog, feed, f"{settings.PUBLIC_URL}/websub")
        assert sent is not None
        assert sent.body == served.body
        assert served.headers["stoppress-seq"] == str(sent.seq)


def test_a_failure_is_tried_again_later_and_later(desk: Desk, subscriber: Standing) -> None:
    hub = subscribed(desk, subscriber)
    subscriber.status = 500
    desk.publish()
    turns(hub, desk.at)
    assert len(subscriber.told) == 1
    turns(hub, desk.at + timedelta(seconds=limits.WEBSUB_RETRY_SECONDS - 1))
    assert len(subscriber.told) == 1
    again = desk.at + timedelta(seconds=limits.WEBSUB_RETRY_SECONDS)
    turns(hub, again)
    turns(hub, again + timedelta(seconds=2 * limits.WEBSUB_RETRY_SECONDS - 1))
    assert len(subscriber.told) == 2
    subscriber.status = 204
    turns(hub, again + timedelta(seconds=2 * limits.WEBSUB_RETRY_SECONDS))
    row = Subscription.objects.get()
    assert (len(subscriber.told), row.failures) == (3, 0)
    assert row.sent_seq > 0


@pytest.mark.parametrize(("status", "failures"), [(410, 0), (500, limits.WEBSUB_FAILURES - 1)])
def test_who_is_gone_is_forgotten(desk: Desk, subscriber: Standing, status: int, failures: int) -> None:
    hub = subscribed(desk, subscriber)
    Subscription.objects.update(failures=failures)
    subscriber.status = status
    desk.publish()
    turns(hub, desk.at)
    assert not Subscription.objects.exists()


def test_unsubscribing_is_asked_back_too(desk: Desk, subscriber: Standing) -> None:
    hub = subscribed(desk, subscriber)
    subscriber.echoes = False
    ask(wish=wish(subscriber, mode="unsubscribe"), at=desk.at, outside=subscriber.outside)
    turns(hub, desk.at)
    assert Subscription.objects.exists()  # somebody else asked
    subscriber.echoes = True
    ask(wish=wish(subscriber, mode="unsubscribe"), at=desk.at, outside=subscriber.outside)
    turns(hub, desk.at)
    assert not Subscription.objects.exists()
    assert "hub.lease_seconds" not in subscriber.asked[-1]


def test_a_lease_ends(desk: Desk, subscriber: Standing) -> None:
    hub = subscribed(desk, subscriber, lease_seconds="300")
    desk.publish()
    ended = desk.at + timedelta(seconds=300)
    turns(hub, ended)
    assert not subscriber.told
    assert forget_ended(ended) == 1


def test_asking_again_renews_the_lease_and_loses_nothing(desk: Desk, subscriber: Standing) -> None:
    hub = subscribed(desk, subscriber)
    desk.publish()
    ask(wish=wish(subscriber, lease_seconds="600"), at=desk.at, outside=subscriber.outside)
    turns(hub, desk.at)
    assert len(subscriber.told) == 1
    assert Subscription.objects.get().lease_until == desk.at + timedelta(seconds=600)


def test_a_worker_that_dies_leaves_its_part_to_another(
    desk: Desk, subscriber: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(desk, subscriber)
    desk.publish()
    with monkeypatch.context() as dying:
        dying.setattr(Senders, "send", lambda *_: None)  # it took the rows over and died
        assert Hub(subscriber.outside).turn(desk.at) == 1
    other = Hub(subscriber.outside)
    assert other.turn(desk.at) == 0
    turns(other, desk.at + timedelta(seconds=limits.WEBSUB_CLAIM_SECONDS))
    assert len(subscriber.told) == 1


def test_private_addresses_are_never_asked(desk: Desk, subscriber: Standing) -> None:
    ask(wish=Wish(mode="subscribe", topic=topic(), callback="http://127.0.0.1/told"), at=desk.at)
    hub = Hub()  # the true outside world
    for _ in range(limits.WEBSUB_ASK_TRIES):
        turns(hub, desk.at)
        desk.at += timedelta(hours=1)
    assert not Asked.objects.exists()
    assert not Subscription.objects.exists()
    assert not subscriber.asked


def test_a_hub_of_others_is_told_which_feeds_are_new(
    desk: Desk, subscriber: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "WEBSUB_HUB", subscriber.url("/publish"))
    hub = Hub(subscriber.outside)
    turns(hub, desk.at)
    subscriber.told.clear()
    desk.publish("CANARY")
    subscriber.status = 503
    turns(hub, later(desk))
    subscriber.status = 204
    turns(hub, later(desk) + timedelta(seconds=limits.WEBSUB_RETRY_SECONDS))
    assert [told.path for told in subscriber.told] == ["/publish", "/publish"]
    form = subscriber.told[-1].body.decode()
    assert form.startswith("hub.mode=publish&hub.url=")
    assert form.count("hub.url=") == len(TYPES)
    assert "CANARY" not in form
    assert Published.objects.get().failures == 0
    turns(hub, later(desk) + timedelta(hours=1))
    assert len(subscriber.told) == 2
