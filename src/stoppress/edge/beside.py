"""The processes of one `serve --edges N` beside this one: whichever is asked for numbers tells those of all.

They share a port, so nobody outside can choose whom to ask. Each listens on a Unix socket of its own, in a folder that
only our own account can open, and tells its numbers to whoever connects. Nothing is stored and nothing is late: who
does not answer is told as not answering. Built by `cli`; started and asked by `app.py`. May import `lib`.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

from stoppress.lib import limits

logger = logging.getLogger(__name__)

SUFFIX = ".numbers"
_END = b"# END\n"  # said last: without it, whoever told was killed in the middle


class Beside:
    """This process's place among them."""

    def __init__(self, place: Path) -> None:
        """`place`: of our own socket, `NAME.numbers`; those of the others lie beside it."""
        self._place = place
        self._server: asyncio.Server | None = None

    @property
    def name(self) -> str:
        """What this process is called among them."""
        return self._place.stem

    async def start(self, tell: Callable[[], Awaitable[bytes]]) -> None:
        """Tell whoever asks what `tell` says. A process whose place we take over is not asked any more.

        Where no socket can be made, readers are served all the same, and numbers are this process's alone.
        """

        async def told(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                writer.write(await tell() + _END)
                await writer.drain()
            except OSError:  # whoever asked has gone
                return
            finally:
                await _closed(writer)

        first = self._place.with_suffix(f".{os.getpid()}")
        try:
            self._server = await asyncio.start_unix_server(told, first)
            first.replace(self._place)
        except OSError as fault:
            logger.warning(
                "The other processes cannot ask for numbers at %s (%s).", self._place, fault.strerror or fault
            )

    def stop(self) -> None:
        """Tell nobody any more."""
        if self._server is not None:
            self._server.close()

    async def others(self) -> Mapping[str, bytes | None]:
        """What each of the others tells, by its name; None where one does not answer."""
        paths = [path for path in sorted(self._place.parent.glob(f"*{SUFFIX}")) if path != self._place]
        told = await asyncio.gather(*map(_asked, paths))
        return {path.stem: text for path, text in zip(paths, told, strict=True)}


async def _asked(path: Path) -> bytes | None:
    try:
        async with asyncio.timeout(limits.NUMBERS_SECONDS):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                told = await reader.read()
                return told.removesuffix(_END) if told.endswith(_END) else None
            finally:
                await _closed(writer)
    except (OSError, TimeoutError):
        return None


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):  # the other side was first
        await writer.wait_closed()
