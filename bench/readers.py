"""Many readers in one process: opens N streams, stamps each frame's arrival, counts what is lost or doubled.

Run by `bench/fanout.py` as `python -m bench.readers PORT PATH COUNT`: says `open` when every stream has been
answered, then reads on until a line comes on standard input, and prints what it saw as one JSON object. Raw
sockets and one epoll; parsing is one search per frame, so that the client weighs little beside the server (it
reports its own CPU). Imports only the standard library.
"""

import contextlib
import json
import re
import resource
import select
import socket
import sys
import time
from dataclasses import dataclass, field

ID = re.compile(rb"^id: ?(\d+)$", re.MULTILINE)
RECEIVE_BYTES = 256 * 1024
CONNECT_AT_ONCE = 100  # streams asked for before the first of them must have been answered
GIVE_UP_SECONDS = 60


@dataclass(slots=True)
class Stream:
    """One reader: what of a frame has come so far, and which numbers it has seen."""

    socket: socket.socket
    rest: bytes = b""
    answered: bool = False
    seen: set[int] = field(default_factory=set)
    newest: int = 0


@dataclass(slots=True)
class Readers:
    """All of them. `arrivals`: number → monotonic nanoseconds, one for each stream that got it."""

    streams: dict[int, Stream] = field(default_factory=dict)
    poll: select.epoll = field(default_factory=select.epoll)
    arrivals: dict[int, list[int]] = field(default_factory=dict)
    duplicated: int = 0
    disordered: int = 0
    closed: int = 0

    def open(self, port: int, path: str, count: int) -> None:
        """Ask for `count` streams and wait until each has been answered with 200."""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode()
        until = time.monotonic() + GIVE_UP_SECONDS
        while self._answered() < count:
            if time.monotonic() > until:
                raise TimeoutError(f"Expected {count} open streams, came {self._answered()}.")
            while len(self.streams) < min(count, self._answered() + CONNECT_AT_ONCE):
                connection = socket.create_connection(("127.0.0.1", port))
                connection.sendall(request)
                connection.settimeout(0)
                self.streams[connection.fileno()] = Stream(connection)
                self.poll.register(connection, select.EPOLLIN)
            self.take_in(0.05)

    def _answered(self) -> int:
        return sum(stream.answered for stream in self.streams.values())

    def take_in(self, seconds: float) -> None:
        """Read what is there, waiting at most so long for the first of it."""
        for number, _ in self.poll.poll(seconds):
            if number == sys.stdin.fileno():
                raise KeyboardInterrupt
            stream = self.streams[number]
            with contextlib.suppress(BlockingIOError):
                data = stream.socket.recv(RECEIVE_BYTES)
                if not data:
                    self.closed += 1
                    self.poll.unregister(number)
                self._take(stream, data)

    def _take(self, stream: Stream, data: bytes) -> None:
        # Chunk sizes of HTTP/1.1 stand on lines of their own between the fields: the search passes over them.
        *frames, stream.rest = (stream.rest + data.replace(b"\r\n", b"\n")).split(b"\n\n")
        now = time.monotonic_ns()
        for frame in frames:
            if not stream.answered:
                if b" 200 " not in frame[:20]:
                    raise ConnectionError(f"A stream was answered with {frame[:60]!r}.")
                stream.answered = True
            elif b"\ndata:" in frame and (found := ID.search(frame)):  # a block without data is no event
                self._note(stream, int(found.group(1)), now)

    def _note(self, stream: Stream, number: int, now: int) -> None:
        if number in stream.seen:
            self.duplicated += 1
            return
        self.disordered += number < stream.newest
        stream.newest = max(stream.newest, number)
        stream.seen.add(number)
        self.arrivals.setdefault(number, []).append(now)


def main() -> None:
    """See the head of this file."""
    port, path, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    readers = Readers()
    readers.open(port, path, count)
    readers.poll.register(sys.stdin, select.EPOLLIN)
    sys.stdout.write("open\n")
    sys.stdout.flush()
    before = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            readers.take_in(1)
    after = resource.getrusage(resource.RUSAGE_SELF)
    seen = {
        "arrivals": readers.arrivals,
        "duplicated": readers.duplicated,
        "disordered": readers.disordered,
        "closed": readers.closed,
        "cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
    }
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
