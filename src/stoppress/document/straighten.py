"""Tables and galleries as other people write them, made straight: no crooked row, no gallery of one.

Called by `writer.py`. What comes out holds the rules of `check.py`, or is lines of text when it is too large.
"""

from collections.abc import Iterator

from stoppress.document.addresses import is_own
from stoppress.document.nodes import JsonNode, children, words
from stoppress.document.notes import Notes
from stoppress.document.tables import PlacedCell, snug_span
from stoppress.lib import limits


def table_blocks(rows: list[JsonNode], notes: Notes) -> list[JsonNode]:
    """The blocks that `rows`, whose cells may have any spans, become: one table, paragraphs, or nothing."""
    cells = [cell for row in rows for cell in children(row)]
    asked = sum(
        _asked(cell, "colspan") * min(_asked(cell, "rowspan") or len(rows), len(rows)) for cell in cells
    )
    if len(cells) > limits.TABLE_CELLS or asked > limits.TABLE_SQUARES:
        return _as_lines(cells, notes)
    placed = _without_gaps(list(_clipped(rows)))
    height = max((cell.row + 1 for cell in placed), default=0)
    width = max((cell.column + cell.colspan for cell in placed), default=0)
    if width * height > limits.TABLE_CELLS:
        return _as_lines(cells, notes)
    return [_filled(placed, height, width)] if placed else []


def gallery_blocks(pictures: list[JsonNode]) -> list[JsonNode]:
    """The blocks that pictures side by side become: galleries, or each by itself when one is not ours."""
    if not all(is_own(words(picture, "src")) for picture in pictures):
        return pictures
    most = limits.GALLERY_PICTURES
    parts = [pictures[first : first + most] for first in range(0, len(pictures), most)]
    return [
        {"type": "gallery", "content": part} if len(part) >= limits.GALLERY_PICTURES_MIN else part[0]
        for part in parts
    ]


def _clipped(rows: list[JsonNode]) -> Iterator[PlacedCell]:
    """Each cell in the first free place of its row, its spans cut where another cell or the edge is."""
    taken: set[tuple[int, int]] = set()
    for row, row_node in enumerate(rows):
        column = 0
        for node in children(row_node):
            while (row, column) in taken:
                column += 1
            colspan = 1
            while colspan < _asked(node, "colspan") and (row, column + colspan) not in taken:
                colspan += 1
            rowspan = min(_asked(node, "rowspan") or len(rows), len(rows) - row)
            taken |= {(row + down, column + across) for down in range(rowspan) for across in range(colspan)}
            yield PlacedCell(node, row, column, rowspan, colspan)
            column += colspan


def _asked(cell: JsonNode, name: str) -> int:
    value = cell.get("attrs", {}).get(name, 1)
    return min(value, limits.TABLE_SPAN) if isinstance(value, int) else 1


def _filled(placed: list[PlacedCell], height: int, width: int) -> JsonNode:
    """A table of these cells, with an empty one wherever none lies."""
    taken = {
        (cell.row + down, cell.column + across)
        for cell in placed
        for down in range(cell.rowspan)
        for across in range(cell.colspan)
    }
    empty = [
        PlacedCell({"type": "table_cell", "content": [{"type": "paragraph"}]}, row, column, 1, 1)
        for row in range(height)
        for column in range(width)
        if (row, column) not in taken
    ]
    rows: list[list[PlacedCell]] = [[] for _ in range(height)]
    for cell in sorted([*placed, *empty], key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(cell)
    return {
        "type": "table",
        "content": [{"type": "table_row", "content": [_spanning(cell) for cell in row]} for row in rows],
    }


def _without_gaps(placed: list[PlacedCell]) -> list[PlacedCell]:
    """The cells moved together where no cell begins in a whole row or column."""
    rows = _numbered({cell.row for cell in placed})
    columns = _numbered({cell.column for cell in placed})
    return [
        PlacedCell(
            cell.node,
            rows[cell.row],
            columns[cell.column],
            snug_span(cell.row, cell.rowspan, rows),
            snug_span(cell.column, cell.colspan, columns),
        )
        for cell in placed
    ]


def _numbered(begun: set[int]) -> dict[int, int]:
    return {line: number for number, line in enumerate(sorted(begun))}


def _spanning(cell: PlacedCell) -> JsonNode:
    node: JsonNode = {"type": cell.node["type"], "content": children(cell.node)}
    spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
    if wide := {name: span for name, span in spans.items() if span > 1}:
        node["attrs"] = dict(wide)
    return node


def _as_lines(cells: list[JsonNode], notes: Notes) -> list[JsonNode]:
    notes.add("table")
    return [block for cell in cells for block in children(cell) if children(block)]
