"""The whole edge on PostgreSQL: woken by NOTIFY, mended by the sweep, standing through an outage."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from tests.edge.client import reader, serving
from tests.edge.readmodel import Blog, ReadModel, post_id
from tests.edge.test_store import mirror

from stoppress.bus.postgres import PostgresBus
from stoppress.edge.app import Edge
from stoppress.edge.postgres_store import PostgresStore
from stoppress.lib import limits
from stoppress.lib.ids import Seq

pytestmark = pytest.mark.database

EVENTS = "/live/storm/events"
_KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name LIKE 'stoppress-%' AND datname = current_database()
"""


@pytest.fixture
def blog(model: ReadModel) -> Blog:
    """A live blog with one post at number 2."""
    blog = model.blog()
    model.post(blog, "Before.")
    return blog


@pytest.fixture
def bus(postgres: str) -> Iterator[PostgresBus]:
    bus = PostgresBus(postgres)
    yield bus
    bus.close()


@pytest.fixture
def filled(model: ReadModel, blog: Blog, postgres: str) -> str:
    """The address of the same live blog in PostgreSQL."""
    del blog
    mirror(model.path, postgres)
    return postgres


@pytest.fixture
def there(
    filled: str, bus: PostgresBus, static_root: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[int, psycopg.Connection]]:
    """The edge's port, and a writer's connection to its database."""
    monkeypatch.setattr(limits, "BUS_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(limits, "STORE_RETRY_SECONDS", 0)
    edge = Edge(
        store=PostgresStore(filled),
        bus=bus,
        media_root=static_root,
        public_url="http://127.0.0.1",
        static_root=static_root,
    )
    with psycopg.connect(filled, autocommit=True) as writer, serving(edge) as port:
        yield port, writer


def amend(writer: psycopg.Connection, seq: int, text: str) -> None:
    """One transaction, as an action's."""
    with writer.transaction():
        writer.execute(
            "UPDATE page_post SET html = %s, changed_seq = %s WHERE post_id = %s", (text, seq, post_id(1))
        )
        writer.execute("UPDATE liveblog SET last_seq = %s", (seq,))
        writer.execute("UPDATE page SET changed_seq = %s", (seq,))


def test_a_commit_is_announced_and_reaches_readers_and_pages(
    there: tuple[int, psycopg.Connection], blog: Blog, bus: PostgresBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SWEEP_SECONDS", 3_600)
    port, writer = there
    with reader(port).open(EVENTS) as someone:
        someone.until_standing(2)
        assert "Before." in httpx.get(f"http://127.0.0.1:{port}/live/storm").text
        amend(writer, 3, "After.")
        bus.announce(blog.blog_id, Seq(3))
        (change,) = someone.until(1)
        assert (change["seq"], change["html"]) == (3, "After.")
        assert "After." in httpx.get(f"http://127.0.0.1:{port}/live/storm").text


def test_what_was_not_announced_is_found_by_the_sweep(there: tuple[int, psycopg.Connection]) -> None:
    port, writer = there
    with reader(port).open(EVENTS) as someone:
        someone.until_standing(2)
        amend(writer, 3, "After.")
        assert [change["seq"] for change in someone.until(1)] == [3]


def test_streams_outlive_all_connections_to_the_database(there: tuple[int, psycopg.Connection]) -> None:
    port, writer = there
    with reader(port).open(EVENTS) as someone:
        someone.until_standing(2)
        for seq in (3, 4, 5):
            writer.execute(_KILL)
            # What nobody has read yet is asked anew, over a connection that lives.
            for path in ("/live/storm", "/live/storm/feed.atom"):
                assert httpx.get(f"http://127.0.0.1:{port}{path}").status_code == 200
            amend(writer, seq, f"After {seq}.")
            assert [change["seq"] for change in someone.until(1)] == [seq]
