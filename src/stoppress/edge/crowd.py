"""Who reads each live blog, through this process and through all others: what desks show.

An edge tells its own count every few seconds; a process that serves the desk adds up what it hears. Built by
`app.py`. May import `hub`, `bus`, `lib`.
"""

import asyncio
import logging
import secrets
import time
from contextlib import aclosing

from stoppress.bus.tally import Read, Tallies, Tally
from stoppress.edge.hub import Hub, Reach
from stoppress.lib import limits
from stoppress.lib.ids import BlogId

logger = logging.getLogger(__name__)

_PROCESS_BYTES = 8  # of its name: two processes never take the same


class Crowd:
    """Readers of this process's hub and, where the desk is, those of others. Without `tallies` only the former."""

    def __init__(self, hub: Hub, tallies: Tallies | None, *, is_desk: bool) -> None:
        self._hub = hub
        self._tallies = tallies
        self._is_desk = is_desk
        self._process = secrets.token_hex(_PROCESS_BYTES)
        self._others: dict[str, tuple[float, Tally]] = {}  # until when each counts, by time.monotonic()
        self._task: asyncio.Task[None] | None = None

    # --- life -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to listen, or to tell. Inside the event loop."""
        if self._tallies is not None:
            work = self._listen(self._tallies) if self._is_desk else self._tell(self._tallies)
            self._task = asyncio.create_task(work, name="crowd")

    async def stop(self) -> None:
        """End all work; an edge says that nobody reads through it any more."""
        if self._tallies is None or self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if not self._is_desk:
            await self._tallies.tell(Tally(self._process, {}))
        await self._tallies.close()

    async def _tell(self, tallies: Tallies) -> None:
        """Tell when something differs, and often enough not to be forgotten; nothing while nobody reads."""
        told, told_at = Tally(self._process, {}), 0.0
        while True:
            tally = Tally(self._process, self._own())
            is_due = time.monotonic() - told_at > limits.TALLY_KEPT_SECONDS / 2
            if tally != told or (tally.read and is_due):
                await tallies.tell(tally)
                told, told_at = tally, time.monotonic()
            await asyncio.sleep(limits.TALLY_SECONDS)

    async def _listen(self, tallies: Tallies) -> None:
        while True:
            try:
                async with aclosing(tallies.hear()) as heard:
                    async for tally in heard:
                        self.hear(tally)
            except Exception:
                logger.exception("Readers of other processes cannot be counted; listening again.")
            await asyncio.sleep(limits.BUS_RETRY_SECONDS)

    def hear(self, tally: Tally) -> None:
        """Take what another process counted; forget those that have been silent for too long."""
        now = time.monotonic()
        self._others.pop(tally.process, None)
        self._others = {name: kept for name, kept in self._others.items() if kept[0] > now}
        if tally.read and len(self._others) < limits.TALLY_PROCESSES:
            self._others[tally.process] = (now + limits.TALLY_KEPT_SECONDS, tally)

    # --- who reads --------------------------------------------------------------------------------------

    def reach(self, blog_id: BlogId) -> Reach:
        """Who reads this live blog, everywhere. `seconds` are those of the slowest process."""
        counts = [self._hub.reach(blog_id)]
        for tally in self._counting():
            one = tally.read.get(blog_id)
            if one is not None:
                counts.append(Reach(one.readers, one.seconds))
        seconds = [one.seconds for one in counts if one.seconds is not None]
        return Reach(sum(one.readers for one in counts), max(seconds, default=None))

    def readers(self) -> dict[BlogId, int]:
        """How many read each live blog that anybody reads."""
        found = self._hub.readers()
        for tally in self._counting():
            for blog_id, one in tally.read.items():
                found[blog_id] = found.get(blog_id, 0) + one.readers
        return found

    def _counting(self) -> list[Tally]:
        now = time.monotonic()
        return [tally for until, tally in self._others.values() if until > now]

    def _own(self) -> dict[BlogId, Read]:
        found = {blog_id: self._hub.reach(blog_id) for blog_id in self._hub.readers()}
        return {blog_id: Read(one.readers, one.seconds) for blog_id, one in found.items()}
