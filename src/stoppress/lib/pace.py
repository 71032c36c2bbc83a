"""How many requests somebody may send in a minute: counted in this process, by a sliding minute.

Called by `api/door.py`, the desk, `intake` and `audience`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from stoppress.lib import limits

_MINUTE = 60


@dataclass(slots=True)
class _Count:
    """Somebody's requests in the minute that began at `minute` and in the one before."""

    minute: int = 0
    now: int = 0
    before: int = 0


class Pace:
    """A sliding minute for each name, of this process: the last minute's requests are counted by their share."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._counts: defaultdict[str, _Count] = defaultdict(_Count)
        self._lock = Lock()

    def seconds_to_wait(self, name: str, at: datetime) -> int:
        """0 and the request is counted; or how long until the next one may come."""
        minute, second = divmod(at.timestamp(), _MINUTE)
        with self._lock:
            if len(self._counts) >= limits.PACE_NAMES:
                self._forget(int(minute))
            count = self._counts[name]
            if count.minute != minute:
                count.before = count.now if count.minute == minute - 1 else 0
                count.minute, count.now = int(minute), 0
            if count.now + count.before * (1 - second / _MINUTE) < self._most:
                count.now += 1
                return 0
            return max(1, int(_MINUTE - second)) if count.now >= self._most else 1

    def _forget(self, minute: int) -> None:
        """Names that were silent for a whole minute; all of them when that makes no room (a flood of names)."""
        for name in [name for name, count in self._counts.items() if count.minute < minute - 1]:
            del self._counts[name]
        if len(self._counts) >= limits.PACE_NAMES:
            self._counts.clear()
