"""Asks a PostgreSQL server over a few connections. Built by `cli`; other rooms know only `store.Store`."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

import psycopg

from stoppress.bus.postgres import conninfo
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
from stoppress.edge.store import Answer, Question, Row, StoreUnavailable
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, PostId, Seq

Connection = psycopg.AsyncConnection[Row]


class PostgresStore:
    """Reads the database at `url`, never writes. A fault drops the connection it met; one found dead is no fault."""

    def __init__(self, url: str) -> None:
        self._conninfo = conninfo(url, "stoppress-edge")
        self._free: list[Connection] = []
        self._places = asyncio.Semaphore(limits.STORE_CONNECTIONS)
        self._touched = 0

    def generation(self) -> int:
        """Counts the bus's words and the sweeps, so a kept answer lags a commit by one sweep at most."""
        return self._touched

    def touch(self) -> None:
        self._touched += 1

    async def _connect(self) -> Connection:
        connection = await psycopg.AsyncConnection.connect(self._conninfo)
        await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
        await connection.set_read_only(True)
        return connection

    @asynccontextmanager
    async def _lent(self, connection: Connection) -> AsyncGenerator[Connection, None]:
        """For one transaction; after any fault it is closed instead of given back."""
        try:
            yield connection
            await connection.rollback()
        except BaseException:
            await connection.close()
            raise
        self._free.append(connection)

    async def _begin(self, statement: str, values: Sequence[object]) -> tuple[Connection, list[Row]]:
        """A connection that has answered `statement`. Kept ones that died unused are passed over, then one is made."""
        while True:
            kept = bool(self._free)
            connection = self._free.pop() if kept else await self._connect()
            try:
                return connection, await self._rows(connection, statement, values)
            except psycopg.Error:
                died = connection.closed
                await connection.close()
                if not (kept and died):
                    raise
            except BaseException:
                await connection.close()
                raise

    @staticmethod
    async def _rows(connection: Connection, statement: str, values: Sequence[object]) -> list[Row]:
        cursor = await connection.execute(statement.replace("?", "%s").encode(), values)
        return await cursor.fetchall()

    async def _ask(self, question: Question[Answer]) -> Answer:
        try:
            async with asyncio.timeout(limits.STORE_SECONDS), self._places:
                return await self._carry(question)
        except (psycopg.Error, OSError, TimeoutError) as fault:
            raise StoreUnavailable(f"PostgreSQL does not answer: {fault or type(fault).__name__}.") from fault

    async def _carry(self, question: Question[Answer]) -> Answer:
        connection, rows = await self._begin(*next(question))
        async with self._lent(connection):
            while True:
                try:
                    statement, values = question.send(rows)
                except StopIteration as done:
                    answer: Answer = done.value
                    return answer
                rows = await self._rows(connection, statement, values)

    async def number(self, slug: str) -> BlogNumber | None:
        return await self._ask(store.number(slug))

    async def numbers(self, blogs: Sequence[BlogId]) -> dict[BlogId, BlogNumber]:
        return await self._ask(store.numbers(blogs)) if blogs else {}

    async def page(
        self, slug: str, from_post: PostId | None = None, order: Order | None = None
    ) -> PageRows | None:
        return await self._ask(store.page(slug, from_post, order))

    async def post(self, slug: str, post_id: PostId) -> PostRows | None:
        return await self._ask(store.post(slug, post_id))

    async def oembed(self, slug: str, post_id: PostId | None) -> str:
        return await self._ask(store.oembed(slug, post_id))

    async def past(self, slug: str, post_id: PostId) -> PastRows | None:
        return await self._ask(store.past(slug, post_id))

    async def corrections(self, slug: str) -> CorrectionRows | None:
        return await self._ask(store.corrections(slug))

    async def claims(self, slug: str) -> ClaimRows | None:
        return await self._ask(store.claims(slug))

    async def is_withdrawn(self, media_id: str) -> bool:
        return await self._ask(store.is_withdrawn(media_id))

    async def changed(self, blog_id: BlogId, after: Seq) -> ChangedRows | None:
        return await self._ask(store.changed(blog_id, after))

    async def feed(self, slug: str, name: str, leaf: int = 0) -> FeedRows | None:
        return await self._ask(store.feed(slug, name, leaf))

    async def front(self) -> FrontRows:
        return await self._ask(store.front())

    async def publisher(self) -> PublisherRow | None:
        return await self._ask(store.publisher())

    async def since(self, slug: str, after: Seq) -> SinceRows | None:
        return await self._ask(store.since(slug, after))

    async def ask(self, question: Question[Answer]) -> Answer:
        return await self._ask(question)

    vendor: ClassVar[str] = "postgresql"

    async def seek(self, question: Question[Answer]) -> Answer:
        return await self._ask(question)

    async def close(self) -> None:
        free, self._free = self._free, []
        for connection in free:
            await connection.close()


_: type[store.Store] = PostgresStore
