"""Hands out messages to be sent, and takes in what became of them. Called by `sender.py`.

The queue is in the rows: an alert goes through its subscriptions in their order, a few at a time; each device that is
being told has a row of its own until it was told or given up. A process that dies leaves rows that another takes up
again when PUSH_HELD_SECONDS are over: a device may then get the same message twice, under the same topic and id,
and shows it once; none is lost. Who is newer goes first, and a device is not told of something older afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from django.conf import settings
from django.db import transaction
from django.db.models import F

from stoppress.lib import limits
from stoppress.liveblogs.models import LiveBlog, PagePost
from stoppress.push.message import Told
from stoppress.push.models import Alert, Delivery, Subscription, Wants
from stoppress.push.server_key import server_key


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one device, as it is at this moment."""

    delivery_id: int
    alert_id: int
    liveblog_id: int
    device: str
    endpoint: str
    p256dh: str
    auth: str
    tries: int
    short: bool
    told: Told


class Fate(Enum):
    """What became of a message."""

    TAKEN = auto()  # by the push service, which keeps it until the device is there
    GONE = auto()  # the device is no more
    TOO_LONG = auto()
    LATER = auto()
    REFUSED = auto()  # for good


@dataclass(frozen=True, slots=True)
class Outcome:
    """A message and its fate. `wait`: seconds that the push service asked for before the next try."""

    parcel: Parcel
    fate: Fate
    wait: int = 0


def has_work(at: datetime) -> bool:
    """Whether anything is due."""
    due = Alert.objects.filter(ended_at=None, due_at__lte=at).exists()
    return due or Delivery.objects.filter(next_at__lte=at).exists()


def hand_out(*, most: int, at: datetime, under_way: Iterable[int] = ()) -> list[Parcel]:
    """Take up to `most` messages that are due. What they say is read here, so they are to be sent at once.

    `under_way`: deliveries that the caller is sending now; a process that stood still for longer than
    PUSH_HELD_SECONDS does not take them up a second time.
    """
    with transaction.atomic():
        parcels: list[Parcel] = []
        for alert in _by_urgency(Alert.objects.filter(ended_at=None, due_at__lte=at).select_for_update()):
            if len(parcels) < most:
                parcels += _fresh(alert, most - len(parcels), at)
        return parcels + _again(most - len(parcels), at, under_way) if len(parcels) < most else parcels


def _by_urgency(due: Iterable[Alert]) -> list[Alert]:
    """Key events first, for whoever wants everything too; of either kind the newest first."""
    alerts = list(due)
    key = set(
        PagePost.objects.filter(pk__in=[one.post_id for one in alerts], key_event=True).values_list("pk")
    )
    return sorted(
        alerts,
        key=lambda one: ((one.post_id,) not in key, -one.due_at.timestamp(), one.wants != Wants.KEY_EVENTS),
    )


def _fresh(alert: Alert, most: int, at: datetime) -> list[Parcel]:
    """The next devices of this alert; none of them when its post does not stand any more."""
    told = _told(alert, at)
    if told is None:
        _drop(alert, at)
        return []
    rows = Subscription.objects.filter(
        liveblog_id=alert.liveblog_id,
        wants=alert.wants,
        pk__gt=alert.reached,
        told_seq__lt=alert.seq,
        server_key=server_key().public,
    ).order_by("pk")
    next_ones = list(rows[:most])
    ended = at if len(next_ones) < most else None
    reached = next_ones[-1].pk if next_ones else alert.reached
    Alert.objects.filter(pk=alert.pk).update(
        reached=reached, ended_at=ended, handed=F("handed") + len(next_ones)
    )
    Subscription.objects.filter(pk__in=[one.pk for one in next_ones]).update(told_seq=alert.seq)
    return [_parcel(one, alert, told) for one in _put_deliveries(next_ones, alert, at)]


def _put_deliveries(subscriptions: list[Subscription], alert: Alert, at: datetime) -> list[Delivery]:
    """A row for each; one that waited with something older now carries this."""
    held = at + timedelta(seconds=limits.PUSH_HELD_SECONDS)
    Delivery.objects.bulk_create(
        [Delivery(subscription=one, alert=alert, next_at=held) for one in subscriptions],
        update_conflicts=True,
        unique_fields=["subscription"],
        update_fields=["alert", "next_at", "tries", "short"],
    )
    return list(Delivery.objects.select_related("subscription").filter(subscription__in=subscriptions))


