"""Drawn cards of this process, the least used forgotten. Called by `views.py`, from several threads."""

from collections import OrderedDict
from collections.abc import Callable
from threading import BoundedSemaphore, Lock

from stoppress.lib import limits


class DrawingBusy(Exception):
    """As many cards are being drawn, and wait to be, as may."""


class KeptCards:
    """At most limits.CARDS_KEPT of them, and limits.CARDS_BYTES together."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._drawing = Lock()
        self._places = BoundedSemaphore(limits.CARDS_AT_ONCE + 1)  # one is drawn, one may wait

    def file(self, key: str, draw: Callable[[], bytes]) -> bytes:
        """The card called `key`, drawn when it is not here. Raises: DrawingBusy."""
        found = self._found(key)
        if found is not None:
            return found
        if not self._places.acquire(blocking=False):
            raise DrawingBusy
        try:
            with self._drawing:
                found = self._found(key)
                return found if found is not None else self._put(key, draw())
        finally:
            self._places.release()

    def _found(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)

    def _put(self, key: str, file: bytes) -> bytes:
        with self._lock:
            self._files[key] = file
            while (
                len(self._files) > limits.CARDS_KEPT
                or sum(map(len, self._files.values())) > limits.CARDS_BYTES
            ):
                self._files.popitem(last=False)
        return file
