"""What a reader's device is given once: the worker, the manifest, and what is said without a network.

Called by `app.py`. May import `shelf`, `store`, `lib`. The worker itself is `web/reader-worker`.
Sources: https://www.w3.org/TR/appmanifest/, https://www.w3.org/TR/service-workers/
"""

import asyncio
import json
from dataclasses import dataclass
from html import escape

from stoppress.edge import frame
from stoppress.edge.headers import PAGE_CACHING, WORKER_POLICY, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.rows import PublisherRow
from stoppress.edge.shelf import Shelf
from stoppress.edge.store import Store
from stoppress.lib import assets
from stoppress.lib.languages import direction, words_in

_CACHING = (b"cache-control", PAGE_CACHING)
_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)


@dataclass(frozen=True, slots=True)
class Installed:
    """The three answers, made once per change of the publisher."""

    store: Store
    shelf: Shelf
    protection: Protection

    async def worker(self) -> Kept:
        """The readers' worker, at an address without a hash: the browser asks whether there is a newer one."""
        text = await asyncio.to_thread(assets.asset_text, "reader-worker.js")
        headers = [(b"content-type", b"text/javascript; charset=utf-8"), _CACHING]
        policy = [
            (name, WORKER_POLICY if name == b"content-security-policy" else value)
            for name, value in self.protection.data
        ]
        return Kept(Content(text.encode(), [*headers, *policy]))

    async def manifest(self) -> Kept | None:
        """What the site is called and looks like among a device's applications."""

        async def make() -> Content | None:
            publisher = await self.store.publisher()
            if publisher is None:
                return None
            headers = [(b"content-type", b"application/manifest+json"), _CACHING, *self.protection.data]
            return Content(json.dumps(manifest(publisher), ensure_ascii=False).encode(), headers)

        return await self.shelf.get("/manifest.webmanifest", "", make)

    async def offline(self) -> Kept | None:
        """The page that a device shows instead of one that it neither reaches nor keeps."""

        async def make() -> Content | None:
            publisher = await self.store.publisher()
            if publisher is None:
                return None
            headers = [(b"content-type", b"text/html; charset=utf-8"), _CACHING, *self.protection.page]
            return Content(offline_page(publisher), headers)

        return await self.shelf.get("/offline", "", make)


def manifest(publisher: PublisherRow) -> dict[str, object]:
    """The web app manifest."""
    return {
        "id": "/",
        "name": publisher.name,
        "short_name": publisher.name,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": publisher.language,
        "dir": direction(publisher.language),
        "theme_color": publisher.theme.masthead or publisher.theme.paper,
        "background_color": publisher.theme.paper,  # what a window shows before the page is there
        "icons": [
            {"src": f"/static/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
    }


def offline_page(publisher: PublisherRow) -> bytes:
    """Says what is lacking; the script lists the pages that the device keeps."""
    say = words_in(publisher.language)
    # It stands at the address of the page that was wanted, so the empty address is that page.
    ways = f'<p><a href="">{escape(say("Try again"))}</a></p><p><a href="/">{escape(say("See all live blogs"))}</a></p>'
    kept = (
        '<section id="kept-pages" class="cards" aria-labelledby="kept-heading" hidden>'
        f'<h2 id="kept-heading">{escape(say("Kept on this device"))}</h2><ul></ul></section>'
    )
    return frame.plain_page(
        frame.PlainPage(
            language=publisher.language,
            title=say("No connection"),
            masthead=f'<header class="masthead"><p><a href="/">{escape(publisher.name)}</a></p></header>',
            content=f"<h1>{escape(say('No connection'))}</h1>"
            f"<p>{escape(say('This page cannot be reached now, and no copy of it is kept on this device.'))}</p>"
            f"{ways}{kept}",
        ),
        frame.Assets(*map(assets.asset, ("reader.css", "reader.js", "reader-later.js"))),
    )
