"""The pictures of a post, for formats that name them apart from the text.

Called by `jsonld.py`, `feeds.py` and `ninjs.py`. May import `document`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stoppress.document.schema import Document


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


def pictures(document: Document) -> tuple[Picture, ...]:
    """Every picture, in reading order."""
    return tuple(_picture(attrs) for attrs in _image_attrs(document.root))


def _image_attrs(node: object) -> Iterator[dict[str, object]]:
    if not isinstance(node, dict):
        return
    attrs = node.get("attrs")
    if node.get("type") == "image" and isinstance(attrs, dict):
        yield attrs
    children = node.get("content")
    for child in children if isinstance(children, list) else ():
        yield from _image_attrs(child)


def _picture(attrs: dict[str, object]) -> Picture:
    src = _text(attrs, "src")
    return Picture(
        src=src,
        own=src.startswith("/"),
        alt=_text(attrs, "alt"),
        caption=_text(attrs, "caption"),
        credit=_text(attrs, "credit"),
        width=_pixels(attrs, "width"),
        height=_pixels(attrs, "height"),
    )


def _text(attrs: dict[str, object], name: str) -> str:
    value = attrs.get(name)
    return value if isinstance(value, str) else ""


def _pixels(attrs: dict[str, object], name: str) -> int:
    value = attrs.get(name)
    return value if isinstance(value, int) else 0
