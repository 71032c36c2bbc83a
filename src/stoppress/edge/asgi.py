"""The server's side of the wire as types, and what a handler gives back. Called by all of `edge`.

Source: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import NotRequired, Protocol, TypeAlias, TypedDict
from urllib.parse import parse_qsl

Headers: TypeAlias = list[tuple[bytes, bytes]]
Message: TypeAlias = dict[str, object]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

_QUERY_FIELDS = 10  # no address of ours has more than two


class Scope(TypedDict):
    """Of the scope, what the edge reads."""

    type: str
    method: str
    path: str
    raw_path: NotRequired[bytes]  # as it came, still with its %s
    query_string: bytes
    http_version: str
    headers: Headers
    client: NotRequired[tuple[str, int] | None]
    state: NotRequired[dict[str, object]]


class App(Protocol):
    """An ASGI application."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


@dataclass(slots=True)
class Request:
    """One request. `parts` are the values in its path, in order, as the route table names them."""

    scope: Scope
    parts: tuple[str, ...] = ()

    def header(self, name: bytes) -> bytes:
        """The first header of that (lower-case) name, or b""."""
        for key, value in self.scope["headers"]:
            if key == name:
                return value
        return b""

    def query(self, name: str) -> str | None:
        """The value of a query field; None when it is absent or the query is no query."""
        text = self.scope["query_string"]
        if not text:
            return None
        try:
            fields = parse_qsl(text.decode("latin-1"), keep_blank_values=True, max_num_fields=_QUERY_FIELDS)
        except ValueError:
            return None
        return next((value for key, value in fields if key == name), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response, made once where it can be: as ASGI's two messages, and as bytes.

    `head` is the status line and the headers as they travel, without Date, Connection and the empty line:
    `server.EdgeProtocol` adds those and spares ASGI's way for what is asked for most.
    """

    status: int
    headers: Headers
    content: bytes
    head: bytes

    @property
    def start(self) -> Message:
        """ASGI's first message."""
        return {"type": "http.response.start", "status": self.status, "headers": self.headers}

    @property
    def body(self) -> Message:
        """ASGI's second message."""
        return {"type": "http.response.body", "body": self.content}


def answer(status: int, headers: Headers, body: bytes = b"") -> Answer:
    """A response of these parts, with its length. A 204 or 304 has neither body nor length."""
    if body or status not in (204, 304):
        headers = [*headers, (b"content-length", b"%d" % len(body))]
    line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
    return Answer(status, headers, body, line + b"".join(b"%b: %b\r\n" % header for header in headers))


NO_BODY: Message = {"type": "http.response.body", "body": b""}
