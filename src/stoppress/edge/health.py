"""How this process is: what `/healthz` answers. Called by `app.py`.

Two answers with different readers. `ready` is for whoever sends requests: a process that is not ready cannot do its
work, and another could. `checks` are for people and alarms: a silent bus or a full disk costs freshness or uploads,
and taking the process out of service would cost more.
"""

import asyncio
import logging
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, TypedDict

from stoppress.edge.hub import Hub
from stoppress.edge.store import Question, Row, Store, StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.gauges import Gauge
from stoppress.lib.ids import BlogId

logger = logging.getLogger(__name__)

Check: TypeAlias = dict[str, bool | float | int | None]
Step: TypeAlias = tuple[str, str]  # an app of ours, and a migration of its


class Report(TypedDict):
    """What operators get; everybody else gets the first two."""

    live: bool
    ready: bool
    role: str
    readers: int
    draining: bool
    up_seconds: float
    checks: dict[str, Check]


_APPLIED = "SELECT app, name FROM django_migrations"


class Inside(Protocol):
    """Where numbers about the newsroom as a whole come from. `worker/figures.py` has one."""

    def gauges(self) -> Sequence[Gauge]:
        """All of them. Called in a thread. May raise anything."""

    def silence(self) -> float | None:
        """Seconds since any worker gave a sign of life; None when none ever did. As `gauges`."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a process stands on. `steps`: migrations that its code needs; `folder`: where it writes, if it does."""

    role: str = "edge"
    steps: frozenset[Step] = frozenset()
    folder: Path | None = None


class Health:
    """Looks a process over."""

    def __init__(self, store: Store, hub: Hub, grounds: Grounds, inside: Inside | None = None) -> None:
        self._inside = inside
        self._store = store
        self._hub = hub
        self._grounds = grounds
        self._began = time.monotonic()

    async def report(self) -> tuple[bool, Report]:
        """Whether it is ready, and everything that was looked at."""
        database, schema = await self._database(), await self._schema()
        ready = bool(database["ok"] and schema["ok"] and not self._hub.draining)
        report: Report = {
            "live": True,
            "ready": ready,
            "role": self._grounds.role,
            "readers": self._hub.count,
            "draining": self._hub.draining,
            "up_seconds": round(time.monotonic() - self._began, 1),
            "checks": {"database": database, "schema": schema, "bus": self._bus(), "disk": self._disk()},
        }
        if self._inside is not None:
            report["checks"]["worker"] = await self._worker(self._inside)
        return ready, report

    async def _database(self) -> Check:
        began = time.monotonic()
        try:
            await self._store.numbers([BlogId(0)])
        except StoreUnavailable:
            return {"ok": False, "milliseconds": None}
        return {"ok": True, "milliseconds": round((time.monotonic() - began) * 1000, 1)}

    async def _schema(self) -> Check:
        """A database that a newer version has moved on is fine: old and new run side by side during an upgrade."""
        if not self._grounds.steps:
            return {"ok": True, "missing": 0}
        try:
            missing = len(self._grounds.steps - await self._store.ask(_applied()))
        except StoreUnavailable:
            return {"ok": False, "missing": None}
        return {"ok": not missing, "missing": missing}

    def _bus(self) -> Check:
        """Every worker says something every few seconds, and a database that was written to counts as a word."""
        silence = self._hub.bus_silence()
        return {"ok": silence <= limits.BUS_SILENT_SECONDS, "silent_seconds": round(silence, 1)}

    async def _worker(self, inside: Inside) -> Check:
        try:
            silence = await asyncio.to_thread(inside.silence)
        except Exception:
            logger.exception("The workers' signs of life cannot be read.")
            silence = None
        late = silence is None or silence > limits.PULSE_LATE.total_seconds()
        return {"ok": not late, "silent_seconds": None if silence is None else round(silence, 1)}

    def _disk(self) -> Check:
        if self._grounds.folder is None:
            return {"ok": True, "free_megabytes": None}
        try:
            free = shutil.disk_usage(self._grounds.folder).free
        except OSError:
            return {"ok": False, "free_megabytes": None}
        return {"ok": free >= limits.FREE_BYTES_MIN, "free_megabytes": free // 2**20}


def _applied() -> Question[frozenset[Step]]:
    rows: list[Row] = yield _APPLIED, ()
    return frozenset((str(app), str(name)) for app, name in rows)
