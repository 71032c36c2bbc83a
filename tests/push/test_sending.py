"""From the log to the phone: who is told what, when, and what becomes of it when a push service does not answer 201."""

from datetime import datetime, timedelta

import pytest
from tests.liveblogs.newsdesk import content
from tests.push.ground import WAIT, Ground
from tests.push.push_service import CUTS, DRIPS

from stoppress.lib import limits
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog, reopen_liveblog
from stoppress.liveblogs.actions.mark_post import mark_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post
from stoppress.push import sender
from stoppress.push.actions.hand_out import Outcome, settle
from stoppress.push.models import Alert, Delivery, LogPlace, Subscription, Wants

pytestmark = [pytest.mark.database, pytest.mark.django_db]

KEY = Wants.KEY_EVENTS


def test_row_29_opt_in_per_live_blog_key_events_or_everything(ground: Ground) -> None:
    ground.follow("all")
    ground.follow("few", wants=KEY)
    ground.desk.publish("A boat came in.")
    ground.turn()
    turning = ground.desk.publish("The gate is shut.", key_event=True)
    ground.turn()
    assert ground.service["all"].titles == ["A boat came in.", "The gate is shut."]
    assert ground.service["few"].titles == ["The gate is shut."]
    sent = ground.service["few"].got[0]
    assert sent == {
        "web_push": 8030,
        "notification": {
            "title": "Storm surge reaches the harbour",
            "body": "The gate is shut.",
            "lang": "en",
            "dir": "ltr",
            "tag": "live-surge",
            "navigate": f"http://testserver/live/surge?from={turning.post_id}#post-{turning.post_id}",
            "data": {"post": turning.post_id, "seq": turning.seq, "key_event": True},
        },
    }


def test_what_a_push_service_sees(ground: Ground) -> None:
    ground.follow("one")
    ground.follow("other")
    ground.desk.publish("A boat came in.", key_event=True)
    ground.turn()
    (head,), (other,) = ground.service["one"].heads, ground.service["other"].heads
    assert head["authorization"].startswith("vapid t=")
    assert (head["content-encoding"], head["urgency"]) == ("aes128gcm", "high")
    assert head["ttl"] == str(limits.PUSH_KEPT_SECONDS)
    assert len(head["topic"]) == 32
    assert head["topic"] != other["topic"], "readers of one live blog cannot be brought together"
    ground.desk.publish("Another.")
    ground.turn()
    assert [one["topic"] for one in ground.service["one"].heads] == [head["topic"]] * 2
    assert ground.service["one"].heads[1]["urgency"] == "normal"


def test_nobody_is_told_of_what_was_before(ground: Ground) -> None:
    ground.desk.publish("Before.")
    ground.follow("late")
    ground.turn()
    assert ground.service["late"].asked == 0


def test_waits_out_second_thoughts(ground: Ground) -> None:
    ground.follow("all")
    ground.desk.publish("A slip.")
    assert ground.turn(WAIT - 1) == 0
    assert ground.turn(WAIT) == 1


def test_what_is_withdrawn_meanwhile_is_never_sent(ground: Ground) -> None:
    ground.follow("all")
    ground.follow("few", wants=KEY)
    post = ground.desk.publish("A slip.", key_event=True)
    ground.turn(1)
    assert Alert.objects.count() == 2
    withdraw_post(by=ground.desk.by, post_id=post.post_id, reason="Wrong.", at=ground.desk.at)
    ground.turn()
    assert [phone.asked for phone in ground.service.phones.values()] == [0, 0]
    assert not Alert.objects.exists()


def test_what_is_withdrawn_while_it_waits_for_another_try_is_not_sent_again(ground: Ground) -> None:
    ground.follow("all", 500, 201)
    post = ground.desk.publish("A slip.")
    ground.turn()
    withdraw_post(by=ground.desk.by, post_id=post.post_id, reason="Wrong.", at=ground.desk.at)
    ground.turn(WAIT + 600)
    assert ground.service["all"].asked == 1
    assert not Delivery.objects.exists()


