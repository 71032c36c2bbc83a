"""Thousands of readers as a process (`crowd.c`), and what it tells as values. Called by the parts of the bench."""

import json
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from bench.compiled import program
from bench.processes import pss_bytes, run_seconds

SOURCES = 50  # addresses the readers come from
DESCRIPTORS_KEPT = 100  # of a process's files, for all that is no stream


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where events go in. `body` holds @MARK@ and may hold @PAD@, which fills it up to `body_bytes`."""

    port: int
    path: str
    body: str = "@MARK@@PAD@"
    body_bytes: int = 0
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    count: int
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    max: float = 0.0


@dataclass(frozen=True, slots=True)
class Phase:
    """What came of some events. `cpu`: the server's seconds meanwhile; `client_cpu`: the crowd's own.

    `delay`: from sending the POST until one reader has the event, over all deliveries; `last`: until the last reader
    has it, over all events; `answer`: until the POST is answered.
    """

    acknowledged: int
    refused: int
    delivered: int
    lost: int
    duplicated: int
    disordered: int
    closed: int
    seconds: float
    event_bytes: float
    client_cpu: float
    cpu: float
    delay: Times
    last: Times
    answer: Times

    @property
    def cpu_us(self) -> float:
        """Microseconds of the server's CPU per delivery."""
        return self.cpu * 1e6 / max(self.delivered, 1)

    @property
    def is_whole(self) -> bool:
        """Whether every reader got every event once, in order."""
        return not (self.lost or self.duplicated or self.disordered or self.closed or self.refused)


@dataclass(slots=True)
class Crowd:
    """A running `crowd`. `pids`: process groups of the server, whose CPU and memory are asked of the kernel."""

    process: subprocess.Popen[str]
    pids: tuple[int, ...]
    opened: int = 0
    refused: int = 0
    reader_bytes: float = 0.0  # of the server's memory, for each reader that is only open
    _before: float = field(default=0.0)

    def open(self) -> None:
        """Connect all readers; how much memory they cost the server."""
        before = pss_bytes(self.pids)
        told = self._tell("open")
        self.opened, self.refused = int(str(told["open"])), int(str(told["refused"]))
        self.reader_bytes = (pss_bytes(self.pids) - before) / max(self.opened, 1)

    def phase(self, count: int, rate: float) -> Phase:
        """Publish `count` events, `rate` a second (0: one upon the other); returns when all have come."""
        return self._measured(f"phase {count} {rate}")

    def listen(self, count: int, seconds: float) -> Phase:
        """Wait for events that others publish: until `count` have come to all, or so long."""
        self.begin_listening(count, seconds)
        return self.heard()

    def begin_listening(self, count: int, seconds: float) -> None:
        """The first half of `listen`: whoever publishes does so now."""
        self._before = run_seconds(self.pids)
        self._say(f"listen {count} {seconds}")

    def heard(self) -> Phase:
        """The second half: waits."""
        return phase_of(self._answer(), run_seconds(self.pids) - self._before)

    def _measured(self, line: str) -> Phase:
        before = run_seconds(self.pids)
        told = self._tell(line)
        return phase_of(told, run_seconds(self.pids) - before)

    def _tell(self, line: str) -> dict[str, object]:
        self._say(line)
        return self._answer()

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None  # noqa: S101 (we opened it)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _answer(self) -> dict[str, object]:
        assert self.process.stdout is not None  # noqa: S101 (same)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"Expected an answer of the crowd; it ended with {self.process.wait()}.")
        return cast("dict[str, object]", json.loads(line))


def phase_of(told: dict[str, object], cpu: float) -> Phase:
    """A line of `crowd` as values."""

    def times(name: str) -> Times:
        return Times(**cast("dict[str, float]", told[name]))  # type: ignore[arg-type]  # count is whole

    whole = {name: int(str(told[name])) for name in ("acknowledged", "refused", "delivered", "lost")}
    spoiled = {name: int(str(told[name])) for name in ("duplicated", "disordered", "closed")}
    return Phase(
        **whole,
        **spoiled,
        seconds=float(str(told["seconds"])),
        event_bytes=float(str(told["bytes"])),
        client_cpu=float(str(told["cpu"])),
        cpu=cpu,
        delay=times("delay"),
        last=times("last"),
        answer=times("answer"),
    )


def most_streams(wanted: int) -> int:
    """As many of `wanted` as one process may have open files for, on either side."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    return wanted if most == resource.RLIM_INFINITY else min(wanted, most - DESCRIPTORS_KEPT)


@contextmanager
def crowd(
    readers: int, port: int, path: str, *, pids: tuple[int, ...], publisher: Publisher | None = None
) -> Iterator[Crowd]:
    """A crowd of `readers` for that stream, all connected. Raises: NotMeasured without a C compiler."""
    words = [str(program("crowd")), str(readers), str(port), path, str(SOURCES)]
    words.append(str(publisher.body_bytes if publisher else 0))
    if publisher:
        words += [str(publisher.port), publisher.path, publisher.body, *publisher.headers]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            there = Crowd(process, pids)
            there.open()
            yield there
        finally:
            process.kill()
