"""Foreign tables come out straight, whatever their cells ask for."""

from hypothesis import given
from hypothesis import strategies as st
from tests.document.strategies import Json

from stoppress.document.notes import Notes
from stoppress.document.parse import parse_document
from stoppress.document.straighten import table_blocks
from stoppress.document.tables import place
from stoppress.lib import limits


def _cell(words: str, colspan: int, rowspan: int) -> Json:
    content = [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]
    return {"type": "table_cell", "attrs": {"colspan": colspan, "rowspan": rowspan}, "content": content}


_spans = st.one_of(st.integers(0, 4), st.sampled_from([99, 600, 65_534, 999_999]))
_rows = st.lists(st.lists(st.builds(_cell, st.just("x"), _spans, _spans), max_size=5), max_size=8)


@given(_rows)
def test_every_cell_is_kept_and_the_table_holds_the_rules(rows: list[list[Json]]) -> None:
    blocks = table_blocks([{"type": "table_row", "content": row} for row in rows], Notes())
    if blocks:
        parse_document({"type": "doc", "content": blocks})
    words = sum(1 for row in rows for _ in row)
    assert str(blocks).count("'text': 'x'") == words
    if blocks and blocks[0]["type"] == "table":
        placed, fault = place(blocks[0])
        assert not fault
        assert {cell.row for cell in placed} == set(range(1 + max(cell.row for cell in placed)))
        assert {cell.column for cell in placed} == set(
            range(max(cell.column + cell.colspan for cell in placed))
        )


def test_a_table_too_large_is_lines_and_told() -> None:
    notes = Notes()
    row: Json = {"type": "table_row", "content": [_cell("x", 1, 1)] * 30}
    assert len(table_blocks([row] * 20, notes)) == 1
    assert notes.sentences() == ()
    assert len(table_blocks([row] * 21, notes)) == 630
    assert notes.sentences() == ("A table that is too large became lines of text.",)
    assert limits.TABLE_CELLS == 600


def test_nothing_is_no_table() -> None:
    assert table_blocks([], Notes()) == []
    assert table_blocks([{"type": "table_row", "content": []}], Notes()) == []
