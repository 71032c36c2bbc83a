"""Who gets in when more come than there is room for. Readers lose first freshness, then streams; the newsroom nothing.

Places are counted for the process and for each address: streams, and connections that are none. A part of the
connections is the newsroom's alone: beyond `connections` a connection is still taken, and answered only when it asks
for the desk. How many there are of each follows from the files that the system lets this process open.

Called by `app.py`, `hub.py` and `server.py`. May import `address`, `stream`, `lib`. Source: docs/decisions/0030.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from stoppress.edge.stream import Connection, Reader
from stoppress.lib import limits


@dataclass(frozen=True, slots=True)
class Room:
    """How many streams and other connections a process can hold."""

    streams: int = limits.STREAMS_PER_PROCESS
    connections: int = limits.CONNECTIONS_PER_PROCESS


def room(files: int) -> Room:
    """What fits into so many open files, with the newsroom's connections and the process's own files left over."""
    left = max(0, files - limits.FILES_OF_ITS_OWN - limits.DESK_CONNECTIONS)
    connections = min(limits.CONNECTIONS_PER_PROCESS, left // limits.CONNECTIONS_SHARE)
    return Room(min(limits.STREAMS_PER_PROCESS, left - connections), connections)


def take_all_files() -> Room:
    """Raise the bound on open files as far as the system allows, and return what fits into it."""
    try:
        import resource  # noqa: PLC0415 (absent on Windows)
    except ImportError:
        return Room()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = limits.STREAMS_PER_PROCESS + limits.CONNECTIONS_PER_PROCESS + limits.DESK_CONNECTIONS
    wanted += limits.FILES_OF_ITS_OWN
    if soft == resource.RLIM_INFINITY:
        return Room()
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if most > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return room(max(soft, most))


class Places:
    """Places taken, by address. The address "" is not counted."""

    __slots__ = ("_most", "_taken")

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str] = Counter()

    def take(self, address: str) -> bool:
        """Take a place. False: this address has as many as it may have."""
        if not address:
            return True
        if self._taken[address] >= self._most:
            return False
        self._taken[address] += 1
        return True

    def give_back(self, address: str) -> None:
        """Somebody at this address has gone."""
        if not address:
            return
        self._taken[address] -= 1
        if self._taken[address] <= 0:
            del self._taken[address]

    def __len__(self) -> int:
        """How many addresses have places."""
        return len(self._taken)


class Ticket:
    """A stream's place, from the request until the connection is handed over: a `stream.Connection` itself.

    With it goes the place: the hub gives it back when the reader leaves. Never handed over, it is given back here.
    """

    __slots__ = ("_address", "_connection", "_handed_over", "_places", "chunked")

    def __init__(self, places: Places, address: str, connection: Connection) -> None:
        """`places.take(address)` has said yes."""
        self._places = places
        self._address = address
        self._connection = connection
        self._handed_over = False
        self.chunked = connection.chunked

    def hand_over(self, reader: asyncio.Protocol) -> asyncio.Transport | None:
        """See `stream.Connection`."""
        transport = self._connection.hand_over(reader)
        if transport is not None and isinstance(reader, Reader):
            reader.address = self._address
            self._handed_over = True
        return transport

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._handed_over:
            self._places.give_back(self._address)