def test_what_is_a_key_event_no_more_is_not_told_as_one(ground: Ground) -> None:
    ground.follow("few", wants=KEY)
    post = ground.desk.publish("A boat came in.", key_event=True)
    ground.turn(1)
    mark_post(by=ground.desk.by, post_id=post.post_id, key_event=False, at=ground.desk.at)
    ground.turn()
    assert ground.service["few"].asked == 0
    mark_post(by=ground.desk.by, post_id=post.post_id, key_event=True, at=ground.desk.tick())
    ground.turn()
    assert ground.service["few"].titles == ["A boat came in."]


def test_a_post_that_becomes_a_key_event_is_told_once_to_each(ground: Ground) -> None:
    ground.follow("all")
    ground.follow("few", wants=KEY)
    post = ground.desk.publish("A boat came in.")
    ground.turn()
    for mark in (True, False, True):
        mark_post(by=ground.desk.by, post_id=post.post_id, key_event=mark, at=ground.desk.tick())
        ground.turn()
    assert [phone.asked for phone in ground.service.phones.values()] == [1, 1]


def test_words_are_those_of_the_moment_of_sending(ground: Ground) -> None:
    ground.follow("all")
    post = ground.desk.publish("The gaet is shut.")
    ground.turn(1)
    amend_post(
        by=ground.desk.by, post_id=post.post_id, content=content("The gate is shut."), at=ground.desk.at
    )
    ground.turn()
    assert ground.service["all"].titles == ["The gate is shut."]


def test_edits_are_no_news(ground: Ground) -> None:
    ground.follow("all")
    post = ground.desk.publish("The gaet is shut.")
    ground.turn()
    amend_post(by=ground.desk.by, post_id=post.post_id, content=content("The gate."), at=ground.desk.tick())
    assert ground.turn() == 0


# --- the end ------------------------------------------------------------------------------------------


def test_the_close_ends_it(ground: Ground) -> None:
    ground.follow("few", wants=KEY)
    post = ground.desk.publish("The last word.", key_event=True)
    plain = ground.desk.publish("A detail.")
    close_liveblog(by=ground.desk.by, slug="surge", at=ground.desk.at)
    ground.turn()
    assert ground.service["few"].titles == ["The last word."], "what came before the end is told"
    mark_post(by=ground.desk.by, post_id=plain.post_id, key_event=True, at=ground.desk.tick())
    ground.turn()
    assert ground.service["few"].asked == 1, "marks that are set afterwards are no news"
    ground.turn(limits.PUSH_CLOSED_SECONDS + 120)
    assert not Subscription.objects.exists()
    assert not LogPlace.objects.exists()
    assert post.post_id


def test_who_closed_by_mistake_and_reopens_loses_nobody(ground: Ground) -> None:
    ground.follow("all")
    close_liveblog(by=ground.desk.by, slug="surge", at=ground.desk.tick())
    ground.turn()
    reopen_liveblog(by=ground.desk.by, slug="surge", at=ground.desk.tick())
    ground.desk.publish("It goes on.")
    ground.turn()
    assert ground.service["all"].titles == ["It goes on."]


# --- what push services answer ----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_everywhere(ground: Ground, status: int) -> None:
    ground.follow("gone", status)
    ground.follow("there")
    ground.desk.publish("A boat came in.")
    ground.turn()
    left = Subscription.objects.get()
    assert left.endpoint.endswith("/there")
    assert not Delivery.objects.exists()
    alert = Alert.objects.get()
    assert (alert.handed, alert.delivered, alert.in_time, alert.gone) == (2, 1, 1, 1)


def test_what_is_too_long_is_shortened(ground: Ground) -> None:
    ground.follow("small", 413, 201)
    ground.desk.publish("A boat came in.", headline="Word " * 39)
    ground.turn()
    (told,) = ground.service["small"].titles
    assert len(told) <= limits.PUSH_SHORT_CHARS
    assert told.endswith("…")


def test_what_is_still_too_long_is_given_up(ground: Ground) -> None:
    ground.follow("smaller", 413)
    ground.desk.publish("A boat came in.")
    ground.turn()
    assert ground.service["smaller"].asked == 2
    assert not Delivery.objects.exists()
    assert Subscription.objects.exists()


@pytest.mark.parametrize("answer", [429, 500, 503, CUTS])
def test_what_fails_is_tried_again_later(ground: Ground, answer: int) -> None:
    ground.follow("slow", answer, 201)
    ground.desk.publish("A boat came in.")
    ground.turn()
    assert ground.turn(WAIT + limits.PUSH_AGAIN_SECONDS - 1) == 0
    ground.turn(WAIT + limits.PUSH_AGAIN_SECONDS)
    assert ground.service["slow"].titles == ["A boat came in."]
    assert Alert.objects.get().delivered == 1


