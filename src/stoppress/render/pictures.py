"""The pictures of a post, for formats that name them apart from the text.

Called by `jsonld.py`, `feeds.py`, `ninjs.py` and `liveblogs/projection.py`. May import `document` and `lib`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stoppress.document.addresses import is_own
from stoppress.document.made_once import made_once
from stoppress.document.nodes import Rendition, children, number, renditions, words
from stoppress.document.schema import Document, JsonNode
from stoppress.lib.ids import POST_ID

_MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One image node. `own`: served by us; others are only ever linked. Sides in pixels, 0 = unknown."""

    src: str
    own: bool
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    origin: str = ""
    sizes: tuple[Rendition, ...] = ()  # every file a page may show of it
    focus: tuple[int, int] = (50, 50)  # what matters in it, in per cent from its left and top


@made_once
def pictures(document: Document) -> tuple[Picture, ...]:
    """Every picture, in reading order."""
    return tuple(_picture(node) for node in _images(document.root))


def srcset(picture: Picture) -> str:
    """The files of it that every browser of these years reads, narrow to wide, as html names them."""
    return ", ".join(f"{size.src} {size.width}w" for size in picture.sizes if size.src.endswith(".webp"))


def media_ids(document: Document) -> frozenset[str]:
    """The uploads whose files the document shows, in whichever size: by the addresses, which is what is asked for."""
    addresses = (
        address
        for image in _images(document.root)
        for address in (words(image, "src"), *(size.src for size in renditions(image)))
    )
    return frozenset(name for address in addresses if (name := media_id_of(address)))


def media_id_of(address: str) -> str:
    """The upload one of whose files is there; "" for an address elsewhere."""
    name = address.split("/")[2] if is_own(address) else ""
    return name if POST_ID.fullmatch(name) else ""


def _images(node: JsonNode) -> Iterator[JsonNode]:
    if node["type"] == "image":
        yield node
    for child in children(node):
        yield from _images(child)


def _picture(node: JsonNode) -> Picture:
    src = words(node, "src")
    return Picture(
        src=src,
        own=is_own(src),
        alt=words(node, "alt"),
        caption=words(node, "caption"),
        credit=words(node, "credit"),
        width=number(node, "width") or 0,
        height=number(node, "height") or 0,
        origin=words(node, "origin"),
        sizes=tuple(renditions(node)) if is_own(src) else (),
        focus=(number(node, "focus_x") or 0, number(node, "focus_y") or 0),
    )


def media_type(src: str) -> str:
    """The media type of a file that we serve, by its name; "" where the name does not say."""
    return _MEDIA_TYPES.get(src.rpartition(".")[2], "")
