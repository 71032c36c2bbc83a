"""Embeds in foreign html: a known site's become embed nodes, other players link cards, other posts quotes.

Called by `html.py`. Nothing foreign is ever loaded; what stays is where it is and who said it.
"""

import re
from dataclasses import dataclass
from typing import Final

from stoppress.document.addresses import site_of
from stoppress.document.embeds import embed
from stoppress.document.html_addresses import web_address
from stoppress.document.html_tree import Element, elements, words_of
from stoppress.document.inline import tidy, without_dash
from stoppress.document.nodes import Attributes, JsonNode
from stoppress.lib import limits

PLAYERS: Final = frozenset(
    [
        "iframe",
        "embed",
        "object",
        "video",
        "audio",
        "amp-iframe",
        "amp-video",
        "amp-audio",
        "amp-youtube",
        "amp-twitter",
        "amp-instagram",
    ]
)
_ADDRESSES: Final = ("src", "data-src", "data-lazy-src", "data-url", "data", "data-href")
# Classes of the <blockquote> (or <div>) that each site's script turns into a frame.
_POSTS: Final = frozenset(
    [
        "twitter-tweet",
        "twitter-video",
        "bluesky-embed",
        "instagram-media",
        "tiktok-embed",
        "mastodon-embed",
        "text-post-media",
        "reddit-embed-bq",
        "reddit-card",
        "fb-post",
        "fb-video",
        "imgur-embed-pub",
    ]
)
_PERMALINKS: Final = ("data-instgrm-permalink", "data-text-post-permalink", "cite", "data-href")
_ADDRESS = re.compile(r"(?<=[^\s(])(?=https?://|pic\.twitter\.com/)")  # stuck to the word before it
_SHARED = re.compile(r"A post shared by .+|View (this post )?on .+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EmbeddedPost:
    """A quoted post of a social site: who, what, and where it is."""

    lines: tuple[str, ...]
    speaker: str
    url: str


def player_card(player: Element, base: str) -> JsonNode | None:
    """The embed or link card for a frame or player, or None when it names no web address."""
    inside = [one for one in elements(player) if one.tag in {"source", "param"}]
    raw = [player.get(name) for name in _ADDRESSES] + [
        one.get("value") if one.tag == "param" else one.get("src")
        for one in inside
        if one.tag == "source" or one.get("name").lower() in {"movie", "src", "url"}
    ]
    if video := player.get("data-videoid"):
        raw.append(f"https://www.youtube.com/watch?v={video}")
    url = next((address for one in raw if one and (address := web_address(one, base))), "")
    if not url:
        return None
    title = tidy(player.get("title")) or tidy(player.get("aria-label"))
    return embed(url, title=title) or card(url, title)


def own_embed(figure: Element) -> JsonNode | None:
    """An embed as our own pages show it (render/html.py), or None when it is something else."""
    inside = list(elements(figure))
    url = next((link for one in reversed(inside) if one.tag == "a" and (link := one.get("href"))), "")
    parts = {name: one for one in inside for name in one.classes if name.startswith("embed-")}
    said = next((one for one in inside if one.tag == "blockquote"), None)
    return embed(
        url,
        title=tidy(words_of(parts["embed-title"])) if "embed-title" in parts else "",
        text=tidy(words_of(said)) if said else "",
        author=tidy(words_of(parts["embed-author"])) if "embed-author" in parts else "",
    )


def card(url: str, title: str, description: str = "") -> JsonNode:
    """A link card; the site is the address's."""
    attrs: Attributes = {
        "url": url,
        "title": title,
        "description": description,
        "site": site_of(url)[: limits.CARD_SITE_CHARS],
    }
    return {"type": "link_card", "attrs": {name: value for name, value in attrs.items() if value != ""}}


def is_embedded_post(element: Element) -> bool:
    """Whether a social site's script would replace it."""
    return bool(element.classes & _POSTS)


def embedded_post(element: Element, base: str) -> EmbeddedPost | None:
    """What an embedded post says, or None when it does not say where it is."""
    inside = list(elements(element))
    permalinks = [element.get(name) for name in _PERMALINKS]
    links = [one.get("href") for one in inside if one.tag == "a"]
    url = next((found for raw in [*permalinks, *reversed(links)] if (found := web_address(raw, base))), "")
    if not url:
        return None
    paragraphs = frozenset(one for one in inside if one.tag == "p")
    lines = _lines("\n".join(words_of(one) for one in inside if one.tag == "p") or words_of(element))
    last_link = frozenset([one for one in inside if one.tag == "a"][-1:])
    rest = tidy(words_of(element, paragraphs | last_link)) if paragraphs else ""
    shared = next((line for line in lines if _SHARED.fullmatch(line)), "")
    said = tuple(line for line in lines if line != shared)
    return EmbeddedPost(
        said, _speaker(rest, element, shared), url.partition("?")[0] if _POSTED.search(url) else url
    )


# Addresses that name the post in their path; what follows "?" only tells who embedded it.
_POSTED = re.compile(r"/(status|post|p|reel|video|statuses)/[^?]+\?")


def post_blocks(post: EmbeddedPost) -> list[JsonNode]:
    """The embed of a known site's post; else the quote (when it has words) and the link card."""
    if known := embed(post.url, text=" ".join(post.lines), author=post.speaker):
        return [known]
    blocks: list[JsonNode] = []
    if post.lines:
        paragraphs: list[JsonNode] = [
            {"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in post.lines
        ]
        quote: JsonNode = {"type": "quote", "content": paragraphs}
        if post.speaker:
            quote["attrs"] = {"speaker": post.speaker[: limits.SPEAKER_CHARS]}
        blocks.append(quote)
    site = site_of(post.url)
    title = f"Post by {post.speaker} at {site}" if post.speaker else f"Post at {site}"
    return [*blocks, card(post.url, title)]


def _lines(words: str) -> list[str]:
    return [line for one in words.split("\n") if (line := _ADDRESS.sub(" ", tidy(one)))]


def _speaker(rest: str, element: Element, shared: str) -> str:
    if rest and without_dash(rest) != rest:
        return without_dash(rest)
    if shared.startswith("A post shared by "):
        return shared.removeprefix("A post shared by ")
    named = re.match(r"https?://(?:www\.)?tiktok\.com/(@[^/?]+)", element.get("cite"))
    return named[1] if named else ""
