"""What an element of foreign html passes on to the words inside it: bold, italic, a link, and the like.

Called by `html.py`.
"""

import re
from dataclasses import dataclass
from typing import Final

from stoppress.document.html_tree import Element
from stoppress.document.inline import Marks
from stoppress.document.nodes import JsonMark

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Where a single <br> is a line end; elsewhere (bare words in a page) it parts paragraphs.
_LINED: Final = HEADINGS | {"p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "pre", "address"}
_BOLD: Final = frozenset({"b", "strong"})
_ITALIC: Final = frozenset({"i", "em", "dfn", "var", "cite"})
_STRUCK: Final = frozenset({"s", "strike", "del"})
_RAISED: Final = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;!]+)")
_BOLD_FROM: Final = 600


@dataclass(frozen=True, slots=True)
class State:
    """What holds for the words at one place of the page."""

    marks: Marks = ()
    heading: bool = False
    lined: bool = False  # a <br> ends a line, not a paragraph
    preformatted: bool = False
    silent: bool = False  # words for nobody: a button, aria-hidden, noscript; pictures there still count
    rescue: bool = False  # in noscript, after a picture without an address
    quoting: bool = False
    table: str = ""  # "data" or "layout", of the table around it
    raised: str = ""  # "sup" or "sub"


def style_of(element: Element) -> dict[str, str]:
    """The declarations of its style attribute."""
    style = element.attrs.get("style", "").lower()
    return {name: value.strip() for name, value in _DECLARATION.findall(style)} if style else {}


def is_hidden(element: Element, style: dict[str, str]) -> bool:
    """Whether the page does not show it at all."""
    return "hidden" in element.attrs or style.get("display") == "none" or style.get("visibility") == "hidden"


def is_struck(element: Element, style: dict[str, str]) -> bool:
    """Whether its words are crossed out."""
    return element.tag in _STRUCK or "line-through" in style.get("text-decoration", "")


def inside(element: Element, around: State, style: dict[str, str], link: JsonMark | None) -> State:
    """What holds inside `element`; `link`: the link it is, if it is one that can be kept."""
    tag = element.tag
    heading = around.heading or tag in HEADINGS or element.get("role") == "heading"
    given = {mark["type"]: mark for mark in around.marks}
    if link is not None:
        given["link"] = link
    elif tag == "a" and element.get("href"):
        given.pop("link", None)
    _set(given, "bold", _is_bold(tag, style))
    _set(given, "italic", _is_italic(tag, style))
    if heading:
        given.pop("bold", None)  # a heading is bold already
    return State(
        marks=tuple(given[name] for name in ("link", "bold", "italic") if name in given),
        heading=heading,
        lined=around.lined or tag in _LINED,
        preformatted=around.preformatted or tag in {"pre", "listing", "xmp"},
        silent=around.silent or tag in {"button", "noscript"} or element.get("aria-hidden") == "true",
        rescue=around.rescue or tag == "noscript",
        quoting=around.quoting or tag == "blockquote",
        table=around.table,
        raised=tag if tag in {"sup", "sub"} else around.raised,
    )


def raised(words: str, state: State) -> str:
    """Small high or low figures as the characters they are: m², CO₂. Words stay as they are."""
    table = {"sup": _RAISED, "sub": _LOWERED}.get(state.raised)
    if table is None or any(ord(char) not in table for char in words.strip()):
        return words
    return words.translate(table)


def _set(given: dict[str, JsonMark], name: str, wanted: bool | None) -> None:  # noqa: FBT001 (three values)
    if wanted:
        given[name] = {"type": name}
    elif wanted is False:
        given.pop(name, None)


def _is_bold(tag: str, style: dict[str, str]) -> bool | None:
    weight = style.get("font-weight", "")
    if weight.isdecimal():
        return int(weight) >= _BOLD_FROM
    if weight in {"bold", "bolder"}:
        return True
    if weight in {"normal", "lighter"}:
        return False
    return True if tag in _BOLD else None


def _is_italic(tag: str, style: dict[str, str]) -> bool | None:
    slant = style.get("font-style", "")
    if slant.startswith(("italic", "oblique")):
        return True
    if slant == "normal":
        return False
    return True if tag in _ITALIC else None
