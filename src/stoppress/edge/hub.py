"""Fan-out: what changed is read once per live blog, encoded once, and written to every reader of it.

All readers of one live blog stand at the same number, so that one batch is right for all of them and nobody gets a
frame twice or out of order. A reader who comes with an older number waits for the next read: the same snapshot
gives everyone their batch, and from then on the newcomer stands where the others stand.

A crowd is written to, let in and sent away a share at a time, so that requests are answered meanwhile; whom a change
has not reached when the next one comes is read for anew, from where they stand (`ranks.py`).

Called by `app.py`. May import `store`, `collapse`, `ranks`, `stream`, `bus`, `events`, `lib`.
"""

import asyncio
import logging
import random
import time
from collections.abc import Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime

from stoppress.bus.base import Announcement, Bus
from stoppress.edge import collapse
from stoppress.edge.admission import Places, Room
from stoppress.edge.headers import Protection
from stoppress.edge.metrics import Metrics
from stoppress.edge.ranks import Rank, Ranks
from stoppress.edge.rows import BlogNumber, ChangedRows
from stoppress.edge.store import Store, StoreUnavailable
from stoppress.edge.stream import Connection, Head, Reader
from stoppress.events import sse
from stoppress.events.changes import Change, Reload
from stoppress.lib import clock, limits
from stoppress.lib.ids import BlogId, Seq

logger = logging.getLogger(__name__)


class Gone(Exception):
    """The live blog is no longer public."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Who reads a live blog through this process.

    `seconds`: from the newest change's commit until it was on its way to all of them; None before the first.
    """

    readers: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """Someone who waits to be brought up to date from `after` (None: from now on)."""

    after: Seq | None
    connection: Connection
    admitted: asyncio.Future[None]


@dataclass(slots=True)
class _Watched:
    """One live blog with readers. All of them have everything up to `seq`, or are owed it."""

    blog_id: BlogId
    seq: Seq
    build: str
    changed_at: datetime
    generation: int
    ranks: Ranks
    newcomers: list[_Newcomer] = field(default_factory=list)
    seconds: float | None = None  # as `Reach.seconds`
    told_at: float = float("-inf")  # by time.monotonic(): when something was last written to anybody
    untold: bool = False  # the newest change is not yet written to all
    held: bool = False  # something more changed than a wave can take along
    advancing: bool = False  # being read for: somebody may come in a moment

    def is_idle(self) -> bool:
        return not (self.newcomers or self.advancing or len(self.ranks))


