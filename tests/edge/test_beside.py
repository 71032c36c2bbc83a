"""Numbers of several processes, told by any one of them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.edge.client import serving
from tests.edge.readmodel import ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.beside import Beside
from stoppress.edge.metrics import Metrics, together
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import limits


def numbers(text: str | bytes) -> dict[tuple[str, str, str], float]:
    """By name, process and bucket, as Prometheus reads them."""
    told = text if isinstance(text, str) else text.decode()
    return {
        (one.name, one.labels.get("process", ""), one.labels.get("le", "")): one.value
        for kind in text_string_to_metric_families(told)
        for one in kind.samples
    }


def telling(text: bytes) -> Callable[[], Awaitable[bytes]]:
    async def tell() -> bytes:
        return text

    return tell


def test_every_number_bears_its_process_and_nothing_is_said_twice() -> None:
    one, two = Metrics(), Metrics()
    one.readers.set(340)
    two.readers.set(2)
    for seconds in (0.02, 0.2):
        one.delay.observe(seconds)
    two.delay.observe(0.2)
    one.answered("live", 200)
    told = together({"edge-1": one.text(), "edge-2": two.text(), "edge-3": None})
    found = numbers(told)
    assert sum(found["stoppress_readers", name, ""] for name in ("edge-1", "edge-2")) == 342
    quick, all_of_it = (
        [found["stoppress_delivery_delay_seconds_bucket", f"edge-{number}", le] for number in (1, 2)]
        for le in ("0.05", "+Inf")
    )
    assert (quick, all_of_it) == ([1, 0], [2, 1])
    assert [found["stoppress_process_up", f"edge-{number}", ""] for number in (1, 2, 3)] == [1, 1, 0]
    assert b'stoppress_answers_total{kind="live",process="edge-1",status="200"} 1.0' in told
    kinds = [line for line in told.splitlines() if line.startswith(b"# TYPE")]
    assert len(kinds) == len(set(kinds))


def test_whoever_is_asked_tells_of_all(model: ReadModel, tmp_path: Path) -> None:
    site = Edge(
        store=SqliteStore(model.path),
        bus=MemoryBus(),
        media_root=tmp_path,
        public_url="https://gazette.example",
        beside=Beside(tmp_path / "edge-1.numbers"),
    )

    async def told() -> str:
        desk, gone = Beside(tmp_path / "desk.numbers"), Beside(tmp_path / "edge-2.numbers")
        await desk.start(telling(b"# TYPE stoppress_workers gauge\nstoppress_workers 1.0\n"))
        await gone.start(telling(b""))
        gone.stop()
        answer = await asyncio.to_thread(httpx.get, f"http://127.0.0.1:{port}/metrics")
        desk.stop()
        return answer.text

    with serving(site) as port:
        found = numbers(asyncio.run(told()))
    assert found["stoppress_workers", "desk", ""] == 1
    assert found["stoppress_readers", "edge-1", ""] == 0
    assert {name: value for (kind, name, _), value in found.items() if kind == "stoppress_process_up"} == {
        "desk": 1,
        "edge-1": 1,
        "edge-2": 0,
    }


def test_without_a_socket_readers_are_served_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def told() -> dict[str, bytes | None]:
        one = Beside(tmp_path / "no such folder/edge-1.numbers")
        await one.start(telling(b""))
        found = dict(await one.others())
        one.stop()
        return found

    assert asyncio.run(told()) == {}
    assert "cannot ask for numbers" in caplog.text


def test_a_path_too_long_for_a_socket_is_named_as_the_reason(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / ("a" * 120)
    folder.mkdir()
    asyncio.run(Beside(folder / "edge-1.numbers").start(telling(b"")))
    assert "path too long" in caplog.text


def test_who_takes_over_a_place_is_asked(tmp_path: Path) -> None:
    async def told() -> list[object]:
        old, new = (Beside(tmp_path / "edge-1.numbers") for _ in range(2))
        await old.start(telling(b"old"))
        await new.start(telling(b"new"))
        asking = Beside(tmp_path / "desk.numbers")
        found = [dict(await asking.others())]
        old.stop()
        found.append(dict(await asking.others()))
        new.stop()
        return list(found)

    assert asyncio.run(told()) == [{"edge-1": b"new"}] * 2


@pytest.mark.parametrize("cut", ["", "stoppress_rea", "stoppress_readers 3.0\n"])
def test_who_is_killed_in_the_middle_of_telling_does_not_answer(tmp_path: Path, cut: str) -> None:
    async def broken(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(cut.encode())
        writer.close()

    async def told() -> object:
        server = await asyncio.start_unix_server(broken, tmp_path / "edge-2.numbers")
        found = dict(await Beside(tmp_path / "desk.numbers").others())
        server.close()
        return found

    assert asyncio.run(told()) == {"edge-2": None}


def test_who_stands_still_is_not_waited_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NUMBERS_SECONDS", 0.05)

    async def for_ever() -> bytes:
        await asyncio.Event().wait()
        return b""

    async def told() -> object:
        still = Beside(tmp_path / "edge-2.numbers")
        await still.start(for_ever)
        found = dict(await Beside(tmp_path / "desk.numbers").others())
        still.stop()
        return found

    assert asyncio.run(told()) == {"edge-2": None}
