"""Any html as a tree of plain elements, however broken, deep or large.

Called by `html.py` and its neighbours. lxml reads the tags and closes what is left open; the tree is our own,
because libxml2's drops all words below 2,048 levels. Nothing here recurses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from stoppress.lib import limits

NOT_SHOWN: Final = frozenset(
    [
        "script",
        "style",
        "template",
        "title",
        "meta",
        "link",
        "base",
        "svg",
        "math",
        "canvas",
        "map",
        "area",
        "select",
        "textarea",
        "datalist",
        "input",
        "source",
        "track",
        "param",
        "xml",
        "colgroup",
        "col",
        "rp",
    ]
)
BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# Elements without an end. libxml2 does not know all of them and puts what follows inside.
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_SPACED: Final = BLOCKS | {"br"}


@dataclass(slots=True, eq=False)
class Element:
    """One element: `tag` and the names of `attrs` in lower case, `content` in order, words as they came."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    content: list["Element | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """An attribute without white space around it, or ""."""
        return self.attrs.get(name, "").strip()

    @property
    def classes(self) -> frozenset[str]:
        """The words of its class, in lower case."""
        return frozenset(self.attrs.get("class", "").lower().split())


class _Builder:
    """What lxml tells of tags and words, as a tree of at most HTML_DEPTH levels.

    A deeper element stands beside its words instead of around them, as in browsers: nothing is lost.
    """

    def __init__(self) -> None:
        self.root = Element("html")
        self._open = [self.root]
        self._deeper = 0
        self._words: list[str] = []  # of the text under way: lxml may tell it letter by letter

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self._end_text()
        if self._deeper or len(self._open) >= limits.HTML_DEPTH:
            self._deeper += 1
            return
        element = Element(str(tag).lower(), {str(name).lower(): str(value) for name, value in attrib.items()})
        self._open[-1].content.append(element)
        if element.tag not in _VOID:
            self._open.append(element)

    def end(self, tag: str | bytes) -> None:
        self._end_text()
        if self._deeper:
            self._deeper -= 1
        elif len(self._open) > 1 and str(tag).lower() not in _VOID:
            self._open.pop()

    def data(self, data: str | bytes) -> None:
        self._words.append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Comments are for nobody."""

    def close(self) -> Element:
        self._end_text()
        return self.root

    def _end_text(self) -> None:
        if self._words:
            self._open[-1].content.append("".join(self._words))
            self._words = []


def tree_of(html: str) -> Element:
    """The tree of `html`, a fragment or a whole page; an empty one when there is nothing in it."""
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, encoding="utf-8", huge_tree=True)
    try:
        parser.feed(html.replace("\0", "").encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:  # nothing but white space or comments
        pass
    return builder.root


def elements(root: Element) -> Iterator[Element]:
    """Every element below `root`, in order."""
    waiting = [iter(root.content)]
    while waiting:
        for child in waiting[-1]:
            if isinstance(child, Element):
                yield child
                waiting.append(iter(child.content))
                break
        else:
            waiting.pop()


def words_of(root: Element, without: frozenset[Element] = frozenset()) -> str:
    """The words a reader sees in `root`; blocks and line breaks end a line; `without` and what is in it."""
    parts: list[str] = []
    waiting: list[Iterator[Element | str]] = [iter(root.content)]
    ends = [""]
    while waiting:
        for child in waiting[-1]:
            if isinstance(child, str):
                parts.append(child.replace("\n", " "))
            elif child.tag not in NOT_SHOWN and child not in without:
                line_end = "\n" if child.tag in _SPACED else ""
                parts.append(line_end)
                ends.append(line_end)
                waiting.append(iter(child.content))
                break
        else:
            waiting.pop()
            parts.append(ends.pop())
    return "".join(parts)