class Hub:
    """Everyone who reads live through this process."""

    def __init__(self, store: Store, bus: Bus, protection: Protection, metrics: Metrics) -> None:
        self._store = store
        self._bus = bus
        self._metrics = metrics
        self._head = Head(protection)
        self._watched: dict[BlogId, _Watched] = {}
        self._beats: list[set[Reader]] = [set() for _ in range(limits.HEARTBEAT_SECONDS)]
        self.late: set[int] = set()  # see `stream.Crowd`
        self._admitted = 0
        self._count = 0
        self._dirty: set[BlogId] = set()
        self._wake = asyncio.Event()
        self._owing = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._heard_at = time.monotonic()
        self.places = Places(limits.STREAMS_PER_ADDRESS)
        self.room = Room()
        self.draining = False
        metrics.count_readers(lambda: self._count)

    @property
    def count(self) -> int:
        """Open streams."""
        return self._count

    @property
    def is_full(self) -> bool:
        """Whether this process carries as many streams as it may."""
        return self._count >= min(limits.STREAMS_PER_PROCESS, self.room.streams)

    def bus_silence(self) -> float:
        """Seconds since the bus said anything, or since the start."""
        return time.monotonic() - self._heard_at

    def reach(self, blog_id: BlogId) -> Reach:
        """Who reads this live blog now."""
        watched = self._watched.get(blog_id)
        if watched is None:
            return Reach()
        return Reach(len(watched.ranks), watched.seconds)

    def readers(self) -> dict[BlogId, int]:
        """How many read each live blog that anybody reads."""
        return {blog_id: self.reach(blog_id).readers for blog_id in self._watched}

    # --- life -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to listen. Inside the event loop."""
        loops = (self._listen, self._sweep, self._beat, self._follow, self._deliver)
        self._tasks = [asyncio.create_task(loop(), name=f"hub {loop.__name__}") for loop in loops]

    async def stop(self) -> None:
        """End all work. Streams are left as they are: `drain` ends them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def drain(self) -> None:
        """End every stream, spread over `limits.DRAIN_SECONDS` so that readers do not all return at once."""
        self.draining = True
        readers = [reader for watched in self._watched.values() for reader in watched.ranks]
        random.shuffle(readers)
        seconds = min(limits.DRAIN_SECONDS, len(readers) / limits.DRAIN_READERS_PER_SECOND)
        steps = max(1, round(seconds / limits.DRAIN_STEP_SECONDS))
        for step in range(steps):
            for reader in readers[step::steps]:
                if not reader.transport.is_closing():
                    self._end(reader)
            await asyncio.sleep(limits.DRAIN_STEP_SECONDS)
        for reader in readers:
            if reader.transport.get_write_buffer_size():  # it did not even take the end
                reader.transport.abort()

    # --- readers ----------------------------------------------------------------------------------------

    async def join(self, number: BlogNumber, after: Seq | None, connection: Connection) -> None:
        """Make `connection` a reader of this live blog from `after` on, or from now on.

        Returns when its stream is open. Raises: StoreUnavailable, Gone; then nothing was sent.
        """
        watched = self._watched.get(number.blog_id)
        generation = self._store.generation()
        if watched is None:
            seq = number.changed_seq
            ranks = Ranks(seq, self.late)
            watched = _Watched(
                number.blog_id, seq, number.build, number.changed_at, generation=-1, ranks=ranks
            )
            self._watched[number.blog_id] = watched
        if watched.generation == generation and after in (None, watched.seq):
            self._admit(watched, connection, b"")
            return
        newcomer = _Newcomer(after, connection, asyncio.get_running_loop().create_future())
        watched.newcomers.append(newcomer)
        self._look_at([number.blog_id])
        await newcomer.admitted

    def _admit(self, watched: _Watched, connection: Connection, frames: bytes) -> None:
        beat = self._admitted % limits.HEARTBEAT_SECONDS
        reader = Reader(self, watched.blog_id, beat, chunked=connection.chunked)
        transport = connection.hand_over(reader)
        if transport is None:
            return
        self._admitted += 1
        self._count += 1
        self._beats[beat].add(reader)
        self._metrics.opened.inc()
        head = self._head.bytes_for(chunked=reader.chunked)
        reader.open(transport, head, frames + sse.standing(watched.seq))
        watched.ranks.add(reader)

    def leave(self, reader: Reader) -> None:
        """Forget a reader whose connection is gone."""
        if reader not in self._beats[reader.beat]:
            return
        self._count -= 1
        self._beats[reader.beat].discard(reader)
        self.places.give_back(reader.address)
        self._drop(reader)

    def cut(self, reader: Reader) -> None:
        """End a reader that does not take its bytes: a moment later, for it may be being written to now."""
        self._metrics.dropped.inc()
        asyncio.get_running_loop().call_soon(self._abort, reader)

    def _abort(self, reader: Reader) -> None:
        self._drop(reader)
        reader.transport.abort()

    def _end(self, reader: Reader) -> None:
        self._drop(reader)
        reader.end()

    def _drop(self, reader: Reader) -> None:
        """Write to it no more: its socket's number may soon be somebody else's."""
        self.late.discard(reader.key)
        watched = self._watched.get(BlogId(reader.blog_id))
        if watched is not None:
            watched.ranks.drop(reader)
            self._clear(watched)

    def _clear(self, watched: _Watched) -> None:
        if watched.is_idle() and self._watched.get(watched.blog_id) is watched:
            del self._watched[watched.blog_id]

    # --- what changed -----------------------------------------------------------------------------------

    def _look_at(self, blogs: Iterable[BlogId]) -> None:
        self._dirty.update(blogs)
        if self._dirty:
            self._wake.set()

    def hear(self, word: Announcement) -> None:
        """Take a word of the bus."""
        if word.blog_id is not None and not word.seq:
            return  # something in its newsroom, which no reader sees
        self._store.touch()
        if word.blog_id is None:
            self._look_at(self._watched)
        elif (watched := self._watched.get(word.blog_id)) is not None and word.seq > watched.seq:
            self._look_at([word.blog_id])

    async def _listen(self) -> None:
        while True:
            try:
                async with aclosing(self._bus.listen()) as words:
                    async for word in words:
                        self._heard_at = time.monotonic()
                        self.hear(word)
            except Exception:
                logger.exception("The bus broke; listening again.")
            await asyncio.sleep(limits.BUS_RETRY_SECONDS)

    async def _sweep(self) -> None:
        """Ask by itself now and then: a word may have been lost."""
        while True:
            await asyncio.sleep(limits.SWEEP_SECONDS)
            self._store.touch()
            self._look_at(self._watched)

    async def _follow(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            dirty, self._dirty = self._dirty, set()
            try:
                await self._bring_up([blog_id for blog_id in dirty if blog_id in self._watched])
            except StoreUnavailable as fault:
                self._metrics.failures.inc()
                logger.warning("%s Streams wait.", fault)
                self._refuse(dirty, fault)
            except Exception as fault:
                logger.exception("Live blogs cannot be followed.")
                self._refuse(dirty, StoreUnavailable(str(fault)))

    async def _bring_up(self, blogs: list[BlogId]) -> None:
        """Bring the readers of `blogs` up to now; those that did not move cost one row."""
        generation = self._store.generation()
        numbers = await self._store.numbers(blogs)
        for blog_id in blogs:
            watched = self._watched.get(blog_id)
            number = numbers.get(blog_id)
            if watched is None:
                continue
            moved = number is None or (number.changed_seq, number.build) != (watched.seq, watched.build)
            if not moved and not watched.newcomers:
                watched.generation = generation
            elif watched.ranks.behind < limits.RANKS_BEHIND:
                await self._advance(watched)
            else:
                watched.held = True

    async def _advance(self, watched: _Watched) -> None:
        newcomers = watched.newcomers[: limits.NEWCOMERS_AT_ONCE]
        del watched.newcomers[: limits.NEWCOMERS_AT_ONCE]
        watched.advancing = True
        try:
            await self._advance_with(watched, newcomers)
        finally:
            watched.advancing = False
            self._clear(watched)
            if watched.newcomers:
                self._look_at([watched.blog_id])

    async def _advance_with(self, watched: _Watched, newcomers: list[_Newcomer]) -> None:
        try:
            generation = self._store.generation()
            cursors = [one.after for one in newcomers if one.after is not None]
            rows = await self._store.changed(watched.blog_id, min([watched.ranks.lowest, *cursors]))
        except StoreUnavailable as fault:
            _fail(newcomers, fault)
            raise
        except Exception as fault:
            logger.exception("Live blog %s cannot be read.", watched.blog_id)
            _fail(newcomers, StoreUnavailable(str(fault)))
            return
        if rows is None:
            await self._close(watched, newcomers)
            return
        # What readers are owed is settled before anybody waits: nobody can come or go meanwhile.
        self._owe(watched, rows)
        watched.generation = generation
        await self._welcome(watched, rows, newcomers)

    def _owe(self, watched: _Watched, rows: ChangedRows) -> None:
        """Every reader is owed what is new to it; the first share of them gets it now."""
        seq = rows.number.changed_seq
        why = ""
        if rows.number.build != watched.build:
            why = "The page changed as a whole."
        elif seq < watched.seq:
            why = f"The newest number is {seq} and was {watched.seq}."
        watched.untold = watched.untold or rows.number.changed_at > watched.changed_at
        watched.seq, watched.build, watched.changed_at = seq, rows.number.build, rows.number.changed_at
        watched.ranks.owe(seq, why, lambda rank: _owed(rank, rows))
        self._write(watched)
        if watched.ranks.behind:
            self._owing.set()

    def _write(self, watched: _Watched) -> None:
        """Write to a share of those who are owed something; a smaller one when changes come in a row.

        More of them may then go along in the write of whoever is not reached yet.
        """
        in_a_row = watched.ranks.behind > 1
        written = watched.ranks.write(limits.READERS_IN_A_BURST if in_a_row else limits.READERS_AT_ONCE)
        if not written:
            return
        self._metrics.deliveries.inc(written)
        watched.told_at = time.monotonic()
        if watched.ranks.behind:
            return
        if watched.untold:
            watched.untold = False
            watched.seconds = (clock.now() - watched.changed_at).total_seconds()
            self._metrics.delay.observe(watched.seconds)
        if watched.held:
            watched.held = False
            self._look_at([watched.blog_id])

    async def _deliver(self) -> None:
        """Write on to whoever is owed something, each live blog in turn, and look at requests between two shares."""
        while True:
            owing = [watched for watched in self._watched.values() if watched.ranks.behind]
            if not owing:
                self._owing.clear()
                await self._owing.wait()
                continue
            for watched in owing:
                try:
                    self._write(watched)
                except Exception:
                    logger.exception("Live blog %s cannot be written.", watched.blog_id)
            await asyncio.sleep(0)

    async def _welcome(self, watched: _Watched, rows: ChangedRows, newcomers: list[_Newcomer]) -> None:
        """Let them in, a share at a time. The number cannot move meanwhile: only this task moves it."""
        missed: dict[Seq, bytes] = {}
        for start in range(0, len(newcomers), limits.READERS_AT_ONCE):
            if start:
                await asyncio.sleep(0)
            for newcomer in newcomers[start : start + limits.READERS_AT_ONCE]:
                after = watched.seq if newcomer.after is None else newcomer.after
                if after not in missed:
                    missed[after] = _frames(collapse.changes(rows, after), watched.seq)
                if not newcomer.admitted.done():
                    self._admit(watched, newcomer.connection, missed[after])
                    newcomer.admitted.set_result(None)

    async def _close(self, watched: _Watched, newcomers: list[_Newcomer]) -> None:
        """The live blog is not public any more: its streams end, and coming back finds nothing."""
        _fail([*newcomers, *watched.newcomers], Gone())
        watched.newcomers = []
        watched.generation = -1  # whoever comes meanwhile is looked at first
        readers = list(watched.ranks)
        for start in range(0, len(readers), limits.READERS_AT_ONCE):
            if start:
                await asyncio.sleep(0)
            for reader in readers[start : start + limits.READERS_AT_ONCE]:
                if not reader.transport.is_closing():
                    self._end(reader)

    def _refuse(self, blogs: Iterable[BlogId], fault: StoreUnavailable) -> None:
        for blog_id in blogs:
            watched = self._watched.get(blog_id)
            if watched is None:
                continue
            newcomers, watched.newcomers = watched.newcomers, []
            _fail(newcomers, fault)
            self._clear(watched)

    # --- signs of life ----------------------------------------------------------------------------------

    async def _beat(self) -> None:
        """One timer for all: each second a part of the readers gets its comment, so that it costs no burst."""
        while True:
            for part in self._beats:
                await asyncio.sleep(1)
                self._beat_part(part)

    def _beat_part(self, part: set[Reader]) -> None:
        comment = sse.chunk(sse.HEARTBEAT)
        now = time.monotonic()
        for reader in part:
            watched = self._watched.get(BlogId(reader.blog_id))
            told = watched is not None and now - watched.told_at < limits.HEARTBEAT_SPARED_SECONDS
            if not reader.is_taking():
                self.cut(reader)
            elif not reader.stuck and not told:
                reader.send(comment if reader.chunked else sse.HEARTBEAT)


def _frames(batch: list[Change], seq: Seq) -> bytes:
    """The batch as bytes; more than a reader's buffer should take at once becomes a reload."""
    frames = b"".join(map(sse.frame, batch))
    if len(frames) > limits.CATCH_UP_BYTES:
        return sse.frame(Reload(seq, f"More than {limits.CATCH_UP_BYTES} bytes were missed."))
    return frames


def _owed(rank: Rank, rows: ChangedRows) -> bytes:
    seq = rows.number.changed_seq
    return _frames([Reload(seq, rank.why)] if rank.why else collapse.changes(rows, rank.seq), seq)


def _fail(newcomers: list[_Newcomer], fault: Exception) -> None:
    for newcomer in newcomers:
        if not newcomer.admitted.done():
            newcomer.admitted.set_exception(fault)
