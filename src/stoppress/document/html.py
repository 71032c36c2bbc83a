"""Any html → Document: the clipboard, other publishers' pages, old systems. Words are kept, form where it can.

Called by `archive` and `desk`. One pass over the tree (`html_tree.py`) into a `Writer`; each element that is
more than a block or a mark has a function in the table below. What cannot be kept is told in sentences.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from stoppress.document.addresses import is_own, site_of
from stoppress.document.html_addresses import base_of, link_address, scheme_of, web_address
from stoppress.document.html_embeds import (
    PLAYERS,
    embedded_post,
    is_embedded_post,
    own_embed,
    player_card,
    post_blocks,
)
from stoppress.document.html_pictures import (
    Caption,
    emoji_of,
    is_icon,
    is_tracker,
    legend_of,
    lost_reason,
    picture_of,
    shortened,
)
from stoppress.document.html_state import State, inside, is_hidden, is_struck, raised, style_of
from stoppress.document.html_structured import box_of, own_block
from stoppress.document.html_tree import BLOCKS, NOT_SHOWN, Element, elements, tree_of, words_of
from stoppress.document.html_word import WordLists, is_bullet, list_level
from stoppress.document.inline import tidy, without_dash
from stoppress.document.nodes import Attributes, JsonMark, JsonNode
from stoppress.document.notes import Notes
from stoppress.document.schema import Document
from stoppress.document.writer import Writer
from stoppress.lib import limits
from stoppress.lib.origins import origin_label


def from_html(fragment: str, base_url: str = "") -> tuple[Document, tuple[str, ...]]:
    """The document that a reader would see in `fragment`, and a sentence for each thing it could not keep.

    Relative addresses are joined to `base_url`. Never raises; what one post cannot hold is cut, with a note.
    """
    notes = Notes()
    if len(fragment) > limits.HTML_CHARS:
        fragment = fragment[: limits.HTML_CHARS]
        notes.add("cut")
    root = tree_of(fragment)
    declared = next((one.get("href") for one in elements(root) if one.tag == "base"), "")
    reader = _Reader(notes, base_of(base_url, declared), _compound(root))
    reader.read(root)
    reader.forget_picture()
    return reader.writer.document(), notes.sentences()


class _Reader:
    """One reading: where it is (`states`), what it has found out ahead (`taken`), and where it writes."""

    def __init__(self, notes: Notes, base: str, layout: frozenset[Element]) -> None:
        self.notes = notes
        self.base = base
        self.layout = layout
        self.writer = Writer(notes)
        self.word_lists = WordLists(self.writer)
        self.states = [State()]
        self.taken: set[Element] = set()  # read ahead of time
        self.sources: list[Element] = []  # of the <picture> under way
        self.caption: Caption | None = None  # of the figure under way, until a picture takes it
        self.lost = ""  # why the last picture had no address, until <noscript> may give it one

    @property
    def state(self) -> State:
        """What holds here."""
        return self.states[-1]

    def read(self, root: Element) -> None:
        """Write all that is in `root`, stopping when the document is full."""
        waiting = [iter(root.content)]
        ends: list[Callable[[], None]] = []
        while waiting:
            for child in waiting[-1]:
                if self.writer.full:
                    return
                if isinstance(child, str):
                    self.words(child)
                elif (end := self.enter(child)) is not None:
                    ends.append(end)
                    waiting.append(iter(child.content))
                    break
            else:
                waiting.pop()
                if ends:
                    ends.pop()()
                    self.states.pop()
                    self.writer.heading = self.state.heading

    def words(self, words: str) -> None:
        """Words, as this place shows them."""
        if self.state.silent:
            return
        if not self.state.preformatted:
            self.writer.text(raised(words, self.state), self.state.marks)
            return
        for place, line in enumerate(words.split("\n")):
            if place:
                self.writer.line_break()
            self.writer.text(line, self.state.marks)

    def enter(self, element: Element) -> Callable[[], None] | None:
        """Begin `element`. Returns what to do at its end, or None when it is done with already."""
        style = style_of(element)
        if element in self.taken or is_hidden(element, style) or self.not_shown(element):
            return None
        is_block = element.tag in BLOCKS or style.get("display") == "block"
        if is_block:
            self.begin_block(element)
        if _whole(element)(self, element):
            return None
        if is_struck(element, style) and not self.state.silent:
            self.notes.add("struck")
        self.states.append(inside(element, self.state, style, self.link(element)))
        self.writer.heading = self.state.heading
        depth = self.writer.depth
        begin = _around(element)
        if begin is None and self.writer.depth == 1 and (box := box_of(element)):
            kind, attrs, said = box
            self.taken.update(said)
            self.writer.open(kind, attrs)
            return lambda: self.writer.close_to(depth)
        if begin is not None:
            return begin(self, element) or (lambda: self.writer.close_to(depth))
        return self.writer.end_block if is_block else _nothing

    def begin_block(self, element: Element) -> None:
        """A block begins: what was under way ends, and so does a list of Word's that it is no item of."""
        self.writer.end_block()
        level = list_level(element)
        if level:
            self.word_lists.item(element, level)
        elif element.tag in BLOCKS:
            self.word_lists.end()

    def not_shown(self, element: Element) -> bool:
        """Whether browsers show nothing of it; scripts and formulas are noted."""
        if element.tag == "script" and "json" not in element.get("type"):
            self.notes.add("script")
        elif element.tag == "math":
            self.notes.add("formula")
        elif element.tag == "noscript":
            return not self.lost
        return element.tag in NOT_SHOWN or is_bullet(element)

    def link(self, element: Element) -> JsonMark | None:
        """The link that `element` is, when it leads somewhere a document may link to."""
        raw = element.get("href") if element.tag == "a" else ""
        if not raw or raw.startswith("#") or is_own(raw):  # a picture of ours, whole
            return None
        if address := link_address(raw, self.base):
            return {"type": "link", "attrs": {"href": address}}
        self.notes.add("link", scheme_of(raw))
        return None

    def block(self, node: JsonNode) -> None:
        """A picture, card or quote, its texts cut to their bounds."""
        shortened(node.get("attrs", {}), _MOST, self.notes)
        self.writer.block(node)

    def forget_picture(self) -> None:
        """The last picture stays without an address: say so."""
        if self.lost:
            self.notes.add("picture", self.lost)
            self.lost = ""


