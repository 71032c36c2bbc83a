"""The title's own pages: authors, topics, policies, search, and texts for machines. Called by `app.py`.

Kept on the shelf as other pages are, but for search: what may be asked is endless, and must push nothing off it.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar
from urllib.parse import quote

from stoppress.edge import frame, problems, title_frame, title_store
from stoppress.edge.address import Addresses, network_of
from stoppress.edge.asgi import Request
from stoppress.edge.asked import Asked
from stoppress.edge.headers import PAGE_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Question, Store, StoreUnavailable
from stoppress.edge.title_rows import PolicyRows, ReadyRows, TopicRows
from stoppress.lib import assets, clock, limits
from stoppress.lib.pace import Pace
from stoppress.lib.policies import KINDS

_HTML = (b"content-type", b"text/html; charset=utf-8")
_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_NOT_SHARED: Final = b"private, no-cache"

Rows = TypeVar("Rows", ReadyRows, TopicRows, PolicyRows)


class TitlePages:
    """`public_url` has no trailing slash. `addresses` tells who asks."""

    def __init__(
        self, store: Store, shelf: Shelf, protection: Protection, public_url: str, addresses: Addresses
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._protection = protection
        self._public_url = public_url
        self._addresses = addresses
        self._pace = Pace(limits.READER_SEARCHES_PER_MINUTE)
        self._turns = asyncio.Semaphore(limits.SEARCHES_AT_ONCE)
        self._waiting = 0
        self._around: frame.Around | None = None
        self._around_at = -1

    async def around(self, *, ask: bool) -> frame.Around | None:
        """The title's masthead and foot, asked once per change of the database; the last known without `ask`.

        None before the newsroom is set up, and as long as the database has not answered once. Never raises.
        """
        with suppress(StoreUnavailable, TimeoutError):
            generation = self._store.generation() if ask else self._around_at
            if generation != self._around_at:
                async with asyncio.timeout(limits.STORE_PATIENCE_SECONDS):
                    title = await self._store.ask(title_store.title())
                self._around = frame.Around(title.top, title.foot) if title and title.top else None
                self._around_at = generation
        return self._around

    async def author(self, slug: str) -> Kept | None:
        """Somebody's page."""
        return await self._page(f"/by/{quote(slug)}", title_store.author(slug), title_frame.author_page)

    async def topic(self, slug: str) -> Kept | None:
        """The live blogs about something."""
        return await self._page(f"/topic/{quote(slug)}", title_store.topic(slug), title_frame.topic_page)

    async def policy(self, kind: str) -> Kept | None:
        """One policy."""
        if kind not in KINDS:
            return None
        return await self._page(f"/about/{kind}", title_store.policy(kind), title_frame.policy_page)

    async def policies(self) -> Kept | None:
        """The way to each; None while none is written."""
        return await self._page("/about", title_store.policies(), title_frame.policies_page)

    async def _page(
        self,
        path: str,
        question: Question[Rows | None],
        drawn: Callable[[Rows, str, title_frame.Assets], bytes],
    ) -> Kept | None:
        """The page that `drawn` makes of what the store answers, its own address, and the files it needs."""

        async def make() -> Content | None:
            rows = await self._store.ask(question)
            if rows is None:
                return None
            return self._html(drawn(rows, self._public_url + path, _assets(rows.title.language)))

        return await self._shelf.get(path, "", make)

    async def machine_text(self, path: str) -> Kept | None:
        """What another program is told, as somebody of the newsroom wrote it."""

        async def make() -> Content | None:
            text = await self._store.ask(title_store.machine_text(path.rpartition("/")[2]))
            headers = [_TEXT, (b"cache-control", PAGE_CACHING), *self._protection.data]
            return Content(text.encode(), headers) if text else None

        return await self._shelf.get(path, "", make)

    async def search(self, request: Request, asked: Asked) -> Kept | None:
        """What is found. Raises: Problem (too often, or too many at once)."""
        if not asked.is_empty:
            address = self._addresses.of(request)
            name = network_of(address) if address else ""
            wait = self._pace.seconds_to_wait(name, clock.now())
            if wait:
                raise problems.too_many_searches(wait)
        if self._waiting >= limits.SEARCHES_WAITING:
            raise problems.too_many_searches(1)
        self._waiting += 1
        try:
            async with self._turns:
                rows = await self._store.seek(title_store.found(asked, self._store.vendor))
        finally:
            self._waiting -= 1
        if rows is None:
            return None
        body = title_frame.search_page(
            rows, asked, f"{self._public_url}/search", _assets(rows.title.language)
        )
        return Kept(self._html(body, _NOT_SHARED))

    def _html(self, body: bytes, caching: bytes = PAGE_CACHING) -> Content:
        return Content(body, [_HTML, (b"cache-control", caching), *self._protection.page])


def _assets(language: str) -> title_frame.Assets:
    files = (assets.asset(name, language) for name in ("reader.css", "reader.js", "title.css"))
    return title_frame.Assets(*files)
