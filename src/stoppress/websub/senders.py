"""A bounded number of threads that go out, and what they bring back. They touch no row: `hub.py` reads what came."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from stoppress.lib import limits

What = TypeVar("What")
Came = TypeVar("Came")


@dataclass(slots=True)
class Senders(Generic[What, Came]):
    """At most `limits.WEBSUB_SENDERS` errands at once, `limits.WEBSUB_QUEUE` taken on. Made once per process.

    `go` makes one errand, in a thread, and raises nothing that is not a fault of ours.
    """

    go: Callable[[What], Came]
    _waiting: "queue.Queue[What]" = field(default_factory=queue.Queue)
    _came: "queue.SimpleQueue[tuple[What, Came]]" = field(default_factory=queue.SimpleQueue)
    _threads: int = 0

    @property
    def room(self) -> int:
        """How many more errands are taken on now."""
        return max(0, limits.WEBSUB_QUEUE - self._waiting.unfinished_tasks)

    def send(self, what: What) -> None:
        """Take an errand on."""
        self._waiting.put(what)
        if self._threads < min(limits.WEBSUB_SENDERS, self._waiting.unfinished_tasks):
            self._threads += 1
            threading.Thread(target=self._run, name="websub", daemon=True).start()

    def came(self) -> list[tuple[What, Came]]:
        """What came back since the last time."""
        found = []
        while not self._came.empty():
            found.append(self._came.get())
        return found

    def wait(self) -> None:
        """Until every errand is made: for tests, and for nobody who serves."""
        self._waiting.join()

    def _run(self) -> None:
        while True:
            what = self._waiting.get()
            try:
                self._came.put((what, self.go(what)))
            finally:
                self._waiting.task_done()
