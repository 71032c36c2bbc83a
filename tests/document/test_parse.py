"""What is a document and what is not, and what the reporter is told."""

import json

import pytest
from hypothesis import example, given
from tests.document.strategies import PATIENT, Json, json_values, near_misses, roots

from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.schema import EMPTY, SCHEMA, Document
from stoppress.lib import limits


def doc(*blocks: Json) -> Json:
    return {"type": "doc", "content": list(blocks)}


def paragraph(*texts: str) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": text} for text in texts]}


def marked(text: str, *marks: Json) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": text, "marks": list(marks)}]}


def table(*rows: Json) -> Json:
    return {"type": "table", "content": [{"type": "table_row", "content": list(row)} for row in rows]}


def cell(kind: str = "table_cell", **attrs: int) -> Json:
    return {"type": kind, "attrs": attrs, "content": [paragraph("x")]}


def sentence(raw: object) -> str:
    with pytest.raises(InvalidDocument) as refused:
        parse_document(raw)
    return str(refused.value)


def _parsed(raw: object) -> tuple[Json, str]:
    try:
        return parse_document(raw).root, ""
    except InvalidDocument as refused:
        return None, str(refused)


@PATIENT
@given(roots())
def test_what_comes_in_is_what_is_kept(root: Json) -> None:
    before = json.dumps(root)
    document = parse_document(root)
    assert document.root == root
    assert document.root is not root
    assert json.dumps(root) == before
    assert parse_document(json.loads(json.dumps(document.root))) == document


@PATIENT
@given(json_values())
@example([[[[]]]])
@example({"type": "doc", "content": {"type": "paragraph"}})
@example({"type": "doc", "content": [{"type": "text"}]})
@example({"type": {}, "content": 1})
@example(float("nan"))
def test_any_json_is_a_document_or_a_sentence(raw: Json) -> None:
    root, refusal = _parsed(raw)
    assert (root == raw and not refusal) or (
        refusal[0].isupper() and refusal.endswith(".") and len(refusal) < 600
    )


@PATIENT
@given(near_misses())
def test_one_wrong_value_is_kept_as_it_is_or_refused(raw: Json) -> None:
    root, refusal = _parsed(raw)
    if not refusal:
        assert root == raw
        SCHEMA.node_from_json(json.loads(json.dumps(raw))).check()


@PATIENT
@given(roots())
def test_the_schema_library_agrees(root: Json) -> None:
    SCHEMA.node_from_json(json.loads(json.dumps(root))).check()


def test_every_rule_of_the_schema_is_known_to_the_library() -> None:
    """What the library refuses in content and marks, we refuse; found by walking every pair of types."""
    for outer in SCHEMA.nodes:
        for inner in SCHEMA.nodes:
            raw: Json = {"type": outer, "content": [_sample(inner)]} if outer != "text" else _sample("text")
            wrapped = raw if outer == "doc" else doc(raw)
            try:
                SCHEMA.node_from_json(json.loads(json.dumps(wrapped))).check()
            except (ValueError, KeyError):
                with pytest.raises(InvalidDocument):
                    parse_document(wrapped)


def _sample(kind: str) -> Json:
    if kind == "text":
        return {"type": "text", "text": "x"}
    required = {"link_card": {"url": "https://example.org/"}, "image": {"src": "/media/m/1.webp"}}
    return {"type": kind, **({"attrs": required[kind]} if kind in required else {})}


