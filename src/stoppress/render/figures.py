"""Pictures and galleries as html: known boxes, the best format a browser takes, no script needed.

Called by `html.py`. May import `document`, `lib` and this room. How a gallery is laid out is decided here, in
classes for reader.css: what a row holds, how a picture is cropped, and around which point.
"""

from collections.abc import Mapping
from typing import Final

from stoppress.document.addresses import escaped, is_own
from stoppress.document.nodes import JsonNode, Rendition, children, number, renditions, words
from stoppress.document.text import picture_words, remote_label
from stoppress.lib.languages import Words
from stoppress.render.element import NOTHING, Html, Value, element, join, text

# The reading column of reader.css: the whole width of a phone, 42 em beyond; and parts of it in a gallery.
_SIZES: Final = {
    "": "(min-width: 46em) 42em, 100vw",
    "half": "(min-width: 46em) 21em, 100vw",
    "third": "(min-width: 46em) 14em, 50vw",
}
# The formats a browser may choose from, the best first; what is not among them is for everybody.
_TYPES: Final[Mapping[str, str]] = {"avif": "image/avif", "webp": "image/webp"}
_STEP: Final = 10  # per cent: as fine as reader.css has classes for a focal point


def image_html(node: JsonNode, say: Words) -> Html:
    """A picture of ours with what is said about it; one elsewhere is a link and is never loaded."""
    source = words(node, "src")
    if is_own(source):
        return element("figure", {"class": "picture"}, _picture(node, _SIZES[""]), _caption(node, say))
    link = element("a", {"href": escaped(source), "rel": "noopener"}, text(remote_label(node, say)))
    return element("figure", {"class": "picture remote"}, link, _caption(node, say))


def gallery_html(node: JsonNode, say: Words) -> Html:
    """Pictures side by side, each cropped to its place around its focal point, and whole by a press."""
    pictures = children(node)
    spoken = any(words(picture, "caption").strip() for picture in pictures)
    frame: dict[str, Value] = {
        "class": "gallery captioned" if spoken else "gallery",
        "role": "group",
        "aria-label": say.many(
            "Gallery of {count} picture", "Gallery of {count} pictures", count=len(pictures)
        ),
    }
    shares = row_shares(len(pictures))
    return element(
        "div",
        frame,
        *(
            _in_gallery(
                picture,
                say("Picture {place} of {count}, whole", place=place, count=len(pictures)),
                share,
                say,
            )
            for place, (picture, share) in enumerate(zip(pictures, shares, strict=True), 1)
        ),
    )


def row_shares(count: int) -> list[str]:
    """What part of a row each picture takes, "" for all of it. No row of a gallery has a hole."""
    if count in {2, 4}:
        return ["half"] * count
    if count == 3:  # noqa: PLR2004 (one above two reads better than three in a row)
        return ["", "half", "half"]
    first = {0: [], 1: [""], 2: ["half", "half"]}[count % 3]
    return [*first, *["third"] * (count - len(first))]


def _in_gallery(node: JsonNode, label: str, share: str, say: Words) -> Html:
    alt = words(node, "alt").strip()
    named = say("{label}: {words}", label=label, words=alt) if alt else label
    whole = element(
        "a", {"href": words(node, "src"), "aria-label": named}, _picture(node, _SIZES[share], _focus(node))
    )
    kind = f"picture {share}" if share else "picture"
    return element("figure", {"class": kind}, whole, _caption(node, say))


def _focus(node: JsonNode) -> str:
    """The classes that crop around the focal point; none for the middle."""
    named = []
    for axis in ("x", "y"):
        tenth = round((number(node, f"focus_{axis}") or 0) / _STEP)
        if tenth != _STEP // 2:
            named.append(f"focus-{axis}{tenth}")
    return " ".join(named)


def _picture(node: JsonNode, sizes: str, focus: str = "") -> Html:
    """An <img>, in a <picture> when there are formats to choose from."""
    by_type: dict[str, list[Rendition]] = {}
    for size in renditions(node):
        by_type.setdefault(_TYPES.get(size.src.rpartition(".")[2], ""), []).append(size)
    for_all = by_type.pop("", [])
    if not for_all and len(by_type) == 1:  # from before there were several formats: nothing to choose
        for_all = by_type.popitem()[1]
    image = element(
        "img",
        {
            "src": words(node, "src"),
            "srcset": _srcset(for_all) or None,
            "sizes": sizes if for_all else None,
            "width": number(node, "width"),
            "height": number(node, "height"),
            "alt": words(node, "alt"),
            "loading": "lazy",
            "decoding": "async",
            "class": focus or None,
        },
    )
    if not by_type:
        return image
    sources = (
        element("source", {"type": kind, "srcset": _srcset(by_type[kind]), "sizes": sizes})
        for kind in _TYPES.values()
        if kind in by_type
    )
    return element("picture", None, *sources, image)


def _srcset(sizes: list[Rendition]) -> str:
    by_width = {size.width: size.src for size in sizes}  # html allows each width once
    return ", ".join(f"{src} {width}w" for width, src in by_width.items())


def _caption(node: JsonNode, say: Words) -> Html:
    caption, credit, origin = picture_words(node, say)
    parts = [text(caption)] if caption.strip() else []
    if credit.strip():
        parts.append(element("span", {"class": "credit"}, text(credit)))
    if origin:
        parts.append(element("span", {"class": "origin"}, text(origin)))
    return element("figcaption", None, join(parts, " ")) if parts else NOTHING
