"""The Guardian's page model (what its renderer is told of a live blog, as JSON).

Called by `detect.py`. May import this room. A block is a post, an element one part of it. Elements are read
by the table below; one that nobody knows keeps its words and its address, and is named.
Source: github.com/guardian/dotcom-rendering, the types of `FEElement` and `Block`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Final

from stoppress.archive.blocks import body_of_html, card_block, picture_block
from stoppress.archive.found import FoundBlog, FoundPicture, FoundUpdate
from stoppress.archive.words import names, one_line
from stoppress.document.addresses import web_fault
from stoppress.document.nodes import Attributes
from stoppress.document.schema import JsonNode

Element = Mapping[str, object]
Parts = tuple[list[JsonNode], list[str]]  # blocks, and a sentence for each thing that could not be kept

_WIDTH_MOST: Final = 2_048  # of a picture: its masters can be 10,000 wide
_ZONES: Final = {"UK": "Europe/London", "US": "America/New_York", "AU": "Australia/Sydney"}
_FIRST_PUBLISHED: Final = re.compile(r"(\w{3} \d{1,2} \w{3} \d{4} \d{1,2}\.\d\d \w{2,5})\s*$")


def is_page_model(value: object) -> bool:
    """Whether a parsed JSON value is one."""
    return isinstance(value, dict) and isinstance(value.get("blocks"), list)


def blog_in(value: object) -> FoundBlog:
    """The live blog of a page model."""
    page: Mapping[str, object] = value if isinstance(value, dict) else {}
    blog = FoundBlog(
        headline=_text(page, "headline") or _text(page, "webTitle"),
        standfirst=_text(page, "standfirst") or _text(page, "trailText"),
        url=_text(page, "canonicalUrl") or _text(page, "webURL"),
        language=_text(page, "lang") or "en",
        timezone=_ZONES.get(_text(page, "editionId"), ""),
        publisher="The Guardian",
        byline=names([_text(page, "byline")]),
        published=page.get("webPublicationDate"),
        live=_text(_object(page, "format"), "design").startswith("Live"),
    )
    if first := _FIRST_PUBLISHED.search(_text(page, "webPublicationSecondaryDateDisplay")):
        blog.start = first[1]
    found = blog.within(list(_blocks(page)))
    blog.updates = [_update(block, number, blog.url) for number, block in enumerate(found, 1)]
    _note_losses(page, blog)
    return blog


def _blocks(page: Element) -> Iterator[tuple[Element, bool, bool]]:
    """Each post once, newest first, with whether it is listed as a key event, and whether it is pinned.

    A page shows some of its posts; key events and the pinned post come whole beside them.
    """
    listed = _objects(page, "keyEvents")
    pinned = _object(page, "pinnedPost")
    found: dict[str, Element] = {}
    for block in (*_objects(page, "blocks"), *listed, *([pinned] if pinned else [])):
        found.setdefault(_text(block, "id") or f"place {len(found)}", block)
    key_ids = {_text(block, "id") for block in listed}
    order = sorted(found.values(), key=_published, reverse=True)
    for block in order:
        name = _text(block, "id")
        yield block, bool(name) and name in key_ids, bool(name) and name == _text(pinned, "id")


def _published(block: Element) -> float:
    for name in ("blockFirstPublished", "blockCreatedOn"):
        value = block.get(name)
        if isinstance(value, int | float):
            return float(value)
    return 0.0


def _update(found: tuple[Element, bool, bool], number: int, base_url: str) -> FoundUpdate:
    block, listed, pinned = found
    marks = _object(block, "attributes")
    update = FoundUpdate(
        where=f"update {number}",
        id=_text(block, "id"),
        headline=_text(block, "title"),
        published=block.get("blockFirstPublished") or block.get("blockCreatedOn"),
        modified=block.get("blockLastUpdated"),
        byline=names(_text(each, "name") for each in _objects(block, "contributors")),
        key_event=marks.get("keyEvent") is True or listed,
        summary=marks.get("summary") is True,
        pinned=pinned or marks.get("pinned") is True,
    )
    for element in _objects(block, "elements"):
        blocks, lost = _read(element, base_url)
        update.blocks += blocks
        update.lost += lost
    return update


def _note_losses(page: Element, blog: FoundBlog) -> None:
    pages = _object(page, "pagination")
    total = pages.get("totalPages")
    if isinstance(total, int) and total > 1:
        number = pages.get("currentPage")
        blog.skip(
            "other pages",
            f"This is page {number} of {total}; posts that stand only on the others are not in it.",
        )
    if main := _objects(page, "mainMediaElements"):
        kinds = ", ".join(sorted({_kind(each) for each in main}))
        blog.skip("main media", f"What stands above the posts was not kept: {kinds}.")
    if "<a " in _text(page, "standfirst") or "<li>" in _text(page, "standfirst"):
        blog.skip("standfirst", "Its links and lists became plain text.")


# --- elements ---------------------------------------------------------------------------------------


def _read(element: Element, base_url: str) -> Parts:
    kind = _kind(element)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(element, base_url)
    blocks, lost = _by_fields(element, base_url)
    kept = "its words and address were kept" if blocks else "it was not kept"
    return blocks, [f"An element of an unknown kind, {kind[:60]}: {kept}.", *lost]


def _kind(element: Element) -> str:
    """Short name: "Text" of "model.dotcomrendering.pageElements.TextBlockElement"."""
    return _text(element, "_type").rpartition(".")[2].removesuffix("Element").removesuffix("Block")


def _html(element: Element, base_url: str) -> Parts:
    body = body_of_html(_text(element, "html"), base_url)
    return body.blocks, list(body.lost)


def _heading(element: Element, base_url: str) -> Parts:
    words = _text(element, "html") or escape(_text(element, "text"))
    body = body_of_html(f"<h3>{re.sub(r'</?h[1-6][^>]*>', '', words)}</h3>", base_url)
    return body.blocks, list(body.lost)


def _image(element: Element, _base_url: str) -> Parts:
    data = _object(element, "data")
    fitting = [each for each in _sizes(element) if each.width <= _WIDTH_MOST] or _sizes(element)
    if not fitting:
        return [], ["A picture without an address was not kept."]
    best = max(fitting, key=lambda each: each.width)
    best.alt, best.caption, best.credit = _text(data, "alt"), _text(data, "caption"), _text(data, "credit")
    node, why = picture_block(best)
    return ([node] if node else []), ([f"A picture was not kept. {why}"] if why else [])


def _sizes(element: Element) -> list[FoundPicture]:
    found = []
    for each in _objects(_object(element, "media"), "allImages"):
        fields = _object(each, "fields")
        if _text(each, "url"):
            found.append(
                FoundPicture(
                    _text(each, "url"), width=_number(fields, "width"), height=_number(fields, "height")
                )
            )
    return found


def _images(element: Element, base_url: str) -> Parts:
    return _joined(_image(each, base_url) for each in _objects(element, "images"))


def _tweet(element: Element, base_url: str) -> Parts:
    """The words as a quote of who wrote them, with the address they came from."""
    body = body_of_html(_text(element, "html"), base_url)
    if not any(block["type"] in {"quote", "link_card"} for block in body.blocks):
        cards, lost = _card(element, base_url)
        return [*body.blocks, *cards], [*body.lost, *lost]
    return body.blocks, list(body.lost)


def _quoted(element: Element, base_url: str) -> Parts:
    """A pull quote or a reader's comment: the words and who said them."""
    body = body_of_html(_text(element, "html") or _text(element, "body"), base_url)
    attrs: Attributes = {
        "speaker": one_line(_text(element, "attribution") or _text(element, "profileName"))[:120]
    }
    if (address := _text(element, "permalink")) and not web_fault(address):
        attrs["source_url"] = address
    paragraphs = [block for block in body.blocks if block["type"] == "paragraph"]
    if not paragraphs:
        return body.blocks, list(body.lost)
    quote: JsonNode = {"type": "quote", "attrs": attrs, "content": paragraphs}
    others = [block for block in body.blocks if block["type"] != "paragraph"]
    return [quote, *others], list(body.lost)


