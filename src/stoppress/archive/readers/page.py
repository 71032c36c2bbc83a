"""An html page: its characters, its tree, and what it says about itself outside of any structured data.

Called by the other readers and `detect.py`. May import this room. lxml's html parser knows no entities but
html's own and fetches nothing.
"""

import codecs
import re
from dataclasses import dataclass, field
from typing import Final

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from stoppress.archive.blocks import absolute
from stoppress.archive.dates import read_when
from stoppress.archive.found import FoundBlog
from stoppress.archive.words import one_line

_HEAD_BYTES: Final = 4_096  # where a page may name its encoding; the standard says 1,024
_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE
)
_XML_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names that mean another encoding in practice (encoding.spec.whatwg.org, section 4.2).
_ALIASES: Final = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}
_NEVER: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_DATE_IN_URL: Final = re.compile(r"(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?=\D|$)")


@dataclass(slots=True)
class Page:
    """A parsed page. `url`: what it calls its own address; `base`: what addresses in it are joined to."""

    text: str
    tree: HtmlElement
    url: str
    base: str
    meta: dict[str, str] = field(default_factory=dict)


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and what had to be assumed for that ("" when nothing)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(encoding, "replace")), ""
    try:
        return _clean(data.decode("utf-8")), ""
    except UnicodeDecodeError:
        pass
    named = _named_encoding(data[:_HEAD_BYTES])
    if named is None:
        return _clean(
            data.decode("cp1252", "replace")
        ), "The file names no encoding and is not UTF-8; Windows-1252 was assumed."
    text = data.decode(named, "replace")
    broken = text.count("\ufffd")
    why = f"{broken} characters are not valid {named} and became \ufffd." if broken else ""
    return _clean(text), why


def _named_encoding(head: bytes) -> str | None:
    found = _CHARSET.search(head) or _XML_ENCODING.search(head)
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    try:
        codec = codecs.lookup(_ALIASES.get(name, name))
    except LookupError:
        return None
    return codec.name if codec._is_text_encoding else None  # noqa: SLF001 (the only way to ask)


def _clean(text: str) -> str:
    """Without characters that no parser takes."""
    return _NEVER.sub("", text)


def page_of(text: str, source_url: str) -> Page | None:
    """The page in `text`, or None when nothing of html is in it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (ParserError, ValueError):
        return None
    meta = _meta(tree)
    own = next((link.get("href", "") for link in tree.iter("link") if _has(link, "rel", "canonical")), "")
    url = absolute(source_url, own or meta.get("og:url", "") or source_url)
    if not url.startswith(("http://", "https://")):
        url = meta.get("og:url", "") or source_url
    base = next((each.get("href", "") for each in tree.iter("base") if each.get("href")), "")
    return Page(text, tree, url, absolute(url, base) if base else url, meta)


def _has(element: HtmlElement, attribute: str, token: str) -> bool:
    return token in (element.get(attribute) or "").lower().split()


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Name or property → content, the first of each; and the page's title and language."""
    found: dict[str, str] = {}
    for each in tree.iter("meta"):
        name = (each.get("property") or each.get("name") or each.get("itemprop") or "").strip().lower()
        content = each.get("content")
        if name and content:
            found.setdefault(name, content.strip())
    for title in tree.iter("title"):
        found.setdefault("title", one_line(title.text or ""))
    found.setdefault("lang", tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    return found


def complete(blog: FoundBlog, page: Page) -> None:
    """Fill what the structured data left open with what the page says about itself."""
    meta = page.meta
    blog.url = absolute(page.base, blog.url) if blog.url else page.url
    page.base = absolute(blog.url, page.base)
    blog.headline = blog.headline or meta.get("og:title", "") or meta.get("title", "")
    blog.standfirst = blog.standfirst or meta.get("og:description", "") or meta.get("description", "")
    blog.publisher = blog.publisher or meta.get("og:site_name", "")
    blog.locale = meta.get("og:locale", "")
    blog.language = blog.language or _language(meta)
    blog.published = blog.published or meta.get("article:published_time") or _date_of_address(page.url)
    blog.modified = blog.modified or meta.get("article:modified_time") or meta.get("og:updated_time")
    if picture := meta.get("og:image"):
        blog.pictures.append(absolute(page.base, picture))


def _language(meta: dict[str, str]) -> str:
    stated = meta.get("lang") or meta.get("language") or meta.get("content-language") or ""
    return stated or meta.get("og:locale", "").partition("_")[0]


def _date_of_address(url: str) -> str | None:
    found = _DATE_IN_URL.search(url)
    text = found[0].replace("/", "-") if found else ""
    return text if text and read_when(text).day else None
