"""10,000 open streams in one process: Stoppress's edge beside Nchan, sse-starlette and a Django view.

Called by `bench/run.py`. All get the same events from the same client: a POST of a ready message, then 600 bytes of
data to every reader. Ours is the product's own server, hub and readers on a store in memory (`edge.py`), so the row
holds fan-out and nothing else; the way from the API through a database is measured by `path.py`. Stoppress and Nchan
take turns, each time as a fresh process, so that a busy neighbour weighs on both.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeAlias

from bench import edge, nginx
from bench.compiled import NotMeasured
from bench.crowd import DESCRIPTORS_KEPT, Phase, Publisher, crowd, most_streams
from bench.processes import peer
from bench.report import Goal, Outcome, Row, Say, not_measured, ratio_row

from stoppress.edge.admission import room

READERS = 10_000
MOST = 25_000
EVENT_BYTES = 600
ROUNDS = 2  # of Stoppress and Nchan, in turn
STEADY, BURST = (16, 1.0), (20, 0.0)  # events, events a second
SLOW = (8, 0.5)  # for peers that one event a second would overtake
SETTLE_SECONDS = 1.0  # after the last reader has come

Phases: TypeAlias = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Peer:
    """A server of streams: how it is started, where it is read and where it is published to."""

    name: str
    start: Callable[[Path], AbstractContextManager[tuple[int, int]]]  # a folder of its own → (port, pid)
    path: str
    publish: str
    body: str = "@MARK@@PAD@"
    more_bytes: int = 0  # what its publisher sends beside the event's data, or (negative) the other way round


STOPPRESS = Peer(
    "Stoppress",
    lambda _: peer(module="bench.edge"),
    edge.PATH,
    "/api/feed",
    more_bytes=-edge.frame_overhead(),
)
NCHAN = Peer("Nchan", nginx.nchan, "/events", "/publish")
_SSE_BODY = '{"id":"1","event":"post","data":"@MARK@@PAD@"}'
STARLETTE = Peer(
    "sse-starlette",
    lambda _: peer("sse"),
    "/events",
    "/publish",
    body=_SSE_BODY,
    more_bytes=len(_SSE_BODY) - len("@MARK@@PAD@"),
)
DJANGO = Peer("Django view", lambda _: peer("stream", module="bench.django_peer"), "/events", "/publish")


@dataclass(slots=True)
class Round:
    """All rounds of one server."""

    name: str
    phases: list[list[Phase]] = field(default_factory=list)  # round → phase
    reader_bytes: list[float] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)

    def middle(self, value: Callable[[Phase], float], phase: int = 0) -> float:
        """The median over the rounds."""
        return median(value(one[phase]) for one in self.phases)

    @property
    def cpu_us(self) -> float:
        """Of the server, per delivery, at an even pace."""
        return self.middle(lambda phase: phase.cpu_us)

    @property
    def memory_kb(self) -> float:
        """Of the server, for each reader that is only open."""
        return median(self.reader_bytes) / 1000

    @property
    def spoiled(self) -> str:
        """Lost, doubled, out of order, closed: over all rounds."""
        flat = [phase for one in self.phases for phase in one]
        sums = [sum(getattr(phase, name) for phase in flat) for name in ("lost", "duplicated", "disordered")]
        return " · ".join(f"{number:,}" for number in (*sums, sum(one[-1].closed for one in self.phases)))


def run(one: Peer, into: Round, folder: Path, readers: int, phases: Phases) -> None:
    """A fresh process of that server, `readers` of it, and the phases."""
    with one.start(folder) as (port, pid):
        publisher = Publisher(port, one.publish, one.body, EVENT_BYTES + one.more_bytes)
        with crowd(readers, port, one.path, pids=(pid,), publisher=publisher) as there:
            time.sleep(SETTLE_SECONDS)
            into.opened.append(there.opened)
            into.reader_bytes.append(there.reader_bytes)
            into.phases.append([there.phase(*phase) for phase in phases])


@contextmanager
def _left_out(missing: list[str]) -> Iterator[None]:
    try:
        yield
    except (NotMeasured, TimeoutError) as why:
        missing.append(str(why))


def measure(folder: Path, say: Say) -> Outcome:
    """See the head of this file."""
    readers = most_streams(READERS)
    ours, theirs = Round(STOPPRESS.name), Round(NCHAN.name)
    missing: list[str] = []
    for number in range(ROUNDS):
        say(f"{readers:,} streams, Stoppress, round {number + 1} of {ROUNDS}")
        run(STOPPRESS, ours, folder / f"ours{number}", readers, (STEADY, BURST))
        if not missing:
            say(f"{readers:,} streams, Nchan, round {number + 1} of {ROUNDS}")
            with _left_out(missing):
                run(NCHAN, theirs, folder / f"nchan{number}", readers, (STEADY, BURST))
    nchan = theirs if theirs.phases else None
    rows = _beside_nchan(ours, nchan, missing[0] if missing else "", readers)
    figures = {
        "cpu_us_per_delivery": ours.cpu_us,
        "memory_kb_per_reader": ours.memory_kb,
        "delivery_p99_ms": ours.middle(lambda phase: phase.delay.p99),
        "readers": float(readers),
    }
    for other in (STARLETTE, DJANGO):
        say(f"{readers:,} streams, {other.name}")
        slow = Round(other.name)
        run(other, slow, folder / other.name, readers, (SLOW,))
        rows += _beside_slow(ours, slow, has_goal=other is STARLETTE)
    rows += _most(folder, say)
    return Outcome(rows, _notes(ours, readers), figures)


def _beside_nchan(ours: Round, nchan: Round | None, why: str, readers: int) -> list[Row]:
    """The rows that Nchan stands beside, or why it does not."""

    def row(what: str, unit: str, value: Callable[[Round], float], most: float) -> Row:
        if nchan is None:
            return not_measured(what, f"{value(ours):.1f} {unit}", why, f"≤ {most}")
        return ratio_row(what, unit, (value(ours), value(nchan)), nchan.name, Goal(most=most))

    streams = f"{readers:,} streams, one edge process, {EVENT_BYTES}-byte events"
    return [
        row(f"{streams}: server CPU per delivery", "µs", lambda one: one.cpu_us, 0.75),
        row(
            "the same: delivery p99 at 1 event/s",
            "ms",
            lambda one: one.middle(lambda phase: phase.delay.p99),
            0.75,
        ),
        row(
            "the same: delivery p99 in a burst of 20",
            "ms",
            lambda one: one.middle(lambda phase: phase.delay.p99, 1),
            0.75,
        ),
        row("the same: memory per idle reader", "KB", lambda one: one.memory_kb, 0.5),
        Row(
            "the same: lost · doubled · out of order · closed",
            ours.spoiled,
            f"Nchan: {nchan.spoiled}" if nchan else "",
            goal="0 · 0 · 0 · 0",
            met=ours.spoiled == "0 · 0 · 0 · 0",
        ),
    ]


def _beside_slow(ours: Round, other: Round, *, has_goal: bool) -> list[Row]:
    goal = Goal(most=0.15) if has_goal else Goal()
    return [
        ratio_row("the same: server CPU per delivery", "µs", (ours.cpu_us, other.cpu_us), other.name, goal),
        ratio_row(
            "the same: memory per idle reader", "KB", (ours.memory_kb, other.memory_kb), other.name, Goal()
        ),
    ]


def _most(folder: Path, say: Say) -> list[Row]:
    """As many streams in one process as the machine's limit on files allows."""
    files = most_streams(MOST)
    readers = min(files, room(files).streams)  # the edge keeps a part for its newsroom and for pages
    say(f"{readers:,} streams in one process")
    ours = Round(STOPPRESS.name)
    run(STOPPRESS, ours, folder / "most", readers, ((10, 0.5), (20, 0.0)))
    phases = ours.phases[0]
    wanted = sum(phase.acknowledged for phase in phases) * readers
    came = sum(phase.delivered for phase in phases)
    short = readers < MOST
    limit = f"{MOST:,} wanted; of the {files + DESCRIPTORS_KEPT:,} files it may open here, so many are for streams"
    return [
        Row(
            f"{readers:,} streams in one process: connected",
            f"{ours.opened[0]:,}",
            limit if short else "",
            goal=f"{MOST:,}",
            met=ours.opened[0] == MOST if not short or ours.opened[0] != readers else None,
        ),
        Row(
            "the same: delivered",
            f"{came:,} of {wanted:,}",
            f"p99 {phases[0].delay.p99:.0f} ms; burst {phases[1].delay.p99:.0f} ms",
            goal="all",
            met=came == wanted,
        ),
        Row(
            "the same: lost · doubled · out of order · closed",
            ours.spoiled,
            goal="0 · 0 · 0 · 0",
            met=ours.spoiled == "0 · 0 · 0 · 0",
        ),
    ]


def _notes(ours: Round, readers: int) -> list[str]:
    first = ours.phases[0][0]
    client = first.client_cpu * 1e6 / max(first.delivered, 1)
    return [
        (
            f"{readers:,} streams: each server is one process (nginx: one worker), fed by POST with the same "
            f"{EVENT_BYTES} bytes of data; {STEADY[0]} events at 1 a second, then {BURST[0]} without a pause (each "
            f"leaves when the one before is answered), {ROUNDS} rounds, the median. "
            "Stoppress here is the product's server, bus, hub and readers on a store in memory: like the peers it "
            "checks, renders and stores nothing. CPU is user and system time of the whole server, heartbeats included."
        ),
        (
            f"sse-starlette and the Django view get {SLOW[0]} events, one every {1 / SLOW[1]:.0f} s: at one a second "
            f"{readers:,} readers overtake them. The load client (bench/crowd.c) runs on the same cores and spends "
            f"{client:.1f} µs a delivery."
        ),
    ]
