"""Says that this worker is there, and how its jobs do: for `/metrics`, `/healthz` and `stoppress doctor`.

Called by `loop.py`. Each sign of life also goes over the bus, so that every edge knows that words reach it.
"""

import os
import socket
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError

from stoppress import __version__
from stoppress.lib import clock, limits
from stoppress.liveblogs.announce import announce_life
from stoppress.newsroom.actions import pulse

log = structlog.get_logger("stoppress.worker")


def _name() -> str:
    return f"worker {os.getpid()} on {socket.gethostname()}"[: limits.PULSE_NAME_CHARS]


@dataclass(slots=True)
class _Job:
    """`done_at`: RFC 3339, "" before the first time. `failures`: how many times it failed since."""

    done_at: str = ""
    failures: int = 0


@dataclass(slots=True)
class Pulse:
    """Of one process. `told_at`: when it last said so."""

    name: str = field(default_factory=_name)
    since: datetime = field(default_factory=clock.now)
    told_at: datetime | None = None
    jobs: dict[str, _Job] = field(default_factory=dict)

    def note(self, job: str, *, done: bool) -> None:
        """What came of one job just now."""
        row = self.jobs.setdefault(job, _Job())
        row.failures = 0 if done else row.failures + 1
        row.done_at = clock.rfc3339(clock.now()) if done else row.done_at

    def beat(self) -> None:
        """Say so once each `limits.PULSE_SECONDS`. A database that does not take it is asked again next time."""
        now = clock.now()
        if self.told_at is not None and now - self.told_at < timedelta(seconds=limits.PULSE_SECONDS):
            return
        self.told_at = now
        try:
            jobs = {name: asdict(job) for name, job in self.jobs.items()}
            pulse.beat(name=self.name, version=__version__, since=self.since, jobs=jobs, at=now)
        except DatabaseError as fault:
            log.warning("no sign of life could be written", fault=type(fault).__name__)
        announce_life()

    def stop(self) -> None:
        """Say goodbye, as far as that is possible."""
        try:
            pulse.stopped(name=self.name)
        except DatabaseError as fault:
            log.warning("no goodbye could be written", fault=type(fault).__name__)
