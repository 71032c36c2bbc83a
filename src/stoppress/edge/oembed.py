"""oEmbed: what another site's editor needs to show a live blog or a post by its address alone. Called by `app.py`.

Source: https://oembed.com, version 1.0. What is told stands ready in the read model; here it gets its size and frame.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from stoppress.edge.asgi import Headers, Request
from stoppress.edge.headers import FEED_CACHING, Protection
from stoppress.edge.kept import Content, Kept
from stoppress.edge.problems import Problem
from stoppress.edge.store import Store
from stoppress.lib import limits
from stoppress.lib.ids import POST_ID, PostId

_PATH = re.compile(
    rf"/(?:live|embed)/(?P<slug>[A-Za-z0-9_-]{{1,{limits.SLUG_CHARS}}})(?:/posts/(?P<post>{POST_ID.pattern}))?/?"
)
_PIXELS = re.compile(r"[1-9][0-9]{0,5}")
_TYPES = {"json": b"application/json; charset=utf-8", "xml": b"text/xml; charset=utf-8"}
# Scripts of its own, its own origin (another than the page's), and links that open beside it: nothing else.
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True)
class OEmbed:
    """The provider. `public_url` has no trailing slash."""

    store: Store
    protection: Protection
    public_url: str

    async def answer(self, request: Request) -> Kept:
        """Raises: Problem (400 without an address or with sizes that are none, 404, 501), StoreUnavailable."""
        form = request.query("format") or "json"
        if form not in _TYPES:
            raise Problem(
                501, "No such format", f"oEmbed is told as json or xml, not as {form[:20]!r}.", "Ask for json"
            )
        slug, post_id = self._target(request.query("url"))
        width, height = _pixels(request, "maxwidth"), _pixels(request, "maxheight")
        stored = await self.store.oembed(slug, post_id)
        if not stored:
            raise _nothing()
        told: dict[str, object] = json.loads(stored)
        size = (
            min(width or limits.OEMBED_WIDTH, limits.OEMBED_WIDTH),
            min(height or limits.OEMBED_HEIGHT, limits.OEMBED_HEIGHT),
        )
        fields = {"version": "1.0", "type": "rich", **told, "cache_age": limits.OEMBED_SECONDS}
        fields |= {
            "width": size[0],
            "height": size[1],
            "html": self._frame(slug, post_id, str(told["title"]), size),
        }
        headers: Headers = [
            (b"content-type", _TYPES[form]),
            (b"cache-control", FEED_CACHING),
            *self.protection.feed,
        ]
        return Kept(Content(_written(fields, form), headers))

    def _target(self, url: str | None) -> tuple[str, PostId | None]:
        """Which live blog or post an address of ours names, wherever in the page it leads."""
        if not url:
            raise Problem(
                400, "No address", "`url` must hold the address of a live blog or a post.", "Say which one"
            )
        try:
            parts = urlsplit(url)
        except ValueError:
            raise _nothing() from None
        ours = urlsplit(self.public_url)
        found = _PATH.fullmatch(parts.path)
        if (
            parts.scheme not in ("http", "https")
            or parts.netloc.lower() != ours.netloc.lower()
            or found is None
        ):
            raise _nothing()
        return found["slug"], PostId(found["post"]) if found["post"] else None

    def _frame(self, slug: str, post_id: PostId | None, title: str, size: tuple[int, int]) -> str:
        address = f"{self.public_url}/embed/{slug}" + (f"?post={post_id}" if post_id else "")
        return (
            f'<iframe src="{escape(address)}" width="{size[0]}" height="{size[1]}" title="{escape(title)}"'
            f' sandbox="{SANDBOX}" loading="lazy" frameborder="0"></iframe>'
        )


def _nothing() -> Problem:
    """Unknown, in draft, withdrawn, another site's: nothing tells them apart."""
    return Problem(
        404, "Nothing to embed", "This address names nothing that may be embedded.", "See all live blogs"
    )


def _pixels(request: Request, name: str) -> int | None:
    told = request.query(name)
    if told is None or told == "":
        return None
    if not _PIXELS.fullmatch(told):
        raise Problem(
            400, "No such size", f"{name} must be a number of pixels, and {told[:20]!r} came.", "Leave it out"
        )
    return int(told)


def _written(fields: dict[str, object], form: str) -> bytes:
    if form == "json":
        return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace")
    # What XML cannot carry is left out: a control character says nothing to a reader.
    lines = "".join(
        f"<{name}>{escape(_carried(str(value)), quote=False)}</{name}>" for name, value in fields.items()
    )
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{lines}</oembed>'.encode()


def _carried(text: str) -> str:
    return re.sub(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
