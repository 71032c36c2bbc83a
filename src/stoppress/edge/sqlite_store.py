"""Asks a SQLite file. Built by `cli`; every other room of the edge knows only `store.Store`.

Runs in the event loop's own thread: a read takes microseconds to a millisecond, less than a thread would
cost, and in WAL mode nothing a writer does makes a reader wait.
"""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from stoppress.edge import store
from stoppress.edge.order import Order
from stoppress.edge.rows import (
    BlogNumber,
    ChangedRows,
    ClaimRows,
    CorrectionRows,
    FeedRows,
    FrontRows,
    PageRows,
    PastRows,
    PostRows,
    PublisherRow,
    SinceRows,
)
from stoppress.edge.store import Answer, Question, StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq

_STEPS = 10_000  # of SQLite's machine between two looks at the clock: about a millisecond
_VERSIONS = 2**32  # data_version is a 32-bit counter of one connection


class SqliteStore:
    """Reads the file at `path`, never writes. After a fault the next question opens it anew."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro"
        self._connection: sqlite3.Connection | None = None
        self._version: sqlite3.Cursor | None = None
        self._opened = 0

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._address,
                uri=True,
                isolation_level=None,
                timeout=limits.STORE_BUSY_MS / 1000,
                check_same_thread=False,
            )
            self._opened += 1
        return self._connection

    def _fail(self, fault: sqlite3.Error) -> StoreUnavailable:
        self._shut()
        return StoreUnavailable(f"The SQLite file does not answer: {fault}.")

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def generation(self) -> int:
        try:
            version: int = self._open().execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error as fault:
            raise self._fail(fault) from fault
        return self._opened * _VERSIONS + version

    def touch(self) -> None:
        """Nothing to do: the file itself says when it changed."""

    def _ask(self, question: Question[Answer]) -> Answer:
        try:
            connection = self._open()
            connection.execute("BEGIN")
            try:
                return self._carry(connection, question)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as fault:
            raise self._fail(fault) from fault

    @staticmethod
    def _carry(connection: sqlite3.Connection, question: Question[Answer]) -> Answer:
        statement, values = next(question)
        while True:
            rows = connection.execute(statement, values).fetchall()
            try:
                statement, values = question.send(rows)
            except StopIteration as done:
                answer: Answer = done.value
                return answer

    async def number(self, slug: str) -> BlogNumber | None:
        return self._ask(store.number(slug))

    async def numbers(self, blogs: Sequence[BlogId]) -> dict[BlogId, BlogNumber]:
        return self._ask(store.numbers(blogs)) if blogs else {}

    async def page(
        self, slug: str, from_post: PostId | None = None, order: Order | None = None
    ) -> PageRows | None:
        return self._ask(store.page(slug, from_post, order))

    async def post(self, slug: str, post_id: PostId) -> PostRows | None:
        return self._ask(store.post(slug, post_id))

    async def oembed(self, slug: str, post_id: PostId | None) -> str:
        return self._ask(store.oembed(slug, post_id))

    async def past(self, slug: str, post_id: PostId) -> PastRows | None:
        return self._ask(store.past(slug, post_id))

    async def corrections(self, slug: str) -> CorrectionRows | None:
        return self._ask(store.corrections(slug))

    async def claims(self, slug: str) -> ClaimRows | None:
        return self._ask(store.claims(slug))

    async def is_withdrawn(self, media_id: str) -> bool:
        return self._ask(store.is_withdrawn(media_id))

    async def changed(self, blog_id: BlogId, after: Seq) -> ChangedRows | None:
        return self._ask(store.changed(blog_id, after))

    async def feed(self, slug: str, name: str, leaf: int = 0) -> FeedRows | None:
        return self._ask(store.feed(slug, name, leaf))

    async def front(self) -> FrontRows:
        return self._ask(store.front())

    async def publisher(self) -> PublisherRow | None:
        return self._ask(store.publisher())

    async def since(self, slug: str, after: Seq) -> SinceRows | None:
        return self._ask(store.since(slug, after))

    async def ask(self, question: Question[Answer]) -> Answer:
        return self._ask(question)

    vendor: ClassVar[str] = "sqlite"

    async def seek(self, question: Question[Answer]) -> Answer:
        """In a thread, over a connection of its own that gives up in time: pages are served meanwhile."""
        try:
            return await asyncio.to_thread(self._seek, question)
        except sqlite3.Error as fault:
            raise StoreUnavailable(f"The SQLite file does not answer: {fault}.") from fault

    def _seek(self, question: Question[Answer]) -> Answer:
        give_up_at = time.monotonic() + limits.SEARCH_SECONDS
        with closing(sqlite3.connect(self._address, uri=True, isolation_level=None)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > give_up_at, _STEPS)
            connection.execute("BEGIN")
            return self._carry(connection, question)

    async def close(self) -> None:
        self._shut()


_: type[store.Store] = SqliteStore
