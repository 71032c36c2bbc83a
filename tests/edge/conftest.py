"""The edge on a read model of its own, without Django."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import sql
from tests.edge.readmodel import Blog, ReadModel

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.lib import assets, limits


@pytest.fixture(autouse=True)
def _quick_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the bus did not say is found at once: nobody waits a second in a test."""
    monkeypatch.setattr(limits, "SWEEP_SECONDS", 0.05)


@pytest.fixture
def static_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Built browser files, small ones."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "manifest.json").write_text(
        '{"reader.css": "reader.ABCD2345.css", "reader.js": "reader.ABCD2345.js",'
        ' "embed.css": "embed.ABCD2345.css", "embed-frame.js": "frame.ABCD2345.js", "embed.js": "embed.ABCD2345.js",'
        ' "reader-later.js": "later.ABCD2345.js",'
        ' "front.js": "front.ABCD2345.js", "title.css": "title.ABCD2345.css", "reader-worker.js": "worker.ABCD2345.js",'
        ' "reader-then.css": "then.ABCD2345.css", "reader-then.js": "then.ABCD2345.js"}'
    )
    (folder / "reader.ABCD2345.css").write_text("p { margin: 0 }\n" * 100)
    (folder / "reader.ABCD2345.js").write_text("void 0;\n")
    (folder / "worker.ABCD2345.js").write_text("// the last seen copy")
    (folder / "embed.ABCD2345.js").write_text("// puts a frame")
    (folder / "serif.WXYZ2345.woff2").write_bytes(b"wOF2" * 1_000)
    monkeypatch.setattr(assets, "FOLDER", folder)
    assets._manifest.cache_clear()
    yield folder
    assets._manifest.cache_clear()


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    """An empty read model in SQLite."""
    model = ReadModel(tmp_path / "stoppress.sqlite3")
    yield model
    model.close()


@pytest.fixture
def bus() -> MemoryBus:
    """Within this process."""
    return MemoryBus()


@pytest.fixture
def media_root(tmp_path: Path) -> Path:
    """An empty media folder."""
    folder = tmp_path / "media"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def edge(model: ReadModel, bus: MemoryBus, static_root: Path, media_root: Path) -> Edge:
    """The read side of `model`."""
    return Edge(
        store=SqliteStore(model.path),
        bus=bus,
        media_root=media_root,
        public_url="https://gazette.example",
        static_root=static_root,
    )


@pytest.fixture(scope="session")
def _own_database() -> Iterator[str]:
    """A database of this worker's own: tests here cut all connections to theirs, and no other's."""
    url = os.environ.get("STOPPRESS_DATABASE_URL", "")
    if not url.startswith("postgresql:"):
        pytest.skip("runs again on PostgreSQL")
    name = f"edge_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def postgres(_own_database: str) -> Iterator[str]:
    """The PostgreSQL of this run, in a schema of its own; skips where the run is on SQLite."""
    schema = f"edge_{secrets.token_hex(6)}"
    with psycopg.connect(_own_database, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        yield f"{_own_database}{'&' if '?' in _own_database else '?'}options={quote(f'-csearch_path={schema}')}"
    with psycopg.connect(_own_database, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))


@pytest.fixture
def storm(model: ReadModel) -> Blog:
    """A live blog of seven posts on three pages: 1 and 2, 3 and 4, 5 to 7."""
    model.page_posts = 2
    blog = model.blog()
    for number in range(1, 8):
        model.post(blog, f"Number {number}.")
    return blog
