"""Writes down that a worker process is there, and that it has gone."""

from collections.abc import Mapping
from datetime import datetime

from stoppress.lib import limits
from stoppress.newsroom.models import Pulse


def beat(*, name: str, version: str, since: datetime, jobs: Mapping[str, object], at: datetime) -> None:
    """Note a sign of life and forget processes that gave none for `limits.PULSE_KEPT`. No event happens."""
    now_on = {"version": version, "since": since, "at": at, "jobs": dict(jobs)}
    Pulse.objects.update_or_create(name=name, defaults=now_on)
    Pulse.objects.filter(at__lt=at - limits.PULSE_KEPT).delete()


def stopped(*, name: str) -> None:
    """Forget a process that ended when it was asked to."""
    Pulse.objects.filter(name=name).delete()
