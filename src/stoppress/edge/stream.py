"""One reader: a socket in the hub's list, and nothing else. Called by `hub.py`; opened by `app.py`.

A reader costs a few slots. No task, queue or generator stands behind it: the hub writes each frame, encoded once,
straight to its socket, and to its transport what the socket does not take at once. A reader that leaves too much of
that untaken is cut, and comes back with Last-Event-ID. Source: docs/decisions/0028-written-to-the-socket.md
"""

import asyncio
import os
import random
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from typing import Protocol, runtime_checkable

from stoppress.edge.asgi import Headers
from stoppress.edge.headers import STREAM_CACHING, Protection
from stoppress.events import sse
from stoppress.lib import clock, limits

_LAST_CHUNK = b"0\r\n\r\n"
_WITHOUT_SOCKET = count(-1, -1)  # keys of readers whose socket cannot be written to by its number


def stream_headers(protection: Protection, caching: bytes = STREAM_CACHING) -> Headers:
    """Of every stream; also the answer to HEAD."""
    return [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", caching),
        (b"x-accel-buffering", b"no"),
        *protection.data,
    ]


@runtime_checkable
class Connection(Protocol):
    """A connection with a request on it that can become a stream. `server.HandOver` is one."""

    chunked: bool  # HTTP/1.1: the body goes in chunks. HTTP/1.0: it ends with the connection

    def hand_over(self, reader: asyncio.Protocol) -> asyncio.Transport | None:
        """Give the socket to `reader`, for good; None when the other side has already gone."""


class Crowd(Protocol):
    """Where readers are listed: the hub."""

    late: set[int]  # keys of readers whose transport holds bytes

    def leave(self, reader: "Reader") -> None:
        """Forget a reader whose connection is gone."""

    def cut(self, reader: "Reader") -> None:
        """End a reader that does not take its bytes."""


class Head:
    """The response head of every stream, put together once; only the date and the framing differ."""

    def __init__(self, protection: Protection, caching: bytes = STREAM_CACHING) -> None:
        lines = [b"%b: %b\r\n" % pair for pair in stream_headers(protection, caching)]
        self._lines = b"connection: close\r\n" + b"".join(lines)
        self._second: datetime | None = None
        self._date = b""

    def bytes_for(self, *, chunked: bool) -> bytes:
        """From the status line to the empty line. HTTP/1.0 gets no framing: closing ends the body."""
        framing = b"transfer-encoding: chunked\r\n" if chunked else b""
        second = clock.now().replace(microsecond=0)
        if second != self._second:  # thousands may come in one
            self._second, self._date = second, format_datetime(second, usegmt=True).encode()
        return b"HTTP/1.1 200 OK\r\ndate: %b\r\n%b%b\r\n" % (self._date, framing, self._lines)


class Reader(asyncio.Protocol):
    """One open stream. `beat` is the second of the heartbeat round in which it gets its comment.

    `key`: the number of its socket, which is its own until `connection_lost`; or a negative one, and then only its
    transport may be written to.
    """

    __slots__ = ("address", "beat", "blog_id", "chunked", "crowd", "ended", "key", "stuck", "transport")

    def __init__(self, crowd: Crowd, blog_id: int, beat: int, *, chunked: bool) -> None:
        self.crowd = crowd
        self.blog_id = blog_id
        self.beat = beat
        self.chunked = chunked
        self.stuck = False
        self.ended = False
        self.key = 0
        self.address = ""  # whose place it has: `admission.py`

    def open(self, transport: asyncio.Transport, head: bytes, frames: bytes) -> None:
        """Send the response head, when to come back after a break, and what was missed."""
        self.transport = transport
        self.key = _key_of(transport)
        # Any byte that is left over calls `pause_writing`, and the last one taken `resume_writing`.
        transport.set_write_buffer_limits(high=0, low=0)
        if transport.get_write_buffer_size():
            self.crowd.late.add(self.key)
        wait = random.randint(limits.RETRY_MS_MIN, limits.RETRY_MS_MAX)  # noqa: S311 (jitter, no secret)
        body = sse.retry(wait) + frames
        self.send(head + (sse.chunk(body) if self.chunked else body))

    def send(self, data: bytes) -> None:
        """Write bytes that are framed already, by the transport. One whose socket fails stops no other."""
        if self.ended:
            return
        try:
            self.transport.write(data)
        except (OSError, RuntimeError):
            self.crowd.cut(self)
            return
        if (
            self.key in self.crowd.late
            and self.transport.get_write_buffer_size() > limits.READER_BUFFER_BYTES
        ):
            self.crowd.cut(self)

    def end(self) -> None:
        """Finish the stream in good order. The readers of a stopping process come back over some time."""
        wait = random.randint(limits.RETRY_MS_MIN, limits.DRAIN_RETRY_MS_MAX)  # noqa: S311 (jitter, no secret)
        body = sse.retry(wait)
        self.send(sse.chunk(body) + _LAST_CHUNK if self.chunked else body)
        self.ended = True
        self.transport.close()

    def is_taking(self) -> bool:
        """False when bytes of the last round are still not taken: two rounds of that, and it is cut."""
        waiting = self.transport.get_write_buffer_size() > 0
        taking = not (waiting and self.stuck)
        self.stuck = waiting
        return taking

    # asyncio calls these.

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        self.crowd.leave(self)

    def data_received(self, data: bytes) -> None:  # noqa: ARG002 (same)
        """A stream takes no input; whoever sends some is no reader."""
        self.transport.abort()

    def pause_writing(self) -> None:
        """The socket did not take everything."""
        self.crowd.late.add(self.key)

    def resume_writing(self) -> None:
        """It has."""
        self.crowd.late.discard(self.key)


def _key_of(transport: asyncio.Transport) -> int:
    """The number by which a socket can be written to, where there is a socket and it has such a number."""
    connection = transport.get_extra_info("socket")
    return connection.fileno() if connection is not None and os.name == "posix" else next(_WITHOUT_SOCKET)