def _video(element: Element, base_url: str) -> Parts:
    if name := _text(element, "assetId"):
        element = {**element, "url": f"https://www.youtube.com/watch?v={name}"}
    return _card(element, base_url)


def _card(element: Element, _base_url: str) -> Parts:
    names_of_address = ("originalUrl", "url", "canonicalUrl", "webUrl", "src", "trackUrl", "embedUrl")
    address = next((text for name in names_of_address if (text := _text(element, name))), "")
    titles = ("mediaTitle", "title", "text", "label", "alt", "headline")
    title = next((text for name in titles if (text := _text(element, name))), "")
    caption = _text(element, "caption") or _text(_object(element, "data"), "caption")
    card, why = card_block(address, title, caption)
    return ([card] if card else []), ([] if card else [f"A link ({_kind(element)}) was not kept: {why}"])


def _by_fields(element: Element, base_url: str) -> Parts:
    """The words in the usual fields, else the address."""
    html = next((text for name in ("html", "body", "bodyHtml") if (text := _text(element, name))), "")
    body = body_of_html(html, base_url)
    if body.blocks:
        return body.blocks, list(body.lost)
    return (
        _card(element, base_url)
        if _text(element, "url") or _text(element, "originalUrl")
        else ([], list(body.lost))
    )


def _embed(element: Element, base_url: str) -> Parts:
    blocks, lost = _by_fields(element, base_url)
    if not blocks:
        lost.append(f"An embed ({_kind(element)}) without words or a web address was not kept.")
    return blocks, lost


def _nothing(_element: Element, _base_url: str) -> Parts:
    return [], []


def _joined(parts: Iterator[Parts]) -> Parts:
    blocks: list[JsonNode] = []
    lost: list[str] = []
    for more, why in parts:
        blocks += more
        lost += why
    return blocks, lost


_READERS: Final[Mapping[str, Callable[[Element, str], Parts]]] = {
    **dict.fromkeys(("Text", "Blockquote", "Table", "Code", "List"), _html),
    **dict.fromkeys(("Subheading", "NumberedTitle"), _heading),
    **dict.fromkeys(("Pullquote", "Comment"), _quoted),
    **dict.fromkeys(("Youtube", "VideoYoutube", "VideoVimeo", "VideoFacebook", "Video", "GuVideo"), _video),
    **dict.fromkeys(("RichLink", "Audio", "AudioAtom", "Soundcloud", "Spotify", "Map", "Document"), _card),
    **dict.fromkeys(("Embed", "Instagram", "Interactive", "InteractiveAtom", "Vine", "Facebook"), _embed),
    "Image": _image,
    "MultiImage": _images,
    "Tweet": _tweet,
    "Divider": _nothing,
}


# --- JSON -------------------------------------------------------------------------------------------


def _text(item: Element, name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _number(item: Element, name: str) -> int:
    value = item.get(name)
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


def _object(item: Element, name: str) -> Element:
    value = item.get(name)
    return value if isinstance(value, dict) else {}


def _objects(item: Element, name: str) -> list[Element]:
    value = item.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
