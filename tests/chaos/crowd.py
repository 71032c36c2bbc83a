"""Many readers in an event loop of their own, beside the test: `with Crowd(url, slug, 500) as crowd`.

They load the page a part at a time, as a crowd does that grows. Everything a test asks or tells goes through
`call`, which runs it inside the loop.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Self, TypeVar

from tests.chaos.form import PATIENCE_SECONDS, chance
from tests.chaos.reader import Reader
from tests.property.fold import Shown

T = TypeVar("T")

AT_ONCE = 50  # readers that come in the same moment
LOOK_SECONDS = 0.02


class Loop:
    """An event loop in a thread. Use as a context manager; whatever runs in it is cancelled at the end."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self._cancelled())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE_SECONDS)
        self.loop.close()

    async def _cancelled(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # connections that were hung up on are told so

    def run(self, work: Coroutine[object, object, T]) -> T:
        """What `work` gives, run in the loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10 * PATIENCE_SECONDS)

    def call(self, ask: Callable[[], T]) -> T:
        """What `ask` gives, called in the loop."""

        async def asked() -> T:
            return ask()

        return self.run(asked())


class Crowd(Loop):
    """`count` readers of one live blog. `haste`: they wait that many times shorter than they are told."""

    def __init__(
        self,
        url: str,
        slug: str,
        count: int,
        *,
        haste: float = 1.0,
        watch: Callable[[Shown], None] | None = None,
    ) -> None:
        super().__init__()
        self._told = (url, slug, haste, watch)
        self.count = count
        self.readers: list[Reader] = []

    def __enter__(self) -> Self:
        super().__enter__()
        self.run(self._come())
        self.wait(
            lambda: all(reader.page is not None for reader in self.readers), "every reader has the page"
        )
        return self

    async def _come(self) -> None:
        url, slug, haste, watch = self._told
        self._tasks = []
        for number in range(self.count):
            reader = Reader(url, slug, chance(f"reader {number}"), haste, watch)
            self.readers.append(reader)
            self._tasks.append(asyncio.create_task(reader.read(), name=f"reader {number}"))
            if number % AT_ONCE == 0:
                await asyncio.sleep(LOOK_SECONDS)  # a crowd grows; it is not there at once

    # --- what they show -----------------------------------------------------------------------------------

    def pages(self) -> list[Shown | None]:
        """What each of them shows now."""
        return self.call(lambda: [reader.page for reader in self.readers])

    def faults(self) -> list[str]:
        """What came that should never come, and readers that died."""
        dead = [
            f"a reader died of {task.exception()!r}"
            for task in self._tasks
            if task.done() and not task.cancelled()
        ]
        return dead + [fault for reader in self.readers for fault in reader.faults]

    def cut(self) -> None:
        """All of them lose their connections in one instant."""

        def cut() -> None:
            for reader in self.readers:
                reader.cut()

        self.call(cut)

    def sleep(self) -> None:
        """All of them stop reading; their streams end."""

        def sleep() -> None:
            for reader in self.readers:
                reader.sleep()

        self.call(sleep)

    def wake(self) -> None:
        """All of them go on at once: the network is there again, or their owners look at the page again."""

        def wake() -> None:
            for reader in self.readers:
                reader.wake()

        self.call(wake)

    def until(self, seq: int, *, patience: float = PATIENCE_SECONDS) -> float:
        """Wait until all of them are at `seq` or later; returns the seconds it took."""
        return self.wait(
            lambda: all(reader.seq >= seq for reader in self.readers), f"all are at {seq}", patience
        )

    def until_open(self, count: int | None = None) -> float:
        """Wait until so many (or all) of them have a stream; returns the seconds it took."""
        wanted = self.count if count is None else count
        return self.wait(
            lambda: sum(one.is_open for one in self.readers) >= wanted, f"{wanted} have a stream"
        )

    def wait(self, is_so: Callable[[], bool], what: str, patience: float = PATIENCE_SECONDS) -> float:
        """Wait until `is_so`, asked in the loop; returns the seconds it took."""
        began = time.monotonic()
        while not self.call(is_so):
            if time.monotonic() - began > patience:
                raise AssertionError(f"Waited {patience} s in vain until {what}. {self.stands()}")
            time.sleep(LOOK_SECONDS)  # readers of real sockets: there is nothing to wait on but their state
        return time.monotonic() - began

    def stands(self) -> str:
        """Where they are, for a failure's message."""
        seqs = self.call(lambda: sorted(reader.seq for reader in self.readers))
        is_open = sum(reader.is_open for reader in self.readers)
        return f"{is_open} of {self.count} streams are open; numbers {seqs[0]} to {seqs[-1]}; {self.faults()[:3]}"

    def sum(self, name: str) -> int:
        """Of one figure of theirs: "breaks", "refusals", "polls", "loads", "told_to_reload"."""
        return self.call(lambda: sum(int(getattr(reader, name)) for reader in self.readers))