def test_an_empty_document_is_one_blank_paragraph() -> None:
    assert parse_document(EMPTY.root) == EMPTY
    assert "must not be empty" in sentence({"type": "doc", "content": []})
    assert "must not be empty" in sentence({"type": "doc"})


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, "The document: a node must be an object with a type; found nothing."),
        ([], "The document: a node must be an object with a type; found a list."),
        ("x", "The document: a node must be an object with a type; found text."),
        (True, "The document: a node must be an object with a type; found true or false."),
        (1.5, "The document: a node must be an object with a type; found a number."),
        (object(), "The document: a node must be an object with a type; found something that is not JSON."),
        (paragraph("x"), 'The document: it must begin with a node of type "doc", not "paragraph".'),
        (doc({"type": "video"}), 'Block 1: unknown type "video"; expected one of doc, paragraph, '),
        (doc(paragraph("x"), {"type": None}), "Block 2: unknown type (nothing); expected one of "),
        (doc({"type": "paragraph", "style": "x"}), 'Block 1 (paragraph): unknown field "style"; remove it.'),
        (
            doc({"type": "paragraph", "attrs": {"a": 1}}),
            'Block 1 (paragraph): unknown attribute "a"; remove it.',
        ),
        (doc({"type": "paragraph", "marks": []}), 'Block 1 (paragraph): unknown field "marks"; remove it.'),
        (
            doc({"type": "paragraph", "content": "x"}),
            "Block 1 (paragraph): content must be a list of nodes; found text.",
        ),
        (
            doc({"type": "paragraph", "content": [{"type": "text"}]}),
            "Block 1 (paragraph), text 1: the text must be a string",
        ),
        (doc(paragraph("")), "Block 1 (paragraph), text 1: a text must not be empty; leave the node out."),
        (
            doc({"type": "heading", "attrs": {"level": 2}}),
            "Block 1 (sub-heading): level: must be a whole number from 3 to 3.",
        ),
        (
            doc({"type": "heading", "attrs": {"level": True}}),
            "Block 1 (sub-heading): level: must be a whole number",
        ),
        (doc({"type": "image"}), "Block 1 (picture): src is missing; add it."),
        (doc({"type": "image", "attrs": None}), "Block 1 (picture): src is missing; add it."),
        (
            doc({"type": "quote", "content": []}),
            "Block 1 (quote): a quote must not be empty; fill or remove it.",
        ),
        (
            doc({"type": "bullet_list", "content": [{"type": "list_item", "content": [table([cell()])]}]}),
            "Block 1 (list), list item 1, table 1: a table cannot stand at this place in a list item; move it out.",
        ),
        (
            doc(marked("The tide", {"type": "link", "attrs": {"href": "javascript:alert(1)"}})),
            (
                "Block 1 (paragraph), text “The tide”: href: an address must begin with https:// or http://; "
                "write it in full, for example https://example.org/page."
            ),
        ),
        (
            doc(marked("x", {"type": "bold"}, {"type": "link", "attrs": {"href": "https://example.org"}})),
            "marks must stand in this order, each once: claim, link, bold, italic.",
        ),
        (doc(marked("x", {"type": "bold"}, {"type": "bold"})), "marks must stand in this order, each once"),
        (
            doc(marked("x", {"type": "underline"})),
            'unknown mark "underline"; expected one of claim, link, bold, italic.',
        ),
        (doc(marked("x", {"type": "bold", "x": 1})), 'unknown field "x" in the mark bold; remove it.'),
        (
            doc(marked("x", {"type": "claim", "attrs": {"state": "maybe"}})),
            "must be one of unverified, confirmed, disputed, false",
        ),
        (doc(marked("x", {"type": "claim", "attrs": {"state": []}})), "must be one of unverified, confirmed"),
        (
            doc(table([cell(), cell()], [cell()])),
            "Block 1 (table): row 2 fills 1 of 2 columns; give each row the same",
        ),
        (doc(table([cell(rowspan=2)])), "Block 1 (table): a cell reaches below the last row"),
        (
            doc(table([cell(), cell(rowspan=2)], [cell(colspan=2)])),
            "row 2 has a cell that lies over one from a row above",
        ),
        (doc(table([])), "Block 1 (table): row 1 fills 0 of 0 columns"),
        (doc(table([cell(colspan=0)])), "colspan: must be a whole number from 1 to 600"),
        (doc(table(*[[cell()] * 31] * 20)), "the table has more than 600 cells; make two tables of it"),
        (
            doc(paragraph("a\nb")),
            "text “a�b”: the text holds a line end (U+000A); use a new paragraph or a line break.",
        ),
        (doc(paragraph("a\tb")), "the text holds a tab (U+0009); use a space."),
        (doc(paragraph("a\x00b")), "the text holds a character that cannot be shown (U+0000); remove it."),
        (doc(paragraph("a\ud800b")), "the text holds a character that cannot be shown (U+D800); remove it."),
        (
            doc(paragraph("a\u202eb")),
            "the text holds a mark that reverses the order of letters (U+202E); remove it.",
        ),
        (
            doc({"type": "image", "attrs": {"src": "/media/m/1.webp", "caption": "a\u2066b"}}),
            "caption: the text holds a mark",
        ),
        (
            doc({"type": "image", "attrs": {"src": "/media/../secret"}}),
            "src: an address must begin with https://",
        ),
        (
            doc({"type": "image", "attrs": {"src": "/media/m", "alt": "x" * 1_001}}),
            "alt: has 1,001 characters; 1,000 are allowed",
        ),
        (
            doc({"type": "image", "attrs": {"src": "/media/m", "media": "../x"}}),
            "media: must be the id of an upload, or null",
        ),
        (
            doc({"type": "image", "attrs": {"src": "/media/m", "renditions": {}}}),
            "renditions: must be a list of at most 12 sizes",
        ),
        (
            doc({"type": "image", "attrs": {"src": "/media/m", "renditions": [{"src": "/media/m"}]}}),
            "renditions: must be a list of objects with src, width and height",
        ),
        (
            doc(
                {
                    "type": "image",
                    "attrs": {
                        "src": "/media/m",
                        "renditions": [{"src": "https://e.org/", "width": 1, "height": 1}],
                    },
                }
            ),
            "renditions: src: the address must be that of an upload",
        ),
        (
            doc(
                {
                    "type": "quote",
                    "attrs": {"source_url": "mailto:a@example.org"},
                    "content": [paragraph("x")],
                }
            ),
            "source_url: ",
        ),
    ],
)
def test_the_sentence_names_place_fault_and_cure(raw: object, expected: str) -> None:
    assert expected in sentence(raw)


