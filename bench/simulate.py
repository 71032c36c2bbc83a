"""The same crowds as `sums.py`, played reader by reader: chance where the sum has averages. Seeded, pure Python.

Readers choose their edge at random, as a balancer without memory deals them out; an edge writes one frame after
another; readers poll with jitter against caches that keep an answer for a while; an edge dies and its readers come
back. `python -m bench.simulate` prints sum and simulation side by side; tests/bench holds them together.
"""

import heapq
import random
import sys
from collections import Counter
from dataclasses import dataclass

from bench.sums import Polling, Storm, Streaming

RETRY_AGAIN_SECONDS = (5.0, 30.0)  # for whom no stream is free, as limits.STREAM_RETRY_SECONDS


@dataclass(frozen=True, slots=True)
class Delivered:
    """Seconds from a post until readers have it."""

    mean: float
    last: float


@dataclass(frozen=True, slots=True)
class Polled:
    """What the caches and the origin were asked, a second, and seconds from a post until readers have it."""

    per_second: float
    origin_per_second: float
    mean: float
    last: float


@dataclass(frozen=True, slots=True)
class Returned:
    """After an edge died: until the last was back, streams opened in the busiest second of one edge, who polls."""

    back: float
    opens_per_second: int
    polling: int


def streaming(plan: Streaming, events: list[float], seed: int) -> Delivered:
    """Every event at its time to every reader."""
    chance = random.Random(seed)  # noqa: S311 (a simulation)
    readers = Counter(chance.randrange(plan.edges) for _ in range(plan.readers))
    total, last, count = 0.0, 0.0, 0
    for edge in range(plan.edges):
        free_at = 0.0
        for at in events:
            begins = max(at + plan.before_seconds, free_at)
            free_at = begins + readers[edge] * plan.delivery_seconds
            for place in range(1, readers[edge] + 1):
                total += begins + place * plan.delivery_seconds - at
            last = max(last, free_at - at)
            count += readers[edge]
    return Delivered(total / max(count, 1), last)


class _Node:
    """One place of the cache: address → (which number its answer tells of, until when it is kept)."""

    def __init__(self, ttl: float) -> None:
        self._ttl = ttl
        self._kept: dict[int, tuple[int, float]] = {}
        self.misses = 0

    def ask(self, after: int, now: float, newest: int) -> int:
        """The answer at the address `changes?after=N`."""
        number, until = self._kept.get(after, (0, -1.0))
        if now >= until:
            self.misses += 1
            number, until = newest, now + self._ttl
            self._kept[after] = (number, until)
        return number


def polling(plan: Polling, events: list[float], seconds: float, seed: int) -> Polled:
    """Readers poll for so long; event n is told at `events[n]`. Intervals vary by a tenth to either side."""
    chance = random.Random(seed)  # noqa: S311 (a simulation)
    nodes = [_Node(plan.ttl_seconds) for _ in range(plan.nodes)]
    due = [(chance.uniform(0, plan.interval_seconds), reader) for reader in range(plan.readers)]
    heapq.heapify(due)
    at_number = [0] * plan.readers
    asked, delays = 0, []
    while due[0][0] < seconds:
        now, reader = due[0]
        newest = sum(at <= now for at in events)
        told = max(at_number[reader], nodes[reader % plan.nodes].ask(at_number[reader], now, newest))
        delays += [now - events[number] for number in range(at_number[reader], told)]
        at_number[reader] = told
        asked += 1
        again = plan.interval_seconds * chance.uniform(0.9, 1.1)
        heapq.heapreplace(due, (now + again, reader))
    misses = sum(node.misses for node in nodes)
    mean = sum(delays) / max(len(delays), 1)
    return Polled(asked / seconds, misses / seconds, mean, max(delays, default=0.0))


def storm(plan: Storm, seed: int) -> Returned:
    """One edge dies at 0; until everybody has a stream again, or all room is taken."""
    chance = random.Random(seed)  # noqa: S311 (a simulation)
    home = [chance.randrange(plan.edges) for _ in range(plan.readers)]
    carried = Counter(edge for edge in home if edge)  # edge 0 is the one that dies
    free_at = dict.fromkeys(range(plan.edges), 0.0)
    opened: Counter[tuple[int, int]] = Counter()
    least = plan.window_seconds / 5
    due = [(chance.uniform(least, plan.window_seconds), number) for number in range(home.count(0))]
    heapq.heapify(due)
    back = 0.0
    while due and sum(carried.values()) < (plan.edges - 1) * plan.capacity:
        now, number = heapq.heappop(due)
        edge = chance.randrange(1, plan.edges)
        if carried[edge] >= plan.capacity:
            heapq.heappush(due, (now + chance.uniform(*RETRY_AGAIN_SECONDS), number))
            continue
        carried[edge] += 1
        done = max(now, free_at[edge]) + plan.open_seconds
        free_at[edge] = done
        opened[edge, int(done)] += 1
        back = max(back, done)
    return Returned(back, max(opened.values(), default=0), len(due))


def main() -> int:
    """Sum and simulation side by side, small enough to wait for."""
    write = sys.stdout.write
    crowd = Streaming(readers=20_000, edges=4, delivery_seconds=10e-6, before_seconds=0.03)
    played = streaming(crowd, [0.0, 1.0, 2.0], seed=1)
    write(f"streams  mean {crowd.mean_seconds:.3f} s | {played.mean:.3f} s; ")
    write(f"last {crowd.last_seconds:.3f} s | {played.last:.3f} s\n")
    polls = Polling(readers=5_000, interval_seconds=10.0, ttl_seconds=1.0, nodes=4)
    events = [float(at) for at in range(20, 120, 20)]
    told = polling(polls, events, 120.0, seed=1)
    write(f"polls    cache {polls.per_second:.0f}/s | {told.per_second:.0f}/s; ")
    write(f"origin {polls.origin_per_second(5 / 120):.1f}/s | {told.origin_per_second:.1f}/s; ")
    write(
        f"mean {polls.mean_seconds:.1f} s | {told.mean:.1f} s; last {polls.last_seconds:.1f} s | {told.last:.1f} s\n"
    )
    storms = Storm(readers=20_000, edges=4, capacity=6_000, window_seconds=5.0, open_seconds=200e-6)
    returned = storm(storms, seed=1)
    write(f"a death  opens {storms.opens_per_second:.0f}/s | {returned.opens_per_second}/s an edge; ")
    write(f"back {storms.back_seconds:.1f} s | {returned.back:.1f} s; ")
    write(f"polling {storms.polling:.0f} | {returned.polling}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
