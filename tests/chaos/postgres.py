"""A PostgreSQL server that keeps its promises, and that can be killed: one folder, one port, many lives.

`tests/postgres.py` starts servers that forget on purpose, which are quick; what is acknowledged here has to outlive
`kill -9`. Used by `conftest.py`, one for each worker of pytest.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from tests import postgres as plain
from tests.chaos.form import PATIENCE_SECONDS

STEP_SECONDS = 0.02
DURABLE = ("max_connections=100", "shared_buffers=16MB")


@dataclass(slots=True)
class Postgres:
    """The server in `cluster`'s folder, listening on `port` whenever it lives."""

    cluster: plain.Cluster
    password: str
    port: int
    process: subprocess.Popen[bytes] | None = None
    fresh: str = ""  # a database that was migrated once, for others to copy
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, name: str) -> str:
        """The address of the database `name`."""
        return f"postgresql://{plain.NAME}:{self.password}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it takes connections (after `kill` it first reads its log again)."""
        self.process = plain.launch(self.cluster, self.port, DURABLE)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(psycopg.OperationalError), self.connect("postgres"):
                return
            time.sleep(STEP_SECONDS)
        raise plain.PostgresError(f"PostgreSQL did not come back:\n{self.words()}")

    def revive(self) -> None:
        """Start it if a test that failed left it dead."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def words(self) -> str:
        """The end of its log."""
        return (self.cluster.folder / "log").read_text(errors="replace")[-3000:]

    def connect(self, name: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of our own, each statement by itself."""
        return psycopg.connect(self.url(name), autocommit=True, connect_timeout=10)

    def kill(self) -> None:
        """End every process of the server at one moment, as a power cut would end it."""
        process = self._running()
        victims = [process.pid, *_children(process.pid)]
        for pid in victims:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        until = time.monotonic() + PATIENCE_SECONDS
        while any(map(_lives, victims[1:])) and time.monotonic() < until:
            time.sleep(STEP_SECONDS)

    def stop(self) -> None:
        """Ask it to end now, whoever is connected (a "fast" shutdown), and wait until it has."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE_SECONDS)

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            raise plain.PostgresError("Expected a running PostgreSQL; start() it first.")
        return self.process

    def new_database(self, *, empty: bool = False) -> str:
        """The address of a database of one's own: a copy of `fresh`, when there is one and it may not be `empty`."""
        name = f"newsroom_{next(self._numbers)}"
        copied = bool(self.fresh) and not empty
        template = sql.SQL(" TEMPLATE {}").format(sql.Identifier(self.fresh)) if copied else sql.SQL("")
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + template)
        return self.url(name)

    def dump(self, url: str, file: Path) -> None:
        """Write the database to `file`, and forget it."""
        ours = self.cluster.folder / file.name  # where the account that runs the server may write
        self.cluster.run("pg_dump", "--format=custom", f"--dbname={url}", f"--file={ours}")
        shutil.copyfile(ours, file)
        self.drop(url)

    def restored(self, file: Path) -> str:
        """The name of a new database that holds what was written to `file`."""
        url = self.new_database(empty=True)
        ours = self.cluster.folder / f"{file.name}-to-read"
        shutil.copyfile(file, ours)
        self.cluster.run("pg_restore", f"--dbname={url}", "--single-transaction", str(ours))
        return url.rpartition("/")[2]

    def drop(self, url: str) -> None:
        """Forget a database, and whoever is still connected to it."""
        name = url.rpartition("/")[2]
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in listed.read_text().split()] if listed.exists() else []


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server in a temporary folder for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="stoppress-chaos-pg-", ignore_cleanup_errors=True) as name:
        password = secrets.token_urlsafe(16)
        server = Postgres(plain.new_cluster(Path(name), password), password, plain.free_port())
        try:
            server.start()
            yield server
        finally:
            server.stop()
