"""Feeds, joined: a stored head, stored entries, where the document stands among others, the closing bytes.

Called by the edge, by `liveblogs` (what hubs send, exports), so that all of them make the same bytes. Imports nothing
else of the project. What heads and entries hold is described in `render/feeds.py` and `render/ninjs.py`.

    document("feed.atom", Parts(head, entries, changed_at), Place(address, hub))

`feed.atom` holds the newest entries; what left it stands in archive documents that stay as they are, one for each older
page of the live blog, chained by links. `feed.json` leads to the same older pages by `next_url`.
Sources: RFC 4287, RFC 5005 section 4 (archives), RFC 6721, https://www.rssboard.org/rss-specification,
https://www.jsonfeed.org/version/1.1/, https://www.w3.org/TR/websub/ section 4 (hub, self).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final

from stoppress.lib.clock import rfc3339

TYPES: Final = {
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.rss": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "ninjs.json": "application/json; charset=utf-8",
}
# Those of which there are older pages.
PAGED: Final = frozenset({"feed.atom", "feed.json"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What is stored of one document. Entries that are "" (withdrawn, where the format has no word) are left out."""

    head: str
    entries: Iterable[str]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A document's own address and its neighbours'; "" for those that there are not.

    `hub`: who tells of changes. `current`: of an older page, the document with the newest entries.
    """

    address: str
    hub: str = ""
    older: str = ""
    newer: str = ""
    current: str = ""


def place_of(blog_url: str, name: str, leaves: int, leaf: int = 0, hub: str = "") -> Place:
    """Where the document of `leaf` stands (0: the newest entries) in a live blog with that many sealed `leaves`."""
    feed = f"{blog_url}/{name}"
    if not leaf:
        return Place(feed, hub, older=_page(feed, leaves) if name in PAGED else "")
    newer = _page(feed, leaf + 1) if leaf < leaves else ""
    return Place(_page(feed, leaf), "", _page(feed, leaf - 1), newer, feed)


def _page(feed: str, leaf: int) -> str:
    return f"{feed}?page={leaf}" if leaf else ""


def document(name: str, parts: Parts, place: Place) -> str:
    """The whole document."""
    entries = [entry for entry in parts.entries if entry]
    if name == "feed.atom":
        head = f"{parts.head}{_atom_links(place)}<updated>{rfc3339(parts.changed_at)}</updated>\n"
        return f"{head}{''.join(entries)}</feed>\n"
    if name == "feed.rss":
        built = f"<lastBuildDate>{format_datetime(parts.changed_at)}</lastBuildDate>\n"
        return f"{parts.head}{_rss_links(place)}{built}{''.join(entries)}</channel>\n</rss>\n"
    if name == "feed.json":
        return f"{parts.head}{','.join(entries)}]{_json_links(place)}}}"
    return f"{parts.head}{','.join(entries)}]}}"


def link_header(place: Place) -> str:
    """The same for whoever reads no document: `Link` (RFC 8288). "" where there is no hub."""
    return f'<{place.hub}>; rel="hub", <{place.address}>; rel="self"' if place.hub else ""


def _atom_links(place: Place) -> str:
    links = {
        "self": place.address,
        "hub": place.hub,
        "current": place.current,
        "prev-archive": place.older,
        "next-archive": place.newer,
    }
    archive = "<fh:archive/>\n" if place.current else ""
    return archive + "".join(
        f'<link rel="{rel}" href="{escape(address)}"/>\n' for rel, address in links.items() if address
    )


def _rss_links(place: Place) -> str:
    own = f'<atom:link rel="self" type="application/rss+xml" href="{escape(place.address)}"/>\n'
    return own + (f'<atom:link rel="hub" href="{escape(place.hub)}"/>\n' if place.hub else "")


def _json_links(place: Place) -> str:
    fields: dict[str, object] = {}
    if place.older:
        fields["next_url"] = place.older
    if place.hub:
        fields["hubs"] = [{"type": "WebSub", "url": place.hub}]
    return "".join(f",{json.dumps(name)}:{json.dumps(value)}" for name, value in fields.items())
