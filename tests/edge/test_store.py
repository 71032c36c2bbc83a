"""The questions: what they answer, and that both databases answer alike."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.edge.readmodel import START, TABLES, Blog, ReadModel, post_id

from stoppress.edge import rows
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.store import SLOTS, Store, StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq

pytestmark = pytest.mark.database


def mirror(path: Path, url: str) -> None:
    """Make the same tables with the same rows in PostgreSQL, times and truths in its own types."""
    tables = TABLES.replace("datetime", "timestamptz")
    with psycopg.connect(url, autocommit=True) as there, sqlite3.connect(path) as here:
        there.execute("SET timezone TO 'Asia/Tokyo'")
        for statement in filter(str.strip, tables.split(";")):
            there.execute(statement.encode())
        for (table,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = there.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
                " AND table_schema = current_schema() ORDER BY ordinal_position",
                (table,),
            ).fetchall()
            for row in here.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608 (our own names)
                values = [_value(value, kind) for value, (_, kind) in zip(row, columns, strict=True)]
                marks = sql.SQL(", ").join(sql.Placeholder() * len(values))
                there.execute(
                    sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(table), marks), values
                )
    here.close()


def _value(value: object, kind: str) -> object:
    if value is None:
        return None
    if kind == "timestamp with time zone":
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    return bool(value) if kind == "boolean" else value


@pytest.fixture
def blog(model: ReadModel) -> Blog:
    """A live blog with a past: sealed pages, an amendment, a withdrawal, two posts of one moment."""
    model.page_posts = 3
    blog = model.blog()
    for number in range(9):
        model.post(blog, f"Number {number}. Вода прибуває.", key_event=number == 4)
    model.post(blog, "Same moment", minute=9)
    model.post(blog, "In the past", minute=2.5)
    model.amend(blog, post_id(8), "Amended")
    model.correct(blog, post_id(8), "Corrected")
    for number, name in ((8, "shown"), (2, "gone"), (8, "both"), (2, "both")):
        model.show(blog, post_id(number), name)
    model.withdraw(blog, post_id(2))
    model.status(blog, "paused")
    model.silent(blog)
    model.blog("council", "closed")
    model.blog("hidden", "draft")
    return blog


Answers = dict[str, object]


async def everything(store: Store) -> Answers:
    """An answer to every question there is."""
    try:
        pages = {number: await store.page("storm", post_id(number)) for number in range(1, 12)}
        return {
            "first page": await store.page("storm"),
            "pages": pages,
            "posts": [await store.post("storm", post_id(number)) for number in range(13)],
            "pasts": [await store.past("storm", post_id(number)) for number in range(13)],
            "corrections": await store.corrections("storm"),
            "claims": await store.claims("storm"),
            "pictures": [await store.is_withdrawn(name) for name in ("shown", "gone", "both", "unknown")],
            "changed": [await store.changed(BlogId(1), Seq(after)) for after in range(20)],
            "number": await store.number("storm"),
            "numbers": await store.numbers([BlogId(number) for number in range(5)]),
            "none": await store.numbers([]),
            "feeds": [await store.feed("storm", f"feed.{kind}") for kind in ("atom", "rss", "json")],
            "front": await store.front(),
            "publisher": await store.publisher(),
            "since": [await store.since("storm", Seq(after)) for after in range(20)],
            "drafts": [
                await store.page("hidden"),
                await store.post("hidden", post_id(1)),
                await store.past("hidden", post_id(1)),
                await store.corrections("hidden"),
                await store.claims("hidden"),
                await store.changed(BlogId(3), Seq(0)),
                await store.since("hidden", Seq(0)),
                await store.number("hidden"),
                await store.feed("hidden", "feed.rss"),
            ],
            "strangers": [
                await store.page("nowhere"),
                await store.page("storm", PostId("x")),
                await store.number(""),
            ],
        }
    finally:
        await store.close()


def test_both_databases_give_the_same_answers(model: ReadModel, blog: Blog, postgres: str) -> None:
    del blog
    mirror(model.path, postgres)
    ours = asyncio.run(everything(SqliteStore(model.path)))
    theirs = asyncio.run(everything(PostgresStore(postgres)))
    for question, answer in ours.items():
        assert theirs[question] == answer, question


def ask(model: ReadModel) -> Answers:
    return asyncio.run(everything(SqliteStore(model.path)))


def test_times_are_aware_and_in_utc(model: ReadModel, blog: Blog) -> None:
    del blog
    page = asyncio.run(SqliteStore(model.path).page("storm", post_id(1)))
    assert page is not None
    assert page.posts[-1].first_published_at == START + timedelta(minutes=1)
    assert page.posts[-1].first_published_at.tzinfo is UTC


def test_a_page_holds_its_leaf_newest_first_and_its_neighbours(model: ReadModel, blog: Blog) -> None:
    del blog
    pages = ask(model)["pages"]
    assert isinstance(pages, dict)
    leaves = {number: page.leaf for number, page in pages.items()}
    assert leaves == {1: 1, 2: 1, 3: 1, 11: 1, 4: 2, 5: 2, 6: 2, 7: 0, 8: 0, 9: 0, 10: 0}
    assert [post.post_id for post in pages[11].posts] == [post_id(number) for number in (3, 11, 2, 1)]
    assert [post.post_id for post in pages[10].posts] == [post_id(number) for number in (10, 9, 8, 7)]
    assert (pages[1].older_from, pages[1].newer_from) == (None, post_id(4))
    assert (pages[4].older_from, pages[4].newer_from) == (post_id(3), None)
    assert (pages[7].older_from, pages[7].newer_from) == (None, None)
    assert tuple(pages[7].slots) == SLOTS


def test_a_picture_is_gone_with_every_post_that_showed_it(model: ReadModel, blog: Blog) -> None:
    del blog
    assert ask(model)["pictures"] == [False, True, False, False]


def test_drafts_and_strangers_are_nowhere(model: ReadModel, blog: Blog) -> None:
    del blog
    answers = ask(model)
    assert answers["drafts"] == [None] * 9
    assert answers["strangers"] == [None] * 3
    numbers = answers["numbers"]
    assert isinstance(numbers, dict)
    assert set(numbers) == {1, 2}


def test_many_numbers_are_asked_in_portions(
    model: ReadModel, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    del blog
    monkeypatch.setattr(limits, "STORE_NUMBERS_AT_ONCE", 2)
    found = asyncio.run(SqliteStore(model.path).numbers([BlogId(number) for number in range(7)]))
    assert set(found) == {1, 2}


def test_what_changed_is_bounded(model: ReadModel, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHANGES_AT_ONCE", 2)
    found = asyncio.run(SqliteStore(model.path).changed(blog.blog_id, Seq(0)))
    assert isinstance(found, rows.ChangedRows)
    assert [row.post_id for row in found.touched] == [post_id(number) for number in (2, 8, 11)]


def test_the_generation_moves_with_every_commit_of_others_and_only_then(model: ReadModel) -> None:
    blog = model.blog()
    store = SqliteStore(model.path)
    before = store.generation()
    asyncio.run(store.page("storm"))
    assert store.generation() == before
    model.silent(blog)
    assert store.generation() != before


def test_an_opened_again_store_has_another_generation(model: ReadModel) -> None:
    store = SqliteStore(model.path)
    before = store.generation()
    asyncio.run(store.close())
    assert store.generation() != before


def test_the_store_cannot_write(model: ReadModel) -> None:
    store = SqliteStore(model.path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._open().execute("DELETE FROM page")
    asyncio.run(store.close())


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "nothing.sqlite3")
    with pytest.raises(StoreUnavailable):
        store.generation()
    with pytest.raises(StoreUnavailable):
        asyncio.run(store.front())
    assert list(tmp_path.iterdir()) == []


def test_a_reader_sees_one_moment_while_a_writer_writes(model: ReadModel) -> None:
    blog = model.blog()
    model.run("BEGIN IMMEDIATE")
    model.run("UPDATE page SET changed_seq = 99 WHERE liveblog_id = ?", blog.blog_id)
    number = asyncio.run(SqliteStore(model.path).number("storm"))
    model.run("COMMIT")
    assert number is not None
    assert number.changed_seq == 1


# --- PostgreSQL alone -----------------------------------------------------------------------------------


def test_a_connection_that_died_unused_is_not_noticed(model: ReadModel, blog: Blog, postgres: str) -> None:
    del blog
    mirror(model.path, postgres)

    async def scene() -> None:
        store = PostgresStore(postgres)
        assert await store.number("storm") is not None
        with psycopg.connect(postgres, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stoppress-edge'"
                " AND datname = current_database()"
            )
        assert await store.number("storm") is not None
        assert len(store._free) == 1
        await store.close()

    asyncio.run(scene())


def test_postgres_is_asked_by_many_over_few_connections(model: ReadModel, blog: Blog, postgres: str) -> None:
    del blog
    mirror(model.path, postgres)

    async def scene() -> None:
        store = PostgresStore(postgres)
        pages = await asyncio.gather(*(store.page("storm") for _ in range(40)))
        assert len({page.blog.changed_seq for page in pages if page}) == 1
        assert len(store._free) <= limits.STORE_CONNECTIONS
        await store.close()

    asyncio.run(scene())


def test_postgres_cannot_be_written_to(model: ReadModel, blog: Blog, postgres: str) -> None:
    del blog
    mirror(model.path, postgres)

    async def scene() -> None:
        store = PostgresStore(postgres)
        connection = await store._connect()
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await connection.execute("DELETE FROM page")
        await connection.close()

    asyncio.run(scene())


def test_nobody_at_the_address_is_unavailable() -> None:
    async def scene() -> None:
        store = PostgresStore("postgresql://nobody@127.0.0.1:1/nothing")
        with pytest.raises(StoreUnavailable):
            await store.front()

    asyncio.run(scene())


def test_postgres_moves_on_when_somebody_says_so() -> None:
    store = PostgresStore("postgresql://nobody@127.0.0.1:1/nothing")
    before = store.generation()
    store.touch()
    assert store.generation() != before
