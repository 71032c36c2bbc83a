"""Puts a WSGI application into the server: each request in a thread of its own, with one step there and one back.

Called by `server.py`, for the desk and the API. Streams to readers are written in the event loop meanwhile; a thread
that had to ask the loop for every piece of a request and an answer would wait for it each time.
Source: https://peps.python.org/pep-3333/
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from types import TracebackType
from typing import Any, TypeAlias, cast
from wsgiref.types import WSGIApplication, WSGIEnvironment

from stoppress.edge.asgi import Headers, Message, Receive, Scope, Send
from stoppress.lib import limits

_Fault: TypeAlias = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
_OF_THE_BODY = {"content-length": "CONTENT_LENGTH", "content-type": "CONTENT_TYPE"}


class Mounted:
    """`app` as an ASGI application of the `http` kind, in `threads` threads."""

    def __init__(self, app: WSGIApplication, threads: int) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="desk")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if any(name == b"transfer-encoding" for name, _ in scope["headers"]) or not _is_at_hand(length):
            body: io.BufferedIOBase = io.BufferedReader(_Coming(receive, loop))
        else:
            # Nobody who sends slowly holds a thread.
            whole = await _whole(receive) if int(length) else b""
            if whole is None:
                return
            body = io.BytesIO(whole)
        answer = _Answer(send, loop)
        run = copy_context().run
        await loop.run_in_executor(
            self._threads, run, answer.make, self._app, environ_of(scope, cast("io.BytesIO", body))
        )
        await answer.end()


def _is_at_hand(length: bytes) -> bool:
    return length.isdigit() and int(length) <= limits.DESK_BODY_BYTES


async def _whole(receive: Receive) -> bytes | None:
    """The body; None when whoever sent it hung up."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += cast("bytes", message.get("body", b""))
        if not message.get("more_body"):
            return body


class _Coming(io.RawIOBase):
    """A body that is too long to be waited for, read in the thread as it comes."""

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self._receive = receive
        self._loop = loop
        self._rest = b""
        self._more = True

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        while self._more and not self._rest:
            message = _in_loop(self._receive(), self._loop)
            self._rest = cast("bytes", message.get("body", b""))
            self._more = bool(message.get("more_body"))
        part, self._rest = self._rest[: len(room)], self._rest[len(room) :]
        room[: len(part)] = part
        return len(part)


class _Answer:
    """What the application answers: held until it is whole, or sent on from the thread when it grows long."""

    def __init__(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._send = send
        self._loop = loop
        self._start: Message | None = None
        self._body: list[bytes] = []
        self._held = 0

    def make(self, app: WSGIApplication, environ: WSGIEnvironment) -> None:
        """Run the application. In a thread."""
        parts = app(environ, self._begin)
        try:
            for part in parts:
                self._add(part)
        finally:
            getattr(parts, "close", lambda: None)()

    def _begin(
        self, status: str, headers: list[tuple[str, str]], _fault: _Fault | None = None
    ) -> Callable[[bytes], object]:
        self._start = {
            "type": "http.response.start",
            "status": int(status.partition(" ")[0]),
            "headers": _headers(headers),
        }
        return self._add

    def _add(self, part: bytes) -> None:
        self._body.append(part)
        self._held += len(part)
        if self._held > limits.DESK_ANSWER_BYTES:
            _in_loop(self._pass_on(more=True), self._loop)

    async def _pass_on(self, *, more: bool) -> None:
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)
        body, self._body, self._held = b"".join(self._body), [], 0
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def end(self) -> None:
        """Send what is held. In the loop."""
        await self._pass_on(more=False)


def _in_loop(work: Awaitable[Any], loop: asyncio.AbstractEventLoop) -> Any:
    """Do `work` in the loop while this thread waits."""

    async def done() -> Any:
        return await work

    return asyncio.run_coroutine_threadsafe(done(), loop).result()


def _headers(headers: Iterable[tuple[str, str]]) -> Headers:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def environ_of(scope: Scope, body: io.BytesIO) -> WSGIEnvironment:
    """The request as WSGI has it. A header whose name has an underscore could pass for another, and is left out."""
    told = cast("dict[str, Any]", scope)
    server, client = told.get("server") or ("localhost", 80), told.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": told.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:
            continue
        key = _OF_THE_BODY.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        between = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ
