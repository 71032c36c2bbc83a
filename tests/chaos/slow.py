"""Clients that take their time: heads and bodies byte by byte, answers and streams that are hardly read or not at all.

All of them in one event loop beside the test. Each ends when the server hangs up; `left()` says how many stand.
"""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from urllib.parse import urlsplit

from tests.chaos.crowd import Loop
from tests.chaos.form import PATIENCE_SECONDS

STEP_SECONDS = 0.25
WINDOW_BYTES = 4_096
Way = Callable[[socket.socket], Coroutine[object, object, None]]


class Slow(Loop):
    """Slow clients of the server at `url`. Use as a context manager: at the end they hang up."""

    def __init__(self, url: str) -> None:
        super().__init__()
        place = urlsplit(url)
        self._place = (place.hostname or "", place.port or 80)
        self._open: set[asyncio.Task[None]] = set()
        self.refused = 0  # got no connection at all

    def come(self, count: int, way: Way) -> None:
        """`count` more of them."""
        self.run(self._come(count, way))

    async def _come(self, count: int, way: Way) -> None:
        tasks = [asyncio.create_task(self._client(way)) for _ in range(count)]
        self._open.update(tasks)
        for task in tasks:
            task.add_done_callback(self._open.discard)
        await asyncio.sleep(0)

    async def _client(self, way: Way) -> None:
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW_BYTES)
            connection.setblocking(False)  # noqa: FBT003 (the socket's own word)
            try:
                await asyncio.get_running_loop().sock_connect(connection, self._place)
            except OSError:
                self.refused += 1
                return
            with suppress(OSError):
                await way(connection)

    def left(self) -> int:
        """How many the server has not hung up on."""
        return self.call(lambda: len(self._open))


async def _until_closed(connection: socket.socket, seconds: float) -> bool:
    """Whether the other side hangs up within that time; what it says is dropped."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while await asyncio.get_running_loop().sock_recv(connection, WINDOW_BYTES):
                pass
            return True
    return False


def dripping(head: bytes, drops: bytes) -> Way:
    """Sends `head`, then `drops` again and again, a byte at a time."""

    async def way(connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(connection, head)
        for number in range(int(10 * PATIENCE_SECONDS / STEP_SECONDS)):
            if await _until_closed(connection, STEP_SECONDS):
                return
            await loop.sock_sendall(connection, drops[number % len(drops) :][:1])

    return way


def reading(head: bytes, bytes_per_second: int) -> Way:
    """Asks, and reads so many bytes a second; 0: nothing at all, until the connection is reset."""

    async def way(connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(connection, head)
        while True:
            await asyncio.sleep(STEP_SECONDS)
            if bytes_per_second:
                part = max(1, int(bytes_per_second * STEP_SECONDS))
                if not await loop.sock_recv(connection, part):
                    return
            elif connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or _is_reset(connection):
                return

    return way


def _is_reset(connection: socket.socket) -> bool:
    """Whether the other side is gone, told without reading what waits (tcp(7), TCP_INFO's first byte)."""
    state = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return state != _ESTABLISHED


_ESTABLISHED = 1
