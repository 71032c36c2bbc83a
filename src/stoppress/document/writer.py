"""Builds a document from what comes in reading order, whatever the order: the result holds the rules.

Called by `html.py` and `markdown.py`. It takes words, line breaks, containers that open and close, and whole
blocks; it puts each where the schema allows it: blank blocks vanish, a heading in a list becomes a
paragraph, a picture in a table waits until the table is done. No recursion: what is read may be thousands
deep.
"""

from dataclasses import dataclass, field
from typing import Final

from stoppress.document.budget import Budget
from stoppress.document.check import InvalidDocument
from stoppress.document.inline import Inline, Marks, begins_with_dash, spaced, without_dash
from stoppress.document.nodes import Attributes, JsonNode, JsonValue, children
from stoppress.document.notes import Notes
from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, Document
from stoppress.document.straighten import gallery_blocks, table_blocks
from stoppress.lib import limits

LISTS: Final = frozenset({"bullet_list", "ordered_list"})
BOXES: Final = frozenset({"fact_box", "qa"})
_CELLS: Final = frozenset({"table_header", "table_cell"})


@dataclass(slots=True)
class _Frame:
    """A container that is open. `through`: it may not stand here, so what comes goes to the one around it."""

    kind: str
    attrs: Attributes
    content: list[JsonNode] = field(default_factory=list)
    through: bool = False
    auto: bool = False  # an item or row that nobody opened, around what came without one


