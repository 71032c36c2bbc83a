"""Sockets and bounds: what a hostile or slow peer can do, and what keeps being served meanwhile."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.edge.client import connected, exchange, reader, serving
from tests.edge.readmodel import ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.asgi import Receive, Scope, Send
from stoppress.lib import limits
from stoppress.lib.ids import Seq

GET = b"GET /live/storm HTTP/1.1\r\nHost: a\r\n"


def test_a_kept_page_and_asgis_way_give_the_same_answer(edge: Edge, model: ReadModel) -> None:
    model.post(model.blog())
    with serving(edge) as port:
        first = exchange(port, GET + b"Connection: close\r\n\r\n")  # made: by ASGI's way
        second = exchange(port, GET + b"Connection: close\r\n\r\n")  # kept: at once
    assert _fields(first) == _fields(second)
    assert first.partition(b"\r\n\r\n")[2] == second.partition(b"\r\n\r\n")[2]


def _fields(answer: bytes) -> set[bytes]:
    lines = answer.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return {line for line in lines if not line.startswith(b"date:")}


def test_requests_in_one_packet_are_answered_in_order(edge: Edge, model: ReadModel) -> None:
    model.post(model.blog())
    missing = b"GET /missing HTTP/1.1\r\nHost: a\r\n\r\n"
    with serving(edge) as port:
        sent = (GET + b"\r\n") * 3 + missing + (GET + b"\r\n") * 300 + GET + b"Connection: close\r\n\r\n"
        answer = exchange(port, sent)
    statuses = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200"] * 3 + [b"404"] + [b"200"] * 301


def test_a_connection_is_kept_for_the_next_request(edge: Edge, model: ReadModel) -> None:
    model.post(model.blog())
    with serving(edge) as port, connected(port) as connection:
        for _ in range(3):
            connection.sendall(b"HEAD /live/storm HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert answer.endswith(b"\r\n\r\n")


AMBIGUOUS = (
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Bad Name: 1\r\n",
)


def test_a_head_that_could_be_read_in_two_ways_is_refused(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port:
        for lines in AMBIGUOUS:
            answer = exchange(port, b"POST /live/storm HTTP/1.1\r\nHost: a\r\n" + lines + b"\r\nhello")
            assert answer.startswith(b"HTTP/1.1 400 "), lines
            assert b"application/problem+json" in answer


def test_a_head_too_large_is_refused_in_one_piece_or_in_many(edge: Edge, model: ReadModel) -> None:
    model.blog()
    line = b"X-Filler: " + b"a" * 1_000 + b"\r\n"
    with serving(edge) as port:
        assert exchange(port, GET + line * 40 + b"\r\n").startswith(b"HTTP/1.1 431 ")
        with connected(port) as connection:
            connection.sendall(GET)
            answer = b""
            connection.setblocking(False)  # noqa: FBT003 (the socket's own word)
            while not answer:
                try:
                    connection.sendall(line)
                    answer = connection.recv(65_536)
                except BlockingIOError:
                    continue
    assert answer.startswith(b"HTTP/1.1 431 ")


def test_a_large_body_is_no_large_head(edge: Edge, model: ReadModel) -> None:
    model.blog()
    body = b"a" * (limits.HEADER_BYTES + 1)
    with serving(edge) as port:
        head = (
            b"POST /live/storm HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            % len(body)
        )
        assert exchange(port, head + body).startswith(b"HTTP/1.1 405 ")


UNFINISHED = {
    b"": [b"408"],
    GET: [b"408"],
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhal": [b"405"],
    b"POST /desk/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhal": [b"408"],
}


def test_who_does_not_finish_is_cut(edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HEADER_SECONDS", 0)
    monkeypatch.setattr(limits, "BODY_SECONDS", 0)
    monkeypatch.setattr(edge, "_desk", reads_its_body)
    model.blog()
    with serving(edge) as port, ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda sent: exchange(port, sent), UNFINISHED))
    statuses = [[part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]] for answer in answers]
    assert statuses == list(UNFINISHED.values())


async def reads_its_body(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 (an application)
    """Reads to the end, and answers nothing to one who went away."""
    while (message := await receive())["type"] != "http.disconnect":
        assert message["type"] == "http.request"


NONSENSE = b"NO SUCH\r\n\r\n"
BEGUN = b"POST /desk/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n"


@pytest.mark.parametrize(("asked", "last"), [(1, NONSENSE), (3, NONSENSE), (2, BEGUN)])
def test_what_came_before_nonsense_is_answered_before_it(
    asked: int, last: bytes, edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "_desk", takes_its_time)
    model.blog()
    with serving(edge) as port:
        answer = exchange(port, b"GET /desk/ HTTP/1.1\r\nHost: a\r\n\r\n" * asked + last)
    assert re.findall(rb"HTTP/1\.1 (\d{3})", answer) == [b"204"] * asked + [b"400"]


async def takes_its_time(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 (an application)
    """Answers when whatever came in the same packet has been looked at."""
    for _ in range(3):
        await asyncio.sleep(0)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_connections_beyond_the_places_are_told_so(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS_PER_PROCESS", 1)
    model.blog()
    with serving(edge) as port, connected(port) as first:
        first.sendall(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert first.recv(65_536).startswith(b"HTTP/1.1 200 ")
        assert exchange(port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").startswith(b"HTTP/1.1 503 ")


def test_streams_do_not_count_as_connections(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS_PER_PROCESS", 1)
    model.blog()
    with serving(edge) as port:
        crowd = [reader(port).open("/live/storm/events") for _ in range(4)]
        assert [someone.status for someone in crowd] == [200] * 4
        for someone in crowd:
            someone.connection.close()


def test_a_reader_costs_a_few_slots(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port, reader(port).open("/live/storm/events") as someone:
        someone.until_standing(1)
        (listed,) = (one for part in edge.hub._beats for one in part)
        assert not hasattr(listed, "__dict__")


def test_stopping_with_idle_connections_takes_no_time(edge: Edge, model: ReadModel) -> None:
    model.post(model.blog())
    with serving(edge) as port:
        idle = [connected(port) for _ in range(10)]
        began = time.monotonic()
    assert time.monotonic() - began < limits.DRAIN_SECONDS + 3
    for connection in idle:
        connection.close()


def test_a_request_behind_a_stream_does_not_break_it(edge: Edge, model: ReadModel, bus: MemoryBus) -> None:
    blog = model.blog()
    with serving(edge) as port, reader(port) as someone:
        someone.connection.sendall(b"GET /live/storm HTTP/1.1\r\nHost: a\r\n\r\n")
        answer = b""
        while not answer.endswith(b"</html>\n"):  # it may come in pieces
            answer += someone.connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 200 ")
        someone.open("/live/storm/events", behind=GET + b"\r\n")
        someone.until_standing(1)
        model.post(blog)
        bus.announce(blog.blog_id, Seq(2))
        assert [change["seq"] for change in someone.until(1)] == [2]
