"""The words of a document: lines, first words, blank or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.document.strategies import PATIENT, Json, documents

from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, Document
from stoppress.document.text import first_words, is_blank, plain_text


def doc(*blocks: Json) -> Document:
    return parse_document({"type": "doc", "content": list(blocks)})


def paragraph(words: str) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


PICTURE: Json = {
    "type": "image",
    "attrs": {"src": "/media/m/1.webp", "caption": "The quay", "credit": "J. Varga"},
}


def test_each_block_is_a_line() -> None:
    broken = {
        "type": "paragraph",
        "content": [{"type": "text", "text": "b"}, {"type": "hard_break"}, {"type": "text", "text": "c"}],
    }
    assert (
        plain_text(doc(paragraph("a"), {"type": "paragraph"}, broken, PICTURE))
        == "a\nb\nc\nThe quay J. Varga"
    )
    assert plain_text(EMPTY) == ""


def test_cells_of_a_row_stand_apart_by_tabs() -> None:
    cells = [
        {"type": "table_cell", "content": [paragraph("a"), paragraph("b")]},
        {"type": "table_cell", "content": [paragraph("c")]},
    ]
    assert (
        plain_text(doc({"type": "table", "content": [{"type": "table_row", "content": cells}]})) == "a b\tc"
    )


@pytest.mark.parametrize(
    ("words", "chars", "expected"),
    [
        ("The bridge is shut.", 40, "The bridge is shut."),
        ("The bridge is shut.", 19, "The bridge is shut."),
        ("The bridge is shut.", 18, "The bridge is…"),
        ("The bridge is shut.", 11, "The bridge…"),
        ("The bridge is shut.", 10, "The…"),
        ("The bridge, shut", 12, "The bridge…"),
        ("Donaudampfschiff", 6, "Donau…"),
        ("two  spaces", 40, "two spaces"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_first_words_are_cut_between_words(words: str, chars: int, expected: str) -> None:
    assert first_words(doc(paragraph(words)), chars) == expected


def test_first_words_are_prose_when_there_is_any() -> None:
    card = {"type": "link_card", "attrs": {"url": "https://example.org/", "title": "A report"}}
    assert (
        first_words(doc(PICTURE, card, paragraph("The bridge"), paragraph("is shut.")), 80)
        == "The bridge is shut."
    )
    assert first_words(doc(PICTURE, card), 80) == "The quay J. Varga A report example.org"


@PATIENT
@given(documents(), st.integers(0, 60))
def test_first_words_are_one_line_of_the_document(document: Document, chars: int) -> None:
    words = first_words(document, chars)
    assert len(words) <= chars
    assert "\n" not in words
    assert "\t" not in words


def test_blank() -> None:
    assert is_blank(EMPTY)
    assert is_blank(doc(paragraph(" \u00a0 ")))
    assert is_blank(
        doc({"type": "bullet_list", "content": [{"type": "list_item", "content": [{"type": "paragraph"}]}]})
    )
    assert not is_blank(doc(paragraph("0")))
    assert not is_blank(doc({"type": "image", "attrs": {"src": "/media/m/1.webp"}}))
    assert not is_blank(
        doc({"type": "quote", "attrs": {"speaker": "Ana"}, "content": [{"type": "paragraph"}]})
    )