def _nothing() -> None:
    """At the end of an element that is neither block nor container."""


# --- elements that are read whole: True when nothing of them is left to read ---------------------------


def _picture(reader: _Reader, image: Element) -> bool:
    if emoji := emoji_of(image):
        reader.words(emoji)
        return True
    ours = not reader.base and is_own(image.get("src"))  # whatever its size
    if is_tracker(image) and not ours:
        return True
    if is_icon(image) and not ours:
        reader.notes.add("icon")
        return True
    if not reader.state.rescue:
        reader.forget_picture()
    node = picture_of(image, reader.sources, reader.base, reader.caption or Caption())
    if node is None:
        reader.lost = reader.lost or lost_reason(image)
        return True
    reader.lost = ""
    reader.caption = None
    reader.block(node)
    return True


def _player(reader: _Reader, player: Element) -> bool:
    node = player_card(player, reader.base)
    if node is None:
        if player.tag == "object":
            return False  # what it shows instead is inside it
        reader.notes.add("lost embed")
        return True
    if node["type"] == "link_card":
        reader.notes.add("embed", site_of(str(node.get("attrs", {}).get("url"))))
    reader.block(node)
    return True


def _embedded_post(reader: _Reader, element: Element) -> bool:
    post = embedded_post(element, reader.base)
    if post is None:
        return False
    blocks = post_blocks(post)
    if blocks[-1]["type"] == "link_card":
        reader.notes.add("embedded post", site_of(post.url))
    for block in blocks:
        reader.block(block)
    return True


