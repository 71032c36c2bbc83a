"""The product's edge with a feed instead of a database: what is measured is the hub and its readers alone.

Run by `bench/crowd.py` as `python -m bench.edge PORT`. `POST /api/feed` takes the HTML of a post, as a publish channel
of Nchan takes its message; from there on everything is the product's: bus, hub, changes, frames, sockets. Only the
store is ours: it answers from memory what a database would.
"""

import sys
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from stoppress.bus.memory import MemoryBus
from stoppress.edge.app import Edge
from stoppress.edge.asgi import Message, Receive, Scope, Send
from stoppress.edge.rows import BlogNumber, ChangedRows, PlacedRow, TouchedRow
from stoppress.edge.server import server_for
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.events import sse
from stoppress.events.changes import PostChange
from stoppress.lib import clock, limits
from stoppress.lib.ids import BlogId, PostId, Seq

BLOG = BlogId(1)
SLUG = "feed"
PATH = f"/live/{SLUG}/events"


class FeedStore(SqliteStore):
    """One live blog, in memory. Questions of pages go to a database that is not there: nobody asks them."""

    def __init__(self) -> None:
        super().__init__(Path("/nonexistent"))
        self._posts: deque[TouchedRow] = deque(maxlen=limits.CHANGES_AT_ONCE)  # newest first
        self._seq = Seq(1)
        self._at = clock.now()

    def put(self, html: str) -> Seq:
        """Publish `html` as a post."""
        self._seq, self._at = Seq(self._seq + 1), clock.now()
        self._posts.appendleft(_row(self._seq, html, self._at))
        return self._seq

    def generation(self) -> int:
        return self._seq

    def _now(self) -> BlogNumber:
        return BlogNumber(BLOG, "live", self._seq, self._at, "bench")

    async def number(self, slug: str) -> BlogNumber | None:
        return self._now() if slug == SLUG else None

    async def numbers(self, blogs: Sequence[BlogId]) -> dict[BlogId, BlogNumber]:
        return {BLOG: self._now()} if BLOG in blogs else {}

    async def changed(self, blog_id: BlogId, after: Seq) -> ChangedRows | None:
        if blog_id != BLOG:
            return None
        touched = tuple(row for row in self._posts if row.changed_seq > after)
        places = [PlacedRow(row.post_id, row.changed_seq, row.changed_seq) for row in self._posts]
        order = tuple(places[: len(touched) + 1])
        return ChangedRows(self._now(), self._seq, Seq(1), Seq(0), after, touched, (), order)


def _row(seq: Seq, html: str, at: datetime) -> TouchedRow:
    return TouchedRow(
        post_id=PostId(f"{seq:022d}"),
        leaf=0,
        withdrawn=False,
        key_event=False,
        summary=False,
        first_published_at=at,
        last_changed_at=at,
        changed_seq=seq,
        html=html,
    )


def frame_overhead() -> int:
    """Bytes of a post's `data:` line beside its HTML, so that an event can be made as long as a peer's."""
    row = _row(Seq(100), "", clock.now())
    times = (row.first_published_at, row.last_changed_at)
    frame = sse.frame(
        PostChange(row.changed_seq, row.post_id, "", None, 0, row.key_event, row.summary, *times)
    )
    return len(frame.partition(b"data: ")[2].rstrip())


class Feed:
    """The one address that publishes."""

    def __init__(self, store: FeedStore, bus: MemoryBus) -> None:
        self._store = store
        self._bus = bus

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the body; it is on its way to every reader when the answer leaves, as with the peers."""
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message: Message = await receive()
            part = message.get("body", b"")
            body += part if isinstance(part, bytes) else b""
            if not message.get("more_body"):
                break
        self._bus.announce(BLOG, self._store.put(body.decode()))
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def main() -> None:
    """See the head of this file."""
    store, bus = FeedStore(), MemoryBus()
    edge = Edge(
        store=store,
        bus=bus,
        media_root=Path("/nonexistent"),
        public_url="http://127.0.0.1",
        desk=Feed(store, bus),
    )
    server_for(edge, port=int(sys.argv[1])).run()


if __name__ == "__main__":
    main()
