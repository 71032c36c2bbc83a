"""An address → the block that a post may show for it. The only part of this room that goes out.

Called by `desk/views/unfurl.py`. Everything is fetched through `lib/http_out.py`; what came is judged again by
`parse_document` before it leaves this room.
"""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlsplit

from stoppress.document.addresses import site_of
from stoppress.document.embeds import embed
from stoppress.document.nodes import Attributes, JsonNode
from stoppress.document.parse import parse_document
from stoppress.lib import limits
from stoppress.lib.http_out import HTML, JSON, OUTSIDE, NotFetched, Outside, Wanted
from stoppress.lib.providers import Seen, seen
from stoppress.unfurl.oembed import Told, read_oembed
from stoppress.unfurl.page import PageFacts, read_page

_PAGE: Final = Wanted(types=HTML, most_bytes=limits.UNFURL_PAGE_BYTES, cut=True)
_OEMBED: Final = Wanted(types=JSON, most_bytes=limits.UNFURL_OEMBED_BYTES)


@dataclass(frozen=True, slots=True)
class Found:
    """A link card or an embed. `note`: why it holds no more than the address, or ""."""

    block: JsonNode
    note: str = ""


def look_up(url: str, outside: Outside = OUTSIDE) -> Found:
    """What stands at `url`, a checked web address. Blocks for at most two fetches; never raises.

    A known site's post becomes an embed, also where `url` only leads to it; everything else a link card.
    """
    known = seen(url)
    if known is not None:
        return _embedded(known, outside)
    try:
        answer = outside.get(url, _PAGE)
    except NotFetched as fault:
        return Found(_card(url, PageFacts()), str(fault))
    led_to = seen(answer.url)
    if led_to is not None:
        return _embedded(led_to, outside)
    facts = read_page(answer.body, answer.charset, answer.url)
    if not facts.title and facts.oembed:
        facts = _told_instead(facts, outside)
    return Found(
        _card(url, facts), "" if facts.title else f"{site_of(url)} does not say what the page is called."
    )


def _told_instead(facts: PageFacts, outside: Outside) -> PageFacts:
    told, _ = _told(facts.oembed, outside)
    return replace(facts, title=told.title, site=facts.site or told.site)


def _told(endpoint: str, outside: Outside) -> tuple[Told, str]:
    try:
        return read_oembed(outside.get(endpoint, _OEMBED).body), ""
    except NotFetched as fault:
        return Told(), str(fault)


def _embedded(known: Seen, outside: Outside) -> Found:
    if known.provider.oembed:
        host = urlsplit(known.url).hostname or ""
        endpoint = known.provider.oembed.replace("{host}", host) + quote(known.url, safe="")
        told, note = _told(endpoint, outside)
    else:
        told, note = _told_by_page(known, outside)
    # The same post by another name may come back (a handle that became an id); another site's never.
    other = seen(told.url)
    url = other.url if other is not None and other.provider is known.provider else known.url
    block = embed(url, title=told.title, text=told.text, author=told.author, height=told.height)
    if block is None:
        raise ValueError(f"An address of {known.provider.title} that is none: {url!r}")
    return Found(_judged(block), note)


def _told_by_page(known: Seen, outside: Outside) -> tuple[Told, str]:
    try:
        answer = outside.get(known.url, _PAGE)
    except NotFetched as fault:
        return Told(), str(fault)
    facts = read_page(answer.body, answer.charset, answer.url)
    text = "" if facts.description == facts.title else facts.description
    return Told(title=facts.title, text=text), ""


def _card(url: str, facts: PageFacts) -> JsonNode:
    said = {"title": facts.title, "description": facts.description, "site": facts.site or site_of(url)}
    attrs: Attributes = {"url": url, **{name: words for name, words in said.items() if words}}
    attrs["site"] = str(attrs["site"])[: limits.CARD_SITE_CHARS]
    return _judged({"type": "link_card", "attrs": attrs})


def _judged(block: JsonNode) -> JsonNode:
    return parse_document({"type": "doc", "content": [block]}).root["content"][0]