def _speaker(reader: _Reader, element: Element) -> bool:
    """A <footer>, or a <cite> on its own, in a quote names who is quoted."""
    speaker = without_dash(tidy(words_of(element)))[: limits.SPEAKER_CHARS]
    if not reader.state.quoting or not speaker:
        return False
    reader.writer.attribute("speaker", speaker)
    links = (one.get("href") for one in elements(element) if one.tag == "a")
    if source := next((address for raw in links if (address := web_address(raw, reader.base))), ""):
        reader.writer.attribute("source_url", source)
    return True


def _line_break(reader: _Reader, _element: Element) -> bool:
    if reader.state.lined:
        reader.writer.line_break()
    else:
        reader.writer.end_block()
    return True


def _rule(reader: _Reader, _element: Element) -> bool:
    reader.writer.end_block()
    return True


_WHOLE: Final[Mapping[str, Callable[[_Reader, Element], bool]]] = {
    **dict.fromkeys(PLAYERS, _player),
    "img": _picture,
    "amp-img": _picture,
    "footer": _speaker,
    "br": _line_break,
    "hr": _rule,
}


def _own_embed(reader: _Reader, figure: Element) -> bool:
    node = own_embed(figure)
    if node is not None:
        reader.block(node)
    return node is not None


def _own_block(reader: _Reader, element: Element) -> bool:
    node = own_block(element)
    if node is not None:
        reader.block(node)
    return node is not None


def _whole(element: Element) -> Callable[[_Reader, Element], bool]:
    if "data-embed" in element.attrs:
        return _own_embed
    if "class" in element.attrs and is_embedded_post(element):
        return _embedded_post
    if element.classes & _OWN:
        return _not_said if "map-links" in element.classes else _own_block
    return _WHOLE.get(element.tag, _read_on)


def _not_said(_reader: _Reader, _element: Element) -> bool:
    """Ways to a map, written anew by whoever shows the point."""
    return True


_OWN: Final = frozenset({"score", "map-point", "poll", "map-links"})


def _read_on(_reader: _Reader, _element: Element) -> bool:
    return False


# --- elements around others: what to do at their end, or None to close what they opened ----------------

_End = Callable[[], None] | None


def _quote(reader: _Reader, element: Element) -> _End:
    reader.writer.open("quote")
    if source := web_address(element.get("cite"), reader.base) if element.get("cite") else "":
        reader.writer.attribute("source_url", source)
    if reader.caption is not None and reader.caption.text:
        reader.writer.attribute("speaker", without_dash(reader.caption.text)[: limits.SPEAKER_CHARS])
        reader.caption = None
    if (cite := _last_cite(element)) is not None and _speaker(reader, cite):
        reader.taken.add(cite)
    return None


def _last_cite(quote: Element) -> Element | None:
    """A <cite> that ends the quote on a line of its own; within a sentence it is the title of a work."""
    parts = [part for part in quote.content if isinstance(part, Element) or part.strip()]
    last, before = (parts or [""])[-1], (parts[-2:-1] or [""])[0]
    alone = isinstance(before, Element) or not before or before.rstrip()[-1] in _DASHES
    return last if isinstance(last, Element) and last.tag == "cite" and alone else None


def _list(reader: _Reader, element: Element) -> _End:
    numbered = element.tag == "ol"
    attrs: Attributes = {"start": _number(element.get("start"), 1)} if numbered else {}
    reader.writer.open("ordered_list" if numbered else "bullet_list", attrs)
    return None


def _item(reader: _Reader, _element: Element) -> _End:
    reader.writer.open("list_item")
    return None


def _table(reader: _Reader, element: Element) -> _End:
    if element in reader.layout:
        reader.states[-1] = replace(reader.state, table="layout")
        return None
    captions = [one for one in element.content if isinstance(one, Element) and one.tag == "caption"]
    for caption in captions:
        reader.taken.add(caption)
        reader.writer.text(words_of(caption))
        reader.writer.end_block()
    reader.states[-1] = replace(reader.state, table="data")
    depth = reader.writer.depth
    reader.writer.open("table")
    return lambda: reader.writer.close_to(depth)


