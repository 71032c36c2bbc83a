"""The bus that is a Redis: it outlives the server, says that something may have been missed, and keeps the password."""

import asyncio
import gc
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.bus.redis_server import RedisServer, certificate
from tests.servers import needs_redis

from stoppress.bus.base import SOMETHING, Announcement
from stoppress.bus.redis import RedisBus
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

pytestmark = needs_redis
WORD = Announcement(BlogId(3), Seq(4))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    monkeypatch.setattr(limits, "BUS_RETRY_SECONDS", 0.05)
    server = RedisServer()
    server.start()
    yield server
    server.stop()


async def said_and_heard(bus: RedisBus) -> None:
    async with aclosing(bus.listen()) as words, asyncio.timeout(30):
        assert await anext(words) == SOMETHING
        bus.announce(BlogId(3), Seq(4))
        assert await anext(words) == WORD


def test_a_server_that_went_away_and_came_back(server: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    bus = RedisBus(server.url)

    async def scene() -> None:
        async with aclosing(bus.listen()) as words, asyncio.timeout(60):
            assert await anext(words) == SOMETHING
            bus.announce(BlogId(3), Seq(4))
            assert await anext(words) == WORD
            next_word = asyncio.ensure_future(anext(words))
            await asyncio.to_thread(server.stop)
            bus.announce(BlogId(3), Seq(5))  # lost, and no fault of the writer's
            await asyncio.to_thread(server.start)
            assert await next_word == SOMETHING
            while (word := await said(bus, words)) != Announcement(BlogId(3), Seq(6)):
                assert word == SOMETHING

    async def said(bus: RedisBus, words: AsyncGenerator[Announcement, None]) -> Announcement:
        bus.announce(BlogId(3), Seq(6))
        return await asyncio.wait_for(anext(words), 30)

    with caplog.at_level(logging.WARNING):
        asyncio.run(scene())
    bus.close()
    assert "connecting again" in caplog.text
    assert server.password not in caplog.text


def test_a_wrong_password_is_a_warning_that_does_not_tell_it(
    server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    bus = RedisBus(server.url.replace(server.password, "guessed-out-loud"))
    bus.announce(BlogId(3), Seq(4))
    bus.close()
    assert "Edges were not woken" in caplog.text
    assert "guessed-out-loud" not in caplog.text


def test_a_server_that_is_away_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BUS_RETRY_SECONDS", 3600)
    bus = RedisBus("redis://127.0.0.1:1")
    asked: list[str] = []
    bus.announce(BlogId(3), Seq(4))
    monkeypatch.setattr(bus._mouth, "publish", lambda *words: asked.append(words[1]))
    bus.announce(BlogId(3), Seq(5))
    bus.close()
    assert not asked


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Redis' client forgets the socket
def test_over_tls_to_a_server_that_proves_who_it_is(tmp_path: Path) -> None:
    crt, key = certificate(tmp_path)
    server = RedisServer(
        tls=("--tls-cert-file", str(crt), "--tls-key-file", str(key), "--tls-auth-clients", "no")
    )
    server.start()
    bus, stranger = RedisBus(f"{server.url}?{urlencode({'ssl_ca_certs': crt})}"), RedisBus(server.url)
    try:
        asyncio.run(said_and_heard(bus))
        stranger.announce(BlogId(3), Seq(5))
        assert stranger._silent_until, "a certificate of nobody we know was taken"
    finally:
        bus.close()
        stranger.close()
        server.stop()
        gc.collect()
