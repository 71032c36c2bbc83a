"""Requests that come again letter for letter: the same answers, bounds and freshness as if each were parsed."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import socket
from threading import Barrier
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.edge.client import PATIENCE_SECONDS, connected, serving
from tests.edge.readmodel import Blog, ReadModel

from stoppress.edge.again import Again
from stoppress.edge.app import Edge
from stoppress.edge.server import EdgeProtocol, server_for
from stoppress.lib import limits

SLUG = "/live/storm"
TURNS = 3  # of the event loop: read, answer, and whatever that set off


def get(target: str, *lines: str) -> bytes:
    return "\r\n".join([f"GET {target} HTTP/1.1", "Host: a", *lines, "", ""]).encode()


@dataclass(slots=True)
class Wire:
    """The other side's transport: what was written, and whether it was closed."""

    written: bytes = b""
    closing: bool = False
    reading: bool = True

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        return ("203.0.113.9", 50_000) if name in ("peername", "sockname") else None

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True

    abort = write_eof = close

    def can_write_eof(self) -> bool:
        return True

    def write(self, data: bytes) -> None:
        assert not self.closing
        self.written += data

    def writelines(self, pieces: tuple[bytes, ...]) -> None:
        self.write(b"".join(pieces))

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True


@dataclass(slots=True)
class Side:
    """A server without sockets: its connections are driven by hand, turn by turn."""

    protocols: Callable[[], EdgeProtocol]
    open: dict[int, tuple[EdgeProtocol, Wire]] = field(default_factory=dict)

    def connection(self, number: int = 0) -> tuple[EdgeProtocol, Wire]:
        if number not in self.open:
            protocol, wire = self.protocols(), Wire()
            protocol.connection_made(cast("asyncio.Transport", wire))
            self.open[number] = protocol, wire
        return self.open[number]

    def send(self, piece: bytes, number: int = 0) -> None:
        protocol, wire = self.connection(number)
        if not wire.closing:
            protocol.data_received(piece)

    async def rest(self) -> None:
        """Until all that came is answered."""
        for _ in range(TURNS):
            await asyncio.sleep(0)
        while self.open and (tasks := self.connection(next(iter(self.open)))[0].tasks):
            await asyncio.wait(tasks)

    def written(self) -> dict[int, bytes]:
        return {number: wire.written for number, (_, wire) in self.open.items()}


