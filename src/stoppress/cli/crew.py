"""The processes of `stoppress serve --edges N`: one for the desk, N for readers, kept running by who started them.

Each has a listening socket that is made and held here, so that nobody who knocks while a process is started again is
turned away: they wait in the socket's queue. The edges' sockets share one port (SO_REUSEPORT, socket(7)), and the
system deals readers out to them evenly: docs/decisions/0029. Called by `serve.py`; the processes are `child.py`.

Nothing of the newsroom is loaded here: on SIGHUP every process is replaced by one with the code that is installed now.
"""

import asyncio
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from stoppress.cli.newsroom import check_port, family_of, say
from stoppress.edge.beside import SUFFIX
from stoppress.lib import limits

log = structlog.get_logger("stoppress.serve")

_BACKLOG = 2048  # as uvicorn's; the system's own bound (somaxconn) may be lower


@dataclass(slots=True)
class _Child:
    """One process, and the pipe in which it says that it is ready."""

    process: asyncio.subprocess.Process
    ready: asyncio.StreamReader
    began: float = field(default_factory=time.monotonic)

    async def is_ready(self) -> bool:
        """Wait until it says so. False: it ended instead, or took too long."""
        try:
            async with asyncio.timeout(limits.CHILD_READY_SECONDS):
                return bool(await self.ready.read(1))
        except TimeoutError:
            return False

    async def stop(self) -> None:
        """Tell it to end, and wait; what does not end in time is killed."""
        if self.process.returncode is None:
            with suppress(
                ProcessLookupError
            ):  # not terminate(): that would take the status from asyncio's own wait
                os.kill(self.process.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(limits.CHILD_STOP_SECONDS):
                await self.process.wait()
        except TimeoutError:
            log.warning("process did not end when told to; it was killed", pid=self.process.pid)
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()


@dataclass(slots=True)
class _Place:
    """One process of the crew: its name, its words on the command line, its address, and who is there now."""

    name: str
    words: tuple[str, ...]
    address: tuple[str, int] | Path
    held: socket.socket | None = None
    child: _Child | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # for starting: one at a time
    short_lives: int = 0

    def listener(self) -> socket.socket:
        """The socket on which the process listens; made when there is none."""
        if self.held is None:
            self.held = _unix(self.address) if isinstance(self.address, Path) else _shared(self.address)
        return self.held

    def wait_after(self, seconds_lived: float) -> float:
        """How long to wait before the next start, when the last process lived so long."""
        if seconds_lived >= limits.CHILD_STEADY_SECONDS:
            self.short_lives = 0
            return 0
        self.short_lives += 1
        wait = limits.CHILD_RETRY_SECONDS * 2.0 ** (self.short_lives - 1)
        return min(wait, limits.CHILD_RETRY_SECONDS_MAX)

    def close(self) -> None:
        """Listen no more. Of sockets that share a port the system then deals to the others."""
        if self.held is not None:
            self.held.close()
            self.held = None


def _unix(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    return listener


def _shared(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(family_of(address[0]))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(address)
    return listener


class Crew:
    """The desk and its edges, from start to stop."""

    def __init__(self, host: str, port: int, edges: int, folder: Path) -> None:
        """`folder`: where only our own account can look; the sockets between our processes lie in it."""
        check_port(host, port)  # sockets that share a port would share it with another newsroom's, too
        path = folder / "desk.sock"
        self._desk = _Place("desk", ("--beside", str(folder / f"desk{SUFFIX}")), path)
        self._edges = [
            _Place(
                f"edge {number}",
                ("--desk", str(path), "--beside", str(folder / f"edge-{number}{SUFFIX}")),
                (host, port),
            )
            for number in range(1, edges + 1)
        ]
        self._read_end, self._write_end = os.pipe()  # closes when we die, however we die: our children see it
        self._told_to_stop, self._started = asyncio.Event(), asyncio.Event()
        self._replacing: asyncio.Task[None] | None = None
        self._has_terminal = sys.stderr.isatty()

    # --- life -------------------------------------------------------------------------------------------

    async def run(self) -> bool:
        """Start all, keep them running until told to stop, stop all. False: they could not be started."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._told_to_stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)
        places = [self._desk, *self._edges]
        try:
            started = await self._unless_stopped(self._start_all())
            if started:
                self._started.set()
                keeping = [asyncio.create_task(self._keep(place)) for place in places]
                await self._told_to_stop.wait()
                for task in [*keeping, self._replacing]:
                    if task is not None:
                        task.cancel()
        finally:
            await self._stop_all()
        return started is not False

    async def _unless_stopped(self, work: Coroutine[object, object, bool]) -> bool | None:
        """What comes of `work`; None when we are told to stop before."""
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self._told_to_stop.wait())
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            return task.result()
        task.cancel()
        return None

    async def _start_all(self) -> bool:
        """The desk first, which brings the database up to date; then all edges at once."""
        self._desk.child = await self._start(self._desk)
        if not await self._desk.child.is_ready():
            return False
        for place in self._edges:
            place.child = await self._start(place)
        found = await asyncio.gather(*(place.child.is_ready() for place in self._edges if place.child))
        if all(found):
            say(f"{len(self._edges)} edge processes and one for the desk; SIGHUP replaces them one by one.")
        return all(found)

    async def _stop_all(self) -> None:
        """Edges first: what their readers still send to the desk is answered."""
        for places in (self._edges, [self._desk]):
            await asyncio.gather(*(place.child.stop() for place in places if place.child))
            for place in places:
                place.close()

    # --- one process ------------------------------------------------------------------------------------

    async def _start(self, place: _Place) -> _Child:
        listener = place.listener()
        listener.listen(_BACKLOG)
        ready, says_ready = os.pipe()
        descriptors = (listener.fileno(), says_ready, self._read_end)
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "stoppress.cli.child", *map(str, descriptors), *place.words),
                stdin=asyncio.subprocess.DEVNULL,
                pass_fds=descriptors,
            )
        finally:
            os.close(says_ready)
        return _Child(process, await _reading(ready))

    async def _keep(self, place: _Place) -> None:
        """Start the process again whenever it dies by itself."""
        while True:
            child = place.child
            if child is None:
                return
            status = await child.process.wait()
            async with place.turn:
                if place.child is not child:
                    continue  # it was replaced
                wait = place.wait_after(time.monotonic() - child.began)
                log.warning(
                    "process ended; starting it again",
                    process=place.name,
                    pid=child.process.pid,
                    status=status,
                    seconds=wait,
                )
                if wait > limits.CHILD_RETRY_SECONDS and not isinstance(place.address, Path):
                    place.close()  # whoever knocks meanwhile is dealt to the other edges
                await asyncio.sleep(wait)
                place.child = await self._start(place)

    # --- new code ---------------------------------------------------------------------------------------

    def _hang_up(self) -> None:
        """SIGHUP. It also says that the terminal we were started on is gone: then we go too."""
        if self._has_terminal and not sys.stderr.isatty():
            self._told_to_stop.set()
        elif self._replacing is None or self._replacing.done():
            self._replacing = asyncio.create_task(self._replace_all())

    async def _replace_all(self) -> None:
        """One by one: the new process takes over the socket before the old one is told to go."""
        await self._started.wait()
        for place in (self._desk, *self._edges):
            async with place.turn:
                if not await self._replace(place):
                    log.error("the new process did not start; the old ones go on", process=place.name)
                    return
        log.warning("all processes were replaced", processes=1 + len(self._edges))

    async def _replace(self, place: _Place) -> bool:
        old, new = place.child, await self._start(place)
        try:
            is_ready = await new.is_ready()
        except asyncio.CancelledError:
            await new.stop()
            raise
        if not is_ready:
            await new.stop()
            return False
        place.child = new
        if old is not None:
            await old.stop()
        return True


async def _reading(descriptor: int) -> asyncio.StreamReader:
    """What comes through a pipe; the end of it when its last writer is gone."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb"))
    return reader


def run(host: str, port: int, edges: int) -> bool:
    """Serve with so many edges until told to stop. False: it could not be started. Raises: Failed."""

    async def served(folder: Path) -> bool:
        return await Crew(host, port, edges, folder).run()

    with tempfile.TemporaryDirectory(prefix="stoppress-") as folder:
        return asyncio.run(served(Path(folder)))