def _drop(alert: Alert, at: datetime) -> None:
    """Nobody is told any more. An alert that reached nobody leaves no trace: marked again, its post is news again."""
    if alert.handed:
        Alert.objects.filter(pk=alert.pk).update(ended_at=at)
    else:
        Alert.objects.filter(pk=alert.pk).delete()


def _again(most: int, at: datetime, under_way: Iterable[int]) -> list[Parcel]:
    """Messages that are to be tried again, and those that were never settled. Called when no alert is due any more."""
    due = Delivery.objects.filter(next_at__lte=at).exclude(pk__in=list(under_way))
    rows = due.order_by("next_at").select_for_update(skip_locked=True)
    found = list(rows[:most])
    Delivery.objects.filter(pk__in=[one.pk for one in found]).update(
        next_at=at + timedelta(seconds=limits.PUSH_HELD_SECONDS)
    )
    parcels: list[Parcel] = []
    by_alert = Alert.objects.in_bulk({one.alert_id for one in found})
    told = {pk: _told(alert, at) for pk, alert in by_alert.items()}
    rows = Delivery.objects.select_related("subscription").filter(pk__in=[one.pk for one in found])
    for delivery in rows:
        words = told[delivery.alert_id]
        if words is None:
            delivery.delete()
        else:
            parcels.append(_parcel(delivery, by_alert[delivery.alert_id], words))
    return parcels


def _told(alert: Alert, at: datetime) -> Told | None:
    """What readers see of the post now, or None: withdrawn, no key event any more, or too long ago."""
    post = PagePost.objects.filter(pk=alert.post_id, withdrawn=False).first()
    old = at - alert.at > timedelta(seconds=limits.PUSH_KEPT_SECONDS)
    if post is None or old or (alert.wants == Wants.KEY_EVENTS and not post.key_event):
        return None
    blog = LiveBlog.objects.get(pk=alert.liveblog_id)
    return Told(
        slug=blog.slug,
        headline=blog.headline,
        title=post.title,
        language=blog.language,
        post_id=post.pk,
        seq=alert.seq,
        key_event=post.key_event,
        url=f"{settings.PUBLIC_URL}/live/{blog.slug}?from={post.pk}#post-{post.pk}",
    )


def _parcel(delivery: Delivery, alert: Alert, told: Told) -> Parcel:
    to = delivery.subscription
    return Parcel(
        delivery_id=delivery.pk,
        alert_id=alert.pk,
        liveblog_id=alert.liveblog_id,
        device=to.device,
        endpoint=to.endpoint,
        p256dh=to.p256dh,
        auth=to.auth,
        tries=delivery.tries,
        short=delivery.short,
        told=told,
    )


def settle(outcomes: Iterable[Outcome], *, at: datetime) -> None:
    """Write down what became of messages: told, forgotten with their device, or to be tried again."""
    taken: defaultdict[int, list[int]] = defaultdict(list)
    with transaction.atomic():
        for outcome in outcomes:
            if outcome.fate == Fate.TAKEN:
                taken[outcome.parcel.alert_id].append(outcome.parcel.delivery_id)
            else:
                _settle(outcome, at)
        for alert_id, delivery_ids in taken.items():
            _settle_taken(alert_id, delivery_ids, at)


def _settle_taken(alert_id: int, delivery_ids: list[int], at: datetime) -> None:
    told, _ = Delivery.objects.filter(pk__in=delivery_ids, alert_id=alert_id).delete()
    alert = Alert.objects.filter(pk=alert_id)
    alert.update(delivered=F("delivered") + told)
    alert.filter(at__gte=at - timedelta(seconds=limits.PUSH_SHARE_SECONDS)).update(
        in_time=F("in_time") + told
    )


def _settle(outcome: Outcome, at: datetime) -> None:
    parcel = outcome.parcel
    row = Delivery.objects.filter(pk=parcel.delivery_id, alert_id=parcel.alert_id)  # not what took its place
    if outcome.fate == Fate.GONE:
        Subscription.objects.filter(device=parcel.device).delete()
        Alert.objects.filter(pk=parcel.alert_id).update(gone=F("gone") + 1)
    elif outcome.fate == Fate.REFUSED or parcel.tries + 1 >= limits.PUSH_TRIES:
        row.delete()
    else:
        too_long = outcome.fate == Fate.TOO_LONG
        pause = 0 if too_long else max(outcome.wait, limits.PUSH_AGAIN_SECONDS * 2**parcel.tries)
        row.update(
            tries=F("tries") + 1,
            short=parcel.short or too_long,
            next_at=at + timedelta(seconds=min(pause, limits.PUSH_KEPT_SECONDS)),
        )
