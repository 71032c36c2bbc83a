"""What others ask of this room. Called by the desk's template tag (figures), `canary.py` and `stoppress doctor`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from stoppress.lib import clock, limits
from stoppress.liveblogs.models import LiveBlog
from stoppress.push.models import Alert, Canary, LogPlace, Subscription, Wants


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one live blog. `share`: per cent told within PUSH_SHARE_SECONDS, over the latest alerts; None: none yet.

    `alerts`: how many those are. `last`: the newest one. `trouble`: a sentence when nothing goes out, or "".
    """

    key_events: int
    everything: int
    last: Alert | None
    share: int | None
    alerts: int
    trouble: str

    @property
    def readers(self) -> int:
        """Devices in all."""
        return self.key_events + self.everything


def figures_of(blog: LiveBlog, at: datetime | None = None) -> Figures | None:
    """None when nobody ever asked to be told."""
    counts = Subscription.objects.filter(liveblog=blog).aggregate(
        key_events=Count("id", filter=Q(wants=Wants.KEY_EVENTS)),
        everything=Count("id", filter=Q(wants=Wants.EVERYTHING)),
    )
    alerts = Alert.objects.filter(liveblog=blog, handed__gt=0, ended_at__isnull=False).order_by("-at")
    latest = list(alerts[: limits.PUSH_SHARE_ALERTS])
    if not latest and not any(counts.values()):
        return None
    there = sum(alert.handed - alert.gone for alert in latest)
    share = sum(alert.in_time for alert in latest) * 100 // there if there else None
    trouble = _trouble(at or clock.now()) if any(counts.values()) else ""
    return Figures(
        **counts, last=latest[0] if latest else None, share=share, alerts=len(latest), trouble=trouble
    )


def devices_told(post_id: str) -> int:
    """To how many devices a push service took a notification of this post."""
    told: int | None = Alert.objects.filter(post_id=post_id).aggregate(told=Sum("delivered"))["told"]
    return told or 0


def nobody_is_told() -> bool:
    """Whether no live blog has anybody who asked to be told."""
    return not LogPlace.objects.exists()


def canary() -> Canary | None:
    """The latest trial of the whole way."""
    return Canary.objects.first()


def some_endpoint() -> str | None:
    """Where a device of the newest subscription is reached; None when nobody is subscribed."""
    if nobody_is_told():
        return None
    return Subscription.objects.order_by("-pk").values_list("endpoint", flat=True).first()


def _trouble(at: datetime) -> str:
    last = canary()
    if last is None:
        return ""
    if last.fault:
        return f"The last trial failed: {last.fault}"
    if at - last.at > limits.PUSH_CANARY_LATE:
        return "There has been no trial for a while; is the server's worker running?"
    return ""
