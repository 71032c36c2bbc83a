"""More come than there is room for: who gets in, who is told to come back, and what is left for the newsroom."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.edge.client import PATIENCE_SECONDS, ask, connected, exchange, reader, serving
from tests.edge.readmodel import ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.admission import Places, room
from stoppress.edge.app import Edge
from stoppress.edge.asgi import NO_BODY, Message, Receive, Scope, Send
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import limits

EVENTS = "/live/storm/events"
SCHOOL, HOME = "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 2001:db8:1:2::7"


@pytest.fixture
def with_blog(model: ReadModel, bus: MemoryBus, tmp_path: Path) -> Callable[..., Edge]:
    """Makes an edge with a live blog (keywords: what else `Edge` takes)."""
    model.blog()
    return partial(
        Edge,
        store=SqliteStore(model.path),
        bus=bus,
        media_root=tmp_path,
        public_url="https://live.example.org",
        static_root=tmp_path,
    )


@pytest.fixture
def behind(with_blog: Callable[..., Edge]) -> Edge:
    """An edge that believes a proxy on this machine."""
    return with_blog(proxies=(ip_network("127.0.0.0/8"),))


# --- streams ------------------------------------------------------------------------------------------


def test_an_address_has_its_streams_and_others_have_theirs(
    behind: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind.hub, "places", Places(2))
    with serving(behind) as port:
        first, second = (reader(port).open(EVENTS, SCHOOL) for _ in range(2))
        refused = exchange(port, f"GET {EVENTS} HTTP/1.0\r\n{SCHOOL}\r\n\r\n".encode())
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in refused
        assert b"/live/storm/changes" in refused
        with reader(port).open(EVENTS, HOME) as other:
            assert other.status == 200
        first.connection.close()
        end = time.monotonic() + PATIENCE_SECONDS
        again = reader(port).open(EVENTS, SCHOOL)
        while again.status != 200:  # its place is free as soon as the edge has seen it go
            again.connection.close()
            assert time.monotonic() < end
            again = reader(port).open(EVENTS, SCHOOL)
        again.connection.close()
        second.connection.close()


def test_a_place_is_given_back_however_the_stream_ends(behind: Edge) -> None:
    with serving(behind) as port:
        gone = exchange(port, f"GET /live/no-such/events HTTP/1.0\r\n{SCHOOL}\r\n\r\n".encode())
        assert gone.startswith(b"HTTP/1.1 404 ")
        with reader(port).open(EVENTS, SCHOOL) as someone, reader(port).open(EVENTS, SCHOOL) as noisy:
            someone.until_standing(1)
            noisy.connection.sendall(b"who says something is no reader")
            with suppress(ConnectionError):
                while noisy.connection.recv(65_536):
                    pass
            assert len(behind.hub.places) == 1
    assert len(behind.hub.places) == 0  # the server has ended the last one


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["a", "b", ""]))))
def test_no_address_ever_has_more_than_its_places(deeds: list[tuple[bool, str]]) -> None:
    places, taken = Places(2), {"a": 0, "b": 0, "": 0}
    for is_coming, address in deeds:
        if is_coming:
            came = places.take(address)
            assert came is (not address or taken[address] < 2)
            taken[address] += came
        elif taken[address]:
            places.give_back(address)
            taken[address] -= 1
        assert len(places) == sum(count > 0 for name, count in taken.items() if name)


@given(st.integers(0, 2_000_000))
def test_what_is_promised_fits_into_the_files(files: int) -> None:
    got = room(files)
    assert min(got.streams, got.connections) >= 0
    own = limits.FILES_OF_ITS_OWN + limits.DESK_CONNECTIONS
    assert got.streams + got.connections <= max(0, files - own)


def test_a_usual_server_holds_what_the_limits_say() -> None:
    assert room(1_048_576) == room(40_000)
    assert room(40_000).streams == limits.STREAMS_PER_PROCESS
    assert room(40_000).connections == limits.CONNECTIONS_PER_PROCESS
    assert room(1_024).connections == 156  # and it runs with the system's smallest bound, too


# --- connections --------------------------------------------------------------------------------------


async def newsroom(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 (an application)
    """Stands in the desk's place: answers to everything at once."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send(NO_BODY)


@pytest.fixture
def whole(with_blog: Callable[..., Edge]) -> Edge:
    """An edge with a newsroom."""
    return with_blog(desk=newsroom)


