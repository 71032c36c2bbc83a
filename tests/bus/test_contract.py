"""What every adapter must do. Words may be lost; these show that in fair weather they are not."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from pathlib import Path
from threading import Thread

import pytest
from tests.bus.buses import made
from tests.servers import needs_redis

from stoppress.bus.base import Announcement, Bus
from stoppress.bus.postgres import PostgresBus
from stoppress.bus.redis import RedisBus
from stoppress.lib.ids import BlogId, Seq

pytestmark = pytest.mark.database
HARBOUR, COUNCIL = BlogId(7), BlogId(2**62)


@pytest.fixture(params=["memory", "sqlite", "postgres", pytest.param("redis", marks=needs_redis)])
def bus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bus]:
    bus = made(request.param, tmp_path)
    yield bus
    if isinstance(bus, PostgresBus | RedisBus):
        bus.close()


async def until(words: AsyncGenerator[Announcement, None], wanted: Announcement) -> list[Announcement]:
    """The words up to and with the wanted one."""
    heard: list[Announcement] = []
    async with asyncio.timeout(20):
        async for word in words:
            heard.append(word)
            if word == wanted:
                return heard
    raise AssertionError(heard)


async def listening(bus: Bus, words: AsyncGenerator[Announcement, None]) -> None:
    """Until the listener is connected: it hears something."""
    first = asyncio.ensure_future(anext(words))
    while not first.done():
        bus.announce(BlogId(1), Seq(1))
        await asyncio.wait([first], timeout=0.02)
    first.result()


def test_a_word_is_heard(bus: Bus) -> None:
    async def scene() -> None:
        async with aclosing(bus.listen()) as words:
            await listening(bus, words)
            bus.announce(HARBOUR, Seq(3))
            await until(words, Announcement(HARBOUR, Seq(3)))

    asyncio.run(scene())


def test_every_listener_hears(bus: Bus) -> None:
    async def scene() -> None:
        async with aclosing(bus.listen()) as ours, aclosing(bus.listen()) as theirs:
            await listening(bus, ours)
            await listening(bus, theirs)
            bus.announce(COUNCIL, Seq(2**62))
            await until(ours, Announcement(COUNCIL, Seq(2**62)))
            await until(theirs, Announcement(COUNCIL, Seq(2**62)))

    asyncio.run(scene())


def test_words_come_from_any_thread(bus: Bus) -> None:
    async def scene() -> None:
        async with aclosing(bus.listen()) as words:
            await listening(bus, words)
            threads = [Thread(target=bus.announce, args=(HARBOUR, Seq(10 + n))) for n in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                await asyncio.to_thread(thread.join)
            bus.announce(HARBOUR, Seq(99))
            await until(words, Announcement(HARBOUR, Seq(99)))

    asyncio.run(scene())


def test_speaking_to_nobody_is_no_fault(bus: Bus) -> None:
    bus.announce(HARBOUR, Seq(1))


def test_a_listener_that_left_costs_nothing(bus: Bus) -> None:
    async def scene() -> None:
        async with aclosing(bus.listen()) as words:
            await listening(bus, words)

    asyncio.run(scene())
    bus.announce(HARBOUR, Seq(1))  # its event loop is closed
