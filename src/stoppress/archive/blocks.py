"""Bodies, pictures and links of foreign updates → blocks of a Document.

Called by `assemble.py` and `readers/`. May import `document` and `lib`.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urljoin

from stoppress.archive.found import FoundPicture
from stoppress.archive.words import cut, html_unescaped, one_line, unescaped
from stoppress.document.addresses import picture_fault, web_fault
from stoppress.document.html import from_html
from stoppress.document.markdown import from_markdown
from stoppress.document.nodes import Attributes
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.schema import EMPTY, Document, JsonNode
from stoppress.document.text import is_blank
from stoppress.lib import limits

# Tags that only html has; "x < y" and "<Ms Smith>" are words.
_HTML: Final = re.compile(
    r"</(?:p|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|blockquote|figure|table|tr|td|q|cite|small|section|pre|code"
    r"|s|del|ins|mark|sup|sub|dl|dd|dt|font|center|article|header|footer|video|audio|iframe|script|style)\s*>"
    r"|<(?:p|br|img|amp-img|li|hr|iframe|div|video|audio)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKDOWN: Final = re.compile(
    r"\[[^\]\n]{1,300}\]\(https?://[^)\s]+\)|^#{1,6} \S|\*\*[^*\n]{1,300}\*\*|^> \S|^\* \S.*\n+\* \S"
    r"|^1\. \S.*\n+2\. \S",
    re.MULTILINE,
)
# Marks of WordPress. Words stand between the first kind; the second kind stands for something of its database.
_AROUND: Final = re.compile(r"\[/?(?:caption|embed)\b[^\[\]\n]{0,300}\]")
_STANDS_FOR: Final = re.compile(
    r"\[(?:gallery|playlist|audio|video)\b[^\[\]\n]{0,300}\](?:\[/(?:audio|video)\])?"
)
# One that is cut off goes to the end, so that nothing is read twice.
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_ICON_PIXELS: Final = 64  # a smaller picture is a sign of the page's design, not one of the update's pictures


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a text and one sentence for each thing that could not be kept."""

    blocks: list[JsonNode]
    lost: tuple[str, ...] = ()


def body_of_text(text: str, base_url: str) -> Body:
    """The blocks of a field that may hold html, Markdown or plain lines; told apart by what stands in it."""
    text = _CDATA.sub(r"\1", text)
    text, lost = _without_shortcodes(text)
    html = html_unescaped(text)
    plain = unescaped(text)
    if _HTML.search(html):
        body = body_of_html(html, base_url)
    elif _HTML.search(plain):
        body = body_of_html(plain, base_url)
    elif _MARKDOWN.search(plain):
        body = Body(_blocks(from_markdown(plain)))
    else:
        body = body_of_html("".join(f"<p>{escape(line)}</p>" for line in plain.splitlines()), base_url)
    return Body(body.blocks, (*body.lost, *lost))


def _without_shortcodes(text: str) -> tuple[str, tuple[str, ...]]:
    lost = tuple(f"A WordPress shortcode was not kept: {each[:100]}" for each in _STANDS_FOR.findall(text))
    return _AROUND.sub("", _STANDS_FOR.sub("", text)), lost


def body_of_html(html: str, base_url: str) -> Body:
    """The blocks of an html fragment; addresses in it are joined to `base_url`."""
    document, lost = from_html(html, base_url)
    return Body(_blocks(document), lost)


def picture_block(picture: FoundPicture) -> tuple[JsonNode | None, str]:
    """The image node, or None and why not. A picture of a few pixels is an icon: None, without a reason."""
    sides = [side for side in (picture.width, picture.height) if side > 0]
    if sides and max(sides) <= _ICON_PIXELS:
        return None, ""
    if not picture.src:
        return None, "It has no address."
    if fault := picture_fault(picture.src):
        return None, f"Its address was not kept: {fault}."
    attrs: Attributes = {
        "src": picture.src,
        "alt": cut(one_line(picture.alt), limits.ALT_CHARS),
        "caption": cut(one_line(picture.caption), limits.CAPTION_CHARS),
        "credit": cut(one_line(picture.credit), limits.CREDIT_CHARS),
    }
    if len(sides) > 1 and max(sides) <= limits.UPLOAD_SIDE_PIXELS:
        attrs |= {"width": picture.width, "height": picture.height}
    return {"type": "image", "attrs": attrs}, ""


def card_block(url: str, title: str = "", description: str = "") -> tuple[JsonNode | None, str]:
    """The link card, or None and why not."""
    if fault := web_fault(url):
        return None, f"A link was not kept: {fault}."
    attrs: Attributes = {
        "url": url,
        "title": cut(one_line(title), limits.CARD_TITLE_CHARS),
        "description": cut(one_line(description), limits.CARD_DESCRIPTION_CHARS),
    }
    return {"type": "link_card", "attrs": attrs}, ""


def document_of(blocks: list[JsonNode]) -> tuple[Document, list[str]]:
    """The document of `blocks`, as much of it as a post may hold, and what was left out of it."""
    if not blocks:
        return EMPTY, []
    try:
        return _document(blocks), []
    except InvalidDocument:
        pass
    sound: list[JsonNode] = []
    lost: list[str] = []
    for block in blocks:
        try:
            _document([block])
            sound.append(block)
        except InvalidDocument as fault:
            lost.append(f"A part of it was not kept. {fault}")
    kept = _most_that_fit(sound)
    if kept < len(sound):
        lost.append(
            f"It was cut: a post holds no more ({len(sound) - kept} of {len(sound)} blocks left out)."
        )
    return (_document(sound[:kept]) if kept else EMPTY), lost


def absolute(base_url: str, address: str) -> str:
    """`address` joined to the page's; as it is when that cannot be done."""
    try:
        return urljoin(base_url, address.strip())
    except ValueError:
        return address


def sources(blocks: list[JsonNode]) -> set[str]:
    """The addresses of the pictures among `blocks`."""
    return {str(block.get("attrs", {}).get("src")) for block in blocks if block["type"] == "image"}


def _document(blocks: list[JsonNode]) -> Document:
    return parse_document({"type": "doc", "content": blocks})


def _blocks(document: Document) -> list[JsonNode]:
    return [] if is_blank(document) else document.root.get("content", [])


def _most_that_fit(blocks: list[JsonNode]) -> int:
    """How many blocks from the first on make a valid document."""
    low, high = 0, len(blocks)
    while low < high:
        middle = (low + high + 1) // 2
        try:
            _document(blocks[:middle])
            low = middle
        except InvalidDocument:
            high = middle - 1
    return low
