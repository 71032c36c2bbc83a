"""Crowds over real sockets: all at once, in and out, with somebody slow and somebody gone among them."""

import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from tests.edge.client import LiveReader, exchange, reader, serving
from tests.edge.readmodel import Blog, ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge import server
from stoppress.edge.app import Edge
from stoppress.lib import limits

EVENTS = "/live/storm/events"


@pytest.fixture(autouse=True)
def _small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few readers make many shares."""
    monkeypatch.setattr(limits, "READERS_AT_ONCE", 7)
    monkeypatch.setattr(limits, "READERS_IN_A_BURST", 7)


@contextmanager
def crowd(port: int, count: int, after: int = 1, version: str = "1.1") -> Iterator[list[LiveReader]]:
    """Readers who asked all at once, before any answer was read."""
    with ExitStack() as stack:
        readers = [stack.enter_context(reader(port)) for _ in range(count)]
        yield [someone.open(f"{EVENTS}?after={after}", version=version) for someone in readers]


def small_buffers(listener: socket.socket) -> None:
    """The system takes little at once: every long write ends somewhere in the middle."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)


def publish(model: ReadModel, bus: MemoryBus, blog: Blog, text: str) -> None:
    model.post(blog, text)
    bus.announce(blog.blog_id, model.newest(blog))


def vanish(someone: LiveReader) -> None:
    """Gone without goodbye: the other side is reset."""
    someone.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    someone.connection.close()


def seqs(changes: list[dict[str, object]]) -> list[object]:
    return [change["seq"] for change in changes]


def test_a_crowd_gets_all_of_a_burst_while_one_of_them_takes_nothing(
    edge: Edge, model: ReadModel, bus: MemoryBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_drop_dead_peers", small_buffers)
    blog = model.blog()
    with serving(edge) as port, reader(port, receive_buffer=4_096) as slow:
        slow.open(EVENTS)
        with crowd(port, 12) as good, crowd(port, 4, version="1.0") as old:
            burst = 0
            while edge.hub.count > 16:
                assert burst < 200
                for _ in range(5):
                    publish(model, bus, blog, "Water. " * 3_000)
                for someone in [*good, *old]:
                    assert seqs(someone.until(5)) == list(range(burst * 5 + 2, burst * 5 + 7))
                burst += 1
            slow.until_end()
            last = int(slow.stream.last_event_id or 1)
            assert seqs([{"seq": int(one.last_event_id)} for one in slow.stream.events]) == [
                *range(2, last + 1)
            ]
        with reader(port).open(EVENTS, f"Last-Event-ID: {last}") as again:
            again.until_standing(burst * 5 + 1)


def test_who_vanishes_amid_a_burst_takes_nothing_from_the_others(
    edge: Edge, model: ReadModel, bus: MemoryBus
) -> None:
    blog = model.blog()
    newest = 1
    with serving(edge) as port, crowd(port, 30) as staying:
        for _ in range(5):
            with crowd(port, 30, after=newest) as passing:
                for number in range(4):
                    publish(model, bus, blog, f"{number} " + "Water. " * 100)
                    for someone in passing[number * 7 : number * 7 + 7]:
                        vanish(someone)
                # Their sockets' numbers are given out again: what comes there is the answer to what was asked.
                page = exchange(port, b"GET /live/storm HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                assert page.startswith(b"HTTP/1.1 200 ")
                assert page.endswith(b"</html>\n")
                for someone in staying:
                    assert seqs(someone.until(4)) == list(range(newest + 1, newest + 5))
                newest += 4
    assert edge.hub.count == 0
    assert edge.hub.late == set()
    assert edge.hub._watched == {}


def test_many_who_come_back_at_once_each_go_on_where_they_were(
    edge: Edge, model: ReadModel, bus: MemoryBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NEWCOMERS_AT_ONCE", 20)
    blog = model.blog()
    for number in range(5):
        model.post(blog, f"{number}")
    with serving(edge) as port, ExitStack() as stack:
        readers = [stack.enter_context(reader(port)) for _ in range(60)]
        for place, someone in enumerate(readers):
            after = place % 6 + 1
            request = f"GET {EVENTS}?after={after} HTTP/1.1\r\nHost: a\r\n\r\n"
            someone.connection.sendall(request.encode())
        publish(model, bus, blog, "while they come")
        for place, someone in enumerate(readers):
            someone.answered()
            someone.until_standing(7)
            came = [int(event.last_event_id) for event in someone.stream.events]
            assert came == list(range(place % 6 + 2, 8))


def test_a_live_blog_that_is_taken_back_sends_all_its_readers_away_and_no_others(
    edge: Edge, model: ReadModel, bus: MemoryBus
) -> None:
    storm, council = model.blog(), model.blog("council")
    with (
        serving(edge) as port,
        reader(port).open("/live/council/events") as other,
        crowd(port, 40) as readers,
    ):
        model.status(storm, "draft")
        bus.announce(storm.blog_id, model.newest(storm))
        for someone in readers:
            someone.until_end()
        publish(model, bus, council, "Votes.")
        assert seqs(other.until(1)) == [2]
        assert exchange(port, f"GET {EVENTS} HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.1 404 ")
