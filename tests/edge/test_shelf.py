"""Freshness: one read per change, never an older answer than the last commit, and stale rather than nothing."""

import asyncio
import time
from collections.abc import Sequence

import pytest
from tests.edge.client import ask, get
from tests.edge.readmodel import ReadModel

from stoppress.edge.app import Edge
from stoppress.edge.kept import Content
from stoppress.edge.rows import BlogNumber
from stoppress.edge.shelf import Shelf
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.ids import BlogId


class Flaky(SqliteStore):
    """A store whose database goes away and comes back."""

    away = False

    def generation(self) -> int:
        if self.away:
            raise StoreUnavailable("The database is away.")
        return super().generation()

    async def number(self, slug: str) -> BlogNumber | None:
        self.generation()
        return await super().number(slug)

    async def numbers(self, blogs: Sequence[BlogId]) -> dict[BlogId, BlogNumber]:
        self.generation()
        return await super().numbers(blogs)


@pytest.fixture
def store(edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch) -> Flaky:
    """The edge's store, made flaky. Failures are not remembered: the test decides when it is back."""
    monkeypatch.setattr(limits, "STORE_RETRY_SECONDS", 0)
    store = Flaky(model.path)
    for holder in (edge, edge._shelf, edge.hub):
        monkeypatch.setattr(holder, "_store", store)
    for room in ("_pages", "_feeds"):
        object.__setattr__(getattr(edge, room), "store", store)
    return store


def test_while_the_database_is_away_the_last_good_page_is_served(
    edge: Edge, model: ReadModel, store: Flaky
) -> None:
    blog = model.blog()
    model.post(blog, "Before.")
    good = get(edge, "/live/storm")
    store.away = True
    stale = get(edge, "/live/storm")
    assert (stale.status, stale.body, stale.headers["stoppress-stale"]) == (200, good.body, "1")
    assert stale.headers["etag"] == good.headers["etag"]
    assert edge.ready("/live/storm", []) is None
    model.post(blog, "After.")
    store.away = False
    fresh = get(edge, "/live/storm")
    assert "After." in fresh.text
    assert "stoppress-stale" not in fresh.headers


def test_an_unchanged_page_is_not_stale_when_the_database_is_back(
    edge: Edge, model: ReadModel, store: Flaky
) -> None:
    model.blog()
    get(edge, "/live/storm")
    store.away = True
    get(edge, "/live/storm")
    store.away = False
    assert "stoppress-stale" not in get(edge, "/live/storm").headers


def test_with_nothing_kept_there_is_a_503_with_a_way_out(edge: Edge, model: ReadModel, store: Flaky) -> None:
    model.blog()
    store.away = True
    for path in ("/live/storm", "/", "/live/storm/events", "/live/storm/changes?after=0"):
        answer = get(edge, path)
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")


def test_the_503_stands_under_the_masthead_that_was_known_last(
    edge: Edge, model: ReadModel, store: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge._title, "_store", store)
    model.blog()
    store.away = True
    first = get(edge, "/live/storm", accept="text/html")
    assert (first.status, "<header>" in first.text) == (503, False)
    store.away = False
    assert get(edge, "/nowhere", accept="text/html").status == 404
    store.away = True
    later = get(edge, "/live/storm", accept="text/html")
    assert (later.status, "<header>Gazette</header>" in later.text) == (503, True)


