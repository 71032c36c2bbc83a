"""What the newsroom promised: one line for each write that was acknowledged, with its time.

Written by `writer.py`, read by `checker.py`. A file, so that it can be looked at when a comparison fails.
"""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.chaos.form import sized

# An answer of 5xx so long after a fault is still its fault; on a busy machine longer.
GRACE_SECONDS = sized(15, 5)


@dataclass(frozen=True, slots=True)
class Promise:
    """One acknowledged write. `text`: the words that readers now see in the post; "" when it was taken down."""

    at: float
    key: str
    deed: str  # publish, amend, withdraw, mark
    post: str
    seq: int
    text: str


class Ledger:
    """Promises in the order in which they were given, refusals of the server, and when something was broken."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._promises: list[Promise] = []
        self.refusals: list[tuple[float, int, str]] = []  # when, status, where
        self.faults: list[list[float]] = []  # from, to
        path.touch()

    def __len__(self) -> int:
        return len(self._promises)

    def __iter__(self) -> Iterator[Promise]:
        with self._lock:
            return iter(list(self._promises))

    def promise(self, key: str, deed: str, post: str, seq: int, text: str) -> None:
        """Note that a write was acknowledged."""
        line = Promise(time.time(), key, deed, post, seq, text)
        with self._lock:
            self._promises.append(line)
            with self.path.open("a") as file:
                file.write(json.dumps(asdict(line)) + "\n")

    def refuse(self, status: int, where: str) -> None:
        """Note an answer of 5xx."""
        with self._lock:
            self.refusals.append((time.time(), status, where))

    def break_(self) -> None:
        """From now on something is broken."""
        self.faults.append([time.time(), float("inf")])

    def mend(self) -> float:
        """What was broken is whole again: the processes answer. Returns the time."""
        self.faults[-1][1] = now = time.time()
        return now

    @property
    def newest(self) -> int:
        """The greatest number that was acknowledged."""
        return max((one.seq for one in self), default=0)

    def of(self, *deeds: str) -> list[Promise]:
        """The promises of these deeds."""
        return [one for one in self if one.deed in deeds]

    def standing(self) -> dict[str, str]:
        """post → the words it holds by the newest promise about them; "" for one that was taken down."""
        return {one.post: one.text for one in self.of("publish", "amend", "withdraw")}

    def unexcused(self) -> list[tuple[float, int, str]]:
        """Answers of 5xx that came while nothing was broken."""
        return [
            one
            for one in self.refusals
            if not any(start <= one[0] <= end + GRACE_SECONDS for start, end in self.faults)
        ]
