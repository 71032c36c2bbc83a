"""Sockets, time-outs and shutdown: uvicorn's server and its HTTP protocol, with what a crowd of readers needs added.

Its parser and flow control serve requests; a stream, once opened, is only a transport in the hub's list. Built by
`cli`. May import `app`, `lib`.
"""

import asyncio
import socket
import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

import uvicorn
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from stoppress.edge import problems
from stoppress.edge.admission import Places, take_all_files
from stoppress.edge.again import Again
from stoppress.edge.app import CONNECTION, Edge, is_desks
from stoppress.edge.asgi import Answer
from stoppress.edge.problems import Problem
from stoppress.lib import limits
from stoppress.lib.addresses import read_address

_TICKS_PER_SECOND = 10  # uvicorn's main loop
_COPIED_BYTES = 2048  # of an answer behind its head: below it a copy is cheaper than a second piece to write


class EdgeProtocol(HttpToolsProtocol):
    """One connection. Its head, its body and its silences are bounded; it can be handed over to a stream."""

    edge: ClassVar[Edge]
    places: ClassVar[Places]  # of connections, by the address of the other side
    again: ClassVar[Again]

    _deadline: float = 0.0  # by time.monotonic(); 0.0 while nothing is awaited from the other side
    _in_head = False
    _head_bytes = 0  # of a head that has come in part
    _came = 0  # bytes that came last
    _refused = False
    _at_once = False  # the present request was answered from memory, without a cycle
    _idle_from: float = 0.0  # since when nothing was asked after such an answer, by time.monotonic()
    _untaken_since: float = 0.0  # since when bytes of an answer wait to be taken, by time.monotonic()
    _address = ""  # whose place it has in `places`
    _between = True  # nothing but whole requests was read, the last of them answered from memory
    _key = ""  # what was answered from memory last
    _mark = 0  # of the piece that could have been remembered last
    _begun = 0  # requests that began in what came last
    _waits = False  # what came last is known, and answered when the event loop's turn ends
    _under_way: RequestResponseCycle | None = None  # the request that is being answered, or was last
    _to_say: Problem | None = None  # with what the connection ends, once all that came before it is answered

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        scope = cycle.scope
        if len(self.connections) > self._most() and not is_desks(scope["path"]):
            self._refuse(problems.too_many_connections())  # what is left is the newsroom's
            return
        if scope["path"].endswith(("/events", "/newsroom/events/")):
            scope["state"][CONNECTION] = HandOver(self, cycle)
        self._under_way = cycle
        super()._start_asgi_task(cycle, app)

    # --- what lies ready --------------------------------------------------------------------------------

    def _answer_at_once(self) -> bool:
        """Answer what is kept and still true, from memory. False: it goes ASGI's way, which answers the same."""
        free = not self.pipeline and (self.cycle is None or self.cycle.response_complete)
        if (
            not free
            or self.flow.write_paused
            or self.transport.is_closing()
            or self.parser.get_method() != b"GET"
            or len(self.connections) > self._most()
        ):
            return False
        key = _key_of(self.url)
        answer = self.edge.ready(key, self.headers) if key else None
        if answer is None:
            return False
        self._at_once = True
        self._key = key
        keep_alive = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        self._send(answer, b"\r\n" if keep_alive else b"connection: close\r\n\r\n")
        if not keep_alive:
            self.transport.close()
        return True

    def _send(self, answer: Answer, ending: bytes) -> None:
        pieces = (answer.head, _lines(tuple(self.server_state.default_headers)), ending, answer.content)
        if len(answer.content) < _COPIED_BYTES:
            self.transport.write(b"".join(pieces))
        else:
            self.transport.writelines(pieces)
        self.server_state.total_requests += 1
        self._idle_from = time.monotonic()

    def answer_again(self, answer: Answer | None, piece: bytes) -> bool:
        """See `again.Asking`."""
        self._waits, self._between = False, True
        if self._refused or self.transport.is_closing():
            return False
        if answer is None or self.flow.write_paused or len(self.connections) > self._most():
            self._read(piece)
            return False
        self._at_once = True
        self._deadline = 0.0
        self._send(answer, b"\r\n")
        return True

    def on_body(self, body: bytes) -> None:
        if not self._at_once:  # nobody asks for the body of a GET
            super().on_body(body)

    # --- bounds -----------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._deadline = time.monotonic() + limits.HEADER_SECONDS
        address = self.edge.addresses.counted(read_address(self.client[0]) if self.client else None)
        is_taken = self.places.take(address)
        self._address = address if is_taken else ""
        if not is_taken or len(self.connections) > self._most() + limits.DESK_CONNECTIONS:
            self._refuse(problems.too_many_connections())

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._give_back()

    def _give_back(self) -> None:
        self.places.give_back(self._address)
        self._address = ""

    def _most(self) -> int:
        """How many connections are for everybody."""
        return min(limits.CONNECTIONS_PER_PROCESS, self.edge.hub.room.connections)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._waits:
            self.again.answer()  # one upon the other
        elif self._between and self.again.take(self, data):
            self._between, self._waits = False, True
            self._idle_from = 0.0
            return
        self._read(data)

    def _read(self, data: bytes) -> None:
        between, self._begun = self._between, 0
        self._came = len(data)
        super().data_received(data)
        if self._between and between and self._begun == 1 and data.endswith(b"\r\n\r\n"):
            mark = hash(data)
            if mark == self._mark:  # asked twice: who asks once only need not be remembered
                self.again.learn(data, self._key, self.headers)
            self._mark = mark
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > limits.HEADER_BYTES:
                self._refuse(problems.head_too_large(limits.HEADER_BYTES))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._between = False
        self._begun += 1
        self._at_once = False
        self._idle_from = 0.0
        self._head_bytes = 0
        self._deadline = time.monotonic() + limits.HEADER_SECONDS

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._deadline += limits.BODY_SECONDS
        if self._head_bytes + self._came > limits.HEADER_BYTES and self._head_is_too_large():
            self._refuse(problems.head_too_large(limits.HEADER_BYTES))
            return
        if not self._answer_at_once():
            super().on_headers_complete()

    def _head_is_too_large(self) -> bool:
        """Measured only when what came could hold such a head: it may as well be a body."""
        lines = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.url) + lines > limits.HEADER_BYTES

    def on_message_complete(self) -> None:
        if not self._at_once:
            super().on_message_complete()
        self._between = self._at_once and not self.transport.is_closing() and not self.parser.should_upgrade()
        self._deadline = 0.0

    def let_go(self) -> asyncio.Transport:
        """Forget the socket: from here on the server does not know this connection any more."""
        self.connections.discard(self)
        self._give_back()
        self._unset_keepalive_if_required()
        self.flow.resume_reading()
        self.pipeline.clear()
        self.parser = None  # type: ignore[assignment]  # they hold each other: now both go at once
        return self.transport

    def resume_writing(self) -> None:
        self._untaken_since = 0.0  # of a long answer, most was taken: it goes on
        super().resume_writing()

    def _is_left(self, now: float) -> bool:
        """Whether an answer waits too long for the other side to take it."""
        if not self.transport.get_write_buffer_size():
            self._untaken_since = 0.0
            return False
        self._untaken_since = self._untaken_since or now
        return now - self._untaken_since > limits.ANSWER_SECONDS

    def check(self, now: float) -> None:
        """Close the connection when what it began has not come in time (slow heads, slow bodies, silence).

        Likewise when the answer is not taken in time (slow reading).
        """
        if self._is_left(now):
            self.transport.abort()
        if self._idle_from and now - self._idle_from > limits.KEEP_ALIVE_SECONDS:
            self.transport.close()
        if not self._deadline or now <= self._deadline or self.transport.is_closing():
            return
        started = self._at_once or (self.cycle is not None and self.cycle.response_started)
        if self._refused or (started and not self._in_head):
            self.transport.abort()
        else:
            self._refuse(problems.too_slow())

    def shutdown(self) -> None:
        """Uvicorn calls it when it stops: what has come is answered first."""
        if self._waits:
            self.again.answer()
        super().shutdown()

    def send_400_response(self, msg: str) -> None:
        self._refuse(problems.not_http(msg))

    def _refuse(self, problem: Problem) -> None:
        """Answer outside of any request, and close; what came whole before it is answered first.

        Source: RFC 9112 section 9.3.2.
        """
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        self._deadline = 0.0
        newest, first = self.cycle, self._under_way
        if newest is not None and newest.more_body:  # whoever still reads the body is told that no more comes
            newest.disconnected = True
            newest.message_event.set()
            self.pipeline = deque(each for each in self.pipeline if each[0] is not newest)
        if first is None or first.response_complete or first.disconnected:
            self._say(problem)
        else:
            self._to_say = problem

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._to_say is not None and self._under_way is not None and self._under_way.response_complete:
            self._say(self._to_say)

    def _say(self, problem: Problem) -> None:
        """The last answer: our side is closed now, all of it when the other side has closed.

        Closing at once with bytes unread would make the kernel throw the answer away (RFC 9112 section 9.6).
        """
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        body = problems.problem_json(problem)
        lines = [
            *self.server_state.default_headers,
            (b"content-type", b"application/problem+json"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
            *problem.headers,
            *self.edge.protection.data,
        ]
        head = b"".join(b"%b: %b\r\n" % line for line in lines)
        self._deadline = time.monotonic() + limits.LINGER_SECONDS
        self.transport.write(STATUS_LINE[problem.status] + head + b"\r\n" + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        else:
            self.transport.close()


@lru_cache(maxsize=2)  # the date in them moves on each second
def _lines(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    return b"".join(b"%b: %b\r\n" % line for line in headers)


def _key_of(url: bytes) -> str:
    """What the shelf keeps the answer under, if it keeps one: the address as it stands; "" for what it cannot keep.

    An address that can be spelled in two ways, or holds more than a path and a query, goes ASGI's way.
    """
    return url.decode("ascii") if url.isascii() and b"%" not in url and b"#" not in url else ""


class HandOver:
    """A request whose connection can become a stream: `stream.Connection`."""

    __slots__ = ("_cycle", "_protocol", "chunked")

    def __init__(self, protocol: EdgeProtocol, cycle: RequestResponseCycle) -> None:
        self._protocol = protocol
        self._cycle = cycle
        self.chunked = cycle.scope["http_version"] != "1.0"

    def hand_over(self, reader: asyncio.Protocol) -> asyncio.Transport | None:
        """See `stream.Connection`. Requests sent behind this one are dropped: a stream has no end to wait for."""
        if self._cycle.disconnected or self._protocol.transport.is_closing():
            return None
        self._cycle.disconnected = True  # the request ends without a word of the server's
        transport = self._protocol.let_go()
        transport.set_protocol(reader)
        return transport


class EdgeServer(uvicorn.Server):
    """Serves one `Edge` until SIGTERM or SIGINT; then ends its streams, spread, and returns."""

    def __init__(self, edge: Edge, config: uvicorn.Config, listening: Callable[[int], None]) -> None:
        super().__init__(config)
        self._edge = edge
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._edge.hub.room = take_all_files()
        await super().startup(sockets)
        for server in self.servers:
            for listener in server.sockets:
                _drop_dead_peers(listener)
        if self.started:
            self._listening(self.servers[0].sockets[0].getsockname()[1])

    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS_PER_SECOND == 0:
            now = time.monotonic()
            for connection in list(self.server_state.connections):
                if isinstance(connection, EdgeProtocol):
                    connection.check(now)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, end streams within `DRAIN_SECONDS`, then requests within `STOP_SECONDS`."""
        for server in self.servers:
            server.close()
        if self._edge.newsroom:
            self._edge.newsroom.drain()
        await self._edge.hub.drain()
        await super().shutdown(sockets)
        # Stopping when asked is success: uvicorn would raise the signal again and so end the process by it.
        self._captured_signals.clear()


def _drop_dead_peers(listener: socket.socket) -> None:
    """Connections accepted here end when the other side acknowledges nothing for so long (tcp(7))."""
    if listener.family in (socket.AF_INET, socket.AF_INET6) and hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, limits.SOCKET_SECONDS * 1000)


def _loop() -> str:
    try:
        import uvloop  # noqa: F401, PLC0415 (absent on Windows)
    except ImportError:
        return "asyncio"
    return "uvloop"


def server_for(
    edge: Edge,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    listening: Callable[[int], None] = lambda _: None,
) -> EdgeServer:
    """A server for `edge`; `.run()` blocks until it is told to stop. Forwarded headers are `address.py`'s matter.

    `listening` is called with the port once connections are taken (port 0 means any free one).
    """
    parts = {"edge": edge, "places": Places(limits.CONNECTIONS_PER_ADDRESS), "again": Again(edge)}
    protocol = type("BoundEdgeProtocol", (EdgeProtocol,), parts)
    config = uvicorn.Config(
        edge,
        host=host,
        port=port,
        http=protocol,
        loop=_loop(),
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=limits.KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=limits.STOP_SECONDS,
    )
    return EdgeServer(edge, config, listening)
