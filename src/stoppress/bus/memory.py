"""The bus inside one process: for tests, and for programs that write and read in one place."""

from collections.abc import AsyncGenerator

from stoppress.bus.base import Announcement, Bus
from stoppress.bus.mailbox import Mailboxes
from stoppress.lib.ids import BlogId, Seq


class MemoryBus:
    """Carries words between the threads of one process."""

    def __init__(self) -> None:
        self._boxes = Mailboxes()

    def announce(self, blog_id: BlogId, seq: Seq) -> None:
        self._boxes.put(Announcement(blog_id, seq))

    async def listen(self) -> AsyncGenerator[Announcement, None]:
        box = self._boxes.open()
        while True:
            await box.wait()
            for word in box.take():
                yield word


_: type[Bus] = MemoryBus
