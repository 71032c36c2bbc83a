"""The whole way: a post by the API into PostgreSQL, on the disk, to the last of 10,000 readers; and that under load.

Called by `bench/run.py`. `stoppress serve --edges 1`: one process for desk, API and worker, one for readers, and a
PostgreSQL of its own with fsync. The crowd itself sends the posts and stamps each, so that the figure begins when the
request leaves and ends when the last reader has the whole event. Then the same with people at work on the desk.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from bench.crowd import Phase, Publisher, crowd, most_streams
from bench.newsrooms import newsroom
from bench.report import Goal, Outcome, Row, Say, bound_row
from bench.writers import signed_in
from tests.e2e.server import Server

READERS = 10_000
EVENTS, RATE = 30, 1.0
PEOPLE = 4  # on the desk
PAUSE_SECONDS = 1.0  # between two looks of one of them at the page of the live blog
WORDS = "The tide gauge at the harbour entrance reads 3.1 metres, ten centimetres more than at noon. " * 4


@dataclass(slots=True)
class Looks:
    """What the people on the desk did meanwhile."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0


def measure(folder: Path, say: Say) -> Outcome:
    """See the head of this file."""
    readers = most_streams(READERS)
    with newsroom(folder, "PostgreSQL", edges=1) as (server, api, token):
        slug = api.open("bench-way")
        clients = [signed_in(server, slug, f"desk{number}@example.org") for number in range(PEOPLE)]
        publisher = Publisher(
            server.port,
            f"/api/v1/liveblogs/{slug}/posts",
            f'{{"markdown": "@MARK@ {WORDS}"}}',
            headers=(f"Authorization: Bearer {token}", "Content-Type: application/json"),
        )
        path = f"/live/{slug}/events"
        say(f"opening {readers:,} streams")
        with crowd(readers, server.port, path, pids=(server.pid,), publisher=publisher) as there:
            if there.opened < readers:
                raise RuntimeError(f"Expected {readers:,} open streams; came {there.opened:,}.")
            there.phase(3, RATE)  # the first ones load what is loaded late
            say(f"{EVENTS} posts through the API, {RATE:g} a second")
            calm = there.phase(EVENTS, RATE)
            say(f"the same while {PEOPLE} people work on the desk")
            with _at_work(server, slug, clients) as looks:
                busy = there.phase(EVENTS, RATE)
            opened = there.opened
    return _outcome(opened, calm, busy, looks)


@contextmanager
def _at_work(server: Server, slug: str, clients: list[httpx.Client]) -> Iterator[Looks]:
    """People who load the desk's page of the live blog again and again, spread over the pause."""
    looks, stop = Looks(), threading.Event()

    def work(client: httpx.Client, wait: float) -> None:
        stop.wait(wait)
        while not stop.is_set():
            began = time.perf_counter()
            answer = client.get(f"{server.url}/desk/live/{slug}/")
            looks.seconds.append(time.perf_counter() - began)
            looks.failed += not answer.is_success
            stop.wait(PAUSE_SECONDS)

    people = [
        threading.Thread(target=work, args=(client, number * PAUSE_SECONDS / PEOPLE), daemon=True)
        for number, client in enumerate(clients)
    ]
    for person in people:
        person.start()
    try:
        yield looks
    finally:
        stop.set()
        for person in people:
            person.join()


def _outcome(opened: int, calm: Phase, busy: Phase, looks: Looks) -> Outcome:
    streams = f"{opened:,} streams"
    spoiled = [_spoiled(phase) for phase in (calm, busy)]
    middle = sorted(looks.seconds)[len(looks.seconds) // 2] * 1e3 if looks.seconds else 0.0
    rows = [
        bound_row(
            f"POST …/posts on PostgreSQL with fsync → last of {opened:,} readers, p99",
            "ms",
            calm.last.p99,
            Goal(most=400),
            f"p50 {calm.last.p50:.0f} ms; answer p99 {calm.answer.p99:.0f} ms",
        ),
        bound_row(
            f"publish p99 while {streams} are open and the desk is under load",
            "ms",
            busy.answer.p99,
            Goal(most=150),
            f"p50 {busy.answer.p50:.0f} ms; last reader p99 {busy.last.p99:.0f} ms",
        ),
        Row(
            "both: lost · doubled · out of order · closed",
            " and ".join(spoiled),
            goal="0 · 0 · 0 · 0",
            met=spoiled == ["0 · 0 · 0 · 0"] * 2,
        ),
    ]
    notes = [
        (
            f"`stoppress serve --edges 1` on PostgreSQL with fsync and synchronous_commit, all on this machine: the "
            f"crowd, PostgreSQL, the desk's process and the readers' process share its cores. {EVENTS} posts of "
            f"{calm.event_bytes:,.0f} bytes on the wire, {RATE:g} a second, each way; with so few p99 is the slowest."
        ),
        (
            f"Load on the desk: {PEOPLE} people signed in, each loading the live blog's page on the desk "
            f"{PAUSE_SECONDS:g} s after the last was there ({len(looks.seconds)} loads, p50 {middle:.0f} ms, "
            f"{looks.failed} failed), while posts are published through the API."
        ),
    ]
    return Outcome(rows, notes, {"way_last_p99_ms": calm.last.p99, "way_event_bytes": calm.event_bytes})


def _spoiled(phase: Phase) -> str:
    return f"{phase.lost} · {phase.duplicated} · {phase.disordered} · {phase.closed}"
