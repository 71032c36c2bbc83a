"""The bus that is the SQLite file itself: a listener asks again and again whether anyone has committed.

`PRAGMA data_version` costs about 5 µs and changes when another connection commits
(https://www.sqlite.org/pragma.html#pragma_data_version). It does not say what was written, so the word is
`SOMETHING`. Within one process, as in `stoppress serve`, the writer also tells at once which live blog
it was. Such a process asks less often: whoever else writes is a command of a moment.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

from stoppress.bus.base import SOMETHING, Announcement, Bus
from stoppress.bus.mailbox import Mailboxes
from stoppress.lib import limits
from stoppress.lib.ids import BlogId, Seq

logger = logging.getLogger(__name__)


class _Ear:
    """Hears commits by other connections. A file that cannot be read now is tried again next time."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro"
        self._connection: sqlite3.Connection | None = None
        self._version = -1

    def heard(self) -> bool:
        """Whether anything was committed since the last question (the first one only takes the measure)."""
        try:
            if self._connection is None:
                self._connection = sqlite3.connect(self._address, uri=True, isolation_level=None)
            version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error as fault:
            if self._connection is not None:
                logger.warning("The database cannot be asked for its version: %s; asking again.", fault)
            self.close()
            return False
        changed = version != self._version
        self._version = version
        return changed

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
        self._version = -1


class SqliteBus:
    """Carries words through the database file at `path`, and directly inside this process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._boxes = Mailboxes()
        self._pause = limits.BUS_POLL_SECONDS

    def announce(self, blog_id: BlogId, seq: Seq) -> None:
        self._pause = limits.BUS_POLL_WRITER_SECONDS
        self._boxes.put(Announcement(blog_id, seq))

    async def listen(self) -> AsyncGenerator[Announcement, None]:
        box = self._boxes.open()
        ear = _Ear(self._path)
        loop = asyncio.get_running_loop()
        timer: asyncio.TimerHandle | None = None

        def ask() -> None:  # a timer, not a task: fifty times a second it is to cost next to nothing
            nonlocal timer
            timer = loop.call_later(self._pause, ask)
            if ear.heard():
                box.put(SOMETHING)

        ask()
        try:
            while True:
                await box.wait()
                for word in box.take():
                    yield word
        finally:
            if timer is not None:
                timer.cancel()
            ear.close()


_: type[Bus] = SqliteBus
