"""The bus that is a Redis server: PUBLISH after commit, SUBSCRIBE in every edge.

A word sent while a listener is away is lost for it (https://redis.io/docs/latest/develop/pubsub/); so a listener says
`SOMETHING` whenever it has (re)connected. Nothing is kept on the server. Channels are one for all its databases: two
newsrooms on one server wake each other's edges, which then find that nothing changed.

An address has a password; of a fault only its kind is logged.
"""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from threading import Lock
from typing import TypedDict

import redis
import redis.asyncio
from redis.backoff import NoBackoff
from redis.retry import Retry

from stoppress.bus.base import SOMETHING, Announcement, Bus
from stoppress.bus.tally import Tallies, Tally
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

logger = logging.getLogger(__name__)

CHANNEL = "stoppress"


class Bounds(TypedDict):
    """How long to wait for the server, and how soon a dead connection is noticed."""

    socket_connect_timeout: float
    socket_keepalive: bool
    socket_keepalive_options: dict[int, int]
    client_name: str


BOUNDS = Bounds(
    socket_connect_timeout=limits.BUS_SPEAK_SECONDS,
    socket_keepalive=True,
    socket_keepalive_options={
        socket.TCP_KEEPIDLE: limits.STORE_KEEPALIVE_SECONDS,
        socket.TCP_KEEPINTVL: limits.STORE_KEEPALIVE_SECONDS,
        socket.TCP_KEEPCNT: 2,
    },
    client_name="stoppress-bus",
)


class RedisBus:
    """Carries words through the server at `url`."""

    def __init__(self, url: str) -> None:
        """Raises: ValueError (an address that Redis' library does not take)."""
        self._url = url
        # One more try: a connection that was kept may have died since.
        self._mouth = redis.Redis.from_url(
            url, socket_timeout=limits.BUS_SPEAK_SECONDS, retry=Retry(NoBackoff(), 1), **BOUNDS
        )
        self._lock = Lock()
        self._silent_until = 0.0  # by time.monotonic()

    def announce(self, blog_id: BlogId, seq: Seq) -> None:
        """While the server is away a writer waits for it once in `BUS_RETRY_SECONDS`, not with every word."""
        if time.monotonic() < self._silent_until:
            return
        try:
            self._mouth.publish(CHANNEL, f"{blog_id}:{seq}")
        except (redis.RedisError, OSError) as fault:
            with self._lock:
                self._silent_until = time.monotonic() + limits.BUS_RETRY_SECONDS
            logger.warning("Edges were not woken (%s); they ask by themselves soon.", type(fault).__name__)

    def close(self) -> None:
        """Let the kept connections go. Safe to call twice."""
        self._mouth.close()

    async def listen(self) -> AsyncGenerator[Announcement, None]:
        while True:
            try:
                async with aclosing(heard(self._url, CHANNEL)) as payloads:
                    async for payload in payloads:
                        yield SOMETHING if payload is None else word_in(payload)
            except (redis.RedisError, OSError) as fault:
                logger.warning("The bus is away (%s); connecting again.", type(fault).__name__)
                await asyncio.sleep(limits.BUS_RETRY_SECONDS)


def word_in(payload: str) -> Announcement:
    """The announcement in a payload; anything else on the channel means that something changed."""
    blog_id, _, seq = payload.partition(":")
    if blog_id.isdecimal() and seq.isdecimal():
        return Announcement(BlogId(int(blog_id)), Seq(int(seq)))
    return SOMETHING


async def heard(url: str, channel: str) -> AsyncGenerator[str | None, None]:
    """What is said on a channel, over one connection; None once it is open. Raises: RedisError, OSError."""
    # No second try: the library would come back without a word that something may have been missed.
    client = redis.asyncio.Redis.from_url(url, socket_timeout=None, retry=Retry(NoBackoff(), 0), **BOUNDS)
    async with client, client.pubsub() as ears:
        await ears.subscribe(channel)
        async for message in ears.listen():
            if message["type"] == "subscribe":
                yield None
            elif message["type"] == "message":
                yield message["data"].decode(errors="replace")


class RedisTallies:
    """Tallies through the server at `url`."""

    def __init__(self, url: str, channel: str) -> None:
        self._url = url
        self._channel = channel
        self._mouth = redis.asyncio.Redis.from_url(
            url, socket_timeout=limits.BUS_SPEAK_SECONDS, retry=Retry(NoBackoff(), 1), **BOUNDS
        )

    async def tell(self, tally: Tally) -> None:
        with suppress(redis.RedisError, OSError):  # the bus says when the server is away
            await self._mouth.publish(self._channel, str(tally))

    async def close(self) -> None:
        await self._mouth.aclose()

    async def hear(self) -> AsyncGenerator[Tally, None]:
        while True:
            try:
                async with aclosing(heard(self._url, self._channel)) as payloads:
                    async for payload in payloads:
                        tally = None if payload is None else Tally.read_from(payload)
                        if tally is not None:
                            yield tally
            except (redis.RedisError, OSError):
                await asyncio.sleep(limits.BUS_RETRY_SECONDS)


_: tuple[type[Bus], type[Tallies]] = (RedisBus, RedisTallies)
