"""Where the readers of one live blog stand, and how what they are owed reaches them: a share of them at a time.

A change is written to a crowd in a wave. Whoever it has not reached yet stands in a rank behind; when something more
changes meanwhile, that rank is owed both, in one write, and nobody waits longer than one wave takes. Between two
shares the event loop answers requests. Called by `hub.py`. May import `stream`, `lib`.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from stoppress.edge.stream import Reader
from stoppress.events import sse
from stoppress.lib.ids import Seq


@dataclass(slots=True, eq=False)
class Rank:
    """Readers who have everything up to `seq`, by their key. `owed` brings them to the newest number.

    `why`: they cannot be brought there change by change, and must load the page anew.
    """

    seq: Seq
    chunked: bool
    readers: dict[int, Reader] = field(default_factory=dict)
    owed: bytes = b""
    why: str = ""


class Ranks:
    """All readers of one live blog: at its newest number, or in a rank behind."""

    __slots__ = ("_behind", "_late", "_level")

    def __init__(self, seq: Seq, late: set[int]) -> None:
        """`late`: keys of readers whose transport still holds bytes; nothing may overtake those."""
        self._late = late
        self._level = (Rank(seq, chunked=False), Rank(seq, chunked=True))
        self._behind: list[Rank] = []  # who has waited longest comes first

    def __len__(self) -> int:
        return sum(len(rank.readers) for rank in (*self._level, *self._behind))

    def __iter__(self) -> Iterator[Reader]:
        for rank in (*self._level, *self._behind):
            yield from rank.readers.values()

    @property
    def behind(self) -> int:
        """How many ranks are still owed something."""
        return len(self._behind)

    @property
    def lowest(self) -> Seq:
        """The number after which changes are needed for everyone."""
        return min(rank.seq for rank in (*self._level, *self._behind))

    def add(self, reader: Reader) -> None:
        """List someone who has everything up to the newest number."""
        self._level[reader.chunked].readers[reader.key] = reader

    def drop(self, reader: Reader) -> None:
        """Write to this one no more."""
        for rank in (*self._level, *self._behind):
            if rank.readers.get(reader.key) is reader:
                del rank.readers[reader.key]
        self._behind = [rank for rank in self._behind if rank.readers]

    def owe(self, seq: Seq, why: str, frames: Callable[[Rank], bytes]) -> None:
        """The newest number is `seq` now: whoever stands elsewhere is owed what `frames` says.

        Nothing of what was owed before is kept: it may have been taken back meanwhile.
        """
        ranks = [rank for rank in (*self._behind, *self._level) if rank.readers]
        self._level = (Rank(seq, chunked=False), Rank(seq, chunked=True))
        self._behind = []
        for rank in ranks:
            rank.why = rank.why or why
            owed = frames(rank)
            if owed:
                rank.owed = sse.chunk(owed) if rank.chunked else owed
                self._behind.append(rank)
            else:
                self._level[rank.chunked].readers.update(rank.readers)

    def write(self, most: int) -> int:
        """Write to at most `most` of those who have waited longest; returns to how many."""
        if not self._behind:
            return 0
        rank = self._behind[0]
        level = self._level[rank.chunked].readers
        keys = list(islice(rank.readers, most))
        for key in keys:
            level[key] = rank.readers.pop(key)
        if not rank.readers:
            del self._behind[0]
        self._write(keys, level, rank.owed)
        return len(keys)

    def _write(self, keys: list[int], readers: dict[int, Reader], data: bytes) -> None:
        """Write to their sockets; whatever a socket does not take at once is its transport's to send."""
        write, late, size = os.write, self._late, len(data)
        for key in keys:
            if key < 0 or key in late:
                readers[key].send(data)
                continue
            try:
                taken = write(key, data)
            except OSError:  # full, or broken: the transport finds out, and ends what is broken
                taken = 0
            if taken != size:
                readers[key].send(data[taken:])
