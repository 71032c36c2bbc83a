"""The bus that is the PostgreSQL server: NOTIFY after commit, LISTEN in every edge.

A word sent while a listener is away is lost for it
(https://www.postgresql.org/docs/current/sql-notify.html); so a listener says `SOMETHING` whenever it has
(re)connected.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from threading import Lock

import psycopg
from psycopg.conninfo import make_conninfo

from stoppress.bus.base import SOMETHING, Announcement, Bus
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

logger = logging.getLogger(__name__)

CHANNEL = "stoppress"


def conninfo(url: str, name: str = "stoppress-bus") -> str:
    """`url` with a bound on connecting and on how long a dead connection goes unnoticed.

    `name`: what the server calls the connection in `pg_stat_activity`.
    """
    return make_conninfo(
        url,
        connect_timeout=limits.STORE_CONNECT_SECONDS,
        keepalives_idle=limits.STORE_KEEPALIVE_SECONDS,
        keepalives_interval=limits.STORE_KEEPALIVE_SECONDS,
        keepalives_count=2,
        application_name=name,
    )


def _word(payload: str) -> Announcement:
    """The announcement in a payload; anything else on the channel means that something changed."""
    blog_id, _, seq = payload.partition(":")
    if blog_id.isdecimal() and seq.isdecimal():
        return Announcement(BlogId(int(blog_id)), Seq(int(seq)))
    return SOMETHING


class PostgresBus:
    """Carries words through the server at `url`. One connection to speak, kept open; one per listener."""

    def __init__(self, url: str) -> None:
        self._conninfo = conninfo(url)
        self._lock = Lock()
        self._mouth: psycopg.Connection | None = None

    def announce(self, blog_id: BlogId, seq: Seq) -> None:
        with self._lock:
            for attempt in (1, 2):  # the kept connection may have died since; a fresh one speaks for itself
                try:
                    self._speak(f"{blog_id}:{seq}")
                except psycopg.Error as fault:
                    self._close()
                    if attempt == 2:  # noqa: PLR2004 (the last one)
                        logger.warning("Edges were not woken (%s); they ask by themselves soon.", fault)
                else:
                    return

    def _speak(self, payload: str) -> None:
        if self._mouth is None:
            self._mouth = psycopg.connect(self._conninfo, autocommit=True)
        self._mouth.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))

    def _close(self) -> None:
        if self._mouth is not None:
            self._mouth.close()
        self._mouth = None

    def close(self) -> None:
        """Let the kept connection go. Safe to call twice."""
        with self._lock:
            self._close()

    async def listen(self) -> AsyncGenerator[Announcement, None]:
        while True:
            try:
                async with aclosing(self._connected()) as words:
                    async for word in words:
                        yield word
            except (psycopg.Error, OSError) as fault:
                logger.warning("The bus is away (%s); connecting again.", fault)
                await asyncio.sleep(limits.BUS_RETRY_SECONDS)

    async def _connected(self) -> AsyncGenerator[Announcement, None]:
        connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield SOMETHING
            async with aclosing(connection.notifies()) as notices:
                async for notice in notices:
                    yield _word(notice.payload)


_: type[Bus] = PostgresBus
