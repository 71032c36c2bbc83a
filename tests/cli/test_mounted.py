"""A WSGI application inside the server: what it is told, and that its answers arrive whole."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from stoppress.cli.mounted import Mounted
from stoppress.edge.asgi import Headers, Message, Scope
from stoppress.lib import limits

LONG = b"x" * (limits.DESK_BODY_BYTES + 1)


def ask(app: WSGIApplication, *, headers: Headers, parts: Iterable[bytes] = ()) -> list[Message]:
    """Every message of the answer to one POST whose body comes in `parts`; None in them: the client hangs up."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/desk/é",
        "query_string": b"a=1",
        "http_version": "1.1",
        "headers": headers,
        "client": ("192.0.2.7", 4000),
    }
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    waiting = [*waiting, {"type": "http.request"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await asyncio.wait_for(Mounted(app, 1)(cast("Scope", scope), receive, send), 30)

    asyncio.run(run())
    return sent


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("201 Created", [("X-Path", environ["PATH_INFO"])])
    return [environ["wsgi.input"].read()]


def body_of(sent: list[Message]) -> bytes:
    return b"".join(cast("bytes", message["body"]) for message in sent[1:])


@pytest.mark.parametrize(
    ("parts", "headers"),
    [
        ([b"he", b"llo"], [(b"content-length", b"5")]),
        ([b"he", b"llo"], [(b"transfer-encoding", b"chunked")]),
        ([LONG[:9], LONG[9:]], [(b"content-length", b"%d" % len(LONG))]),
        ([], []),
    ],
    ids=["short", "of unknown length", "long", "none"],
)
def test_a_body_is_read_to_its_end_however_it_comes(parts: list[bytes], headers: Headers) -> None:
    sent = ask(echo, headers=headers, parts=parts)
    assert sent[0] == {
        "type": "http.response.start",
        "status": 201,
        "headers": [(b"x-path", "/desk/é".encode())],
    }
    assert body_of(sent) == b"".join(parts)
    assert [message["more_body"] for message in sent[1:]] == [False]


def test_who_hangs_up_within_a_short_body_asked_for_nothing() -> None:
    asked: list[str] = []

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        return echo(environ, start_response)

    async def run() -> list[Message]:
        scope = {"type": "http", "headers": [(b"content-length", b"5")]}
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await Mounted(app, 1)(cast("Scope", scope), receive, send)
        return sent

    assert (asyncio.run(run()), asked) == ([], [])


def test_a_long_answer_is_sent_as_it_is_made_and_closed() -> None:
    piece = b"y" * limits.DESK_ANSWER_BYTES
    closed: list[bool] = []

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            yield from (piece, b"and", piece, b"end")

        def close(self) -> None:
            closed.append(True)

    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Pieces:
        start_response("200 OK", [])
        return Pieces()

    sent = ask(app, headers=[])
    assert body_of(sent) == piece + b"and" + piece + b"end"
    assert [message["more_body"] for message in sent[1:]] == [True, True, False]
    assert closed == [True]


def test_headers_are_told_as_wsgi_has_them() -> None:
    found: WSGIEnvironment = {}

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        found.update(environ)
        start_response("204 No Content", [])
        return []

    headers = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-two", b"1"), (b"x-two", b"2")]
    ask(app, headers=[*headers, (b"content-type", b"text/plain"), (b"x_forged", b"1")])
    told = {name: value for name, value in found.items() if name.startswith(("HTTP_", "CONTENT", "REMOTE"))}
    assert told == {
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_TWO": "1,2",
        "CONTENT_TYPE": "text/plain",
        "REMOTE_ADDR": "192.0.2.7",
        "REMOTE_PORT": "4000",
    }
    assert (found["PATH_INFO"], found["QUERY_STRING"]) == ("/desk/Ã©", "a=1")


def test_a_fault_of_the_application_is_the_servers_to_tell() -> None:
    def app(_environ: WSGIEnvironment, _start_response: StartResponse) -> list[bytes]:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        ask(app, headers=[])
