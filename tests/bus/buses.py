"""The buses under test, each with a way to make it speak and to write beside it."""

import atexit
import os
import secrets
import sqlite3
from collections.abc import AsyncGenerator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from tests.bus.redis_server import RedisServer

from stoppress.bus.base import Announcement, Bus
from stoppress.bus.memory import MemoryBus
from stoppress.bus.postgres import PostgresBus
from stoppress.bus.redis import RedisBus
from stoppress.bus.sqlite import SqliteBus
from stoppress.lib.ids import BlogId, Seq


def postgres_url() -> str:
    """The PostgreSQL of this run; skips where the run is on SQLite."""
    url = os.environ.get("STOPPRESS_DATABASE_URL", "")
    if not url.startswith("postgresql:"):
        pytest.skip("runs again on PostgreSQL")
    return _own_database(url)


@cache
def _own_database(url: str) -> str:
    """A database of this process: words cross databases as little as they cross servers, so no other test is heard."""
    name = f"bus_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@cache
def redis_url() -> str:
    """The Redis of this process, with a password; ended with us."""
    server = RedisServer()
    server.start()
    atexit.register(server.stop)
    return server.url


def sqlite_file(folder: Path) -> Path:
    """A database file that writers can commit to."""
    path = folder / "bus.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE written (number integer)")
    connection.commit()
    connection.close()
    return path


def commit(path: Path) -> None:
    """Write to the file as another process would."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO written VALUES (1)")
    connection.close()


def made(kind: str, folder: Path) -> Bus:
    """One bus of that kind."""
    match kind:
        case "memory":
            return MemoryBus()
        case "sqlite":
            return SqliteBus(sqlite_file(folder))
        case "postgres":
            return PostgresBus(postgres_url())
        case "redis":
            return RedisBus(redis_url())
        case _:
            raise ValueError(kind)


class LossyBus:
    """Carries words badly, as the law allows: drops each but the `keep`-th, doubles those it keeps."""

    def __init__(self, keep: int = 3) -> None:
        self._bus = MemoryBus()
        self._keep = keep
        self._heard = 0

    def announce(self, blog_id: BlogId, seq: Seq) -> None:
        self._heard += 1
        if self._keep and self._heard % self._keep == 0:
            self._bus.announce(blog_id, seq)
            self._bus.announce(blog_id, seq)

    def listen(self) -> AsyncGenerator[Announcement, None]:
        return self._bus.listen()
