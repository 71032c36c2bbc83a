"""The ways tallies go: by the PostgreSQL server, by Redis, or, on one machine with SQLite, by small files.

Chosen as the bus is (`choose.py`). Files lie beside the database and not in it: a count that is written every few
seconds must neither wait for a post's transaction nor wake every edge. May import `lib`.
"""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from stoppress.bus.postgres import conninfo
from stoppress.bus.tally import Tallies, Tally
from stoppress.lib import clock, limits

logger = logging.getLogger(__name__)

_POSTGRES_CHANNEL = "stoppress_readers"
_REDIS_CHANNEL = "stoppress:readers"
_BYTES_MAX = 16_000  # of a file: more than TALLY_BLOGS lines have


class FolderTallies:
    """One file for each process in `folder`, written anew each time. What is old is not told, and thrown away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def tell(self, tally: Tally) -> None:
        try:
            await asyncio.to_thread(self._write, tally)
        except OSError as fault:
            logger.warning("Readers cannot be counted in %s (%s).", self._folder, fault.strerror)

    def _write(self, tally: Tally) -> None:
        path = self._folder / tally.process
        self._folder.mkdir(exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(str(tally))
        beside.replace(path)

    async def close(self) -> None:
        """Nothing is held."""

    async def hear(self) -> AsyncGenerator[Tally, None]:
        while True:
            for tally in await asyncio.to_thread(lambda: list(self._fresh())):
                yield tally
            await asyncio.sleep(limits.TALLY_SECONDS)

    def _fresh(self) -> Iterator[Tally]:
        now = clock.now().timestamp()
        try:
            files = list(os.scandir(self._folder))
        except OSError:
            return
        for file in files:
            try:
                age = now - file.stat().st_mtime
                if age > limits.TALLY_KEPT_SECONDS:
                    Path(file.path).unlink(missing_ok=True)
                    continue
                with Path(file.path).open(encoding="ascii", errors="replace") as opened:
                    tally = Tally.read_from(opened.read(_BYTES_MAX))
            except OSError:
                continue  # it was replaced or removed just now
            if tally is not None and tally.process == file.name:
                yield tally


class PostgresTallies:
    """Through the PostgreSQL server at `url`, by NOTIFY: nothing is written, and no right to write is needed."""

    def __init__(self, url: str) -> None:
        self._conninfo = conninfo(url)
        self._mouth: psycopg.AsyncConnection | None = None

    async def tell(self, tally: Tally) -> None:
        try:
            async with asyncio.timeout(limits.STORE_SECONDS):
                if self._mouth is None or self._mouth.closed:
                    self._mouth = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
                await self._mouth.execute("SELECT pg_notify(%s, %s)", (_POSTGRES_CHANNEL, str(tally)))
        except (psycopg.Error, OSError, TimeoutError):  # the bus says when the server is away
            await self.close()

    async def close(self) -> None:
        if self._mouth is not None:
            await self._mouth.close()
        self._mouth = None

    async def hear(self) -> AsyncGenerator[Tally, None]:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._conninfo, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {_POSTGRES_CHANNEL}")
                    async with aclosing(connection.notifies()) as notices:
                        async for notice in notices:
                            tally = Tally.read_from(notice.payload)
                            if tally is not None:
                                yield tally
            except (psycopg.Error, OSError):
                await asyncio.sleep(limits.BUS_RETRY_SECONDS)


def tallies_for(database_url: str, bus_url: str = "") -> Tallies | None:
    """The way tallies go where the bus is at these addresses; None where every process is this one."""
    url = database_url if bus_url in ("", "database") else bus_url
    parts = urlsplit(url)
    match parts.scheme:
        case "sqlite":
            path = Path(unquote(parts.path.removeprefix("/")))
            return FolderTallies(path.with_name(f"{path.name}-readers"))
        case "postgresql" | "postgres":
            return PostgresTallies(url)
        case "redis" | "rediss":
            from stoppress.bus.redis import RedisTallies  # noqa: PLC0415 (as in choose.py)

            return RedisTallies(url, _REDIS_CHANNEL)
    return None
