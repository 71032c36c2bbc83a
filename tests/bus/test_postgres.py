"""The bus that is the server: it outlives a lost connection and says that something may have been missed."""

import asyncio
from contextlib import aclosing

import psycopg
import pytest
from tests.bus.buses import postgres_url

from stoppress.bus.base import SOMETHING, Announcement
from stoppress.bus.postgres import PostgresBus
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

pytestmark = pytest.mark.database

_KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'stoppress-bus' AND datname = current_database()
"""


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(limits, "BUS_RETRY_SECONDS", 0.05)
    return postgres_url()


def kill_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_KILL)


def test_a_killed_listener_comes_back_and_says_so(url: str) -> None:
    bus = PostgresBus(url)

    async def scene() -> None:
        async with aclosing(bus.listen()) as words, asyncio.timeout(20):
            assert await anext(words) == SOMETHING
            await asyncio.to_thread(kill_connections, url)
            assert await anext(words) == SOMETHING
            bus.announce(BlogId(3), Seq(4))
            assert await anext(words) == Announcement(BlogId(3), Seq(4))

    asyncio.run(scene())
    bus.close()


def test_a_killed_speaker_speaks_again(url: str) -> None:
    bus = PostgresBus(url)
    bus.announce(BlogId(3), Seq(4))

    async def scene() -> None:
        async with aclosing(bus.listen()) as words, asyncio.timeout(20):
            await asyncio.to_thread(kill_connections, url)
            assert await anext(words) == SOMETHING
            bus.announce(BlogId(3), Seq(5))
            async for word in words:
                if word == Announcement(BlogId(3), Seq(5)):
                    return

    asyncio.run(scene())
    bus.close()


def test_a_server_that_is_away_does_not_stop_the_writer() -> None:
    bus = PostgresBus("postgresql://nobody@127.0.0.1:1/nothing")
    bus.announce(BlogId(3), Seq(4))


def test_a_strange_payload_still_wakes(url: str) -> None:
    async def scene() -> None:
        bus = PostgresBus(url)
        async with aclosing(bus.listen()) as words, asyncio.timeout(20):
            assert await anext(words) == SOMETHING
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("SELECT pg_notify('stoppress', 'hello')")
            assert await anext(words) == SOMETHING

    asyncio.run(scene())
