"""Publish → last of N readers: Stoppress and an sse-starlette server, in turn, same frames, same pace.

Called by `bench/run.py`. A small live blog whose whole newsroom is one process, as `stoppress serve` starts it. CPU is
the server's, user and system, less what the same streams cost while nothing is published. Two figures are taken in the
same seconds: the thread that serves readers, which delivers and does nothing else of weight, and the whole server,
which also takes the post in (the API, the transaction, SQLite with synchronous=FULL). The peer has one thread and
nothing to take in: its figures are one.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import TypeAlias

import httpx
from bench.processes import Span, peer
from bench.report import Outcome, Row, Say
from tests.e2e.server import Newsroom, Server

STREAMS = 1_000
POSTS = 16  # a round
PACE_SECONDS = 1.0
ROUNDS = 2
IDLE_SECONDS = 10.0  # what is taken off each second of a turn: too short, and its noise is the figure's
SETTLE_SECONDS = 1.5  # for the last frames to arrive
WORDS = "The tide gauge at the harbour entrance reads 3.1 metres, ten centimetres more than at noon. " * 6

DELIVERY_RATIO = 4.0  # times less server CPU per delivery than the peer

Publish: TypeAlias = Callable[[int], int]  # the how-manieth post → the number its frame carries


@dataclass(slots=True)
class Tally:
    """What all rounds of one server came to. Times in nanoseconds, CPU in seconds."""

    name: str
    delays: list[int] = field(default_factory=list)
    last_delays: list[int] = field(default_factory=list)
    delivered: int = 0
    expected: int = 0
    duplicated: int = 0
    disordered: int = 0
    closed: int = 0
    delivering: float = 0.0  # of the thread that serves readers
    cpu: float = 0.0  # of the whole server
    published: int = 0
    client_cpu: float = 0.0

    @property
    def lost(self) -> int:
        """Frames that some stream never got."""
        return self.expected - self.delivered

    @property
    def whole_us(self) -> float:
        """Microseconds of server CPU per delivered frame, taking the post in included."""
        return self.cpu * 1e6 / max(self.delivered, 1)

    @property
    def cpu_us(self) -> float:
        """The same of the thread that serves readers alone."""
        return self.delivering * 1e6 / max(self.delivered, 1)

    @property
    def post_ms(self) -> float:
        """Milliseconds of CPU that each post took beside its deliveries."""
        return (self.cpu - self.delivering) * 1e3 / max(self.published, 1)

    @property
    def client_us(self) -> float:
        """What the load client itself spent on each."""
        return self.client_cpu * 1e6 / max(self.delivered, 1)

    def ms(self, percent: int, *, last: bool = True) -> float:
        """A percentile of publish → last reader (or → each reader), in milliseconds."""
        return quantiles(self.last_delays if last else self.delays, n=100)[percent - 1] / 1e6


@contextmanager
def readers(port: int, path: str) -> Iterator[subprocess.Popen[str]]:
    """STREAMS open streams in a process of their own."""
    process = subprocess.Popen(
        (sys.executable, "-m", "bench.readers", str(port), path, str(STREAMS)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout is None or process.stdout.readline() != "open\n":
            raise ConnectionError("The readers could not open their streams.")
        yield process
    finally:
        process.kill()
        process.wait()


def round_of(tally: Tally, *, port: int, path: str, pid: int, publish: Publish) -> None:
    """Open the streams, measure the idle cost, publish at the pace, add what came to `tally`."""
    with readers(port, path) as crowd:
        time.sleep(1)
        idle = Span(pid)
        time.sleep(IDLE_SECONDS)
        idle.end()
        busy = Span(pid)
        sent = _publish_all(publish)
        time.sleep(SETTLE_SECONDS)
        busy.end()
        tally.delivering += busy.thread - idle.thread * busy.seconds / idle.seconds
        tally.cpu += busy.whole - idle.whole * busy.seconds / idle.seconds
        _add(tally, sent, json.loads(crowd.communicate("done\n")[0]))


def _publish_all(publish: Publish) -> dict[int, int]:
    """Publish POSTS times at the pace; returns number → when it was sent, in monotonic nanoseconds."""
    sent: dict[int, int] = {}
    start = time.monotonic()
    for number in range(POSTS):
        time.sleep(max(0.0, start + number * PACE_SECONDS - time.monotonic()))
        at = time.monotonic_ns()
        sent[publish(number)] = at
    return sent


def _add(tally: Tally, sent: dict[int, int], seen: dict[str, object]) -> None:
    arrivals = seen["arrivals"]
    assert isinstance(arrivals, dict)  # noqa: S101 (our own process wrote it)
    for number, at in sent.items():
        delays = [moment - at for moment in arrivals.get(str(number), [])]
        tally.delays += delays
        tally.last_delays += [max(delays)] if delays else []
        tally.delivered += len(delays)
        tally.expected += STREAMS
    tally.published += len(sent)
    for name in ("duplicated", "disordered", "closed"):
        setattr(tally, name, getattr(tally, name) + seen[name])
    tally.client_cpu += float(str(seen["cpu_seconds"]))


def measured(folder: Path, say: Say) -> Outcome:
    """Both servers in turn, ROUNDS times."""
    with Server(folder / "data") as server:
        ours, theirs = measure(server, Newsroom.at(server, server.add_staff()), say)
    ratio, whole = theirs.cpu_us / ours.cpu_us, theirs.whole_us / ours.whole_us
    spoiled = ours.lost + ours.duplicated + ours.disordered
    rows = [
        Row(
            f"server CPU per delivery, {STREAMS:,} streams, taking each post in",
            f"{ours.whole_us:.1f} µs",
            f"{theirs.name}: {theirs.whole_us:.1f} µs",
            f"{whole:.1f}× less",
            f"≥ {DELIVERY_RATIO:.0f}× less",
            whole >= DELIVERY_RATIO,
        ),
        Row(
            "the same of the thread that serves readers",
            f"{ours.cpu_us:.1f} µs",
            f"{theirs.name}: {theirs.cpu_us:.1f} µs",
            f"{ratio:.1f}× less",
        ),
        *(
            Row(
                f"publish → last reader, p{percent}",
                f"{ours.ms(percent):.0f} ms",
                f"{theirs.name}: {theirs.ms(percent):.0f} ms",
            )
            for percent in (50, 99)
        ),
        Row(
            "lost · duplicated · out of order",
            _spoiled(ours),
            _spoiled(theirs),
            goal="0 · 0 · 0",
            met=spoiled == 0,
        ),
    ]
    return Outcome(rows, _notes(ours, theirs))


def _spoiled(tally: Tally) -> str:
    return f"{tally.lost} · {tally.duplicated} · {tally.disordered}"


def _notes(ours: Tally, theirs: Tally) -> list[str]:
    return [
        (
            f"Streams: {ours.expected:,} deliveries each, {POSTS} posts a turn, one every {PACE_SECONDS:.0f} s, in "
            f"{ROUNDS} turns, through the API of the same process, on SQLite with synchronous=FULL."
        ),
        (
            "The whole server also takes each post in: checking, rendering, the transaction, "
            f"{ours.post_ms:.1f} ms a post, paid once however many read. The peer has one thread, and checks, "
            "renders and stores nothing."
        ),
        (
            f"The load client (bench/readers.py) runs on the same cores and spends {ours.client_us:.0f} µs a frame "
            f"({theirs.client_us:.0f} µs with the peer); it is in no figure above but delays both servers."
        ),
    ]


def measure(server: Server, newsroom: Newsroom, say: Say) -> tuple[Tally, Tally]:
    """The two tallies."""
    slug = newsroom.open("bench-streams")
    ours, theirs = Tally("Stoppress"), Tally("sse-starlette")
    numbers = count(1)

    def publish_post(number: int) -> int:
        answer = newsroom.ask("POST", f"/liveblogs/{slug}/posts", markdown=f"{number}. {WORDS}")
        return int(str(answer["seq"]))

    frames: list[dict[str, str]] = []
    with peer("sse") as (port, pid), httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:

        def publish_frame(number: int) -> int:
            taken = next(numbers)
            client.post("/publish", json=frames[number] | {"id": str(taken)}).raise_for_status()
            return taken

        for turn in range(ROUNDS):
            say(f"{STREAMS:,} streams, turn {turn + 1} of {ROUNDS}")
            first = publish_post(0)
            path = f"/live/{slug}/events?after={first}"
            round_of(ours, port=server.port, path=path, pid=server.pid, publish=publish_post)
            frames[:] = _frames(server, slug, first)
            round_of(theirs, port=port, path="/events", pid=pid, publish=publish_frame)
    return ours, theirs


def _frames(server: Server, slug: str, after: int) -> list[dict[str, str]]:
    """Frames as Stoppress sends them, for the peer to send: event and data, byte for byte."""
    changes = httpx.get(f"{server.url}/live/{slug}/changes", params={"after": after}).json()["changes"]
    return [
        {"event": change["kind"], "data": json.dumps(change, ensure_ascii=False, separators=(",", ":"))}
        for change in changes
        if change["kind"] == "post"
    ]
