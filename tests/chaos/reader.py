"""One reader at a socket: loads the page, follows the stream, folds every change into what it shows.

Does what the reader's script does, by docs/reference/changes.md: comes back with Last-Event-ID, waits as long as it was
told (`retry:`, Retry-After), asks for `changes` while no stream is free, and fetches the page afresh when told to.
What it shows is `tests/property/fold.py`'s `Shown`, to be compared with a fresh page. `crowd.py` has many of them.
"""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from tests.chaos.shown import change_of, shown
from tests.events.reading import EventStream
from tests.property.fold import MustReload, Shown, apply

ANSWER_SECONDS = 60.0  # an answer this late will not come; generous, for the machine may be busy
FIRST_RETRY_MS = 1_000
POLL_SECONDS = 10.0
HEAD_BYTES_MAX = 64 * 1024

# Everybody gets the same bytes: a thousand readers read them once.
_shown = lru_cache(maxsize=64)(shown)
_change_of = lru_cache(maxsize=4_096)(change_of)


class Cut(Exception):
    """The connection is gone, or did not bring what it should."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; of a stream only its head."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


class Line(asyncio.Protocol):
    """One request on a connection of its own. Of a 200 without length the bytes are handed on as they come."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[Answer] = loop.create_future()
        self.over: asyncio.Future[None] = loop.create_future()
        self.transport: asyncio.Transport | None = None
        self._take = take
        self._raw = bytearray()
        self._head: Answer | None = None
        self._is_chunked = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._raw += data
        if self._head is None and not self._read_head():
            return
        if self._is_chunked:
            self._undo_chunks()

    def _read_head(self) -> bool:
        head, end, rest = bytes(self._raw).partition(b"\r\n\r\n")
        if not end:
            return False
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self._head = Answer(int(first.split()[1]), headers)
        self._raw = bytearray(rest)
        self._is_chunked = headers.get("transfer-encoding") == "chunked"
        if self._is_chunked and not self.opened.done():
            self.opened.set_result(self._head)
        return True

    def _undo_chunks(self) -> None:
        while True:
            size, end, _ = bytes(self._raw[:20]).partition(b"\r\n")
            if not end:
                return
            begins, length = len(size) + 2, int(size, 16)
            if len(self._raw) < begins + length + 2:
                return
            if length == 0:
                self._end()
                return
            self._take(bytes(self._raw[begins : begins + length]))
            del self._raw[: begins + length + 2]

    def _end(self) -> None:
        if not self.over.done():
            self.over.set_result(None)
        self.close()

    def connection_lost(self, fault: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        if not self.opened.done():
            self._close_answer()
        if not self.over.done():
            self.over.set_result(None)

    def _close_answer(self) -> None:
        """The other side closed: that is how an answer that is no stream ends, if all of it came."""
        if self._head is None or len(self._raw) < int(self._head.headers.get("content-length", 0)):
            self.opened.set_exception(Cut("The connection ended before the answer did."))
            return
        self.opened.set_result(Answer(self._head.status, self._head.headers, bytes(self._raw)))

    def close(self) -> None:
        """Hang up."""
        if self.transport is not None:
            self.transport.abort()


async def request(
    url: str, path: str, take: Callable[[bytes], None] | None = None, headers: dict[str, str] | None = None
) -> Line:
    """A GET on a connection of its own; `await line.opened` gives the answer. Raises: Cut, OSError, TimeoutError."""
    place = urlsplit(url)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(ANSWER_SECONDS):
        _, line = await loop.create_connection(
            lambda: Line(take or (lambda _: None)), place.hostname or "", place.port or 80
        )
    lines = {"Host": place.netloc, "Connection": "close"} | (headers or {})
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    assert line.transport is not None
    line.transport.write(f"GET {path} HTTP/1.1\r\n{told}\r\n".encode("latin-1"))
    return line


async def ask(url: str, path: str, headers: dict[str, str] | None = None) -> Answer:
    """A GET and its whole answer. Raises: Cut, OSError, TimeoutError."""
    line = await request(url, path, headers=headers)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await line.opened
    finally:
        line.close()


@dataclass(slots=True, eq=False)
class Reader:
    """Reads one live blog at `url` until its task is cancelled; `page` is what it shows.

    `haste`: everything it waits for is waited that many times shorter. `watch` is told each page it shows.
    """

    url: str
    slug: str
    chance: random.Random
    haste: float = 1.0
    watch: Callable[[Shown], None] | None = None
    page: Shown | None = None
    is_open: bool = False  # its stream is there
    breaks: int = 0  # streams that ended or never came
    refusals: int = 0  # of streams, by 503
    polls: int = 0
    loads: int = 0  # of the whole page
    told_to_reload: int = 0
    stays_away: float = 0.0  # seconds it was last told to wait, before `haste`
    faults: list[str] = field(default_factory=list)  # what should never come
    asleep: asyncio.Event = field(default_factory=asyncio.Event)  # set: opens nothing until it is cleared
    _line: Line | None = None
    _stream: EventStream = field(default_factory=EventStream)
    _failures: int = 0
    _is_woken: bool = False
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seq(self) -> int:
        """The number of what it shows; -1 before it shows anything."""
        return -1 if self.page is None else self.page.seq

    def sleep(self) -> None:
        """Stop reading: the connection goes, and none is opened until `wake`."""
        self.asleep.set()
        self.cut()

    def wake(self) -> None:
        """Go on, at once: the network is there again, or the reader looks at the page again."""
        self.asleep.clear()
        self._failures = 0
        self._is_woken = True
        self._wake.set()
        self.cut()

    def cut(self) -> None:
        """Lose the connection; it comes back by itself."""
        if self._line is not None:
            self._line.close()

    async def read(self) -> None:
        """For ever."""
        while True:
            try:
                if self.asleep.is_set():
                    await self._pause(3_600)
                elif self.page is None:
                    await self._load()
                else:
                    await self._follow()
            except (Cut, OSError, TimeoutError):
                self._failures += 1
                self.breaks += 1
                await self._pause(self._wait())
            self._is_woken = False

    def _wait(self) -> float:
        """Seconds until the next try: as long as the server said, longer with each failure, spread."""
        told = (self._stream.retry or FIRST_RETRY_MS) / 1_000
        if self._failures <= 1:
            return told  # the server spread these itself
        return min(told * 1.5 ** (self._failures - 1), 30.0) * (0.5 + self.chance.random())

    async def _pause(self, seconds: float) -> None:
        if self._is_woken:
            self._is_woken = False
            return
        self._wake.clear()
        self.stays_away = seconds
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds / self.haste):
                await self._wake.wait()

    async def _load(self) -> None:
        answer = await ask(self.url, f"/live/{self.slug}")
        if answer.status != 200:
            if answer.status != 503:
                self.faults.append(f"the page answered {answer.status}: {answer.body[:200]!r}")
            raise Cut(f"The page answered {answer.status}.")
        self.loads += 1
        self._failures = 0
        self._show(_shown(answer.body.decode()))

    def _show(self, page: Shown | None) -> None:
        self.page = page
        if page is not None and self.watch is not None:
            self.watch(page)

    # --- the stream ---------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        retry = self._stream.retry
        self._stream = EventStream(retry=retry)
        path, number = f"/live/{self.slug}/events", str(self.seq)
        self._line = await request(self.url, path, self._came, {"Last-Event-ID": number})
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await self._line.opened
            if answer.status != 200:
                await self._refused(answer)
                return
            self.is_open = True
            self._failures = 0
            await self._line.over
        finally:
            self.is_open = False
            self._line.close()
        if self.page is not None:
            raise Cut("The stream ended.")

    def _came(self, data: bytes) -> None:
        self._stream.feed(data)
        events, self._stream.events = self._stream.events, []
        for event in events:
            if self.page is not None:
                self._take(event.data)

    def _take(self, data: str) -> None:
        change = _change_of(data)
        if change is None or self.page is None:
            return
        try:
            if change.seq <= self.page.seq and "reload" not in data[:40]:
                self.faults.append(f"{change.seq} came after {self.page.seq}")
                return
            self._show(apply(self.page, change))
        except MustReload:
            self._lose()
        except AssertionError as fault:
            if "come in order" not in str(fault):
                self.faults.append(str(fault))
            self._lose()

    def _lose(self) -> None:
        """The page is to be fetched afresh."""
        self.told_to_reload += 1
        self.page = None
        self.cut()

    # --- without a stream -----------------------------------------------------------------------------------

    async def _refused(self, answer: Answer) -> None:
        if answer.status != 503:
            self.faults.append(f"the stream answered {answer.status}: {answer.body[:200]!r}")
            raise Cut(f"The stream answered {answer.status}.")
        self.refusals += 1
        again = asyncio.get_running_loop().time() + int(answer.headers.get("retry-after", "1")) / self.haste
        while self.page is not None and not self.asleep.is_set():
            await self._poll()
            if asyncio.get_running_loop().time() >= again:
                return
            left = (again - asyncio.get_running_loop().time()) * self.haste
            await self._pause(min(left, POLL_SECONDS * (0.5 + self.chance.random())))

    async def _poll(self) -> None:
        answer = await ask(self.url, f"/live/{self.slug}/changes?after={self.seq}")
        if answer.status != 200:
            raise Cut(f"`changes` answered {answer.status}.")
        self.polls += 1
        self._failures = 0
        for change in json.loads(answer.body)["changes"]:
            if self.page is not None:
                self._take(json.dumps(change))
