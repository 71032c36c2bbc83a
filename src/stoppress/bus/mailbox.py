"""Words waiting to be read in one process: the newest per live blog, so it cannot grow beyond their number.

Used by the adapters of this room; called from any thread.
"""

import asyncio
from collections.abc import Iterable
from threading import Lock
from weakref import WeakSet

from stoppress.bus.base import Announcement
from stoppress.lib.ids import BlogId, Seq


class Mailbox:
    """One listener's words. Made inside the listener's event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._full = asyncio.Event()
        self._lock = Lock()
        self._newest: dict[BlogId | None, Seq] = {}

    def put(self, word: Announcement) -> None:
        """Leave a word, from any thread. A listener whose loop has ended hears nothing."""
        with self._lock:
            self._newest[word.blog_id] = max(word.seq, self._newest.get(word.blog_id, Seq(0)))
        try:
            self._loop.call_soon_threadsafe(self._full.set)
        except RuntimeError:  # the loop is closed
            return

    async def wait(self) -> None:
        """Sleep until there is a word."""
        await self._full.wait()

    def take(self) -> Iterable[Announcement]:
        """All words left so far; they are gone from the box."""
        self._full.clear()
        with self._lock:
            words, self._newest = self._newest, {}
        return [Announcement(blog_id, seq) for blog_id, seq in words.items()]


class Mailboxes:
    """All listeners of this process. A listener that went away is forgotten with its box."""

    def __init__(self) -> None:
        self._boxes: WeakSet[Mailbox] = WeakSet()
        self._lock = Lock()

    def open(self) -> Mailbox:
        """A new box for one listener."""
        box = Mailbox()
        with self._lock:
            self._boxes.add(box)
        return box

    def put(self, word: Announcement) -> None:
        """Leave a word in every box."""
        with self._lock:
            boxes = list(self._boxes)
        for box in boxes:
            box.put(word)
