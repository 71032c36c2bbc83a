"""Ways to ask the edge: in process, as an ASGI server would; and over a socket, as a browser would.

Called by the tests of the edge.
"""

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Self

from tests.events.reading import EventStream

from stoppress.edge.app import Edge
from stoppress.edge.asgi import App, Message, Scope
from stoppress.edge.server import server_for

PATIENCE_SECONDS = 20.0  # never reached unless something is broken


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> dict[str, object]:
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


async def ask(
    app: App,
    path: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    client: str = "203.0.113.9",
    body: tuple[bytes, ...] = (b"",),
) -> Reply:
    """One request in process."""
    path, _, query = path.partition("?")
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "http_version": "1.1",
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "client": (client, 50_000),
        "state": {},
    }
    sent: list[Message] = []
    left = list(body)

    async def receive() -> Message:
        part = left.pop(0) if left else b""
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, whole = sent
    lines = start["headers"]
    assert isinstance(lines, list)
    assert isinstance(start["status"], int)
    assert isinstance(whole["body"], bytes)
    names = [name.decode() for name, _ in lines]
    assert len(names) == len(set(names)), f"a header twice: {names}"
    return Reply(start["status"], {name.decode(): value.decode() for name, value in lines}, whole["body"])


def get(app: App, path: str, **headers: str) -> Reply:
    """One GET in process. Header names with underscores for hyphens."""
    return asyncio.run(
        ask(app, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    )


# --- over a socket ------------------------------------------------------------------------------------


@contextmanager
def serving(edge: Edge) -> Iterator[int]:
    """`edge` on a loopback port of its own, in a thread; yields the port."""
    started = Event()
    ports: list[int] = []

    def listening(port: int) -> None:
        ports.append(port)
        started.set()

    server = server_for(edge, port=0, listening=listening)

    def run() -> None:
        server.run()
        started.set()  # also when it could not start

    thread = Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(PATIENCE_SECONDS)
    try:
        yield ports[0]
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive(), "the server did not stop"


def connected(port: int, receive_buffer: int = 0) -> socket.socket:
    """A connection that gives up after `PATIENCE_SECONDS`."""
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(PATIENCE_SECONDS)
    connection.connect(("127.0.0.1", port))
    return connection


def exchange(port: int, request: bytes) -> bytes:
    """Send bytes, read until the server closes."""
    with connected(port) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


@dataclass(slots=True)
class LiveReader:
    """A reader of a stream, over a real socket. Reads only when told to."""

    connection: socket.socket
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    stream: EventStream = field(default_factory=EventStream)
    ended: bool = False
    _raw: bytes = b""
    _seen: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def open(self, target: str, *lines: str, version: str = "1.1", behind: bytes = b"") -> Self:
        """Send the request and read the response's head."""
        request = [f"GET {target} HTTP/{version}", "Host: 127.0.0.1", *lines, "", ""]
        self.connection.sendall("\r\n".join(request).encode() + behind)
        return self.answered()

    def answered(self) -> Self:
        """Read the response's head."""
        while b"\r\n\r\n" not in self._raw:
            self._receive()
        head, _, self._raw = self._raw.partition(b"\r\n\r\n")
        first, *rest = head.decode().split("\r\n")
        self.status = int(first.split()[1])
        self.headers = dict(line.lower().split(": ", 1) for line in rest)
        return self

    def _receive(self) -> None:
        data = self.connection.recv(65_536)
        if not data:
            self.ended = True
            raise EOFError
        self._raw += data

    def _take(self) -> None:
        """Undo the framing of whatever has come."""
        if self.headers.get("transfer-encoding") != "chunked":
            data, self._raw = self._raw, b""
            self.stream.feed(data)
            return
        while b"\r\n" in self._raw:
            size, _, rest = self._raw.partition(b"\r\n")
            length = int(size, 16)
            if len(rest) < length + 2:
                return
            assert rest[length : length + 2] == b"\r\n"
            self._raw = rest[length + 2 :]
            if length == 0:
                self.ended = True
                return
            self.stream.feed(rest[:length])

    def until(self, count: int) -> list[dict[str, object]]:
        """The next `count` events' data, waiting for them."""
        while len(self.stream.events) < self._seen + count:
            self._take()
            if len(self.stream.events) < self._seen + count:
                self._receive()
        new = self.stream.events[self._seen : self._seen + count]
        self._seen += count
        return [json.loads(event.data) for event in new]

    def until_standing(self, seq: int) -> None:
        """Until the browser would know that it stands at `seq`."""
        while self.stream.last_event_id != str(seq):
            self._take()
            if self.stream.last_event_id != str(seq):
                self._receive()

    def until_comment(self) -> None:
        """Until a heartbeat has come."""
        before = self.stream.comments
        while self.stream.comments == before:
            self._receive()
            self._take()

    def until_end(self) -> None:
        """Until the server has ended the stream."""
        with suppress(EOFError, ConnectionResetError):
            while not self.ended:
                self._receive()
                self._take()


def reader(port: int, receive_buffer: int = 0) -> LiveReader:
    """A reader that has not asked yet."""
    return LiveReader(connected(port, receive_buffer))
