"""What was stored and does not hold the rules any more still gives readers its words (fault F30)."""

import pytest
from hypothesis import given
from tests.document.strategies import PATIENT, Json, json_values, near_misses, roots

from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, Document
from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.render.html import document_html
from stoppress.render.plain import document_plain

GOOD: Json = {
    "type": "paragraph",
    "content": [{"type": "text", "text": "Good.", "marks": [{"type": "bold"}]}],
}


@PATIENT
@given(roots())
def test_a_sound_document_is_left_alone(root: Json) -> None:
    document = Document.stored(root)
    assert document.root == root
    assert not document.mended


@PATIENT
@given(json_values())
def test_any_json_gives_a_document(raw: Json) -> None:
    document = Document.stored(raw)
    assert parse_document(document.root).root == document.root
    document_html(document)
    document_plain(document)


@pytest.mark.long
@PATIENT
@given(near_misses())
def test_a_damaged_document_gives_a_document(raw: Json) -> None:
    document = Document.stored(raw)
    assert parse_document(document.root).root == document.root
    document_html(document)
    document_plain(document)


def test_an_unknown_node_gives_its_text_and_its_neighbours_stay() -> None:
    poll = {
        "type": "poll",
        "attrs": {"title": "Which way?", "colour": "red"},
        "content": [
            {"type": "choice", "content": [{"type": "text", "text": "North"}]},
            {"type": "text", "text": "South"},
        ],
    }
    document = Document.stored({"type": "doc", "content": [GOOD, poll, GOOD]})
    assert document.mended
    assert document_html(document) == (
        "<p><strong>Good.</strong></p><p>Which way? North South</p><p><strong>Good.</strong></p>"
    )


def test_a_forbidden_link_gives_its_words() -> None:
    link = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}
    text = {"type": "text", "text": "here", "marks": [link]}
    document = Document.stored({"type": "doc", "content": [{"type": "paragraph", "content": [text]}]})
    assert document_html(document) == "<p>here</p>"


def test_a_block_without_words_goes() -> None:
    document = Document.stored({"type": "doc", "content": [{"type": "map", "attrs": {"zoom": 3}}, GOOD]})
    assert document_html(document) == "<p><strong>Good.</strong></p>"


@pytest.mark.parametrize("raw", [None, "", 7, [], {}, {"type": "doc"}, {"type": "doc", "content": None}])
def test_nothing_gives_the_empty_document(raw: Json) -> None:
    assert Document.stored(raw).root == EMPTY.root
    assert Document.stored(raw).mended


def test_depth_and_length_do_not_matter() -> None:
    raw: Json = {"type": "text", "text": "bottom"}
    for _ in range(50_000):
        raw = {"type": "quote", "content": [raw]}
    assert plain_text(Document.stored({"type": "doc", "content": [raw]})) == "bottom"
    long = {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x" * 200_000}]}] * 3,
    }
    assert len(plain_text(Document.stored(long))) <= limits.TEXT_CHARS


def test_text_keeps_no_controls() -> None:
    raw = {"type": "doc", "content": [{"type": "x", "text": "a\u202eb\x00c\n\nd"}]}
    assert plain_text(Document.stored(raw)) == "a b c d"
