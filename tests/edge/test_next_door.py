"""The desk behind a Unix socket, over real sockets: what comes through both ways, and what happens when it is away."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.edge.client import PATIENCE_SECONDS, connected, exchange, serving
from tests.edge.readmodel import ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.asgi import App, Receive, Scope, Send
from stoppress.edge.headers import Protection
from stoppress.edge.next_door import NextDoor, from_next_door
from stoppress.edge.server import server_for
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import limits


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Says what it was asked. At /desk/refused it answers before it takes the body."""
    body = b""
    more = not scope["path"].endswith("/refused")
    while more:
        message = await receive()
        piece = message.get("body", b"")
        assert isinstance(piece, bytes)
        body += piece
        more = bool(message.get("more_body"))
    told = {
        "method": scope["method"],
        "target": f"{scope['path']}?{scope['query_string'].decode()}",
        "client": scope.get("client"),
        "headers": {name.decode(): value.decode("latin-1") for name, value in scope["headers"]},
        "length": len(body),
    }
    answer = json.dumps(told).encode()
    headers = [(b"content-type", b"application/json"), (b"x-twice", b"one"), (b"x-twice", b"two")]
    status = 200 if not scope["path"].endswith("/refused") else 413
    await send({"type": "http.response.start", "status": status, "headers": headers})
    half = len(answer) // 2
    await send({"type": "http.response.body", "body": answer[:half], "more_body": True})
    await send({"type": "http.response.body", "body": answer[half:]})


class Door:
    """Both processes as two servers: an edge on a port, the desk's application on a socket."""

    def __init__(self, model: ReadModel, static_root: Path, media_root: Path) -> None:
        self._model, self._static, self._media = model, static_root, media_root

    def edge(self, desk: App) -> Edge:
        """A site with this desk."""
        return Edge(
            store=SqliteStore(self._model.path),
            bus=MemoryBus(),
            media_root=self._media,
            public_url="https://gazette.example",
            static_root=self._static,
            desk=desk,
        )

    @contextmanager
    def open(self, app: App) -> Iterator[int]:
        """Yields the port."""
        with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
            path = Path(folder) / "desk.sock"
            listener.bind(str(path))
            started = threading.Event()
            server = server_for(self.edge(from_next_door(app)), listening=lambda _: started.set())
            thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
            thread.start()
            assert started.wait(PATIENCE_SECONDS)
            try:
                with serving(self.edge(NextDoor(path, Protection(secure=True)))) as port:
                    yield port
            finally:
                server.should_exit = True
                thread.join(PATIENCE_SECONDS)

    @contextmanager
    def raw(self, says: bytes) -> Iterator[int]:
        """The same with a desk that says these bytes to whoever asks, and hangs up."""
        with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
            path = Path(folder) / "desk.sock"
            listener.bind(str(path))
            listener.listen()

            def answer() -> None:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65_536)
                    connection.sendall(says)

            thread = threading.Thread(target=answer, daemon=True)
            thread.start()
            with serving(self.edge(NextDoor(path, Protection(secure=True)))) as port:
                yield port
            thread.join(PATIENCE_SECONDS)


@pytest.fixture
def door(model: ReadModel, static_root: Path, media_root: Path) -> Door:
    return Door(model, static_root, media_root)


def asked(port: int, head: str, body: bytes = b"") -> tuple[str, dict[str, list[str]], bytes]:
    """Status line, headers, body (its chunks joined)."""
    request = head.replace("\n", "\r\n").encode() + b"\r\nHost: gazette.example\r\nConnection: close\r\n\r\n"
    raw_head, _, content = exchange(port, request + body).partition(b"\r\n\r\n")
    first, *lines = raw_head.decode().split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    if headers.get("transfer-encoding") == ["chunked"]:
        content = b"".join(content.split(b"\r\n")[1::2])
    return first, headers, content