def test_beyond_the_places_of_all_the_newsroom_still_gets_through(
    whole: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS_PER_PROCESS", 1)
    with serving(whole) as port, connected(port) as crowd:
        crowd.sendall(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert crowd.recv(65_536).startswith(b"HTTP/1.1 ")
        answer = exchange(port, b"GET /live/storm HTTP/1.1\r\nHost: a\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in answer
        desk = exchange(port, b"GET /desk/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert desk.startswith(b"HTTP/1.1 200 ")


def test_beyond_the_newsrooms_places_nobody_is_taken(whole: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS_PER_PROCESS", 0)
    monkeypatch.setattr(limits, "DESK_CONNECTIONS", 1)
    with serving(whole) as port, connected(port) as desk:
        desk.sendall(b"GET /desk/ HTTP/1.1\r\nHost: a\r\n\r\n")
        assert desk.recv(65_536).startswith(b"HTTP/1.1 200 ")
        assert exchange(port, b"").startswith(b"HTTP/1.1 503 ")


# --- the desk's threads -------------------------------------------------------------------------------


class Hall:
    """Stands in the desk's place: each request stays until it is let go; who is there is known."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.bodies: list[bytes] = []
        self.go = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.inside.append(scope["path"])
        await self.go.wait()
        message: Message = {"more_body": True}
        body = b""
        while message.get("more_body"):
            message = await receive()
            part = message.get("body", b"")
            assert isinstance(part, bytes)
            body += part
        self.bodies.append(body)
        await newsroom(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Before:
    """An edge, and the hall that stands in its newsroom's place."""

    edge: Edge
    hall: Hall


@pytest.fixture
def before(model: ReadModel, bus: MemoryBus, tmp_path: Path) -> Before:
    """Nobody is in the hall yet."""
    hall = Hall()
    store = SqliteStore(model.path)
    url = "http://127.0.0.1"
    return Before(
        Edge(store=store, bus=bus, media_root=tmp_path, public_url=url, static_root=tmp_path, desk=hall), hall
    )


async def settled() -> None:
    """Let everything run that can."""
    for _ in range(200):
        await asyncio.sleep(0)


SIGNED_IN = {"Cookie": "stoppress=1"}
UPLOAD = {"Content-Type": "multipart/form-data", "Transfer-Encoding": "chunked"} | SIGNED_IN


@pytest.mark.parametrize(
    ("asked", "headers", "turns"),
    [
        ("POST /audience/storm/questions", {}, limits.READERS_TURNS),
        ("POST /audience/storm/questions", SIGNED_IN, limits.READERS_TURNS),
        ("GET /cards/storm/x.png", {}, limits.READERS_TURNS),
        ("POST /desk/account/login/", {}, limits.STRANGERS_TURNS),
        ("POST /desk/pictures/", UPLOAD, limits.UPLOADS_TURNS),
    ],
)
def test_a_flood_has_its_turns_and_the_newsroom_goes_on(
    before: Before, asked: str, headers: dict[str, str], turns: int
) -> None:
    method, path = asked.split()

    async def flood() -> None:
        crowd = [
            asyncio.create_task(ask(before.edge, path, method=method, headers=headers)) for _ in range(20)
        ]
        own = asyncio.create_task(ask(before.edge, "/desk/live/storm/", headers=SIGNED_IN))
        script = asyncio.create_task(
            ask(before.edge, "/api/v1/liveblogs", headers={"Authorization": "Bearer 1"})
        )
        await settled()
        assert sorted(before.hall.inside) == sorted(
            [*[path] * turns, "/desk/live/storm/", "/api/v1/liveblogs"]
        )
        before.hall.go.set()
        answers = await asyncio.gather(own, script, *crowd)
        assert {answer.status for answer in answers} == {200}  # who waited was served

    asyncio.run(flood())


def test_of_too_many_who_wait_the_last_are_told_to_come_back(
    before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TURNS_WAITING", 1)

    async def flood() -> None:
        most = limits.READERS_TURNS + 1
        crowd = [asyncio.create_task(ask(before.edge, "/audience/x/y", method="POST")) for _ in range(most)]
        await settled()
        refused = await ask(before.edge, "/audience/x/y", method="POST")
        assert refused.status == 503
        assert int(refused.headers["retry-after"]) <= limits.BUSY_RETRY_SECONDS_MAX
        before.hall.go.set()
        assert {answer.status for answer in await asyncio.gather(*crowd)} == {200}

    asyncio.run(flood())


def scripted(edge: Edge, messages: list[Message]) -> None:
    """A request with a body of 12 bytes to the desk, by somebody signed in, whose body comes like this."""

    async def receive() -> Message:
        return messages.pop(0)

    async def send(_message: Message) -> None:
        """Nobody reads it."""

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/desk/x/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"content-length", b"12"), (b"cookie", b"stoppress=1")],
    }
    asyncio.run(edge(scope, receive, send))


def part(body: bytes, *, more: bool) -> Message:
    """A piece of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_pieces_is_passed_on_when_it_is_whole(before: Before) -> None:
    before.hall.go.set()
    messages = [part(b"half ", more=True), part(b"and ", more=True), part(b"all", more=False)]
    scripted(before.edge, messages)
    assert before.hall.bodies == [b"half and all"]


def test_who_hangs_up_half_way_is_not_passed_on(before: Before) -> None:
    before.hall.go.set()
    scripted(before.edge, [part(b"half", more=True), {"type": "http.disconnect"}])
    assert before.hall.inside == []


def test_large_bodies_on_their_way_hold_up_no_post(before: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODIES_HELD_BYTES", 0)
    large = {"Content-Length": str(limits.BODY_HELD_BYTES + 1)} | SIGNED_IN
    post = {"Content-Length": str(limits.BODY_HELD_BYTES)} | SIGNED_IN

    async def flood() -> None:
        crowd = [
            asyncio.create_task(ask(before.edge, "/desk/large/", method="POST", headers=large))
            for _ in range(20)
        ]
        own = [
            asyncio.create_task(ask(before.edge, "/desk/post/", method="POST", headers=post))
            for _ in range(3)
        ]
        await settled()
        assert before.hall.inside.count("/desk/large/") == limits.UPLOADS_TURNS
        assert before.hall.inside.count("/desk/post/") == 3
        before.hall.go.set()
        await asyncio.gather(*own, *crowd)

    asyncio.run(flood())
