"""The bus that is the file: commits of others are heard, whoever makes them."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from tests.bus.buses import commit, sqlite_file

from stoppress.bus.base import SOMETHING
from stoppress.bus.sqlite import SqliteBus
from stoppress.lib.ids import BlogId, Seq


def heard_after(bus: SqliteBus, path: Path) -> None:
    async def scene() -> None:
        async with aclosing(bus.listen()) as words, asyncio.timeout(20):
            assert await anext(words) == SOMETHING  # the first look
            commit(path)
            assert await anext(words) == SOMETHING

    asyncio.run(scene())


def test_a_commit_is_heard_without_any_word(tmp_path: Path) -> None:
    path = sqlite_file(tmp_path)
    heard_after(SqliteBus(path), path)


def test_whoever_writes_here_still_hears_others(tmp_path: Path) -> None:
    path = sqlite_file(tmp_path)
    bus = SqliteBus(path)
    bus.announce(BlogId(1), Seq(1))
    heard_after(bus, path)


def test_a_file_that_comes_later_is_heard(tmp_path: Path) -> None:
    bus = SqliteBus(tmp_path / "bus.sqlite3")

    async def scene() -> None:
        async with aclosing(bus.listen()) as words, asyncio.timeout(20):
            first = asyncio.ensure_future(anext(words))
            await asyncio.wait([first], timeout=0.05)
            assert not first.done()
            sqlite_file(tmp_path)
            assert await first == SOMETHING

    asyncio.run(scene())
