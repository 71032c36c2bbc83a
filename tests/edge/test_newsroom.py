"""The desk's own stream over real sockets: who gets in, what comes, and how it is cut. Without Django."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Semaphore

import pytest
from tests.edge.client import PATIENCE_SECONDS, LiveReader, ask, exchange, reader, serving
from tests.edge.readmodel import Blog, ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.asgi import Receive, Scope, Send
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.events.seat import HEADER, Seat
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

EVENTS = "/desk/live/storm/newsroom/events/"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NEWSROOM_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(limits, "NEWSROOM_SWEEP_SECONDS", 0.05)
    monkeypatch.setattr(limits, "NEWSROOM_REACH_SECONDS", 0.01)


@dataclass(slots=True)
class Room:
    """A newsroom as the stream's source: what each account sees, and who is signed in."""

    seen: dict[int, object] = field(default_factory=lambda: {1: {"here": []}, 2: {"here": []}})
    broken: bool = False
    asked: int = 0
    failed: Semaphore = field(default_factory=lambda: Semaphore(0))

    def states(self, seats: Sequence[Seat]) -> Mapping[Seat, str]:
        self.asked += 1
        if self.broken:
            self.failed.release()
            raise OSError("the database is away")
        return {seat: json.dumps(self.seen[seat.user_id]) for seat in seats if seat.user_id in self.seen}


async def door(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 (an ASGI application)
    """The newsroom's own application: the cookie is the account's number; whoever has none is sent away."""
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    named = [(HEADER.lower().encode(), str(Seat(int(cookies[0]), 7, 1, "storm")).encode())] if cookies else []
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"4"), *named]
    await send({"type": "http.response.start", "status": 503 if cookies else 401, "headers": headers})
    await send({"type": "http.response.body", "body": b"door", "more_body": False})


Serve = Callable[[Room], "Edge"]


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


@pytest.fixture
def serve(model: ReadModel, bus: MemoryBus, static_root: Path, media_root: Path) -> Serve:
    model.blog()

    def edge(room: Room) -> Edge:
        return Edge(
            store=SqliteStore(model.path),
            bus=bus,
            media_root=media_root,
            public_url="https://gazette.example",
            static_root=static_root,
            desk=door,
            newsroom=room,
        )

    return edge


@contextmanager
def listening(port: int, account: int) -> Iterator[LiveReader]:
    with reader(port).open(EVENTS, f"Cookie: {account}") as someone:
        yield someone


def test_each_desk_gets_its_own_state_whole_when_it_differs(serve: Serve, bus: MemoryBus) -> None:
    room = Room()
    with serving(serve(room)) as port, listening(port, 1) as ana, listening(port, 2) as bo:
        assert ana.until(1) == bo.until(1) == [{"here": []}]
        assert ana.headers["cache-control"] == "no-store, private, no-transform"
        assert HEADER.lower() not in ana.headers
        assert ana.stream.events[0].kind == "newsroom"
        room.seen[1] = {"here": ["Bo"], "secret": "for Ana\n\ndata: alone"}
        bus.announce(BlogId(1), Seq(0))
        assert ana.until(1) == [room.seen[1]]
        room.seen[2] = {"here": ["Ana"]}
        assert bo.until(1) == [room.seen[2]], "the sweep found it"
        assert len(ana.stream.events) == 2, "the same state is not sent again"


def test_desks_are_told_who_reads(serve: Serve, model: ReadModel, bus: MemoryBus) -> None:
    with serving(serve(Room())) as port, listening(port, 1) as ana:
        ana.until(1)
        with reader(port) as one, reader(port) as other:
            one.open("/live/storm/events")
            other.open("/live/storm/events")
            while (told := ana.until(1)[0])["readers"] != 2:
                pass
            blog = Blog(BlogId(1), "storm", model.run("SELECT last_seq FROM liveblog").fetchone()[0])
            model.post(blog, "The gate is shut.")
            bus.announce(BlogId(1), Seq(blog.seq))
            other.until(1)
            while (told := ana.until(1)[0])["seconds"] is None:
                pass
            assert ana.stream.events[-1].kind == "reach"
            assert told["readers"] == 2
        while ana.until(1)[0]["readers"] != 0:
            pass


def test_who_signs_out_is_cut(serve: Serve) -> None:
    room = Room()
    with serving(serve(room)) as port, listening(port, 1) as ana, listening(port, 2) as bo:
        ana.until(1)
        bo.until(1)
        del room.seen[1]
        ana.until_end()
        room.seen[2] = {"here": ["nobody"]}
        assert bo.until(1) == [room.seen[2]]


def test_who_may_not_listen_gets_the_answer_of_the_door(serve: Serve) -> None:
    with serving(serve(Room(seen={}))) as port:
        turned_away = exchange(
            port, f"GET {EVENTS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        assert turned_away.startswith(b"HTTP/1.1 401")
        # Let in at the door, and signed out a moment later.
        gone = f"GET {EVENTS} HTTP/1.1\r\nHost: x\r\nCookie: 1\r\nConnection: close\r\n\r\n".encode()
        answer = exchange(port, gone)
        assert answer.startswith(b"HTTP/1.1 503")
        assert HEADER.lower().encode() not in answer.lower()


def test_streams_are_bounded(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NEWSROOM_STREAMS_PER_PERSON", 1)
    with serving(serve(Room())) as port, listening(port, 1) as ana, listening(port, 2) as bo:
        ana.until(1)
        bo.until(1)
        with listening(port, 1) as again:
            assert again.status == 503


def test_without_a_connection_to_hand_over_the_door_answers(serve: Serve) -> None:
    reply = asyncio.run(ask(serve(Room()), EVENTS, headers={"cookie": "1"}))
    assert (reply.status, reply.text) == (503, "door")
    assert HEADER.lower() not in reply.headers


def test_a_database_that_is_away_cuts_nobody(serve: Serve) -> None:
    room = Room()
    with serving(serve(room)) as port, listening(port, 1) as ana:
        ana.until(1)
        room.broken = True
        for _ in range(3):
            assert room.failed.acquire(timeout=PATIENCE_SECONDS)
        room.seen[1] = {"here": ["later"]}
        room.broken = False
        assert ana.until(1) == [{"here": ["later"]}]


def test_nothing_is_read_while_nobody_listens(serve: Serve, bus: MemoryBus) -> None:
    room = Room()
    with serving(serve(room)) as port:
        with listening(port, 1) as ana:
            ana.until(1)
        exchange(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        asked = room.asked
        for seq in range(3):
            bus.announce(BlogId(1), Seq(seq))
        exchange(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert room.asked <= asked + 1  # the one that was under way


def test_a_word_from_the_newsroom_wakes_no_reader(serve: Serve, bus: MemoryBus) -> None:
    room = Room()
    edge = serve(room)
    with serving(edge) as port, reader(port).open("/live/storm/events") as public, listening(port, 1) as ana:
        public.until_standing(1)
        ana.until(1)
        deliveries = edge.metrics.deliveries._value.get()
        room.seen[1] = {"here": ["Bo"]}
        bus.announce(BlogId(1), Seq(0))
        ana.until(1)
        assert edge.metrics.deliveries._value.get() == deliveries
        assert public.stream.events == []


def test_edges_without_a_desk_have_no_such_stream(edge: Edge, model: ReadModel) -> None:
    model.blog()
    with serving(edge) as port:
        answer = exchange(port, f"GET {EVENTS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 404")
