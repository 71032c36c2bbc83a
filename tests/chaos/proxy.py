"""A line between two parts that can be cut, slowed, dripped, half closed or silenced; and a cache that is never purged.

`with Proxy(url) as line:` listens at `line.url` and passes everything to the server at `url` on this machine. Its
words act on all connections, those there are and those that come. `StaleCache` answers pages and `changes` from what
it once got, and lets streams through.
"""

import asyncio
import random
from abc import ABC, abstractmethod
from collections import deque
from enum import Enum, auto
from typing import Self
from urllib.parse import urlsplit

from tests.chaos.crowd import Loop
from tests.chaos.reader import Answer, ask

HOST = "127.0.0.1"
TICK_SECONDS = 0.05
HIGH_BYTES = 64 * 1024


def _port_of(url: str) -> int:
    return urlsplit(url).port or 80


class State(Enum):
    """What the line does with bytes."""

    WHOLE = auto()
    SILENT = auto()  # connections stand, nothing passes
    DOWN = auto()  # connections are reset, also those that come


class _End(asyncio.Protocol):
    """One end of one connection; what comes here is passed on by `other`, when and as fast as the line lets it."""

    def __init__(self, line: "Proxy") -> None:
        self.line = line
        self.transport: asyncio.Transport | None = None
        self.other: _End | None = None
        self.waiting: deque[tuple[float, bytes]] = deque()  # to be written here, and from when on
        self.held = 0
        self.is_ended = False  # the other side sends no more
        self._ticking = False
        self._has_ended = False  # and this side was told so

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(high=HIGH_BYTES)
        self.line.ends.add(self)

    def data_received(self, data: bytes) -> None:
        if self.other is not None:
            self.other.put(data)

    def put(self, data: bytes) -> None:
        """Take bytes to be written here."""
        if not self.waiting and self.line.is_whole:
            self._write(data)
            return
        self.waiting.append((asyncio.get_running_loop().time() + self.line.delay, data))
        self.held += len(data)
        self._read(self.held < HIGH_BYTES)
        self.tick()

    def _write(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing() and not self._has_ended:
            self.transport.write(data)

    def _read(self, may: bool) -> None:  # noqa: FBT001 (a switch)
        other = self.other.transport if self.other is not None else None
        if other is None or other.is_closing():
            return
        if may:
            other.resume_reading()
        else:
            other.pause_reading()

    def tick(self) -> None:
        """Write what may be written by now, in the order in which it came."""
        if self._ticking or self.line.state is State.SILENT or self.transport is None:
            return
        now = asyncio.get_running_loop().time()
        budget = max(1, int(self.line.drip * TICK_SECONDS)) if self.line.drip else self.held
        while self.waiting and budget > 0 and (self.waiting[0][0] <= now or not self.line.delay):
            at, part = self.waiting.popleft()
            if len(part) > budget:
                self.waiting.appendleft((at, part[budget:]))
                part = part[:budget]
            budget -= len(part)
            self.held -= len(part)
            self._write(part)
        if self.held < HIGH_BYTES:
            self._read(True)  # noqa: FBT003 (to read, or not)
        if self.waiting:
            self._ticking = True
            asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick_again)
        elif self.is_ended:
            self.end()

    def _tick_again(self) -> None:
        self._ticking = False
        self.tick()

    def pause_writing(self) -> None:
        self._read(False)  # noqa: FBT003 (to read, or not)

    def resume_writing(self) -> None:
        self._read(True)  # noqa: FBT003 (to read, or not)

    def eof_received(self) -> bool:
        if self.other is not None:
            self.other.end()
        return True

    def end(self) -> None:
        """The other side said that no more comes."""
        self.is_ended = True
        if not self.waiting and self.transport is not None and not self.transport.is_closing():
            self._has_ended = True
            self.transport.write_eof()

    def connection_lost(self, fault: Exception | None) -> None:
        self.line.ends.discard(self)
        if self.other is None or self.line.state is State.SILENT:
            return  # who is behind a silent line hears of nothing
        if fault is not None or not self.other.waiting:
            self.other.abort()
        else:
            self.other.end()

    def abort(self) -> None:
        """At once."""
        if self.transport is not None:
            self.transport.abort()


class _Door(ABC, Loop):
    """What listens on this machine, for as long as it is entered."""

    def __init__(self) -> None:
        super().__init__()
        self.port = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> Self:
        super().__enter__()
        self._server = self.run(self._listening())
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    @abstractmethod
    async def _listening(self) -> asyncio.Server: ...

    async def _cancelled(self) -> None:
        self._server.close()
        for transport in self._transports():
            transport.abort()
        await super()._cancelled()

    @abstractmethod
    def _transports(self) -> list[asyncio.WriteTransport]:
        """Of the connections there are."""