def side_of(edge: Edge) -> Side:
    server = server_for(edge)
    server.config.load()
    kind = cast("type[EdgeProtocol]", server.config.http_protocol_class)
    return Side(lambda: kind(server.config, server.server_state, {}))


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pieces that were not parsed."""
    pieces: list[bytes] = []
    take = Again.take

    def noted(self: Again, connection: EdgeProtocol, piece: bytes) -> bool:
        taken = take(self, connection, piece)
        pieces.extend([piece] * taken)
        return taken

    monkeypatch.setattr(Again, "take", noted)
    return pieces


@contextmanager
def nothing_known() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Again, "learn", lambda *_: None)
        yield


# --- the same answers -----------------------------------------------------------------------------------

REQUESTS = (
    get(SLUG),
    get(SLUG, "Accept-Encoding: br"),
    get(SLUG, "If-None-Match: *"),
    get(SLUG, "Cookie: a=b"),
    get(SLUG, "Content-Length: 5") + b"hello",
    get(SLUG, "Connection: upgrade", "Upgrade: h2c"),
    get(f"{SLUG}/changes?after=0"),
    get(f"{SLUG}/changes?after=02"),
    get("/missing"),
    get(SLUG).replace(b"GET", b"HEAD"),
    b"\r\n" + get(SLUG),
    get(SLUG) + b"\r\n",
)
LAST = (get(SLUG, "Connection: close"), get(SLUG).replace(b"/1.1", b"/1.0"), b"NO SUCH\r\n\r\n")

steps = st.lists(
    st.tuples(
        st.integers(0, 1),  # on which connection
        st.lists(st.sampled_from(REQUESTS + REQUESTS[:3] * 3), min_size=1, max_size=3),
        st.integers(0, 200),  # where what is sent is cut in two
        st.booleans(),  # whether the turn ends between the two
        st.booleans(),  # whether it ends after them
    ),
    max_size=8,
)


async def asked(edge: Edge, request: bytes) -> Side:
    """Four times: made, answered from memory twice, remembered if it ever is."""
    side = side_of(edge)
    for _ in range(4):
        side.send(request)
        await side.rest()
    return side


async def answers(edge: Edge, told: list[tuple[int, list[bytes], int, bool, bool]], last: bytes) -> object:
    side = await asked(edge, get(SLUG))
    for number, requests, cut, ends_between, ends in told:
        sent = b"".join(requests)
        for piece, is_end in ((sent[:cut], ends_between), (sent[cut:], ends)):
            if piece:
                side.send(piece, number)
            if is_end:
                await side.rest()
    # What is under way when nonsense comes is answered or not, as the store was quick or slow: nothing to compare.
    await side.rest()
    side.send(last)
    await side.rest()
    return side.written()


def test_however_requests_come_they_get_what_they_got_if_each_were_parsed(
    edge: Edge, model: ReadModel, recognised: list[bytes]
) -> None:
    blog = model.blog()
    model.withdraw(blog, model.post(blog))
    model.post(blog, "Water rises. " * 100)

    @settings(max_examples=40, deadline=None)
    @given(steps, st.sampled_from(LAST))
    def compared(told: list[tuple[int, list[bytes], int, bool, bool]], last: bytes) -> None:
        by_memory = asyncio.run(answers(edge, told, last))
        with nothing_known():
            assert by_memory == asyncio.run(answers(edge, told, last))

    compared()
    assert recognised


# --- never older than what was committed ----------------------------------------------------------------


def test_what_is_committed_before_the_turn_ends_is_in_its_answers(
    edge: Edge, model: ReadModel, recognised: list[bytes]
) -> None:
    blog = model.blog()
    post = model.post(blog, "The name of a minor.")

    async def scenario() -> dict[int, bytes]:
        side = side_of(edge)
        for _ in range(4):
            side.send(get(SLUG), number=1)
            await side.rest()
        for number in (2, 3):
            side.send(get(SLUG), number)
        model.withdraw(blog, post)
        for number in (4, 5):
            side.send(get(SLUG), number)
        await side.rest()
        return side.written()

    written = asyncio.run(scenario())
    assert len(recognised) == 4
    assert b"The name of a minor." in written[1]
    assert all(b"minor" not in written[number] and b"200 OK" in written[number] for number in (2, 3, 4, 5))


def test_everybody_who_is_answered_in_one_turn_is_counted(edge: Edge, model: ReadModel) -> None:
    model.blog()

    async def scenario() -> tuple[int, int]:
        side = await asked(edge, get(SLUG))
        before = edge.metrics.text()
        for number in (1, 2, 3):
            side.send(get(SLUG), number)
        await side.rest()
        return kept_answers(before), kept_answers(edge.metrics.text())

    before, after = asyncio.run(scenario())
    assert after - before == 3


def test_who_is_known_and_not_answered_from_memory_is_not_counted_so(
    edge: Edge, model: ReadModel, recognised: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    model.blog()

    async def scenario() -> tuple[int, int]:
        side = await asked(edge, get(SLUG))
        before = edge.metrics.text()
        recognised.clear()
        monkeypatch.setattr(limits, "CONNECTIONS_PER_PROCESS", 0)
        side.send(get(SLUG))
        await side.rest()
        assert b"503 Service Unavailable" in side.written()[0]
        return kept_answers(before), kept_answers(edge.metrics.text())

    before, after = asyncio.run(scenario())
    assert recognised
    assert after == before


def kept_answers(numbers: bytes) -> int:
    found = re.search(rb'stoppress_answers_total{kind="kept",status="200"} (\d+)', numbers)
    assert found is not None
    return int(found[1])


COMMITS = 30
ASKING = 3  # connections


def test_nobody_is_told_what_was_taken_back_before_they_asked(
    edge: Edge, model: ReadModel, recognised: list[bytes]
) -> None:
    blog = model.blog()
    with serving(edge) as port, ThreadPoolExecutor(ASKING) as pool:
        with connected(port) as connection:
            for _ in range(4):
                seq_of_answer(connection)  # what is asked in this way is known from here on
        committed = [int(model.newest(blog))]
        begun = Barrier(ASKING + 1)
        asking = [pool.submit(late_answers, port, committed, begun) for _ in range(ASKING)]
        begun.wait(PATIENCE_SECONDS)
        while len(committed) <= COMMITS:
            committed.append(_published_and_withdrawn(model, blog))
        committed.append(-1)
        assert [one.result() for one in asking] == [[]] * ASKING
    assert len(recognised) >= ASKING


def _published_and_withdrawn(model: ReadModel, blog: Blog) -> int:
    return model.withdraw(blog, model.post(blog))


def late_answers(port: int, committed: list[int], begun: Barrier) -> list[tuple[int, int]]:
    """(number in the answer, number that was committed before it was asked for), where it is older."""
    late = []
    with connected(port) as connection:
        seq_of_answer(connection)
        begun.wait(PATIENCE_SECONDS)
        while (least := committed[-1]) >= 0:
            if (found := seq_of_answer(connection)) < least:
                late.append((found, least))
    return late


def seq_of_answer(connection: socket) -> int:
    """Ask for the page; the number it stands at."""
    connection.sendall(get(SLUG))
    came = b""
    while b"</html>" not in came:
        came += connection.recv(65_536)
    found = re.search(rb"stoppress-seq: (\d+)", came)
    assert found is not None
    return int(found[1])


# --- the same bounds ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        get(SLUG, "Cookie: a=b"),
        get(SLUG, "Authorization: Bearer a"),
        get(SLUG, "X-Filler: " + "a" * limits.AGAIN_BYTES),
        get(SLUG, "Connection: close"),
        get(SLUG) * 2,
        get("/missing"),
        get(SLUG).replace(b"GET", b"HEAD"),
    ],
    ids=["cookie", "token", "long", "closes", "two", "missing", "head"],
)
def test_what_is_secret_long_or_not_answered_from_memory_is_parsed_each_time(
    edge: Edge, model: ReadModel, recognised: list[bytes], request_: bytes
) -> None:
    model.blog()
    asyncio.run(asked(edge, get(SLUG)))
    recognised.clear()

    async def scenario() -> None:
        side = await asked(edge, request_)
        side.send(request_)
        await side.rest()

    asyncio.run(scenario())
    assert recognised == []


def test_only_so_many_are_known(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch, recognised: list[bytes]
) -> None:
    model.blog()
    monkeypatch.setattr(limits, "AGAIN_KEPT", 3)

    async def scenario() -> None:
        side = await asked(edge, get(SLUG))
        for number in (1, 1, 2, 2, 1, 3, 3, 1):
            side.send(get(SLUG, f"X-Number: {number}"))
            await side.rest()

    asyncio.run(scenario())
    assert recognised == [get(SLUG, "X-Number: 1")]


def test_who_leaves_answers_untaken_is_not_read_from_any_more(edge: Edge, model: ReadModel) -> None:
    model.blog()

    async def scenario() -> None:
        side = await asked(edge, get(SLUG))
        protocol, wire = side.connection()
        before = wire.written
        protocol.pause_writing()
        for _ in range(3):
            side.send(get(SLUG))
            for _ in range(TURNS):
                await asyncio.sleep(0)
        assert wire.written == before
        assert not wire.reading
        protocol.resume_writing()
        await side.rest()
        assert wire.written[len(before) :].count(b"HTTP/1.1 200 ") == 3
        assert wire.reading

    asyncio.run(scenario())


def test_beyond_the_places_it_is_refused_as_always(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.blog()

    async def scenario() -> None:
        side = await asked(edge, get(SLUG))
        monkeypatch.setattr(limits, "CONNECTIONS_PER_PROCESS", 0)
        side.send(get(SLUG))
        await side.rest()
        assert side.connection()[1].written.count(b"HTTP/1.1 503 ") == 1

    asyncio.run(scenario())


def test_a_connection_that_ends_in_the_turn_gets_nothing(edge: Edge, model: ReadModel) -> None:
    model.blog()

    async def scenario() -> None:
        side = await asked(edge, get(SLUG))
        protocol, wire = side.connection()
        before = wire.written
        side.send(get(SLUG))
        wire.close()
        protocol.connection_lost(None)
        side.send(get(SLUG), 1)
        await side.rest()
        assert wire.written == before
        assert b"HTTP/1.1 200 " in side.connection(1)[1].written

    asyncio.run(scenario())


def test_who_is_heard_when_the_server_stops_is_answered(edge: Edge, model: ReadModel) -> None:
    model.blog()

    async def scenario() -> None:
        side = await asked(edge, get(SLUG))
        protocol, wire = side.connection()
        before = wire.written
        side.send(get(SLUG))
        protocol.shutdown()
        assert wire.closing
        assert wire.written[len(before) :].startswith(b"HTTP/1.1 200 ")

    asyncio.run(scenario())


def test_an_idle_connection_is_closed_after_it(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.blog()
    monkeypatch.setattr(limits, "HEADER_SECONDS", 0)

    async def scenario() -> None:
        side = await asked(edge, get(SLUG))
        side.send(get(SLUG), 1)  # its first request is known already
        await side.rest()
        now = time.monotonic()
        for protocol, wire in side.open.values():
            protocol.check(now + limits.KEEP_ALIVE_SECONDS - 5)
            assert not wire.closing
            protocol.check(now + limits.KEEP_ALIVE_SECONDS + 5)
            assert wire.closing

    asyncio.run(scenario())
