"""A document as html: one function for each node type, classes only, nothing that runs.

Called by `post.py`, feeds and exports. May import `document`, `lib` and this room. The bytes are stored with the
post; raise `facts.RENDERER` when they change. Blank paragraphs are left out, here and in `document/text.py`.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

from stoppress.document.addresses import escaped
from stoppress.document.made_once import made_once
from stoppress.document.nodes import JsonMark, JsonNode, children, mark_words, number, words
from stoppress.document.schema import Document
from stoppress.document.tables import PlacedCell, place, snug_span
from stoppress.document.text import (
    card_lines,
    claim_label,
    embed_lines,
    inline_text,
    quote_credit,
    runs,
)
from stoppress.lib import limits
from stoppress.lib.languages import Words
from stoppress.lib.providers import seen
from stoppress.render.element import NOTHING, Html, Value, element, join, text, tongue
from stoppress.render.figures import gallery_html, image_html
from stoppress.render.structured import fact_box_html, map_point_html, poll_html, qa_html, score_html

Element: TypeAlias = Callable[[JsonNode, Words], Html]

_LABEL_CHARS = 80  # a table's name for listeners, made of its first row


@made_once
def document_html(document: Document) -> str:
    """The document's blocks, one after the other, without anything around them."""
    return _blocks(document.root, document.say)


def _html(node: JsonNode, say: Words) -> Html:
    return ELEMENTS[node["type"]](node, say)


def _blocks(node: JsonNode, say: Words) -> Html:
    return join(_html(child, say) for child in children(node))


def _prose(tag: str) -> Element:
    def html(node: JsonNode, say: Words) -> Html:
        return element(tag, None, _inline(children(node), say)) if _speaks(node) else NOTHING

    return html


def _speaks(node: JsonNode) -> bool:
    return bool(inline_text(children(node)).strip())


def _inline(content: list[JsonNode], say: Words, depth: int = 0) -> Html:
    return join(_run(mark, run, say, depth) for mark, run in runs(content, depth))


def _run(mark: JsonMark | None, run: list[JsonNode], say: Words, depth: int) -> Html:
    if mark is None:
        return join(_html(node, say) for node in run)
    return MARKS[mark["type"]](mark, _inline(run, say, depth + 1), say)


def _claim(mark: JsonMark, inside: Html, say: Words) -> Html:
    label = element("span", {"class": "claim-state"}, text(claim_label(mark, say)))
    state = mark_words(mark, "state")
    return element("span", {"class": f"claim claim-{state}"}, inside, text(" "), label)


def _link(mark: JsonMark, inside: Html, _: Words) -> Html:
    return element("a", _target(mark_words(mark, "href")), inside)


def _target(address: str) -> dict[str, Value]:
    return {"href": escaped(address), "rel": "noopener"}


def _ordered_list(node: JsonNode, say: Words) -> Html:
    start = number(node, "start")
    return element("ol", {"start": None if start == 1 else start}, _blocks(node, say))


def _snug(node: JsonNode, say: Words) -> Html:
    """The inside of an item or cell: one paragraph alone needs no element of its own."""
    blocks = children(node)
    if sum(block["type"] == "paragraph" for block in blocks) != 1:
        return _blocks(node, say)
    return join(
        _inline(children(block), say) if block["type"] == "paragraph" else _html(block, say)
        for block in blocks
    )


def _quote(node: JsonNode, say: Words) -> Html:
    address, credit = words(node, "source_url"), quote_credit(node)
    cite: dict[str, Value] = {"cite": escaped(address) if address else None}
    named = element("a", _target(address), text(credit)) if address else text(credit)
    caption = element("figcaption", None, named) if credit.strip() else NOTHING
    spoken = tongue(words(node, "language"), say.language)
    said = element("blockquote", {**cite, **spoken}, _blocks(node, say))
    return element("figure", {"class": "quote"}, said, caption)


