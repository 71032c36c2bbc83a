"""Finds in the logs what devices are to be told of, and forgets devices of live blogs that ended. For the worker."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from stoppress.events.kinds import Kind
from stoppress.lib import limits
from stoppress.liveblogs.models import Event, LiveBlog, Page, PagePost, Status
from stoppress.push.models import Alert, LogPlace, Subscription, Wants

_TELLING = (Kind.POST_PUBLISHED, Kind.POST_MARKED)


def read_logs(*, at: datetime) -> int:
    """Go on in the log of each live blog that somebody is told of; returns how many alerts were made.

    One transaction for each log: its place and its alerts move together, so that after a crash nothing is passed
    over and nothing made twice. An alert waits PUSH_WAIT_SECONDS; what it says is decided when it is sent.
    """
    behind = LogPlace.objects.filter(seq__lt=F("liveblog__last_seq")).values_list("pk", flat=True)
    return sum(_read(pk, at) for pk in list(behind))


def _read(blog_id: int, at: datetime) -> int:
    with transaction.atomic():
        place = LogPlace.objects.select_for_update().filter(pk=blog_id).first()
        if place is None:
            return 0
        newest = LiveBlog.objects.values_list("last_seq", flat=True).get(pk=blog_id)
        events = _telling(blog_id, (place.seq, newest), at)
        made = [alert for event in events for alert in _alerts(event)]
        before = Alert.objects.filter(liveblog_id=blog_id).count()
        Alert.objects.bulk_create(made, ignore_conflicts=True)  # a post that was marked twice is told once
        is_all = len(events) < limits.PUSH_EVENTS_AT_ONCE
        LogPlace.objects.filter(pk=blog_id).update(seq=newest if is_all else events[-1].seq)
        return Alert.objects.filter(liveblog_id=blog_id).count() - before


def _telling(blog_id: int, between: tuple[int, int], at: datetime) -> list[Event]:
    """The next events that may be news. Whatever lies between them is passed over at once, however much it is."""
    after, newest = between
    rows = Event.objects.filter(
        liveblog_id=blog_id,
        seq__gt=after,
        seq__lte=newest,
        kind__in=_TELLING,
        at__gte=at - timedelta(seconds=limits.PUSH_LATE_SECONDS),
    )
    return list(rows.order_by("seq")[: limits.PUSH_EVENTS_AT_ONCE])


def _alerts(event: Event) -> list[Alert]:
    """For whom the event is news: for all when it was published, for the others when it became a key event."""
    shown = PagePost.objects.filter(pk=event.post_id, withdrawn=False).values_list("pk", "key_event").first()
    if shown is None or _after_the_end(event):
        return []
    wanted = [Wants.KEY_EVENTS] if shown[1] else []
    if event.kind == Kind.POST_PUBLISHED:
        wanted.append(Wants.EVERYTHING)
    due_at = event.at + timedelta(seconds=limits.PUSH_WAIT_SECONDS)
    return [
        Alert(
            liveblog_id=event.liveblog_id,
            post_id=shown[0],
            wants=wants,
            seq=event.seq,
            at=event.at,
            due_at=due_at,
        )
        for wants in wanted
    ]


def _after_the_end(event: Event) -> bool:
    """Marks that an editor sets in a live blog that has ended are no news."""
    page = Page.objects.filter(pk=event.liveblog_id).values_list("status", "status_seq").first()
    return page is not None and page[0] == Status.CLOSED and event.seq > page[1]


def forget_ended(*, at: datetime) -> int:
    """Delete the subscriptions of live blogs that ended PUSH_CLOSED_SECONDS ago; returns how many live blogs."""
    long_ago = at - timedelta(seconds=limits.PUSH_CLOSED_SECONDS)
    ended = LiveBlog.objects.filter(status=Status.CLOSED, closed_at__lt=long_ago)
    places = LogPlace.objects.filter(liveblog__in=ended).values_list("pk", flat=True)
    forgotten = 0
    for blog_id in list(places):
        with transaction.atomic():
            Subscription.objects.filter(liveblog_id=blog_id).delete()
            Alert.objects.filter(liveblog_id=blog_id, ended_at=None).update(ended_at=at)
            LogPlace.objects.filter(pk=blog_id).delete()
        forgotten += 1
    return forgotten
