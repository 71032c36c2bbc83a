"""Newsrooms to measure: on SQLite or PostgreSQL, in one process or with readers in processes of their own.

Called by the parts of the bench. A newsroom is what `stoppress serve` makes of a folder; it is killed at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.compiled import NotMeasured
from tests import postgres
from tests.e2e.server import Newsroom, Server

DATABASES = ("SQLite", "PostgreSQL")


@contextmanager
def newsroom(folder: Path, database: str, *, edges: int = 0) -> Iterator[tuple[Server, Newsroom, str]]:
    """A running newsroom; yields it, its API as an editor uses it, and the token. Commits wait for the disk."""
    with _database(database) as url:
        server = Server(
            folder / "data",
            is_first=True,
            options=("--edges", str(edges)) if edges else (),
            variables={"STOPPRESS_DATABASE_URL": url} if url else {},
        )
        try:
            server.start()
            token = server.add_staff()
            yield server, Newsroom.at(server, token), token
        finally:
            server.kill()


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "SQLite":
        yield ""
        return
    try:
        with postgres.running(postgres.DURABLE) as url:
            yield url
    except postgres.PostgresError as why:
        raise NotMeasured(str(why)) from why
