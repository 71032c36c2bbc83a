"""Fan-out without sockets: random days, a bus that loses and doubles, readers who come and go; all converge."""

import asyncio
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bus.buses import LossyBus
from tests.edge.histories import deeds, do
from tests.edge.readmodel import Blog, ReadModel
from tests.events.reading import EventStream

from stoppress.bus.base import SOMETHING, Announcement
from stoppress.bus.memory import MemoryBus
from stoppress.edge.headers import Protection
from stoppress.edge.hub import Gone, Hub
from stoppress.edge.metrics import Metrics
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import StoreUnavailable
from stoppress.edge.stream import Reader
from stoppress.events.sse import HEARTBEAT, chunk
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq


class Wire(asyncio.Transport):
    """A transport that keeps what was written, the very objects."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.untaken = 0
        self.closed = ""
        self._more = asyncio.Event()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert isinstance(data, bytes)
        assert not self.closed, "written to after its end"
        self.written.append(data)
        self._more.set()

    async def was_written(self, times: int) -> None:
        """Wait for that many writes."""
        while len(self.written) < times:
            self._more.clear()
            await self._more.wait()

    def get_write_buffer_size(self) -> int:
        return self.untaken

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        assert (high, low) == (0, 0)

    def is_closing(self) -> bool:
        return bool(self.closed)

    def close(self) -> None:
        self.closed = self.closed or "closed"

    def abort(self) -> None:
        self.closed = self.closed or "aborted"


@dataclass(slots=True)
class Caller:
    """Someone whose connection can become a stream."""

    chunked: bool = False
    wire: Wire = field(default_factory=Wire)
    reader: Reader | None = None

    def hand_over(self, reader: asyncio.Protocol) -> asyncio.Transport | None:
        assert isinstance(reader, Reader)
        self.reader = reader
        return None if self.wire.is_closing() else self.wire

    def go(self) -> None:
        """Hang up."""
        self.wire.closed = "gone"
        if self.reader is not None:
            self.reader.connection_lost(None)

    def stream(self) -> EventStream:
        """What has come, read as a browser reads it."""
        stream = EventStream()
        stream.feed(b"".join(self.wire.written).partition(b"\r\n\r\n")[2])
        return stream

    def seqs(self) -> list[int]:
        return [json.loads(event.data)["seq"] for event in self.stream().events]


def hub_on(model: ReadModel) -> Hub:
    return Hub(SqliteStore(model.path), MemoryBus(), Protection(secure=False), Metrics())


async def settled(hub: Hub) -> None:
    """Let the hub do what it was told to; SQLite answers at once."""
    turns = 0
    while turns < 20 or hub._dirty or hub._owing.is_set():
        await asyncio.sleep(0)
        turns += 1
        assert turns < 10_000


def following(hub: Hub) -> asyncio.Task[None]:
    async def both() -> None:
        await asyncio.gather(hub._follow(), hub._deliver())

    return asyncio.create_task(both())


async def join(hub: Hub, after: int | None, slug: str = "storm", *, chunked: bool = False) -> Caller:
    number = await hub._store.number(slug)
    assert number is not None
    caller = Caller(chunked=chunked)
    await hub.join(number, None if after is None else Seq(after), caller)
    return caller


acts = st.one_of(
    deeds.map(lambda deed: ("do", *deed)),
    st.tuples(st.just("say"), st.just(""), st.integers(0, 9)),
    st.tuples(st.just("join"), st.just(""), st.integers(0, 40)),
    st.tuples(st.just("leave"), st.just(""), st.integers(0, 9)),
)


@dataclass(slots=True)
class Day:
    """A hub, a live blog, and everyone who ever came with the number they came with."""

    model: ReadModel
    hub: Hub
    blog: Blog
    came: list[tuple[int, Caller]] = field(default_factory=list)

    async def act(self, kind: str, name: str, number: int) -> None:
        match kind:
            case "do":
                do(self.model, self.blog, (name, number))
            case "say":  # early, late, doubled, or of another live blog
                self.hub.hear(Announcement(BlogId(number % 3), Seq(number)) if number else SOMETHING)
            case "join":
                await self.join(number)
            case "leave" if self.came:
                self.came[number % len(self.came)][1].go()
        if number % 3 == 0:
            await settled(self.hub)

    async def join(self, number: int) -> None:
        """Someone comes; now and then something is published in that very moment."""
        after = number % (self.model.newest(self.blog) + 1)
        joining = asyncio.ensure_future(join(self.hub, after))
        if number % 2:
            do(self.model, self.blog, ("post", 0))
        self.came.append((after, await joining))

    async def check(self) -> None:
        """Each got each change once, in order; whoever stayed has all there is."""
        for after, caller in self.came:
            seqs = caller.seqs()
            assert seqs == sorted(set(seqs))
            assert all(seq > after for seq in seqs)
        staying = [(after, caller) for after, caller in self.came if not caller.wire.closed]
        assert self.hub.count == len(staying)
        for after, caller in staying:
            await self.check_has_all(after, caller)

    async def check_has_all(self, after: int, caller: Caller) -> None:
        rows = await self.hub._store.changed(self.blog.blog_id, Seq(after))
        assert rows is not None
        got = "".join(event.data for event in caller.stream().events)
        assert all(json.dumps(row.html, ensure_ascii=False)[1:-1] in got for row in rows.touched)
        assert not caller.seqs() or caller.seqs()[-1] == self.model.newest(self.blog)


@settings(max_examples=50, deadline=None)
@given(st.lists(acts, max_size=40), st.sampled_from([1, 2, 500]))
def test_whoever_comes_and_whatever_the_bus_loses_each_gets_each_change_once(
    acts: list[tuple[str, str, int]], at_once: int
) -> None:
    async def scene(model: ReadModel) -> None:
        day = Day(model, hub_on(model), model.blog())
        follow = following(day.hub)
        for act in acts:
            await day.act(*act)
        day.hub.hear(SOMETHING)
        await settled(day.hub)
        follow.cancel()
        await day.check()

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "READERS_AT_ONCE", at_once)
        patch.setattr(limits, "READERS_IN_A_BURST", at_once)
        patch.setattr(limits, "RANKS_BEHIND", 2)
        patch.setattr(limits, "NEWCOMERS_AT_ONCE", at_once)
        model = ReadModel(Path(folder) / "stoppress.sqlite3", page_posts=3)
        asyncio.run(scene(model))
        model.close()


def test_a_batch_is_one_object_for_all_readers(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        crowd = [await join(hub, None, chunked=True) for _ in range(5)]
        model.post(blog, key_event=True)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert len({id(caller.wire.written[-1]) for caller in crowd}) == 1
        assert all(len(caller.wire.written) == 2 for caller in crowd)

    asyncio.run(scene())


def test_what_was_withdrawn_meanwhile_does_not_reach_those_who_wait(
    model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "READERS_AT_ONCE", 1)
    monkeypatch.setattr(limits, "READERS_IN_A_BURST", 1)

    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        following_only = asyncio.create_task(hub._follow())
        crowd = [await join(hub, None) for _ in range(3)]
        post_id = model.post(blog, "CANARY")
        hub.hear(SOMETHING)
        for _ in range(20):
            await asyncio.sleep(0)
        assert ["CANARY" in str(caller.wire.written) for caller in crowd].count(True) == 1
        model.withdraw(blog, post_id)
        hub.hear(SOMETHING)
        for _ in range(20):
            await asyncio.sleep(0)
        following_only.cancel()
        deliver = asyncio.create_task(hub._deliver())
        await settled(hub)
        deliver.cancel()
        assert ["CANARY" in str(caller.wire.written) for caller in crowd].count(True) == 1
        assert sorted(caller.seqs() for caller in crowd) == [[2, 3], [3], [3]]

    asyncio.run(scene())


def test_changes_that_come_faster_than_they_are_written_are_held_and_all_come(
    model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "READERS_AT_ONCE", 1)
    monkeypatch.setattr(limits, "READERS_IN_A_BURST", 1)
    monkeypatch.setattr(limits, "RANKS_BEHIND", 3)

    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        crowd = [await join(hub, None, chunked=bool(place % 2)) for place in range(20)]
        most = 0
        for _ in range(30):
            model.post(blog)
            hub.hear(SOMETHING)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            most = max(most, hub._watched[blog.blog_id].ranks.behind)
        await settled(hub)
        follow.cancel()
        assert most <= 3 + 2  # the last look may leave both framings' ranks behind
        for caller in crowd[::2]:
            assert caller.seqs() == list(range(2, 32))

    asyncio.run(scene())


def test_who_comes_while_the_last_reader_leaves_is_not_forgotten(model: ReadModel) -> None:
    asked = asyncio.Event()
    go_on = asyncio.Event()

    class Slow(SqliteStore):
        async def changed(self, blog_id: BlogId, after: Seq):  # type: ignore[no-untyped-def]  # noqa: ANN202 (as its parent)
            asked.set()
            await go_on.wait()
            return await super().changed(blog_id, after)

    async def scene() -> None:
        hub = Hub(Slow(model.path), MemoryBus(), Protection(secure=False), Metrics())
        blog = model.blog()
        follow = following(hub)
        go_on.set()
        first = await join(hub, 0)
        go_on.clear()
        asked.clear()
        joining = asyncio.ensure_future(join(hub, 0))
        await asked.wait()
        first.go()
        go_on.set()
        newcomer = await joining
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert newcomer.seqs()[-1] == 2

    asyncio.run(scene())


def test_a_heartbeat_is_spared_while_changes_come(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        caller = await join(hub, None)
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        (part,) = (part for part in hub._beats if part)
        hub._beat_part(part)
        assert HEARTBEAT not in caller.wire.written
        hub._watched[blog.blog_id].told_at -= limits.HEARTBEAT_SPARED_SECONDS
        hub._beat_part(part)
        assert caller.wire.written[-1] == HEARTBEAT

    asyncio.run(scene())


def test_a_thousand_who_return_cost_one_question(model: ReadModel) -> None:
    asked = 0

    class Counting(SqliteStore):
        async def changed(self, blog_id: BlogId, after: Seq):  # type: ignore[no-untyped-def]  # noqa: ANN202 (as its parent)
            nonlocal asked
            asked += 1
            return await super().changed(blog_id, after)

    async def scene() -> None:
        hub = Hub(Counting(model.path), MemoryBus(), Protection(secure=False), Metrics())
        blog = model.blog()
        model.post(blog)
        follow = following(hub)
        crowd = await asyncio.gather(*(join(hub, after % 3) for after in range(1_000)))
        follow.cancel()
        assert asked == 1
        assert [caller.stream().last_event_id for caller in crowd] == ["2"] * 1_000
        assert [len(caller.seqs()) for caller in crowd[:3]] == [2, 1, 0]

    asyncio.run(scene())


def test_a_lossy_bus_is_made_good_by_the_sweep(model: ReadModel) -> None:
    async def scene() -> None:
        bus = LossyBus(keep=0)
        hub = Hub(SqliteStore(model.path), bus, Protection(secure=False), Metrics())
        blog = model.blog()
        hub.start()
        caller = await join(hub, None)
        async with asyncio.timeout(20):
            model.post(blog)
            bus.announce(blog.blog_id, Seq(2))
            await caller.wire.was_written(2)
        assert caller.seqs() == [2]
        await hub.stop()

    asyncio.run(scene())


def test_while_the_database_is_away_streams_stay_open(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        caller = await join(hub, None)
        number = await hub._store.number("storm")
        assert number is not None
        away = model.path.with_suffix(".away")
        await hub._store.close()
        model.path.rename(away)
        hub.hear(SOMETHING)
        await settled(hub)
        assert not caller.wire.closed
        late = Caller()
        try:
            await hub.join(number, Seq(0), late)
        except StoreUnavailable:
            assert late.reader is None
        away.rename(model.path)
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert caller.seqs() == [2]

    asyncio.run(scene())


def test_a_live_blog_that_went_away_refuses_newcomers(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        caller = await join(hub, None)
        number = await hub._store.number("storm")
        assert number is not None
        model.status(blog, "draft")
        try:
            await hub.join(number, Seq(0), Caller())
            refused = False
        except Gone:
            refused = True
        follow.cancel()
        assert refused
        assert caller.wire.closed == "closed"
        caller.go()
        assert (hub.count, hub._watched) == (0, {})

    asyncio.run(scene())


def test_who_hung_up_before_the_answer_is_not_listed(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        model.blog()
        follow = following(hub)
        number = await hub._store.number("storm")
        assert number is not None
        caller = Caller()
        joining = asyncio.ensure_future(hub.join(number, Seq(0), caller))
        await asyncio.sleep(0)
        caller.wire.close()
        await joining
        follow.cancel()
        assert (hub.count, hub._watched) == (0, {})

    asyncio.run(scene())


def test_a_request_that_is_given_up_leaves_no_trace(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        model.blog()
        number = await hub._store.number("storm")
        assert number is not None
        joining = asyncio.ensure_future(hub.join(number, Seq(0), Caller()))
        await asyncio.sleep(0)
        joining.cancel()
        follow = following(hub)
        await settled(hub)
        follow.cancel()
        assert (hub.count, hub._watched) == (0, {})

    asyncio.run(scene())


def test_a_heartbeat_goes_to_those_who_take_their_bytes(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        model.blog()
        follow = following(hub)
        good, plain, slow = (
            await join(hub, None, chunked=True),
            await join(hub, None),
            await join(hub, None, chunked=True),
        )
        follow.cancel()
        slow.wire.untaken = 1
        rounds = [part for part in hub._beats if part]
        assert len(rounds) == 3, "spread over the seconds"
        for _ in range(2):
            for part in rounds:
                hub._beat_part(part)
        await asyncio.sleep(0)
        assert good.wire.written[1:] == [chunk(HEARTBEAT)] * 2
        assert plain.wire.written[1:] == [HEARTBEAT] * 2
        assert (len(slow.wire.written), slow.wire.closed) == (1, "aborted")

    asyncio.run(scene())


def test_a_reader_who_is_slow_once_is_not_cut(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        model.blog()
        follow = following(hub)
        caller = await join(hub, None)
        follow.cancel()
        (part,) = (part for part in hub._beats if part)
        caller.wire.untaken = 1
        hub._beat_part(part)
        caller.wire.untaken = 0
        hub._beat_part(part)
        caller.wire.untaken = 1
        hub._beat_part(part)
        await asyncio.sleep(0)
        assert not caller.wire.closed

    asyncio.run(scene())


def test_one_broken_socket_does_not_stop_the_others(model: ReadModel) -> None:
    class Broken(Wire):
        def write(self, data: bytes | bytearray | memoryview) -> None:
            if self.written:
                raise RuntimeError("The handler is closed.")
            super().write(data)

    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        number = await hub._store.number("storm")
        assert number is not None
        crowd = [Caller(wire=Broken() if place % 2 else Wire()) for place in range(6)]
        for caller in crowd:
            await hub.join(number, None, caller)
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert [caller.seqs() for caller in crowd] == [[2], []] * 3
        assert [caller.wire.closed for caller in crowd] == ["", "aborted"] * 3

    asyncio.run(scene())


def test_a_fault_of_the_store_does_not_end_the_following(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        caller = await join(hub, None)
        model.run("UPDATE page SET changed_at = 'yesterday'")
        hub.hear(SOMETHING)
        await settled(hub)
        assert not follow.done()
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert caller.seqs() == [2]

    asyncio.run(scene())


def test_nothing_is_written_after_the_end(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        blog = model.blog()
        follow = following(hub)
        caller = await join(hub, None)
        await hub.drain()
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert caller.seqs() == []
        assert caller.wire.closed == "closed"

    asyncio.run(scene())


def test_one_broken_live_blog_does_not_stop_the_others(model: ReadModel) -> None:
    async def scene() -> None:
        hub = hub_on(model)
        storm, council = model.blog("storm"), model.blog("council")
        follow = following(hub)
        broken, good = await join(hub, None, "storm"), await join(hub, None, "council")
        model.post(storm)
        model.run("UPDATE page_post SET html = x'00' WHERE page_id = ?", storm.blog_id)
        model.post(council)
        hub.hear(SOMETHING)
        await settled(hub)
        assert (broken.seqs(), good.seqs()) == ([], [2])
        model.run("UPDATE page_post SET html = 'mended' WHERE page_id = ?", storm.blog_id)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        assert broken.seqs() == [2]

    asyncio.run(scene())


def test_the_delay_is_measured(model: ReadModel) -> None:
    async def scene() -> None:
        metrics = Metrics()
        hub = Hub(SqliteStore(model.path), MemoryBus(), Protection(secure=False), metrics)
        blog = model.blog()
        follow = following(hub)
        await join(hub, None)
        model.post(blog)
        hub.hear(SOMETHING)
        await settled(hub)
        follow.cancel()
        text = metrics.text().decode()
        assert "stoppress_readers 1.0" in text
        assert "stoppress_deliveries_total 1.0" in text
        assert "stoppress_delivery_delay_seconds_count 1.0" in text

    asyncio.run(scene())