def _row(reader: _Reader, _element: Element) -> _End:
    if reader.state.table == "data":
        reader.writer.open("table_row")
    return None


def _cell(reader: _Reader, element: Element) -> _End:
    if reader.state.table == "data":
        spans: Attributes = {name: _number(element.get(name), 1) for name in ("colspan", "rowspan")}
        reader.writer.open("table_header" if element.tag == "th" else "table_cell", spans)
    return None


def _number(raw: str, default: int) -> int:
    return int(raw) if _DIGITS.fullmatch(raw) else default


def _figure(reader: _Reader, element: Element) -> _End:
    """A picture or quote takes the caption; what nobody takes is a paragraph of its own."""
    if element in reader.layout:
        return None
    legend = legend_of(element)
    reader.taken |= legend.read
    reader.caption = legend.caption
    if legend.linked:
        reader.notes.add("caption link")

    def end() -> None:
        reader.writer.end_block()
        left, reader.caption = reader.caption, None
        for words in (left.text, left.credit, origin_label(left.origin)) if left else ():
            reader.writer.text(words)
            reader.writer.end_block()

    return end


def _gallery(reader: _Reader, _element: Element) -> _End:
    """Pictures of ours side by side; those of others stand one below the other."""
    reader.writer.open("gallery")
    return None


def _picture_sources(reader: _Reader, element: Element) -> _End:
    reader.sources = [one for one in elements(element) if one.tag == "source"]

    def end() -> None:
        reader.sources = []

    return end


def _inline_quote(reader: _Reader, _element: Element) -> _End:
    reader.words("“")
    return lambda: reader.words("”")


_AROUND: Final[Mapping[str, Callable[[_Reader, Element], _End]]] = {
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "li": _item,
    "table": _table,
    "tr": _row,
    "td": _cell,
    "th": _cell,
    "figure": _figure,
    "picture": _picture_sources,
    "q": _inline_quote,
}


def _around(element: Element) -> Callable[[_Reader, Element], _End] | None:
    if "gallery" in element.classes:
        return _gallery
    return _figure if "wp-caption" in element.classes else _AROUND.get(element.tag)


_DIGITS = re.compile(r"[0-9]{1,6}")
_DASHES: Final = "\u2012\u2013\u2014\u2015-"
_MOST: Final = {
    "alt": limits.ALT_CHARS,
    "caption": limits.CAPTION_CHARS,
    "credit": limits.CREDIT_CHARS,
    "speaker": limits.SPEAKER_CHARS,
    "title": limits.CARD_TITLE_CHARS,
    "description": limits.CARD_DESCRIPTION_CHARS,
    "text": limits.EMBED_TEXT_CHARS,
    "author": limits.EMBED_AUTHOR_CHARS,
}


def _compound(root: Element) -> frozenset[Element]:
    """Tables that only lay out a page, and figures around figures: what is in them stands by itself."""
    everything = list(elements(root))
    tables = (one for one in everything if one.tag == "table" and _lays_out(one))
    figures = (
        one for one in everything if one.tag == "figure" and any(two.tag == "figure" for two in _own(one))
    )
    return frozenset((*tables, *figures))


def _lays_out(table: Element) -> bool:
    """Whether it says so, holds another table, or has neither header cells nor a row of two cells."""
    own = list(_own(table))
    if table.get("role") in {"presentation", "none"} or any(one.tag == "table" for one in own):
        return True
    if any(one.tag == "th" for one in own):
        return False
    return all(sum(_is_cell(part) for part in one.content) <= 1 for one in own if one.tag == "tr")


def _is_cell(part: Element | str) -> bool:
    return isinstance(part, Element) and part.tag in {"td", "th"}


def _own(root: Element) -> Iterator[Element]:
    """Every element in `root`, but what lies in another of its kind."""
    waiting = list(reversed(root.content))
    while waiting:
        part = waiting.pop()
        if isinstance(part, Element):
            yield part
            if part.tag != root.tag:
                waiting.extend(reversed(part.content))
