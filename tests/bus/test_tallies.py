"""How many read, from process to process: what every way of carrying it must do, and what is made of it."""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest
from tests.bus.buses import postgres_url, redis_url, sqlite_file
from tests.servers import needs_redis

from stoppress.bus.tallies import tallies_for
from stoppress.bus.tally import Read, Tallies, Tally
from stoppress.lib import clock, limits
from stoppress.lib.ids import BlogId

pytestmark = pytest.mark.database
HARBOUR, COUNCIL = BlogId(7), BlogId(2**62 % 10**18)
FIRST = Tally("a1", {HARBOUR: Read(340, 0.041), COUNCIL: Read(1)})
OTHER = Tally("b2", {HARBOUR: Read(2, 1.5)})


@pytest.fixture(params=["sqlite", "postgres", pytest.param("redis", marks=needs_redis)])
def tallies(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tallies:
    monkeypatch.setattr(limits, "TALLY_SECONDS", 0.05)
    match request.param:
        case "sqlite":
            found = tallies_for(f"sqlite:///{sqlite_file(tmp_path)}")
        case "postgres":
            found = tallies_for(postgres_url())
        case _:
            found = tallies_for("sqlite:////nowhere", redis_url())
    assert found is not None
    return found


async def heard(
    tallies: Tallies, told: list[Tally], comes: AsyncGenerator[Tally, None], wanted: Tally
) -> None:
    """Until `wanted` comes, with everything told again and again: a listener may connect late."""
    coming = asyncio.ensure_future(anext(comes))
    async with asyncio.timeout(30):
        while True:
            for tally in told:
                await tallies.tell(tally)
            await asyncio.wait([coming], timeout=0.05)
            if coming.done():
                if coming.result() == wanted:
                    return
                coming = asyncio.ensure_future(anext(comes))


def test_what_one_process_tells_every_listener_hears(tallies: Tallies) -> None:
    async def scene() -> None:
        async with aclosing(tallies.hear()) as ours, aclosing(tallies.hear()) as theirs:
            await heard(tallies, [FIRST, OTHER], ours, OTHER)
            await heard(tallies, [FIRST], theirs, FIRST)
        await tallies.close()

    asyncio.run(scene())


def test_a_tally_is_read_as_it_was_written() -> None:
    assert Tally.read_from(str(FIRST)) == FIRST
    assert Tally.read_from(str(Tally("a1", {}))) == Tally("a1", {})


@pytest.mark.parametrize("text", ["", "../a;1=2:", "A B;1=2:", "a1;1=2:x;nonsense;=;9=9:9.9999"])
def test_what_is_no_tally_counts_nobody(text: str) -> None:
    found = Tally.read_from(text)
    assert found is None or not found.read


def test_a_tally_is_bounded_and_fits_a_notification() -> None:
    crowd = {BlogId(10**17 + number): Read(number, 123.456) for number in range(2 * limits.TALLY_BLOGS)}
    text = str(Tally("a" * 32, crowd))
    assert len(text) < 8000
    read = Tally.read_from(text)
    assert read is not None
    assert min(one.readers for one in read.read.values()) == limits.TALLY_BLOGS


def test_files_of_processes_that_died_count_nobody_and_are_thrown_away(tmp_path: Path) -> None:
    path = sqlite_file(tmp_path)
    tallies = tallies_for(f"sqlite:///{path}")
    assert tallies is not None

    async def scene() -> None:
        await tallies.tell(FIRST)
        folder = path.with_name(f"{path.name}-readers")
        old = clock.now().timestamp() - limits.TALLY_KEPT_SECONDS - 1
        os.utime(folder / "a1", (old, old))
        (folder / "b2").write_text("c3;7=9:")  # one that says it is another
        await tallies.tell(Tally("d4", {HARBOUR: Read(5)}))
        async with aclosing(tallies.hear()) as comes, asyncio.timeout(30):
            assert (await anext(comes)).process == "d4"
        assert not (folder / "a1").exists()

    asyncio.run(scene())


def test_inside_one_process_nothing_is_carried() -> None:
    assert tallies_for("sqlite:////tmp/a.sqlite3", "memory:") is None