def test_a_request_comes_through_whole_and_with_its_client(door: Door) -> None:
    with door.open(echo) as port:
        head = "POST /desk/caf%C3%A9?a=1&b=%20 HTTP/1.1\nContent-Length: 5\nX-Forwarded-For: 203.0.113.5\nTE: trailers"
        first, headers, body = asked(port, f"{head}\nStoppress-Peer: 198.51.100.1 7", b"hello")
    told = json.loads(body)
    assert first == "HTTP/1.1 200 OK"
    assert (told["method"], told["target"], told["length"]) == ("POST", "/desk/café?a=1&b=%20", 5)
    assert told["client"][0] == "127.0.0.1", "where the edge saw it come from, and not what it says itself"
    assert told["headers"]["x-forwarded-for"] == "203.0.113.5"
    assert told["headers"]["host"] == "gazette.example"
    assert not {"te", "stoppress-peer", "transfer-encoding"} & set(told["headers"])
    assert headers["x-twice"] == ["one", "two"]
    assert [len(headers[name]) for name in ("date", "content-type")] == [1, 1]


def test_a_body_in_chunks_comes_through_in_chunks(door: Door) -> None:
    with door.open(echo) as port:
        body = b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
        _, _, answer = asked(port, "POST /desk/ HTTP/1.1\nTransfer-Encoding: chunked", body)
    assert json.loads(answer)["length"] == len("hello world")


def test_a_large_upload_comes_through(door: Door) -> None:
    body = b"x" * (3 * 1024 * 1024)
    head = (
        f"POST /desk/ HTTP/1.1\nContent-Type: image/webp\nExpect: 100-continue\nContent-Length: {len(body)}"
    )
    with door.open(echo) as port:
        first, _, answer = asked(port, head, body)
    if first.startswith("HTTP/1.1 100"):  # said by the edge; the answer follows
        _, _, answer = answer.partition(b"\r\n\r\n")
        answer = b"".join(answer.split(b"\r\n")[1::2])
    told = json.loads(answer)
    assert told["length"] == len(body)
    assert "expect" not in told["headers"]


def test_a_refusal_that_comes_before_the_body_was_taken_arrives(door: Door) -> None:
    head = "POST /desk/refused HTTP/1.1\nContent-Type: image/webp\nContent-Length: 3000000"
    with door.open(echo) as port, connected(port) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\nHost: gazette.example\r\n\r\n")
        connection.sendall(b"x" * 1_000_000)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")


def test_head_is_answered_without_a_body(door: Door) -> None:
    with door.open(echo) as port:
        first, _, body = asked(port, "HEAD /desk/ HTTP/1.1")
    assert (first, body) == ("HTTP/1.1 200 OK", b"")


def test_a_desk_that_is_away_is_said_and_the_client_is_asked_to_come_back(door: Door, tmp_path: Path) -> None:
    away = NextDoor(tmp_path / "nobody.sock", Protection(secure=True))
    with serving(door.edge(away)) as port:
        first, headers, body = asked(port, "POST /api/v1/liveblogs HTTP/1.1\nContent-Length: 2", b"{}")
        assert first.startswith("HTTP/1.1 503 ")
        assert headers["retry-after"] == [str(limits.RETRY_AFTER_SECONDS)]
        assert "same key" in json.loads(body)["next_step"]
        assert asked(port, "HEAD /desk/ HTTP/1.1")[2] == b""
        assert asked(port, "GET /robots.txt HTTP/1.1")[0] == "HTTP/1.1 200 OK", "readers notice nothing"


@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 200 O", b"\x16\x03\x01\x02\x00 no http\r\n\r\n"])
def test_an_answer_that_is_none_is_503(door: Door, says: bytes) -> None:
    with door.raw(says) as port:
        assert asked(port, "GET /desk/ HTTP/1.1")[0].startswith("HTTP/1.1 503 ")


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(door: Door) -> None:
    cut = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: text/html\r\n\r\n5\r\nhello\r\n"
    with door.raw(cut) as port:
        whole = exchange(port, b"GET /desk/ HTTP/1.1\r\nHost: gazette.example\r\nConnection: close\r\n\r\n")
    assert b"hello" in whole
    assert not whole.endswith(b"0\r\n\r\n")


def test_a_stream_of_the_desks_goes_on_until_either_side_hangs_up(door: Door) -> None:
    gone = threading.Event()

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 (an ASGI application)
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"data: here\n\n", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()

    with door.open(stream) as port:
        with connected(port) as connection:
            connection.sendall(b"GET /desk/live/a/newsroom/events/ HTTP/1.1\r\nHost: gazette.example\r\n\r\n")
            came = b""
            while b"data: here" not in came:
                came += connection.recv(65_536)
            assert not gone.is_set()
        assert gone.wait(PATIENCE_SECONDS), "the desk was not told that its reader left"