class Writer:
    """See the module. `heading`: whether the words to come are a sub-heading."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.heading = False
        self._budget = Budget()
        self._inline = Inline()
        self._frames = [_Frame("doc", {})]
        self._quotes: list[_Frame] = []
        self._waiting: list[JsonNode] = []  # blocks to stand after the one under way

    @property
    def depth(self) -> int:
        """How many containers are open; for `close_to`."""
        return len(self._frames)

    @property
    def quoting(self) -> bool:
        """Whether a quote is open."""
        return bool(self._quotes)

    @property
    def full(self) -> bool:
        """Whether something did not fit any more."""
        return self._budget.full

    def text(self, raw: str, marks: Marks = ()) -> None:
        """Words of the block under way; white space collapses as in a browser."""
        clean, unfit = spaced(raw)
        if unfit:
            self.notes.add("characters")
        text = self._inline.fitting(clean)
        if not text or not (self._inline.joins(marks) or self._budget.node({"marks": list(marks)})):
            return
        if fit := self._budget.text(text):
            self._inline.add(fit, marks)

    def line_break(self) -> None:
        """A line end inside the block; a second one ends the block. In a heading: a space."""
        if not self._inline:
            return
        if self.heading:
            self.text(" ")
        elif self._inline.ends_in_break:
            self.end_block()
        else:
            self._inline.trim()
            if self._inline and self._budget.node({}):
                self._inline.line_break()

    def end_block(self) -> None:
        """End the paragraph or heading under way; nothing comes of a blank one."""
        if content := self._inline.take():
            self._budget.count()
            self._place({"type": "heading" if self.heading else "paragraph", "content": content})
        if self._frames[-1].kind == "doc":
            self._release()

    def block(self, node: JsonNode) -> None:
        """A whole block (picture, link card, quote); one that comes amid a paragraph stands after it."""
        if not self._budget.node(node):
            return
        if not self._inline:
            self._place(node)
            return
        self._waiting.append(node)
        if self._frames[-1].kind != "doc":
            self.notes.add("moved")

    def open(self, kind: str, attrs: Attributes | None = None) -> None:
        """Begin a container: quote, list, list_item, table, table_row or cell."""
        self.end_block()
        top = self._frames[-1]
        if top.auto and kind in {"list_item", "table_row"}:
            self.close_to(self.depth - 1)
            top = self._frames[-1]
        if kind in LISTS and top.kind in LISTS:
            self._reopen_item()
        elif kind in _CELLS and top.kind == "table":
            self._frames.append(_Frame("table_row", {}, auto=True))
        frame = self._frame(kind, attrs or {})
        self._frames.append(frame)
        if kind == "quote":
            self._quotes.append(frame)
        self._budget.count(frame.attrs)

    def attribute(self, name: str, value: str) -> None:
        """Set an attribute of the innermost quote that is open, unless it has one."""
        if self._quotes:
            self._quotes[-1].attrs.setdefault(name, value)

    def close_to(self, depth: int) -> None:
        """Close containers until `depth` are open."""
        self.end_block()
        while len(self._frames) > max(depth, 1):
            frame = self._frames.pop()
            if self._quotes and self._quotes[-1] is frame:
                self._quotes.pop()
            if frame.through:
                self._own_line("— ", frame.attrs.get("speaker"))
            else:
                self._finish(frame)
        if self._frames[-1].kind == "doc":
            self._release()

    def document(self) -> Document:
        """All that was written. Cut (with a note) where a post can hold no more.

        Never raises: what it wrote is checked like anybody's document, and cut until it passes.
        """
        self.close_to(1)
        if self.full:
            self.notes.add("cut")
        blocks = self._frames[0].content
        while blocks:
            try:
                return parse_document({"type": "doc", "content": blocks})
            except InvalidDocument:  # too large by the last blocks: the bounds on the way are estimates
                self.notes.add("cut")
                blocks = blocks[: len(blocks) * 9 // 10]
        return EMPTY

    # --- frames -------------------------------------------------------------------------------------

    def _frame(self, kind: str, attrs: Attributes) -> _Frame:
        """A new frame; it lets things through where its kind may not stand."""
        top = self._frames[-1]
        misplaced = (
            (kind in {"quote", *BOXES} and top.kind != "doc")
            or (kind in LISTS and (top.kind == "quote" or self.depth > 2 * limits.LIST_LEVELS))
            or (kind == "gallery" and top.kind != "doc")
            or (kind == "list_item" and top.kind not in LISTS)
            or (kind == "table_row" and top.kind != "table")
            or (kind in _CELLS and top.kind != "table_row")
        )
        return _Frame(top.kind, attrs, top.content, through=True) if misplaced else _Frame(kind, attrs)

    def _reopen_item(self) -> None:
        """A list right inside a list belongs to the item before it."""
        siblings = self._frames[-1].content
        content = children(siblings.pop()) if siblings else []
        self._frames.append(_Frame("list_item", {}, content, auto=True))

    def _finish(self, frame: _Frame) -> None:
        if frame.kind == "table":
            for block in table_blocks(frame.content, self.notes):
                self._place(block)
            return
        if frame.kind == "gallery":
            for block in gallery_blocks(frame.content):
                self._place(block)
            return
        if frame.kind == "quote" and not frame.attrs.get("speaker"):
            _take_speaker(frame)
        content: list[JsonNode] = frame.content
        if frame.kind in {*_CELLS, *BOXES} and not content:
            content = [{"type": "paragraph"}]
        if not content and frame.kind != "table_row":
            self._own_line("", frame.attrs.get("speaker"))
            return
        node: JsonNode = {"type": frame.kind, "content": content}
        attrs = {name: value for name, value in frame.attrs.items() if value != ""}
        if attrs:
            node["attrs"] = attrs
        self._place(node)

    def _own_line(self, dash: str, speaker: JsonValue) -> None:
        """The speaker of a quote that cannot be one."""
        if isinstance(speaker, str) and speaker:
            self.text(f"{dash}{speaker}")
            self.end_block()

    def _place(self, block: JsonNode) -> None:
        frame = self._frames[-1]
        kind = block["type"]
        if kind == "heading" and frame.kind != "doc":
            kind = "paragraph"
            block = {"type": kind, "content": children(block)}
        if frame.kind in LISTS and kind == "paragraph":
            block, kind = {"type": "list_item", "content": [block]}, "list_item"
        if kind not in _HOLDS[frame.kind]:
            self._waiting.append(block)
            self.notes.add("moved")
            return
        if frame.kind == "list_item" and kind in LISTS and not frame.content:
            frame.content.append({"type": "paragraph"})
        frame.content.append(block)

    def _release(self) -> None:
        if self._waiting and not self._inline:
            self._frames[0].content.extend(self._waiting)
            self._waiting = []


_HOLDS: Final = {
    "doc": frozenset(
        {
            "paragraph",
            "heading",
            "quote",
            "bullet_list",
            "ordered_list",
            "table",
            "link_card",
            "embed",
            "image",
            "gallery",
            "score",
            "map_point",
            "poll",
            *BOXES,
        }
    ),
    **dict.fromkeys(BOXES, frozenset({"paragraph", "bullet_list", "ordered_list"})),
    "quote": frozenset({"paragraph"}),
    "gallery": frozenset({"image"}),
    "bullet_list": frozenset({"list_item"}),
    "ordered_list": frozenset({"list_item"}),
    "list_item": frozenset({"paragraph", "bullet_list", "ordered_list"}),
    "table": frozenset({"table_row"}),
    "table_row": frozenset({"table_header", "table_cell"}),
    "table_header": frozenset({"paragraph", "bullet_list", "ordered_list"}),
    "table_cell": frozenset({"paragraph", "bullet_list", "ordered_list"}),
}


def _take_speaker(quote: _Frame) -> None:
    """Make a last line "— Name" the quote's speaker, and a link in it the quote's source."""
    if not quote.content:
        return
    inline = children(quote.content[-1])
    start = max((place for place, node in enumerate(inline) if node["type"] == "hard_break"), default=-1) + 1
    line = inline[start:]
    words = "".join(node.get("text", "") for node in line)
    if not begins_with_dash(words) or (start == 0 and len(quote.content) == 1):
        return
    speaker = without_dash(words)
    if not 0 < len(speaker) <= limits.SPEAKER_CHARS:
        return
    quote.attrs["speaker"] = speaker
    for mark in (mark for node in line for mark in node.get("marks", [])):
        href = mark.get("attrs", {}).get("href")
        if isinstance(href, str) and href.lower().startswith("http"):
            quote.attrs["source_url"] = href
    if start:
        quote.content[-1]["content"] = inline[: start - 1]
    else:
        quote.content.pop()