def test_after_a_fault_the_database_is_left_alone_for_a_moment(
    edge: Edge, model: ReadModel, store: Flaky, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STORE_RETRY_SECONDS", 60)
    model.blog()
    get(edge, "/live/storm")
    store.away = True
    get(edge, "/live/storm")
    store.away = False
    assert get(edge, "/live/storm").headers["stoppress-stale"] == "1"
    monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
    assert "stoppress-stale" not in get(edge, "/live/storm").headers


def test_a_missing_file_is_found_when_it_is_back(edge: Edge, model: ReadModel) -> None:
    model.blog()
    assert get(edge, "/live/storm").status == 200
    away = model.path.with_suffix(".away")
    asyncio.run(edge._store.close())
    model.path.rename(away)
    assert get(edge, "/live/storm").headers["stoppress-stale"] == "1"
    away.rename(model.path)
    edge._shelf._ask_again_at = 0.0
    assert "stoppress-stale" not in get(edge, "/live/storm").headers


def test_a_database_that_hangs_does_not_hold_readers(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STORE_PATIENCE_SECONDS", 0.01)
    blog = model.blog()
    get(edge, "/live/storm")

    async def hang(slug: str) -> None:  # noqa: ARG001 (the store's signature)
        await asyncio.Event().wait()

    monkeypatch.setattr(edge._store, "number", hang)
    model.post(blog)
    assert get(edge, "/live/storm").headers["stoppress-stale"] == "1"


def test_events_that_nobody_sees_make_no_page_again(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = model.blog()
    get(edge, "/live/storm")

    async def never(slug: str, from_post: object = None) -> None:
        raise AssertionError((slug, from_post))

    monkeypatch.setattr(edge._store, "page", never)
    model.silent(blog)
    assert get(edge, "/live/storm").status == 200


class Counting:
    """Makes content, and counts how often."""

    def __init__(self, size: int = 10) -> None:
        self.made = 0
        self.size = size

    async def __call__(self) -> Content:
        self.made += 1
        await asyncio.sleep(0)
        return Content(b"x" * self.size, [])


def test_many_who_ask_at_once_cost_one_making(model: ReadModel) -> None:
    model.blog()
    shelf = Shelf(SqliteStore(model.path))
    make = Counting()

    async def scene() -> None:
        await asyncio.gather(*(shelf.get("/live/storm", "storm", make) for _ in range(50)))

    asyncio.run(scene())
    assert make.made == 1
    assert not shelf._renewing


def test_the_least_used_goes_first(model: ReadModel) -> None:
    shelf = Shelf(SqliteStore(model.path), bytes_max=100)
    makes = {key: Counting(20) for key in "abc"}

    async def scene() -> None:
        for key in "abaca":
            await shelf.get(key, "", makes[key])

    asyncio.run(scene())
    assert {key: make.made for key, make in makes.items()} == {"a": 1, "b": 1, "c": 1}
    assert list(shelf._places) == ["c", "a"]
    assert shelf._bytes == 80


def test_one_answer_larger_than_all_room_is_kept_alone(model: ReadModel) -> None:
    shelf = Shelf(SqliteStore(model.path), bytes_max=10)
    make = Counting(1_000)

    async def scene() -> None:
        for key in "ab":
            await shelf.get(key, "", make)

    asyncio.run(scene())
    assert list(shelf._places) == ["b"]


def test_a_commit_during_the_reading_makes_the_answer_old_at_once(model: ReadModel) -> None:
    blog = model.blog()
    shelf = Shelf(SqliteStore(model.path))

    async def make() -> Content:
        model.post(blog)
        return Content(b"before", [])

    asyncio.run(shelf.get("/live/storm", "storm", make))
    assert shelf.ready("/live/storm") is None


def test_an_answer_never_mixes_two_commits(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    ids = [model.post(blog, "v0") for _ in range(10)]

    async def scene() -> None:
        for version in range(1, 20):
            model.run("BEGIN IMMEDIATE")
            for post in ids:
                model.run("UPDATE page_post SET html = ? WHERE post_id = ?", f"v{version}", post)
            model.run("UPDATE page SET changed_seq = changed_seq + 1 WHERE liveblog_id = ?", blog.blog_id)
            middle = await ask(edge, "/live/storm")
            model.run("COMMIT")
            after = await ask(edge, "/live/storm")
            assert f"v{version}" not in middle.text
            assert after.text.count(f"v{version}") == 10

    asyncio.run(scene())
