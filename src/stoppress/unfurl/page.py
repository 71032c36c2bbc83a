"""What a page says of itself: Open Graph, Twitter cards, JSON-LD, its own title and description. Pure.

Called by `look_up.py`. Imports `document` (the html tree) and `lib`. Sources: https://ogp.me,
https://schema.org/Article, https://oembed.com section 4; https://encoding.spec.whatwg.org for charsets.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stoppress.document.html_addresses import web_address
from stoppress.document.html_tree import Element, elements, tree_of
from stoppress.lib import limits
from stoppress.unfurl.wording import worded


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Title, description and site in the page's words, each "" when it does not say; where its oEmbed is, or ""."""

    title: str = ""
    description: str = ""
    site: str = ""
    oembed: str = ""


def read_page(body: bytes, charset: str, url: str) -> PageFacts:
    """The facts of a page of html, or of its beginning. `charset`: as the server declared it. Never raises."""
    found = list(elements(tree_of(text_of(body, charset))))
    said = _metas(found)
    linked = next((data for one in found if (data := _linked_data(one))), {})
    publisher = linked.get("publisher")
    site = publisher.get("name") if isinstance(publisher, dict) else ""
    return PageFacts(
        title=_first(
            limits.CARD_TITLE_CHARS,
            *(said.get("og:title"), said.get("twitter:title"), linked.get("headline"), linked.get("name")),
            _own_title(found),
        ),
        description=_first(
            limits.CARD_DESCRIPTION_CHARS,
            *(said.get("og:description"), said.get("twitter:description"), said.get("description")),
            linked.get("description"),
        ),
        site=_first(limits.CARD_SITE_CHARS, said.get("og:site_name"), site, said.get("application-name")),
        oembed=next((address for one in found if (address := _oembed(one, url))), ""),
    )


def _first(most: int, *candidates: object) -> str:
    return next((words for candidate in candidates if (words := worded(candidate, most))), "")


def _metas(found: list[Element]) -> Mapping[str, str]:
    """The first content of each named <meta>."""
    said: dict[str, str] = {}
    for one in found:
        name = (one.get("property") or one.get("name")).lower()
        if one.tag == "meta" and name and one.get("content"):
            said.setdefault(name, one.get("content"))
    return said


def _own_title(found: list[Element]) -> str:
    title = next((one for one in found if one.tag == "title"), None)
    return "".join(part for part in title.content if isinstance(part, str)) if title else ""


def _oembed(one: Element, url: str) -> str:
    is_link = one.tag == "link" and "alternate" in one.get("rel").lower().split()
    is_oembed = is_link and one.get("type").lower() in ("application/json+oembed", "text/json+oembed")
    return web_address(one.get("href"), url) if is_oembed else ""


# --- JSON-LD ------------------------------------------------------------------------------------------

_TYPES: Final = re.compile(r"(\w*Article|\w*Posting|VideoObject|PodcastEpisode|Report|WebPage)")


def _linked_data(one: Element) -> Mapping[str, object]:
    """The first thing in a script of structured data that is what the page is about, or {}."""
    if one.tag != "script" or "ld+json" not in one.get("type").lower():
        return {}
    text = "".join(part for part in one.content if isinstance(part, str))
    if len(text) > limits.UNFURL_JSON_LD_CHARS:
        return {}
    try:
        return next(_things(json.loads(text)), {})
    except (ValueError, RecursionError):
        return {}


def _things(value: object) -> Iterator[Mapping[str, object]]:
    for thing in value if isinstance(value, list) else [value]:
        if not isinstance(thing, dict):
            continue
        kinds = thing.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _TYPES.fullmatch(kind):
                yield thing
        if isinstance(thing.get("@graph"), list):
            yield from _things(thing["@graph"])


# --- characters ---------------------------------------------------------------------------------------

# Those of the encoding standard. Python knows more (escapes, idna, archives), which no page is written in.
_CHARSETS: Final = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|iso-?8859-?\d{1,2}|windows-?(125\d|874)|cp125\d|koi8-[ru]|macintosh"
    r"|shift[_-]?jis|euc-?(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5(-hkscs)?"
)
_LATIN: Final = re.compile(r"us-ascii|iso-?8859-?1")  # read as its larger neighbour, by the standard
_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DECLARED_WITHIN: Final = 1024  # bytes; by the standard
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(body: bytes, charset: str) -> str:
    """The characters of a page: by its byte order mark, its header, its <meta>, else UTF-8. Never raises."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _DECLARED.search(body[:_DECLARED_WITHIN])
    for name in (charset, declared[1].decode("ascii", "replace") if declared else ""):
        lowered = name.strip().lower()
        if _CHARSETS.fullmatch(lowered):
            return _decoded(body, "windows-1252" if _LATIN.fullmatch(lowered) else lowered)
    return body.decode("utf-8", "replace")


def _decoded(body: bytes, name: str) -> str:
    try:
        return body.decode(name, "replace")
    except (LookupError, UnicodeError):
        return body.decode("utf-8", "replace")
