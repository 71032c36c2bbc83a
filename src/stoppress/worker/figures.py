"""Numbers about the newsroom as a whole: what waits, for how long, and how the workers' jobs do. Reads only.

Called for `/metrics` and `/healthz` by processes that serve the desk (`cli/server.py` gives it to the edge), and by
`stoppress doctor`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.models import Count, F, Min, QuerySet

from stoppress.lib import clock, limits
from stoppress.lib.gauges import Gauge
from stoppress.liveblogs.models import Post, State, Status
from stoppress.newsroom.models import Pulse
from stoppress.push.models import Alert, Delivery
from stoppress.websub.models import Asked, Published, Subscription

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Queue:
    """What is due and not done. `behind`: seconds since the oldest of it was due; 0.0 when nothing waits."""

    name: str
    depth: int
    behind: float


def queues(at: datetime) -> list[Queue]:
    """Everything that a worker is to do later than at once."""
    return [_queue(name, rows, due, at) for name, rows, due in _waiting(at)]


def _waiting(at: datetime) -> "Iterator[tuple[str, QuerySet[Post] | QuerySet[Alert], str]]":
    """Name, rows that are due, and the column that says since when. Rows of any model; two stand for all."""
    rows = [
        ("scheduled", Post.objects.filter(state=State.SCHEDULED, publish_at__lte=at), "publish_at"),
        ("alerts", Alert.objects.filter(ended_at=None, due_at__lte=at), "due_at"),
        ("push", Delivery.objects.filter(next_at__lte=at), "next_at"),
        ("websub_asked", Asked.objects.filter(due_at__lte=at), "due_at"),
        ("websub", _subscribers_behind(at), "due_at"),
    ]
    if settings.WEBSUB_HUB:
        behind = Published.objects.filter(due_at__lte=at, liveblog__page__changed_seq__gt=F("told_seq"))
        rows.append(("websub_hub", behind.exclude(liveblog__page__status=Status.DRAFT), "due_at"))
    yield from rows  # type: ignore[misc]  # a list of querysets of several models


def _subscribers_behind(at: datetime) -> "QuerySet[Subscription]":
    behind = Subscription.objects.filter(
        due_at__lte=at, lease_until__gt=at, liveblog__page__changed_seq__gt=F("sent_seq")
    )
    return behind.exclude(liveblog__page__status=Status.DRAFT)


def _queue(name: str, rows: "QuerySet[Post] | QuerySet[Alert]", due: str, at: datetime) -> Queue:
    found = rows.aggregate(depth=Count("pk"), since=Min(due))
    since = found["since"]
    return Queue(name, found["depth"], max(0.0, (at - since).total_seconds()) if since else 0.0)


def last_pulse() -> Pulse | None:
    """The worker that was heard of last."""
    return Pulse.objects.order_by("-at").first()


def job_ages(at: datetime) -> dict[str, float]:
    """Seconds since each job was last done by any worker."""
    ages: dict[str, float] = {}
    for jobs in Pulse.objects.values_list("jobs", flat=True):
        for name, job in jobs.items():
            if job["done_at"]:
                age = (at - datetime.fromisoformat(job["done_at"])).total_seconds()
                ages[name] = min(ages.get(name, age), age)
    return ages


def job_failures() -> dict[str, float]:
    """How often in a row each job failed, added up over the workers."""
    failures: dict[str, float] = {}
    for jobs in Pulse.objects.values_list("jobs", flat=True):
        for name, job in jobs.items():
            failures[name] = failures.get(name, 0) + job["failures"]
    return failures


def gauges(at: datetime) -> list[Gauge]:
    """All of it, for Prometheus."""
    waiting, last = queues(at), last_pulse()
    working = Pulse.objects.filter(at__gt=at - limits.PULSE_LATE).count()
    silence = {"": (at - last.at).total_seconds()} if last else {}
    return [
        Gauge(
            "stoppress_queue_depth", "Due and not done.", "queue", {row.name: row.depth for row in waiting}
        ),
        Gauge(
            "stoppress_queue_behind_seconds",
            "Since the oldest of a queue was due.",
            "queue",
            {row.name: row.behind for row in waiting},
        ),
        Gauge("stoppress_workers", "Workers that gave a sign of life lately.", "", {"": working}),
        Gauge("stoppress_worker_silence_seconds", "Since the last sign of life of any worker.", "", silence),
        Gauge("stoppress_job_age_seconds", "Since a job was last done by any worker.", "job", job_ages(at)),
        Gauge("stoppress_job_failures", "Failures of a job in a row.", "job", job_failures()),
    ]


class Inside:
    """The edge's way to these numbers (`edge/health.py`). Called in threads; leaves no connection behind."""

    def gauges(self) -> list[Gauge]:
        """Everything for Prometheus."""
        return self._ask(lambda: gauges(clock.now()))

    def silence(self) -> float | None:
        """Seconds since any worker gave a sign of life."""
        last = self._ask(last_pulse)
        return (clock.now() - last.at).total_seconds() if last else None

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        close_old_connections()
        try:
            return question()
        finally:
            connection.close()