def _table(node: JsonNode, say: Words) -> Html:
    cells, _ = place(node)
    rows: dict[int, list[PlacedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    columns = {cell.column for cell in cells}
    body = [
        element("tr", None, *(_cell(cell, _snug(cell.node, say), row, rows.keys(), columns) for cell in row))
        for row in rows.values()
    ]
    label = " ".join(", ".join(_cell_words(cell) for cell in rows[0]).split()) if rows else ""
    frame: dict[str, Value] = {
        "class": "table",
        "role": "region",
        "tabindex": 0,
        "aria-label": say("Table: {words}", words=label[:_LABEL_CHARS])
        if label.strip(", ")
        else say("Table"),
    }
    return element("div", frame, element("table", None, element("tbody", None, *body)))


def _cell_words(cell: PlacedCell) -> str:
    return " ".join(
        inline_text(children(block)) for block in children(cell.node) if block["type"] == "paragraph"
    )


def _cell(
    cell: PlacedCell, inside: Html, row: list[PlacedCell], rows: Collection[int], columns: Collection[int]
) -> Html:
    rowspan = snug_span(cell.row, cell.rowspan, rows)
    colspan = snug_span(cell.column, cell.colspan, columns)
    attributes: dict[str, Value] = {
        "colspan": colspan if colspan > 1 else None,
        "rowspan": rowspan if rowspan > 1 else None,
    }
    if cell.node["type"] == "table_cell":
        return element("td", attributes, inside)
    heads_column = all(other.node["type"] == "table_header" for other in row)
    return element("th", {"scope": "col" if heads_column else "row", **attributes}, inside)


def _link_card(node: JsonNode, _: Words) -> Html:
    title, description, site = card_lines(node)
    return element(
        "a",
        {"class": "card", **_target(words(node, "url"))},
        element("div", {"class": "card-title"}, text(title)),
        element("div", {"class": "card-description"}, text(description)) if description.strip() else NOTHING,
        element("div", {"class": "card-site"}, text(site)) if site.strip() else NOTHING,
    )


def _embed(node: JsonNode, say: Words) -> Html:
    """What is known of a foreign post or player. The script loads `data-frame`, our own writing, on a press only."""
    found = seen(words(node, "url"))
    if found is None:
        raise ValueError(f"An embed that was never checked: {words(node, 'url')!r}")
    title, said, author, label = embed_lines(node, say)
    height = (number(node, "height") or found.height) if found.height else 0
    frame: dict[str, Value] = {
        "class": f"embed embed-{_box(height)}",
        "data-embed": found.provider.name,
        "data-site": found.provider.title,
        "data-kind": found.provider.kind,
        "data-frame": found.frame,
    }
    quote = element("blockquote", None, element("p", None, text(said))) if said.strip() else NOTHING
    box = [
        element("p", {"class": "embed-title"}, text(title)) if title.strip() else NOTHING,
        quote,
        element("p", {"class": "embed-author"}, text(author)) if author.strip() else NOTHING,
    ]
    link = element("a", _target(found.url), text(label))
    return element(
        "figure", frame, element("div", {"class": "embed-box"}, *box), element("figcaption", None, link)
    )


def _box(height: int) -> str:
    """The name of the smallest box of reader.css that holds `height` pixels; "wide" is 16:9."""
    if not height:
        return "wide"
    return str(next((step for step in limits.EMBED_BOXES if step >= height), limits.EMBED_BOXES[-1]))


ELEMENTS: Final[Mapping[str, Element]] = {
    "doc": _blocks,
    "paragraph": _prose("p"),
    "heading": _prose("h3"),
    "quote": _quote,
    "bullet_list": lambda node, say: element("ul", None, _blocks(node, say)),
    "ordered_list": _ordered_list,
    "list_item": lambda node, say: element("li", None, _snug(node, say)),
    "table": _table,
    "table_row": _blocks,
    "table_header": _snug,
    "table_cell": _snug,
    "link_card": _link_card,
    "embed": _embed,
    "image": image_html,
    "gallery": gallery_html,
    "score": lambda node, _: score_html(node),
    "fact_box": lambda node, say: fact_box_html(node, _blocks(node, say)),
    "map_point": map_point_html,
    "poll": poll_html,
    "qa": lambda node, say: qa_html(node, _blocks(node, say), say),
    "hard_break": lambda *_: element("br"),
    "text": lambda node, _: text(node.get("text", "")),
}
MARKS: Final[Mapping[str, Callable[[JsonMark, Html, Words], Html]]] = {
    "claim": _claim,
    "link": _link,
    "bold": lambda _, inside, __: element("strong", None, inside),
    "italic": lambda _, inside, __: element("em", None, inside),
}