def test_retry_after_is_obeyed(ground: Ground) -> None:
    ground.follow("busy", 429, 201, retry_after="300")
    ground.desk.publish("A boat came in.")
    ground.turn()
    assert ground.turn(WAIT + 299) == 0
    assert ground.turn(WAIT + 300) == 1


def test_tries_are_bounded(ground: Ground) -> None:
    ground.follow("down", 500)
    ground.desk.publish("A boat came in.")
    for minute in range(40):
        ground.turn(WAIT + minute * 60)
    assert ground.service["down"].asked == limits.PUSH_TRIES
    assert not Delivery.objects.exists()
    assert Subscription.objects.exists(), "a service that is down costs nobody the subscription"


def test_what_is_refused_is_not_tried_again(ground: Ground) -> None:
    ground.follow("strict", 400)
    ground.desk.publish("A boat came in.")
    ground.turn()
    ground.turn(WAIT + 600)
    assert ground.service["strict"].asked == 1


def test_one_that_drips_delays_nobody_else(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PUSH_AT_ONCE", 4)
    monkeypatch.setattr(
        limits, "PUSH_SECONDS", 100
    )  # the dripping ends when all others were told, not before
    ground.follow("drips", DRIPS)
    for number in range(30):
        ground.follow(f"phone-{number}")
    ground.desk.publish("A boat came in.")
    order: list[str] = []

    def noting(outcomes: list[Outcome], at: datetime) -> None:
        order.extend(one.parcel.endpoint for one in outcomes)
        settle(outcomes, at=at)
        if len(order) == 30:
            ground.service.ends.set()

    monkeypatch.setattr(sender, "settle", noting)
    ground.turn()
    told = [phone for phone in ground.service.phones.values() if phone.got]
    assert len(told) == 30
    assert order[-1].endswith("/drips")
    assert Delivery.objects.get().tries == 1


# --- order and repetition -------------------------------------------------------------------------------


def test_a_late_try_never_takes_the_place_of_something_newer(ground: Ground) -> None:
    ground.follow("slow", 500, 201)
    ground.desk.publish("Older.")
    ground.turn()
    ground.desk.publish("Newer.")
    ground.turn()
    ground.turn(WAIT + 600)
    assert ground.service["slow"].titles == ["Newer."]


def test_of_a_backlog_the_newest_is_told(ground: Ground) -> None:
    ground.follow("all")
    for number in range(5):
        ground.desk.publish(f"Number {number}.")
    ground.turn()
    assert ground.service["all"].titles == ["Number 4."]


def test_a_worker_that_was_away_tells_nothing_stale(ground: Ground) -> None:
    ground.follow("all")
    ground.desk.publish("Long ago.")
    assert ground.turn(limits.PUSH_LATE_SECONDS + 1) == 0


def test_a_process_that_died_loses_nobody(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """It died after the push services had taken the messages and before it could write that down."""
    for number in range(10):
        ground.follow(f"phone-{number}")
    post = ground.desk.publish("A boat came in.")

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sender, "settle", dies)
        with pytest.raises(KeyboardInterrupt):
            ground.turn()
    assert ground.turn(WAIT + limits.PUSH_HELD_SECONDS - 1) == 0
    ground.turn(WAIT + limits.PUSH_HELD_SECONDS)
    for phone in ground.service.phones.values():
        assert phone.asked == 2
        assert {head["topic"] for head in phone.heads} == {phone.heads[0]["topic"]}
        assert {one["notification"]["data"]["post"] for one in phone.got} == {post.post_id}
    alert = Alert.objects.get()
    assert (alert.handed, alert.delivered) == (10, 10)


def test_in_time_is_within_two_minutes_of_the_post(ground: Ground) -> None:
    ground.follow("quick")
    ground.follow("slow", 500, 201)
    ground.desk.publish("A boat came in.")
    ground.turn()
    ground.turn(limits.PUSH_SHARE_SECONDS + 1)
    alert = Alert.objects.get()
    assert (alert.handed, alert.delivered, alert.in_time) == (2, 2, 1)
    assert alert.due_at - alert.at == timedelta(seconds=WAIT)
