"""F21, F27: the worker comes back to a long queue, or stood still while it was sending."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests.chaos.checker import Verdict
from tests.chaos.form import sized
from tests.liveblogs.newsdesk import open_desk
from tests.people import People
from tests.push.ground import Ground
from tests.push.push_service import DRIPS, PushService, push_service

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.liveblogs.models import Event, LiveBlog
from stoppress.push.actions.hand_out import hand_out
from stoppress.push.actions.read_log import read_logs
from stoppress.push.models import Alert, Subscription, Wants
from stoppress.push.sender import send_due
from stoppress.push.server_key import server_key

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.timeout(1_800)]

DEVICES = sized(1_500, 100_000)
EVENTS = sized(4_000, 100_000)


@pytest.fixture
def ground(people: People, noon: datetime) -> Iterator[Ground]:
    """A live blog, and a push service with phones."""
    with push_service(PushService()) as service:
        desk = open_desk(people("editor"), noon)
        yield Ground(desk, service, desk.at)


def many(blog: LiveBlog, seq: int) -> None:
    """So many devices of either kind, told of nothing yet."""
    Subscription.objects.bulk_create(
        (
            Subscription(
                liveblog=blog,
                device=f"{wants}{number}",
                endpoint=f"https://updates.push.services.mozilla.com/{wants}{number}",
                p256dh="B" * 87,
                auth="a" * 22,
                server_key=server_key().public,
                wants=wants,
                told_seq=seq,
            )
            for wants in Wants
            for number in range(DEVICES // 2)
        ),
        batch_size=500,
    )


@pytest.mark.fault("F27", "a long queue before the worker")
def test_the_newest_key_event_goes_out_before_the_queue(ground: Ground, verdict: Verdict) -> None:
    desk = ground.desk
    ground.follow("one")
    many(desk.blog, desk.publish("Before.").seq)
    desk.publish("An older turning point.", key_event=True)
    for number in range(20):
        desk.publish(f"Detail {number}.")
    read_logs(at=desk.at)
    at = desk.at + timedelta(seconds=limits.PUSH_WAIT_SECONDS)
    assert hand_out(most=limits.PUSH_AT_ONCE, at=at), "the queue is being told"
    breaking = desk.publish("The dam broke.", key_event=True)
    at = desk.at + timedelta(seconds=limits.PUSH_WAIT_SECONDS)
    read_logs(at=at)
    told = [hand_out(most=limits.PUSH_AT_ONCE, at=at) for _ in range(3)]
    assert {parcel.told.post_id for parcel in itertools.chain(*told)} == {breaking.post_id}
    while Alert.objects.filter(post_id=breaking.post_id, ended_at=None).exists():
        more = {parcel.told.post_id for parcel in hand_out(most=1_000, at=at)}
        assert more <= {breaking.post_id}, "whoever wants everything waits for the queue"
    verdict.broken = f"{DEVICES:,} devices waiting for 21 older messages when a key event is published"
    verdict.note = "it is in the next messages that go out"
    verdict.settle()


@pytest.mark.fault("F27", "a long log before the worker")
def test_a_worker_that_finds_a_long_log_tells_the_newest_in_its_next_look(
    ground: Ground, verdict: Verdict
) -> None:
    """A worker was down; meanwhile polls were counted and marks set, thousands of times, or much was imported."""
    desk = ground.desk
    ground.follow("one")
    first = desk.publish("Long ago.")
    blog = LiveBlog.objects.get(pk=desk.blog.pk)
    long_ago = desk.at - timedelta(seconds=2 * limits.PUSH_LATE_SECONDS)
    kinds = itertools.cycle((Kind.POST_PUBLISHED, Kind.POST_MARKED, Kind.HEAD_CHANGED))
    Event.objects.bulk_create(
        (
            Event(
                liveblog=blog,
                seq=blog.last_seq + number,
                kind=next(kinds),
                post_id=first.post_id,
                by="Ed",
                at=long_ago,
            )
            for number in range(1, EVENTS + 1)
        ),
        batch_size=500,
    )
    LiveBlog.objects.filter(pk=blog.pk).update(last_seq=blog.last_seq + EVENTS)
    newest = desk.publish("The dam broke.")
    assert ground.turn() == 1
    assert [one["notification"]["data"]["post"] for one in ground.service["one"].got] == [newest.post_id]
    verdict.broken = f"{EVENTS:,} events unread when a post is published"
    verdict.note = "told with the worker's next look"
    verdict.settle()


@pytest.mark.fault("F21", "the worker stopped while it sends")
def test_a_worker_that_stood_still_sends_nothing_twice(
    ground: Ground, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it has on its way when it stops is not due again for itself when it goes on, minutes later."""
    monkeypatch.setattr(limits, "PUSH_SECONDS", 100)
    ground.follow("slow", DRIPS)
    for number in range(5):
        ground.follow(f"phone-{number}")
    ground.desk.publish("The dam broke.")
    at = ground.desk.at + timedelta(seconds=limits.PUSH_WAIT_SECONDS)
    read_logs(at=at)
    looks = itertools.count()

    def stopped() -> datetime:
        look = next(looks)
        if look > 60:
            ground.service.ends.set()
        return at + timedelta(seconds=0 if look < 4 else 10 * limits.PUSH_HELD_SECONDS)

    send_due(ground.service.outside, stopped)
    assert {phone.asked for phone in ground.service.phones.values()} == {1}
    verdict.broken = f"the clock moves by {10 * limits.PUSH_HELD_SECONDS} s while a message is on its way"
    verdict.note = "sent once"
    verdict.settle()
