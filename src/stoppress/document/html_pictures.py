"""Pictures in foreign html: which of the many addresses is the picture, and what is said about it.

Called by `html.py`. Knows lazy loading (the address in data-src or srcset, a blank in src), tracking pixels,
and emoji that are pictures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stoppress.document.addresses import is_own
from stoppress.document.html_addresses import scheme_of, web_address
from stoppress.document.html_tree import Element, elements, words_of
from stoppress.document.inline import tidy
from stoppress.document.nodes import Attributes, JsonNode
from stoppress.document.notes import Notes
from stoppress.lib import limits
from stoppress.lib.origins import ORIGINS

_LAZY = re.compile(r"data-(?!.*set)(.*src|original|lazy|url)")
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_BLANK = re.compile(
    r"(blank|spacer|placeholder|transparent|pixel|1x1|grey|gray)[^/]*\.(gif|png|svg|jpe?g)", re.IGNORECASE
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)([wx]),?")
_PIXELS = re.compile(r"(\d{1,5})(px)?")
_CREDIT = re.compile(
    r"(^|[-_])(credits?|copyright|photographer|image-source|photo-source|attribution)($|[-_])", re.IGNORECASE
)
_CREDIT_PROPERTIES: Final = frozenset(
    {"copyrightholder", "credittext", "copyrightnotice", "author", "creator"}
)
_ORIGINS: Final = {origin.label: name for name, origin in ORIGINS.items()}  # as our own html says it
_TRACKER: Final = 2  # pixels
_ICON: Final = 40  # pixels
_WIDEST: Final = 2_000  # of several sizes, the largest that is not for print


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under a picture."""

    text: str = ""
    credit: str = ""
    origin: str = ""  # see lib.origins


@dataclass(frozen=True, slots=True)
class Legend:
    """A figure's caption and the elements it was read from, which are not read again."""

    caption: Caption
    read: frozenset[Element]
    linked: bool


def legend_of(figure: Element) -> Legend:
    """The caption and credit in `figure`, wherever they stand in it."""
    inside = list(elements(figure))
    captions = [one for one in inside if one.tag == "figcaption" or "wp-caption-text" in one.classes]
    credit = next((one for one in inside if _is_credit(one)), None)
    made = next((one for one in inside if "origin" in one.classes and words_of(one) in _ORIGINS), None)
    without = frozenset(one for one in (credit, made) if one is not None)
    read = frozenset(captions) | without
    text = " ".join(tidy(words_of(one, without)) for one in captions if one is not credit)
    linked = any(link.tag == "a" and link.get("href") for one in read for link in elements(one))
    origin = _ORIGINS[words_of(made)] if made else ""
    return Legend(Caption(tidy(text), tidy(words_of(credit)) if credit else "", origin), read, linked)


def emoji_of(image: Element) -> str:
    """The character that a small picture stands for, or ""."""
    names = image.classes
    is_emoji = any("emoji" in name or name == "wp-smiley" for name in names) or "/emoji/" in image.get("src")
    return image.get("alt") if is_emoji else ""


def is_tracker(image: Element) -> bool:
    """Whether it is a picture of a pixel or two, there to count readers."""
    return any(0 <= side <= _TRACKER for side in _sides(image))


def is_icon(image: Element) -> bool:
    """Whether it is too small to show anything by itself."""
    return all(0 <= side <= _ICON for side in _sides(image))


def _sides(image: Element) -> list[int]:
    """Width and height in pixels; -1: not said."""
    sides = (_PIXELS.fullmatch(image.get(name)) for name in ("width", "height"))
    return [int(side[1]) if side else -1 for side in sides]


def picture_of(image: Element, sources: list[Element], base: str, caption: Caption) -> JsonNode | None:
    """The picture node for an <img>; `sources`: the <source> elements beside it. None without an address."""
    source = next((address for raw in _candidates(image, sources) if (address := _address(raw, base))), "")
    if not source:
        return None
    attrs: Attributes = {"src": source}
    words = {
        "alt": tidy(image.get("alt")),
        "caption": caption.text,
        "credit": caption.credit,
        "origin": caption.origin,
    }
    attrs |= {name: text for name, text in words.items() if text}
    width, height = _sides(image)
    if min(width, height) > 0 and max(width, height) <= limits.UPLOAD_SIDE_PIXELS:
        attrs |= {"width": width, "height": height}
    return {"type": "image", "attrs": attrs}


def lost_reason(image: Element) -> str:
    """Why it has no address, for a note: "data:", "file:", "relative", "no address"."""
    raw = image.get("src")
    return scheme_of(raw) if raw else "no address"


def shortened(attrs: Attributes, most: dict[str, int], notes: Notes) -> None:
    """Cut each text of `attrs` to its bound, with a note."""
    for name, chars in most.items():
        text = attrs.get(name)
        if isinstance(text, str) and len(text) > chars:
            attrs[name] = f"{text[: chars - 1].rstrip()}…"
            notes.add("shortened", name)


def _is_credit(element: Element) -> bool:
    if element.tag in {"img", "picture", "figure", "figcaption"}:
        return False
    properties = element.attrs.get("itemprop", "").lower().split()
    return any(_CREDIT.search(name) for name in element.classes) or any(
        name in _CREDIT_PROPERTIES for name in properties
    )


def _candidates(image: Element, sources: list[Element]) -> Iterator[str]:
    """Every address the picture may be at, the likeliest first."""
    plain = image.get("src")
    yield from (value for name, value in image.attrs.items() if _LAZY.fullmatch(name))
    if plain and not _BLANK.search(plain):
        yield plain
    for element in (image, *sources):
        for name in _SETS:
            if best := _largest(element.get(name)):
                yield best
    if plain:
        yield plain


def _address(raw: str, base: str) -> str:
    if not base and is_own(raw):
        return raw
    return web_address(raw, base)


def _largest(srcset: str) -> str:
    """The largest picture of a srcset that is not larger than a page needs."""
    best, best_size = "", -1.0
    address = ""
    for part in [*srcset.split(), ""]:
        size = _SIZE.fullmatch(part)
        if size is None:
            if address and best_size < 0:
                best, best_size = address.rstrip(","), 0
            address = part
            continue
        width = float(size[1]) * (1 if size[2] == "w" else 400)
        if address and best_size < width <= _WIDEST:
            best, best_size = address, width
        best, address = best or address, ""
    return best
