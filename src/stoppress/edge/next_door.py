"""The desk in a process of its own on this machine: requests for it are passed on over a Unix socket, and back.

`NextDoor` stands in the edge's process in the place of the desk's application; `from_next_door` stands in front of
that application in the desk's process and puts back what only the edge saw: where the request came from. The socket
lies in a folder that only our own account can open, so nobody else can say so.

One connection for each request, bytes passed on as they come, in pieces: a large upload is held nowhere, a slow
browser slows the desk's answer down, and a stream of the desk's stays open. Built by `cli`. May import `asgi`,
`problems`, `lib`. Source: RFC 9112 (framing), RFC 9110 section 7.6.1 (what belongs to one connection only).
"""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import httptools

from stoppress.edge import problems
from stoppress.edge.asgi import NO_BODY, App, Headers, Message, Receive, Request, Scope, Send
from stoppress.edge.headers import Protection
from stoppress.lib import limits

_PEER = b"stoppress-peer"
# Of one connection only, or said anew on the next one.
_OWN = frozenset(
    {
        *(b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding"),
        *(b"upgrade", b"expect", _PEER),
    }
)
_LAST_CHUNK = b"0\r\n\r\n"


class _Answer:
    """What has come of the desk's answer, as httptools tells it."""

    def __init__(self) -> None:
        self.headers: Headers = []
        self.pieces: list[bytes] = []
        self.has_head = False
        self.is_whole = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """One line of the head."""
        name = name.lower()
        if name not in _OWN and name != b"date":  # the server before us dates its answers itself
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is there."""
        self.has_head = True

    def on_body(self, piece: bytes) -> None:
        """A part of the body."""
        self.pieces.append(piece)

    def on_message_complete(self) -> None:
        """All of it is there."""
        self.is_whole = True

    @property
    def is_stream(self) -> bool:
        """Whether it never ends by itself: then breaking off is its end."""
        return any(
            name == b"content-type" and value.startswith(b"text/event-stream") for name, value in self.headers
        )


class NextDoor:
    """The desk behind the socket at `path`, as an ASGI application."""

    def __init__(self, path: Path, protection: Protection) -> None:
        self._path = str(path)
        self._protection = protection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Not asyncio's streams: one that cannot be written to any more cannot be read either, and a desk that refuses
        # an upload answers before it has taken it.
        with socket.socket(socket.AF_UNIX) as desk:
            desk.setblocking(False)  # noqa: FBT003 (the standard library's)
            asking = None
            try:
                await asyncio.get_running_loop().sock_connect(desk, self._path)
                asking = asyncio.create_task(_ask(scope, receive, desk))
                await self._pass_back(scope, desk, send)
            except (OSError, EOFError, TimeoutError):
                refusal = problems.problem_answer(problems.no_desk(), Request(scope), self._protection)
                await send(refusal.start)
                await send(NO_BODY if scope["method"] == "HEAD" else refusal.body)
            finally:
                if asking is not None:
                    asking.cancel()
                    await asyncio.gather(asking, return_exceptions=True)

    async def _pass_back(self, scope: Scope, desk: socket.socket, send: Send) -> None:
        """Raises: OSError, EOFError, TimeoutError (before anything was sent)."""
        answer = _Answer()
        parser = httptools.HttpResponseParser(answer)
        async with asyncio.timeout(limits.BODY_SECONDS + limits.DESK_ANSWER_SECONDS):
            while not answer.has_head:
                await _read(desk, parser)
        status = parser.get_status_code()
        await send({"type": "http.response.start", "status": status, "headers": answer.headers})
        if scope["method"] != "HEAD":
            with suppress(OSError, EOFError):
                await _pass_body(answer, parser, desk, send)
            if not (answer.is_whole or answer.is_stream):
                return  # broken off: the server before us closes, so that nobody takes a part for the whole
        await send(NO_BODY)


async def _read(desk: socket.socket, parser: httptools.HttpResponseParser) -> None:
    """Take what came. Raises: EOFError (the desk hung up, or what it says is no HTTP), OSError."""
    data = await asyncio.get_running_loop().sock_recv(desk, limits.PASS_ON_BYTES)
    if not data:
        raise EOFError
    try:
        parser.feed_data(data)
    except httptools.HttpParserError as fault:
        raise EOFError from fault


async def _pass_body(
    answer: _Answer, parser: httptools.HttpResponseParser, desk: socket.socket, send: Send
) -> None:
    while True:
        pieces, answer.pieces = answer.pieces, []
        if pieces:
            await send({"type": "http.response.body", "body": b"".join(pieces), "more_body": True})
        if answer.is_whole:
            return
        await _read(desk, parser)


async def _ask(scope: Scope, receive: Receive, desk: socket.socket) -> None:
    """Pass the request on; then wait until the browser hangs up, and hang up too."""
    chunked = any(name == b"transfer-encoding" for name, _ in scope["headers"])
    message: Message = {"type": "http.request"}
    with suppress(OSError):  # the desk has answered already and takes no more: its answer says why
        await _tell(desk, _head(scope, chunked=chunked))
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            piece = message.get("body", b"")
            if isinstance(piece, bytes) and piece:
                await _tell(desk, b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            if not message.get("more_body"):
                await _tell(desk, _LAST_CHUNK if chunked else b"")
                break
    while message["type"] != "http.disconnect":
        message = await receive()
    with suppress(OSError):
        desk.shutdown(socket.SHUT_RDWR)


async def _tell(desk: socket.socket, data: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(desk, data)


def _head(scope: Scope, *, chunked: bool) -> bytes:
    target = scope.get("raw_path") or scope["path"].encode()
    if scope["query_string"]:
        target += b"?" + scope["query_string"]
    lines = [(name, value) for name, value in scope["headers"] if name not in _OWN]
    lines.append((b"connection", b"close"))
    if chunked:
        lines.append((b"transfer-encoding", b"chunked"))
    client = scope.get("client")
    if client:
        lines.append((_PEER, f"{client[0]} {client[1]}".encode()))
    head = b"".join(b"%b: %b\r\n" % line for line in lines)
    return b"%b %b HTTP/1.1\r\n%b\r\n" % (scope["method"].encode(), target, head)


def from_next_door(app: App) -> App:
    """`app`, told where its requests came from before an edge passed them on."""

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        peer = [value for name, value in scope["headers"] if name == _PEER]
        headers = [(name, value) for name, value in scope["headers"] if name != _PEER]
        client = _client(peer[0]) if peer else None
        await app({**scope, "headers": headers, "client": client}, receive, send)

    return told


def _client(peer: bytes) -> tuple[str, int] | None:
    address, _, port = peer.decode("latin-1").partition(" ")
    return (address, int(port)) if port.isdecimal() else None
