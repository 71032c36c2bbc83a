"""Newsrooms to measure: on SQLite or PostgreSQL, in one process or with readers in processes of their own.

Called by the parts of the bench. A newsroom is what `stoppress serve` makes of a folder; it is killed at the end.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.compiled import NotMeasured
from tests import postgres
from tests.e2e.server import COMMAND, START_SECONDS, Newsroom, Server, ServerError, environment

DATABASES = ("SQLite", "PostgreSQL")


@dataclass(slots=True)
class Serving(Server):
    """`stoppress serve` on `database_url` ("": SQLite in the folder), with `edges` processes for readers."""

    database_url: str = ""
    edges: int = 0

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        words = (COMMAND, "serve", "--data", str(self.data), "--port", str(self.port))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                (*words, *(("--edges", str(self.edges)) if self.edges else ())),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        self.kill()
        raise ServerError(f"The server did not start. Its last words:\n{self.words()}")

    def _environment(self) -> dict[str, str]:
        database = {"STOPPRESS_DATABASE_URL": self.database_url} if self.database_url else {}
        return environment(self.data) | database


@contextmanager
def newsroom(folder: Path, database: str, *, edges: int = 0) -> Iterator[tuple[Serving, Newsroom, str]]:
    """A running newsroom; yields it, its API as an editor uses it, and the token. Commits wait for the disk."""
    with _database(database) as url:
        server = Serving(folder / "data", database_url=url, edges=edges)
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
