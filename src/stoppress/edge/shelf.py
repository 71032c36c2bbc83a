"""Kept answers and their freshness: one database read per change, however many ask. Called by `pages.py`, `feeds.py`.

A kept answer is served as long as the store says that nothing was committed since it was read; otherwise its live
blog's number is asked, and only when that moved are rows read again. While the database does not answer, the last
good answer is served, marked stale (FAULTS: readers lose freshness first).
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from stoppress.edge.headers import for_shared_caches
from stoppress.edge.kept import Content, Kept
from stoppress.edge.rows import BlogNumber
from stoppress.edge.store import Store, StoreUnavailable
from stoppress.lib import limits

logger = logging.getLogger(__name__)

Make = Callable[[], Awaitable[Content | None]]


@dataclass(slots=True)
class _Place:
    kept: Kept
    generation: int
    number: BlogNumber | None


class Shelf:
    """Answers by key, the least used thrown out when together they hold more than `bytes_max`.

    A key is the path that asks for it, with its query if it has one.
    """

    def __init__(self, store: Store, bytes_max: int = limits.PAGE_CACHE_BYTES) -> None:
        self._store = store
        self._bytes_max = bytes_max
        self._places: OrderedDict[str, _Place] = OrderedDict()
        self._bytes = 0
        self._renewing: dict[str, asyncio.Lock] = {}
        self._ask_again_at = 0.0
        self._numbers: dict[str, BlogNumber] = {}
        self._numbers_at = -1

    def ready(self, key: str) -> Kept | None:
        """The answer for `key` if it is kept and nothing was committed since it was read. Never raises."""
        place = self._places.get(key)
        if place is None or place.kept.stale:
            return None
        try:
            fresh = place.generation == self._store.generation()
        except StoreUnavailable:
            return None
        if not fresh:
            return None
        self._places.move_to_end(key)
        return place.kept

    async def get(self, key: str, slug: str, make: Make) -> Kept | None:
        """The answer for `key`, made by `make` when it may have changed; None when there is none (any more).

        `slug`: the live blog whose number vouches for it, or "" when only `make` can tell.
        Raises: StoreUnavailable (nothing kept either).
        """
        place = self._places.get(key)
        try:
            generation = self._generation()
            if place is not None and place.generation == generation:
                place.kept.stale = False
                self._places.move_to_end(key)
                return place.kept
            if place is None:
                return await self._renewed(key, slug, make)
            async with asyncio.timeout(limits.STORE_PATIENCE_SECONDS):
                return await self._renewed(key, slug, make)
        except StoreUnavailable as fault:
            return self._last_good(key, fault)
        except TimeoutError:
            return self._last_good(key, StoreUnavailable("The store takes too long."))

    async def number(self, slug: str) -> BlogNumber | None:
        """Where a live blog stands, asked once per change of the database.

        Raises: StoreUnavailable.
        """
        generation = self._store.generation()
        if generation != self._numbers_at:
            self._numbers_at = generation
            self._numbers = {}
        if slug not in self._numbers:
            number = await self._store.number(slug)
            if number is None or self._numbers_at != generation:
                return number
            self._numbers[slug] = number
        return self._numbers[slug]

    def _generation(self) -> int:
        if time.monotonic() < self._ask_again_at:
            raise StoreUnavailable("The store failed a moment ago.")
        return self._store.generation()

    def _last_good(self, key: str, fault: StoreUnavailable) -> Kept:
        now = time.monotonic()
        if now >= self._ask_again_at:
            logger.warning("%s Serving the last good answers.", fault)
            self._ask_again_at = now + limits.STORE_RETRY_SECONDS
        place = self._places.get(key)
        if place is None:
            raise fault
        place.kept.stale = True
        return place.kept

    async def _renewed(self, key: str, slug: str, make: Make) -> Kept | None:
        """Read again, once for all who ask meanwhile."""
        lock = self._renewing.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                # Taken before reading: what is committed during the reading makes the answer old at once.
                generation = self._generation()
                place = self._places.get(key)
                if place is not None and place.generation == generation:
                    return place.kept
                number = await self._store.number(slug) if slug else None
                if place is not None and number is not None and place.number == number:
                    place.generation = generation
                    place.kept.stale = False
                    return place.kept
                content = await make() if number is not None or not slug else None
                if content is not None:
                    content = replace(content, headers=for_shared_caches(content.headers, slug))
                return self._put(key, content, generation, number)
        finally:
            if not lock.locked():
                self._renewing.pop(key, None)

    def _put(
        self, key: str, content: Content | None, generation: int, number: BlogNumber | None
    ) -> Kept | None:
        before = self._places.pop(key, None)
        if before is not None:
            self._bytes -= before.kept.size
        if content is None:
            return None
        same = before is not None and before.kept.content == content
        kept = before.kept if before is not None and same else Kept(content)
        kept.stale = False
        self._places[key] = _Place(kept, generation, number)
        self._bytes += kept.size
        while self._bytes > self._bytes_max and len(self._places) > 1:
            _, oldest = self._places.popitem(last=False)
            self._bytes -= oldest.kept.size
        return kept
