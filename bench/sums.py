"""What many readers need, as sums: from what was measured of one process to a crowd. PURE.

`scale.py` writes them down; `simulate.py` plays the same questions reader by reader, and tests/bench holds the two
together. Times are seconds, sizes bytes. Imports only the standard library.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Streaming:
    """Readers spread over `edges` processes, each of which writes one frame after another."""

    readers: int
    edges: int
    delivery_seconds: float  # of one process's CPU, for one frame to one reader
    before_seconds: float = 0.0  # from the post's request until the first edge writes

    @property
    def per_edge(self) -> float:
        """Readers of one process."""
        return self.readers / self.edges

    @property
    def last_seconds(self) -> float:
        """From a post until the last reader has it."""
        return self.before_seconds + self.per_edge * self.delivery_seconds

    @property
    def mean_seconds(self) -> float:
        """The same for one reader in the middle."""
        return self.before_seconds + self.per_edge * self.delivery_seconds / 2

    def load(self, events_per_second: float) -> float:
        """The part of one core that one edge needs to deliver so much."""
        return self.per_edge * self.delivery_seconds * events_per_second

    @property
    def events_per_second(self) -> float:
        """As many as an edge can deliver before it falls behind."""
        return 1 / (self.per_edge * self.delivery_seconds)


@dataclass(frozen=True, slots=True)
class Polling:
    """Readers who ask a cache every `interval_seconds`; it keeps an answer for `ttl_seconds`, in `nodes` places."""

    readers: int
    interval_seconds: float
    ttl_seconds: float
    nodes: int

    @property
    def per_second(self) -> float:
        """Requests at the cache."""
        return self.readers / self.interval_seconds

    def origin_per_second(self, events_per_second: float) -> float:
        """Requests that reach Stoppress, at most.

        Each node asks for an address once in `ttl_seconds`. All who are up to date ask for the same address; after an
        event those who have not asked since still use the one before, for an interval.
        """
        addresses = 1 + events_per_second * self.interval_seconds
        asked_each = min(1 / self.ttl_seconds, self.per_second / self.nodes / addresses)
        return self.nodes * addresses * asked_each

    @property
    def mean_seconds(self) -> float:
        """From a post until a reader in the middle has it: half an interval, and half the time the cache is behind."""
        return self.interval_seconds / 2 + self.ttl_seconds / 2

    @property
    def last_seconds(self) -> float:
        """The same for the last: just before the post they were told that there is nothing."""
        return self.interval_seconds + self.ttl_seconds


@dataclass(frozen=True, slots=True)
class Storm:
    """One of `edges` processes dies; its readers come back within `window_seconds`, spread, to the others."""

    readers: int
    edges: int
    capacity: int  # streams of one process
    window_seconds: float
    open_seconds: float  # of a process's CPU, to open one stream

    @property
    def lost(self) -> float:
        """Readers who come back."""
        return self.readers / self.edges

    @property
    def polling(self) -> float:
        """Of them, those for whom the others have no room: they poll, and ask for a stream now and then."""
        free = (self.edges - 1) * (self.capacity - self.readers / self.edges)
        return max(0.0, self.lost - max(0.0, free))

    @property
    def opens_per_second(self) -> float:
        """Streams that each of the others opens while they come back."""
        return self.lost / self.window_seconds / max(self.edges - 1, 1)

    @property
    def back_seconds(self) -> float:
        """Until all have come back: the window, or as long as the others take to open so many."""
        work = self.lost / max(self.edges - 1, 1) * self.open_seconds
        return max(self.window_seconds, work)


def edges_for(readers: int, per_edge: int) -> int:
    """Processes for so many readers."""
    return math.ceil(readers / per_edge)
