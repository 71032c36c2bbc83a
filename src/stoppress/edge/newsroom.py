"""The desk's own stream: a live blog's newsroom, sent whole to each desk whenever it differs; and how many read.

Who may listen is decided by the newsroom's own application, with the session cookie and behind the same door as every
screen: its answer to the request names a seat, and only then is the connection handed over. What each seat may see,
and whether it still may, is asked of a `Source` again and again; a seat that it leaves out is cut.

Private: it runs only in processes that serve the desk, and shares nothing with the readers' hub but the bus.
Called by `app.py`. May import `stream`, `asgi`, `headers`, `bus`, `events`, `lib`. Source:
docs/decisions/0015-newsroom-stream.md
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Protocol

from stoppress.bus.base import Bus
from stoppress.edge.asgi import App, Message, Receive, Scope, Send
from stoppress.edge.headers import PRIVATE_STREAM_CACHING, Protection
from stoppress.edge.hub import Reach
from stoppress.edge.metrics import Metrics
from stoppress.edge.stream import Connection, Head, Reader
from stoppress.events import sse
from stoppress.events.seat import HEADER, Seat
from stoppress.lib import limits
from stoppress.lib.ids import BlogId

logger = logging.getLogger(__name__)

KIND, REACH = "newsroom", "reach"  # of the stream's events
_EVENTS = re.compile(rf"/desk/live/[A-Za-z0-9_-]{{1,{limits.SLUG_CHARS}}}/newsroom/events/")
_SEAT = HEADER.lower().encode()


class Source(Protocol):
    """Where states come from. `desk/newsroom_source.py` is one."""

    def states(self, seats: Sequence[Seat]) -> Mapping[Seat, str]:
        """What each may see now, as JSON on one line. A seat that is missing may not listen (any more).

        Called in a thread of its own, never twice at once. May raise anything; then nobody is cut.
        """


NOBODY = Reach()


@dataclass(slots=True)
class _Desk:
    """One open stream: whose it is, and what was sent last."""

    seat: Seat
    sent: str
    reach: Reach = NOBODY


class NewsroomHub:
    """Every desk that listens through this process. Few, so that each may be written to by itself."""

    def __init__(
        self,
        source: Source,
        bus: Bus,
        protection: Protection,
        metrics: Metrics,
        reach: Callable[[BlogId], Reach],
    ) -> None:
        """`reach`: who reads a live blog through this process."""
        self._source = source
        self._reach = reach
        self._bus = bus
        self._metrics = metrics
        self._head = Head(protection, PRIVATE_STREAM_CACHING)
        self._desks: dict[Reader, _Desk] = {}
        self.late: set[int] = set()  # see `stream.Crowd`
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="newsroom")
        self._draining = False
        metrics.count_desks(lambda: len(self._desks))

    # --- life -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to listen. Inside the event loop."""
        loops = (self._listen, self._follow, self._beat, self._count)
        self._tasks = [asyncio.create_task(loop(), name=f"newsroom {loop.__name__}") for loop in loops]

    async def stop(self) -> None:
        """End all work."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        self._thread.shutdown(wait=False, cancel_futures=True)

    def drain(self) -> None:
        """End every stream: they are few, and come back spread by what `Reader.end` tells them."""
        self._draining = True
        self._cut(self._desks)

    # --- coming and going -------------------------------------------------------------------------------

    async def open(self, desk: App, connection: object, asked: tuple[Scope, Receive, Send]) -> None:
        """Let the desk's application answer; where it names a seat, the connection becomes a stream instead."""
        scope, receive, send = asked
        messages: list[Message] = []

        async def hold(message: Message) -> None:
            messages.append(message)

        await desk(scope, receive, hold)
        seat = _seat_in(messages)
        if scope["method"] == "GET" and await self._join(seat, connection):
            return
        for message in messages:
            await send(message)

    async def _join(self, seat: Seat | None, connection: object) -> bool:
        """Make `connection` a stream. False, with nothing sent, when there is no place or no reason for it."""
        if seat is None or not isinstance(connection, Connection):
            return False
        if self._draining or not self._has_place(seat):
            self._metrics.refused.inc()
            return False
        try:
            state = (await self._asked([seat])).get(seat)
        except Exception:
            logger.exception("The newsroom cannot be read; a desk asks by itself.")
            return False
        if state is None or self._draining or not self._has_place(seat):
            return False
        reader = Reader(self, 0, 0, chunked=connection.chunked)
        transport = connection.hand_over(reader)
        if transport is None:
            return True
        self._desks[reader] = _Desk(seat, state)
        reader.open(transport, self._head.bytes_for(chunked=reader.chunked), sse.told(KIND, state))
        self._wake.set()  # something may have happened between the question and now
        return True

    def _has_place(self, seat: Seat) -> bool:
        own = sum(desk.seat.user_id == seat.user_id for desk in self._desks.values())
        return len(self._desks) < limits.NEWSROOM_STREAMS and own < limits.NEWSROOM_STREAMS_PER_PERSON

    def leave(self, reader: Reader) -> None:
        """See `stream.Crowd`."""
        self._desks.pop(reader, None)
        self.late.discard(reader.key)

    def cut(self, reader: Reader) -> None:
        """See `stream.Crowd`."""
        self._metrics.dropped.inc()
        self._desks.pop(reader, None)
        asyncio.get_running_loop().call_soon(reader.transport.abort)

    def _cut(self, readers: Iterable[Reader]) -> None:
        for reader in list(readers):
            self._desks.pop(reader, None)
            reader.end()

    # --- what goes on -----------------------------------------------------------------------------------

    async def _listen(self) -> None:
        while True:
            try:
                async with aclosing(self._bus.listen()) as words:
                    async for _ in words:
                        self._wake.set()
            except Exception:
                logger.exception("The bus broke; listening again.")
            await asyncio.sleep(limits.BUS_RETRY_SECONDS)

    async def _follow(self) -> None:
        """Look whenever the bus says something, and now and then; never more often than each pause."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), limits.NEWSROOM_SWEEP_SECONDS)
            self._wake.clear()
            try:
                await self._tell()
            except Exception:
                logger.exception("The newsroom cannot be read; desks wait.")
            await asyncio.sleep(limits.NEWSROOM_PAUSE_SECONDS)

    async def _tell(self) -> None:
        """Send each desk its state if it differs; cut those that may not listen any more."""
        asked = dict(self._desks)
        if not asked:
            return
        states = await self._asked(list(dict.fromkeys(desk.seat for desk in asked.values())))
        self._cut(reader for reader, desk in asked.items() if desk.seat not in states)
        for reader, desk in asked.items():
            state = states.get(desk.seat)
            if state is None or state == desk.sent or reader not in self._desks:
                continue
            desk.sent = state
            frame = sse.told(KIND, state)
            reader.send(sse.chunk(frame) if reader.chunked else frame)

    async def _count(self) -> None:
        """Tell each desk who reads, when it differs from what it was told."""
        while True:
            await asyncio.sleep(limits.NEWSROOM_REACH_SECONDS)
            for reader, desk in list(self._desks.items()):
                reach = self._reach(BlogId(desk.seat.blog_id))
                if reach == desk.reach:
                    continue
                desk.reach = reach
                frame = sse.told(REACH, json.dumps({"readers": reach.readers, "seconds": reach.seconds}))
                reader.send(sse.chunk(frame) if reader.chunked else frame)

    async def _asked(self, seats: Sequence[Seat]) -> Mapping[Seat, str]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._source.states, seats)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(limits.HEARTBEAT_SECONDS)
            for reader in list(self._desks):
                if not reader.is_taking():
                    self.cut(reader)
                elif not reader.stuck:
                    reader.send(sse.chunk(sse.HEARTBEAT) if reader.chunked else sse.HEARTBEAT)


def is_newsroom_events(path: str) -> bool:
    """Whether this is the address of a desk's stream."""
    return _EVENTS.fullmatch(path) is not None


def _seat_in(messages: list[Message]) -> Seat | None:
    """The seat that the answer names. The header itself leaves this process never."""
    start = next((message for message in messages if message["type"] == "http.response.start"), None)
    headers = start["headers"] if start else []
    if start is None or not isinstance(headers, list):
        return None
    start["headers"] = [(name, value) for name, value in headers if name != _SEAT]
    named = [value.decode("latin-1") for name, value in headers if name == _SEAT]
    return Seat.read(named[0]) if named else None
