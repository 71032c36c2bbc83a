import asyncio
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from tests.edge.client import ask, get
from tests.edge.readmodel import ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.health import Grounds
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import limits
from stoppress.lib.gauges import Gauge, text


class Figures:
    """Numbers about a newsroom; told to fail, it fails."""

    fails = False
    silent: float | None = 3.0

    def gauges(self) -> Sequence[Gauge]:
        if self.fails:
            raise OSError("no database")
        return [Gauge("stoppress_queue_depth", "Due and not done.", "queue", {"push": 4, "scheduled": 0})]

    def silence(self) -> float | None:
        if self.fails:
            raise OSError("no database")
        return self.silent


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.fixture
def ward(model: ReadModel, tmp_path: Path, figures: Figures) -> Edge:
    """An edge that knows on what it stands."""
    model.run("CREATE TABLE django_migrations (app text, name text)")
    model.run("INSERT INTO django_migrations VALUES ('push', '0001_notifications'), ('push', '0900_later')")
    return Edge(
        store=SqliteStore(model.path),
        bus=MemoryBus(),
        media_root=tmp_path,
        public_url="https://gazette.example",
        grounds=Grounds("desk", frozenset({("push", "0001_notifications")}), tmp_path),
        inside=figures,
        operators=(ip_network("10.1.0.0/16"),),
    )


def looked_over(edge: Edge, client: str = "127.0.0.1") -> tuple[int, dict[str, object], dict[str, Any]]:
    answer = asyncio.run(ask(edge, "/healthz", client=client))
    assert answer.headers["cache-control"] == "no-store"
    report: dict[str, Any] = answer.json()
    return answer.status, report, report.get("checks", {})


def test_an_operator_sees_what_was_looked_at(ward: Edge) -> None:
    status, report, checks = looked_over(ward, "10.1.2.3")
    assert (status, report["role"], report["readers"], report["draining"]) == (200, "desk", 0, False)
    assert {name: check["ok"] for name, check in checks.items()} == dict.fromkeys(
        ("database", "schema", "bus", "disk", "worker"), True
    )


@pytest.mark.parametrize("client", ["203.0.113.9", "10.2.0.1"])
def test_everybody_else_hears_two_words(ward: Edge, client: str) -> None:
    assert looked_over(ward, client)[1] == {"live": True, "ready": True}


def test_operators_networks_read_numbers_and_no_proxy_does_in_their_name(ward: Edge) -> None:
    assert asyncio.run(ask(ward, "/metrics", client="10.1.2.3")).status == 200
    assert asyncio.run(ask(ward, "/metrics", client="10.2.2.3")).status == 403
    forwarded = {"X-Forwarded-For": "10.1.2.3"}
    assert asyncio.run(ask(ward, "/metrics", client="10.1.2.3", headers=forwarded)).status == 403


def test_a_missing_migration_is_not_ready_and_a_newer_one_is(ward: Edge, model: ReadModel) -> None:
    assert looked_over(ward)[0] == 200  # 0900_later is a newer version's: both run side by side
    model.run("DELETE FROM django_migrations WHERE name = '0001_notifications'")
    status, report, checks = looked_over(ward)
    assert (status, report["ready"], checks["schema"]) == (503, False, {"ok": False, "missing": 1})


def test_a_draining_process_is_not_ready(ward: Edge) -> None:
    ward.hub.draining = True
    status, report, _ = looked_over(ward)
    assert (status, report["draining"]) == (503, True)


def test_a_silent_bus_a_full_disk_and_a_dead_worker_are_told_and_keep_it_in_service(
    ward: Edge, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BUS_SILENT_SECONDS", -1)
    monkeypatch.setattr(limits, "FREE_BYTES_MIN", 2**80)
    figures.silent = limits.PULSE_LATE.total_seconds() + 1
    status, _, checks = looked_over(ward)
    assert status == 200
    assert not any(checks[name]["ok"] for name in ("bus", "disk", "worker"))
    figures.fails = True
    assert looked_over(ward)[2]["worker"] == {"ok": False, "silent_seconds": None}


def test_the_newsrooms_numbers_stand_beside_the_processs_own(ward: Edge, figures: Figures) -> None:
    told = asyncio.run(ask(ward, "/metrics", client="127.0.0.1")).text
    assert 'stoppress_queue_depth{queue="push"} 4.0' in told
    assert "process_resident_memory_bytes" in told
    figures.fails = True
    told = asyncio.run(ask(ward, "/metrics", client="127.0.0.1")).text
    assert "stoppress_queue_depth" not in told
    assert "stoppress_store_failures_total 1.0" in told


def test_answers_are_counted_by_kind_of_address(ward: Edge, model: ReadModel) -> None:
    blog = model.blog("storm")
    model.post(blog, "Water is rising.")
    get(ward, "/live/storm")
    assert ward.ready("/live/storm", []) is not None
    get(ward, "/live/nothing")
    get(ward, "/live/storm/changes?after=0")
    told = asyncio.run(ask(ward, "/metrics", client="127.0.0.1")).text
    for line in (
        'stoppress_answers_total{kind="live",status="200"} 1.0',
        'stoppress_answers_total{kind="kept",status="200"} 1.0',
        'stoppress_answers_total{kind="live",status="404"} 1.0',
        'stoppress_answers_total{kind="changes",status="200"} 1.0',
    ):
        assert line in told
    assert "storm" not in told


def test_a_gauge_without_a_label_is_one_line() -> None:
    assert text([Gauge("a_b", "Says.", "", {"": 2})]) == b"# HELP a_b Says.\n# TYPE a_b gauge\na_b 2.0\n"
