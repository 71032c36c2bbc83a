"""What a bus is: two methods. Words may be lost, doubled or late; whoever listens must converge all the same.

`announce` is called by `liveblogs/announce.py`; `listen` by `edge/hub.py`. May import `lib`.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from stoppress.lib.ids import BlogId, Seq


@dataclass(frozen=True, slots=True)
class Announcement:
    """`blog_id` is at `seq` or beyond. Without a `blog_id`: something changed, ask about all you watch."""

    blog_id: BlogId | None
    seq: Seq


SOMETHING = Announcement(None, Seq(0))


class Bus(Protocol):
    """Wakes edges. Source: docs/decisions/0005-wake-up-bus.md."""

    def announce(self, blog_id: BlogId, seq: Seq) -> None:
        """Tell every listener. After commit, from any thread; never raises: the write is done."""

    def listen(self) -> AsyncGenerator[Announcement, None]:
        """Words as they come, without end. Outlives outages: after one it says `SOMETHING`."""
