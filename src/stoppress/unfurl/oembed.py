"""What a site says of one of its posts by oEmbed: its words, never its markup. Pure.

Called by `look_up.py`. Imports `document` and `lib`. Source: https://oembed.com section 2.3.4.
"""

import json
from dataclasses import dataclass

from stoppress.document.html import from_html
from stoppress.document.nodes import JsonNode, children, words
from stoppress.lib import limits
from stoppress.unfurl.wording import worded


@dataclass(frozen=True, slots=True)
class Told:
    """Title, text, author and site, each "" when not told. `url`: the post's address by its lasting name, or ""."""

    title: str = ""
    text: str = ""
    author: str = ""
    site: str = ""
    url: str = ""
    height: int = 0


def read_oembed(body: bytes) -> Told:
    """The facts in an answer. Of its `html` only the words of a quoted post are read. Never raises."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return Told()
    if not isinstance(data, dict):
        return Told()
    post = _quoted(data.get("html"))
    title = worded(data.get("title"), limits.EMBED_TITLE_CHARS)
    text = worded(words(post, "text") if post else "", limits.EMBED_TEXT_CHARS)
    height = data.get("height")
    return Told(
        title=title,
        text="" if text == title else text,
        author=worded(
            (words(post, "author") if post else "") or data.get("author_name"), limits.EMBED_AUTHOR_CHARS
        ),
        site=worded(data.get("provider_name"), limits.CARD_SITE_CHARS),
        url=words(post, "url") if post else "",
        height=height if isinstance(height, int) else 0,
    )


def _quoted(html: object) -> JsonNode | None:
    """The post of a known site that the markup quotes."""
    if not isinstance(html, str) or "<blockquote" not in html:
        return None
    document, _ = from_html(html)
    return next((block for block in children(document.root) if block["type"] == "embed"), None)
