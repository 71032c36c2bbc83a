"""Feeds: a stored head, the newest stored entries, and the closing bytes. Called by `app.py`.

Sources: RFC 4287 and RFC 6721 (Atom, its tombstones), https://www.rssboard.org/rss-specification,
https://www.jsonfeed.org/version/1.1/, https://iptc.org/standards/ninjs/ (3.1). The parts are described in
`render/feeds.py` and `render/ninjs.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from stoppress.edge.headers import FEED_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.rows import FeedRows
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.lib.clock import rfc3339


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of feed is put together: its type, what stands before, between and after its entries."""

    content_type: bytes
    changed: Callable[[datetime], str]
    between: str
    end: str


_KINDS = {
    "feed.atom": _Kind(
        b"application/atom+xml; charset=utf-8",
        lambda at: f"<updated>{rfc3339(at)}</updated>\n",
        "",
        "</feed>\n",
    ),
    "feed.rss": _Kind(
        b"application/rss+xml; charset=utf-8",
        lambda at: f"<lastBuildDate>{format_datetime(at)}</lastBuildDate>\n",
        "",
        "</channel>\n</rss>\n",
    ),
    "feed.json": _Kind(b"application/feed+json; charset=utf-8", lambda _: "", ",", "]}"),
    "ninjs.json": _Kind(b"application/json; charset=utf-8", lambda _: "", ",", "]}"),
}


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of every live blog."""

    store: Store
    shelf: Shelf
    protection: Protection

    async def feed(self, slug: str, name: str) -> Kept | None:
        """One feed by its file name; None for an unknown live blog."""

        async def make() -> Content | None:
            rows = await self.store.feed(slug, name)
            if rows is None:
                return None
            kind = (b"content-type", _KINDS[name].content_type)
            headers = [kind, (b"cache-control", FEED_CACHING), *self.protection.feed]
            return Content(feed_text(rows, name).encode(), headers, rows.changed_seq)

        return await self.shelf.get(f"/live/{slug}/{name}", slug, make)


def feed_text(rows: FeedRows, name: str) -> str:
    """The whole document. Entries that are "" (withdrawn, where the format has no word for it) are left out."""
    kind = _KINDS[name]
    entries = kind.between.join(filter(None, rows.entries))
    return f"{rows.head}{kind.changed(rows.changed_at)}{entries}{kind.end}"
