"""Embed nodes: made out of an address, and put back into link cards where a newsroom does not want a site's frames.

Called by `html_embeds.py`, `unfurl` and `liveblogs/projection.py`. Which addresses are whose is in
`lib/providers.py`; what a node may hold is in `check.py`.
"""

from collections.abc import Collection
from dataclasses import replace

from stoppress.document.nodes import Attributes, JsonNode, children, words
from stoppress.document.schema import Document
from stoppress.document.text import embed_label
from stoppress.lib import limits
from stoppress.lib.languages import Words
from stoppress.lib.providers import PROVIDERS, seen


def embed(url: str, *, title: str = "", text: str = "", author: str = "", height: int = 0) -> JsonNode | None:
    """The embed of a known site's address, or None. Words come in one line, and are not cut to their bounds here."""
    found = seen(url)
    if found is None:
        return None
    attrs: Attributes = {"provider": found.provider.name, "url": found.url}
    attrs |= {name: words for name, words in (("title", title), ("text", text), ("author", author)) if words}
    if limits.EMBED_HEIGHT_MIN <= height <= limits.EMBED_HEIGHT_MAX and found.height:
        attrs["height"] = height
    return {"type": "embed", "attrs": attrs}


def as_cards(document: Document, enabled: Collection[str]) -> Document:
    """The document with the embeds of every provider that is not `enabled` as link cards."""
    blocks = children(document.root)
    if all(_stays(block, enabled) for block in blocks):
        return document
    content = [block if _stays(block, enabled) else _card(block, document.say) for block in blocks]
    return replace(document, root={**document.root, "content": content})


def _stays(block: JsonNode, enabled: Collection[str]) -> bool:
    return block["type"] != "embed" or words(block, "provider") in enabled


def _card(block: JsonNode, say: Words) -> JsonNode:
    provider, author = PROVIDERS[words(block, "provider")], words(block, "author")
    named = _by(provider.kind, author, say) if author else embed_label(provider.name, say)
    attrs: Attributes = {
        "url": words(block, "url"),
        "title": words(block, "title") or named,
        "description": words(block, "text"),
        "site": provider.title,
    }
    return {"type": "link_card", "attrs": {name: value for name, value in attrs.items() if value != ""}}


def _by(kind: str, author: str, say: Words) -> str:
    said = {
        "post": say("Post by {author}"),
        "video": say("Video by {author}"),
        "sound": say("Sound by {author}"),
        "chart": say("Chart by {author}"),
    }
    return said[kind].format(author=author)