class Proxy(_Door):
    """A line to the server at `url` on this machine. Its words may be said from any thread."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.to = _port_of(url)
        self.state = State.WHOLE
        self.delay = 0.0
        self.drip = 0  # bytes a second in each direction of each connection; 0: as fast as can be
        self.ends: set[_End] = set()
        self.passed = 0  # connections

    async def _listening(self) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._accept, HOST, 0, backlog=4_096)

    def _accept(self) -> _End:
        return _Near(self)

    def _transports(self) -> list[asyncio.WriteTransport]:
        return [end.transport for end in self.ends if end.transport is not None]

    @property
    def is_whole(self) -> bool:
        """Whether bytes pass as they come."""
        return self.state is not State.SILENT and not self.delay and not self.drip

    # --- words --------------------------------------------------------------------------------------------

    def cut(self, *, share: float = 1.0, chance: random.Random | None = None) -> int:
        """Reset that share of the connections; returns how many. Those who come again pass."""

        def cut() -> int:
            pick = chance or random.Random(0)  # noqa: S311 (chance, no secret)
            nears = [end for end in self.ends if isinstance(end, _Near) and pick.random() < share]
            for near in nears:
                near.reset()
            return len(nears)

        return self.call(cut)

    def lead_to(self, url: str) -> None:
        """Pass those who come from now on to another server, as a balancer does; who is there stays there."""

        def lead() -> None:
            self.to = _port_of(url)

        self.call(lead)

    def down(self) -> None:
        """Reset everything, and whoever comes, until `heal`."""
        self._become(State.DOWN)
        self.cut()

    def silent(self) -> None:
        """Let nothing pass and tell nobody, until `heal`: a cable pulled out."""
        self._become(State.SILENT)

    def half_close(self) -> None:
        """Tell the near ends that no more comes, and go on listening to them."""

        def close() -> None:
            for end in list(self.ends):
                if isinstance(end, _Near):
                    end.end()

        self.call(close)

    def slow(self, *, delay: float = 0.0, drip: int = 0) -> None:
        """Pass every piece `delay` seconds late, or `drip` bytes a second on each connection."""

        def become() -> None:
            self.delay, self.drip = delay, drip

        self.call(become)

    def heal(self) -> None:
        """A whole line again. What was held in silence passes now, as it does when a cable is put back."""
        self.slow()
        self._become(State.WHOLE)

        def go_on() -> None:
            for end in list(self.ends):
                end.tick()

        self.call(go_on)

    def _become(self, state: State) -> None:
        self.call(lambda: setattr(self, "state", state))


class _Near(_End):
    """The end that was connected to; makes the far one."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.line.state is State.DOWN:
            self.abort()
            return
        self.line.passed += 1
        assert self.transport is not None
        self.transport.pause_reading()
        asyncio.get_running_loop().create_task(self._reach())

    async def _reach(self) -> None:
        loop = asyncio.get_running_loop()
        far = _End(self.line)
        far.other, self.other = self, far
        try:
            await loop.create_connection(lambda: far, HOST, self.line.to)
        except OSError:
            self.abort()
            return
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()
        else:
            far.abort()

    def reset(self) -> None:
        """Both ends, at once."""
        self.abort()
        if self.other is not None:
            self.other.abort()


class StaleCache(_Door):
    """A shared cache whose purges are lost: what it has it gives for as long as it stands. Streams pass."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.given = 0  # answers from what it had
        self._to = url
        self._far = _port_of(url)
        self._kept: dict[str, Answer] = {}
        self._writers: set[asyncio.StreamWriter] = set()

    async def _listening(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, HOST, 0)

    def _transports(self) -> list[asyncio.WriteTransport]:
        return [writer.transport for writer in self._writers]

    def forget(self) -> None:
        """As when the time of everything it has is over."""
        self.call(self._kept.clear)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode("latin-1")
            if path.split("?")[0].endswith("/events"):
                await self._pass(head, writer)
            else:
                await self._give(path, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _pass(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        far, to = await asyncio.open_connection(HOST, self._far)
        try:
            to.write(head)
            while part := await far.read(HIGH_BYTES):
                writer.write(part)
                await writer.drain()
        finally:
            to.close()

    async def _give(self, path: str, writer: asyncio.StreamWriter) -> None:
        answer = self._kept.get(path)
        if answer is None:
            answer = self._kept[path] = await ask(self._to, path)
        else:
            self.given += 1
        told = "".join(
            f"{name}: {value}\r\n"
            for name, value in answer.headers.items()
            if name not in ("connection", "content-length")
        )
        head = f"HTTP/1.1 {answer.status} OK\r\n{told}content-length: {len(answer.body)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode("latin-1") + answer.body)
        await writer.drain()
