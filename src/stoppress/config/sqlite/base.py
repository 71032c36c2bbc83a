"""Django's way to SQLite, with a queue before the file's one write lock.

Who finds SQLite's lock taken sleeps and looks again, each time longer, up to a tenth of a second: of several writers
the one who comes last may wait while others pass. Threads of one process wait here instead, first come, first served,
and the next is woken when a transaction ends. Other processes are waited for as before.
Django finds the class by its name: https://docs.djangoproject.com/en/5.2/ref/databases/#subclassing-the-built-in-database-backends
"""

from collections import defaultdict, deque
from threading import Lock
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError


class Queue:
    """A lock that is given to whoever has waited longest."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            called = Lock()
            called.acquire()
            self._waiting.append(called)
        if called.acquire(timeout=seconds):
            return True
        with self._guard:
            if called in self._waiting:
                self._waiting.remove(called)
                return False
            return True  # it came just now

    def give(self) -> None:
        """End one's turn: the next one's begins."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_queues: defaultdict[str, Queue] = defaultdict(Queue)  # by file


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions wait in the queue of its file."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._give_turn()
            raise

    def _take_turn(self) -> None:
        options: dict[str, Any] = self.settings_dict["OPTIONS"]
        if not self._queue.take(options.get("timeout", 5)):
            raise OperationalError("database is locked")
        self._has_turn = True

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._queue.give()

    @property
    def _queue(self) -> Queue:
        return _queues[str(self.settings_dict["NAME"])]

    # The stubs leave Django's own inner methods out.

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # as above; where it fails, a rollback follows
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # as above
        finally:
            self._give_turn()

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 (Django's signature)
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # as above
        if autocommit:  # however the transaction ended
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # as above
        finally:
            self._give_turn()
