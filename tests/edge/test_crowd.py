"""Readers of all processes together, as desks are told of them."""

from pathlib import Path

import pytest
from tests.edge.client import reader, serving
from tests.edge.readmodel import ReadModel
from tests.edge.test_newsroom import Room, door, listening

from stoppress.bus.memory import MemoryBus
from stoppress.bus.tallies import FolderTallies
from stoppress.bus.tally import Read, Tally
from stoppress.edge.app import Edge
from stoppress.edge.crowd import Crowd
from stoppress.edge.headers import Protection
from stoppress.edge.hub import Hub
from stoppress.edge.metrics import Metrics
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import limits
from stoppress.lib.ids import BlogId

BLOG = BlogId(1)


def crowd_of(model: ReadModel) -> Crowd:
    hub = Hub(SqliteStore(model.path), MemoryBus(), Protection(secure=True), Metrics())
    return Crowd(hub, None, is_desk=True)


def test_processes_are_added_up_and_the_slowest_is_told(model: ReadModel) -> None:
    crowd = crowd_of(model)
    crowd.hear(Tally("a1", {BLOG: Read(340, 0.04), BlogId(2): Read(1)}))
    crowd.hear(Tally("b2", {BLOG: Read(2, 1.5)}))
    crowd.hear(Tally("b2", {BLOG: Read(3, 1.5)}))
    assert crowd.readers() == {BLOG: 343, BlogId(2): 1}
    assert (crowd.reach(BLOG).readers, crowd.reach(BLOG).seconds) == (343, 1.5)
    crowd.hear(Tally("b2", {}))
    assert (crowd.reach(BLOG).readers, crowd.reach(BLOG).seconds) == (340, 0.04)


def test_a_process_that_fell_silent_reads_for_nobody(
    model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TALLY_KEPT_SECONDS", -1)
    crowd = crowd_of(model)
    crowd.hear(Tally("a1", {BLOG: Read(340)}))
    assert crowd.readers() == {}


def test_only_so_many_processes_are_added_up(model: ReadModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TALLY_PROCESSES", 2)
    crowd = crowd_of(model)
    for name in ("a1", "b2", "c3"):
        crowd.hear(Tally(name, {BLOG: Read(1)}))
    assert crowd.readers() == {BLOG: 2}


def test_a_desk_shows_the_readers_of_an_edge_beside_it(
    model: ReadModel, static_root: Path, media_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TALLY_SECONDS", "NEWSROOM_REACH_SECONDS"):
        monkeypatch.setattr(limits, name, 0.05)
    model.blog()

    def edge(room: Room | None) -> Edge:
        return Edge(
            store=SqliteStore(model.path),
            bus=MemoryBus(),
            media_root=media_root,
            public_url="https://gazette.example",
            static_root=static_root,
            desk=door if room else None,
            newsroom=room,
            tallies=FolderTallies(tmp_path / "readers"),
        )

    with serving(edge(Room())) as desk, listening(desk, 1) as ana:
        ana.until(1)
        with serving(edge(None)) as port, reader(port) as someone:
            someone.open("/live/storm/events")
            while ana.until(1)[0].get("readers") != 1:
                pass
        while ana.until(1)[0].get("readers") != 0:
            pass  # the edge said goodbye
