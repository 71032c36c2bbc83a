"""Feeds: stored heads and entries, joined by `lib/feed_documents.py`. Called by `app.py`."""

from dataclasses import dataclass

from stoppress.edge.headers import FEED_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.rows import FeedRows
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.lib.feed_documents import PAGED, TYPES, Parts, Place, document, link_header, place_of


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of every live blog. `hub`: the address of who tells of changes (WebSub)."""

    store: Store
    shelf: Shelf
    protection: Protection
    public_url: str
    hub: str

    async def feed(self, slug: str, name: str, leaf: int = 0) -> Kept | None:
        """One document of a feed by its file name; None for an unknown live blog or page."""
        if leaf and name not in PAGED:
            return None

        async def make() -> Content | None:
            rows = await self.store.feed(slug, name, leaf)
            if rows is None:
                return None
            place = place_of(f"{self.public_url}/live/{slug}", name, rows.leaves, leaf, self.hub)
            link = link_header(place)
            headers = [
                (b"content-type", TYPES[name].encode()),
                (b"cache-control", FEED_CACHING),
                *([(b"link", link.encode())] if link else []),
                *self.protection.feed,
            ]
            # An older page stays as it is while the live blog goes on: its tag must not move with the number.
            seq = None if leaf else rows.changed_seq
            return Content(feed_text(rows, name, place).encode(), headers, seq, modified=rows.changed_at)

        return await self.shelf.get(f"/live/{slug}/{name}{f'?page={leaf}' if leaf else ''}", slug, make)


def feed_text(rows: FeedRows, name: str, place: Place) -> str:
    """The whole document."""
    return document(name, Parts(rows.head, rows.entries, rows.changed_at), place)
