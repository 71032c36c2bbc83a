"""Where each cell of a table stands, by the rules of HTML (4.9.12, "forming a table").

Called by `check.py` (refuses crooked tables), `html.py` (straightens them) and `render/html.py` (spans).
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from stoppress.document.nodes import JsonNode, children, number


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell and its place; rows and columns count from 0."""

    node: JsonNode
    row: int
    column: int
    rowspan: int
    colspan: int


def area(table: JsonNode) -> int:
    """How many squares the cells ask for; look at this before `place`, which visits each."""
    return sum(
        _span(cell, "rowspan") * _span(cell, "colspan") for row in children(table) for cell in children(row)
    )


def place(table: JsonNode) -> tuple[list[PlacedCell], str]:
    """Each cell of `table` in its place, and what is crooked about it ("" when nothing is)."""
    taken: set[tuple[int, int]] = set()
    placed: list[PlacedCell] = []
    fault = ""
    for row, row_node in enumerate(children(table)):
        column = 0
        for node in children(row_node):
            while (row, column) in taken:
                column += 1
            cell = PlacedCell(node, row, column, _span(node, "rowspan"), _span(node, "colspan"))
            squares = _squares(cell)
            if taken & squares:
                fault = f"row {row + 1} has a cell that lies over one from a row above"
            taken |= squares
            placed.append(cell)
            column += cell.colspan
    return placed, fault or _edge_fault(taken, len(children(table)))


def snug_span(start: int, span: int, begun: Collection[int]) -> int:
    """`span` without the rows (or columns) in which no cell begins: html allows no such row or column."""
    return sum(line in begun for line in range(start, start + span))


def _edge_fault(taken: set[tuple[int, int]], rows: int) -> str:
    filled = Counter(row for row, _ in taken)
    width = 1 + max((column for _, column in taken), default=-1)
    if len(filled) and max(filled) >= rows:
        return "a cell reaches below the last row"
    for row in range(rows):
        if not width or filled[row] < width:
            return f"row {row + 1} fills {filled[row]} of {width} columns"
    return ""


def _squares(cell: PlacedCell) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }


def _span(cell: JsonNode, name: str) -> int:
    return number(cell, name) or 1