@pytest.mark.parametrize("levels", [41, 500, 20_000])
@pytest.mark.parametrize("kind", ["quote", "bullet_list", "doc"])
def test_depth_is_bounded(kind: str, levels: int) -> None:
    raw: Json = paragraph("x")
    for _ in range(levels):
        item = {"type": "list_item", "content": [raw]}
        raw = {"type": kind, "content": [item if kind == "bullet_list" else raw]}
    assert sentence(doc(raw))


def test_lists_in_lists_go_as_deep_as_anybody_writes() -> None:
    raw: Json = {"type": "bullet_list", "content": [{"type": "list_item", "content": [paragraph("x")]}]}
    for _ in range(limits.LIST_LEVELS - 1):
        raw = {"type": "bullet_list", "content": [{"type": "list_item", "content": [paragraph("x"), raw]}]}
    assert parse_document(doc(raw))


def test_size_is_bounded() -> None:
    assert "more than 5,000 parts" in sentence(doc(*[{"type": "paragraph"}] * 5_000))
    assert parse_document(doc(*[{"type": "paragraph"}] * 4_999))
    assert "more than 100,000 characters" in sentence(doc(paragraph("x" * 60_000), paragraph("x" * 40_001)))
    assert parse_document(doc(paragraph("x" * 60_000), paragraph("x" * 40_000)))
    card = {"type": "link_card", "attrs": {"url": "https://example.org", "description": "x" * 1_000}}
    assert "it has more than 256 kB; make two posts of it" in sentence(doc(*[card] * 270))
    assert "it has more than 256 kB; make two posts of it" in sentence(doc(paragraph("漢" * 90_000)))


def test_text_is_kept_letter_by_letter() -> None:
    """Composed and decomposed letters stay what they are: a name is spelt as its owner's newspaper spells it."""
    for text in ("e\u0301", "\u00e9", "\ufa1b", "a  b ", "\u00a0", "\u200d", "\u200f", "\u00ad"):
        root = doc(paragraph(text))
        assert parse_document(root).root == root


def test_neighbours_with_the_same_marks_may_stand_apart() -> None:
    assert parse_document(doc(paragraph("a", "b")))


def test_what_is_given_can_change_later_without_harm() -> None:
    renditions = [{"src": "/media/m/1.webp", "width": 1, "height": 1}]
    raw = doc({"type": "image", "attrs": {"src": "/media/m/1.webp", "renditions": renditions}})
    document = parse_document(raw)
    renditions[0]["src"] = "javascript:alert(1)"
    raw["content"][0]["attrs"]["src"] = "javascript:alert(1)"
    assert "javascript" not in json.dumps(document.root)


def test_a_document_of_another_process_is_equal() -> None:
    assert parse_document(doc(paragraph("x"))) == Document(doc(paragraph("x")))
