"""A claim keeps its name while the text around it changes, and two claims never share one."""

import pytest
from hypothesis import given, settings
from tests.document.strategies import documents

from stoppress.document.claims import claims, with_state
from stoppress.document.nodes import JsonMark, JsonNode
from stoppress.document.parse import parse_document
from stoppress.document.schema import Document
from stoppress.document.text import first_words, plain_text


def said(text: str, source: str = "", state: str = "unverified", name: str = "") -> JsonNode:
    mark: JsonMark = {"type": "claim", "attrs": {"source": source, "state": state, "id": name}}
    return {"type": "text", "text": text, "marks": [mark]}


def plain(text: str) -> JsonNode:
    return {"type": "text", "text": text}


def doc(*paragraphs: list[JsonNode]) -> Document:
    blocks = [{"type": "paragraph", "content": content} for content in paragraphs]
    return parse_document({"type": "doc", "content": blocks})


def names(document: Document) -> list[str]:
    return [claim.id for claim in claims(document)]


def test_a_claim_is_what_readers_see_with_one_label() -> None:
    bold: JsonNode = {**said(" in the north", "Ada"), "marks": [*said("x", "Ada")["marks"], {"type": "bold"}]}
    found = claims(doc([plain("Now: "), said("The gate is shut", "Ada"), bold], [said("Two hurt", "Bo")]))
    assert [(claim.text, claim.source, claim.state) for claim in found] == [
        ("The gate is shut in the north", "Ada", "unverified"),
        ("Two hurt", "Bo", "unverified"),
    ]


def test_its_name_outlives_changes_of_its_words_and_its_place() -> None:
    before = doc([said("Two hurt", "Bo", name="first")], [said("Gate shut", "Ada", name="second")])
    after = doc(
        [said("Gate is shut", "Ada", name="second")], [plain("And "), said("three hurt", "Bo", name="first")]
    )
    assert names(before) == ["first", "second"]
    assert names(after) == ["second", "first"]


def test_an_old_claim_without_a_name_has_one_made_of_its_words() -> None:
    old = doc([said("Two hurt", "Bo")], [said("Gate shut", "Ada")])
    moved = doc([plain("New. ")], [said("Gate shut", "Ada")], [said("Two hurt", "Bo", "disputed")])
    assert sorted(names(old)) == sorted(names(moved))
    assert len(set(names(old))) == 2


def test_a_copied_passage_is_another_claim() -> None:
    twice = doc([said("Two hurt", "Bo", name="first")], [said("Two hurt", "Bo", name="first")])
    first, copy = names(twice)
    assert first == "first" != copy
    changed = with_state(twice, copy, "false")
    assert changed is not None
    assert [(claim.id, claim.state) for claim in claims(changed)] == [
        ("first", "unverified"),
        (copy, "false"),
    ]


def test_a_made_name_gives_way_to_a_written_one() -> None:
    (made,) = names(doc([said("Two hurt", "Bo")]))
    both = doc([said("Two hurt", "Bo")], [said("Two hurt", "Bo", "false", name=made)])
    assert names(both)[1] == made
    assert names(both)[0] != made


def test_another_state_changes_nothing_else_and_writes_the_name_down() -> None:
    old = doc([plain("Now: "), said("two hurt", "Bo")], [said("Gate shut", "Ada")])
    name, other = names(old)
    new = with_state(old, name, "confirmed")
    assert new is not None
    assert plain_text(new) == "Now: two hurt (confirmed; first said by Bo)\nGate shut (unverified, says Ada)"
    assert plain_text(old).startswith("Now: two hurt (unverified, says Bo)")
    assert names(new) == [name, other]
    reworded = doc([said("three hurt", "Bo", "confirmed", name=name)], [said("Gate shut", "Ada")])
    assert names(reworded) == [name, other]


def test_what_is_not_there_is_not_changed() -> None:
    assert with_state(doc([said("Two hurt")]), "nothing", "false") is None
    with pytest.raises(ValueError, match="no state of a claim"):
        with_state(doc([said("Two hurt")]), "nothing", "perhaps")


@pytest.mark.parametrize("name", ["A", "a b", "x" * 21, 7, None])
def test_a_name_that_is_none_is_refused(name: object) -> None:
    mark = {"type": "claim", "attrs": {"state": "false", "id": name}}
    node = {"type": "text", "text": "x", "marks": [mark]}
    with pytest.raises(ValueError, match="of a-z and 0-9"):
        parse_document({"type": "doc", "content": [{"type": "paragraph", "content": [node]}]})


def test_a_title_cut_within_a_claim_still_says_that_it_is_one() -> None:
    long = doc([said("Two people were hurt at the north gate when the water came over it at noon", "Bo")])
    assert first_words(long, 60) == "Two people were hurt at the north gate when… (unverified)"
    assert len(first_words(long, 60)) <= 60
    before = doc([plain("The gate is shut and the water stands at two metres now. "), said("Two hurt")])
    assert first_words(before, 40) == "The gate is shut and the water stands…"
    settled = doc([said("Two people were hurt at the north gate when the water came", "Bo", "confirmed")])
    assert first_words(settled, 30) == "Two people were hurt at the…"


@settings(max_examples=30)
@given(documents())
def test_every_document_has_names_that_are_its_own(document: Document) -> None:
    found = claims(document)
    assert len({claim.id for claim in found}) == len(found)
    for claim in found:
        changed = with_state(document, claim.id, "false")
        assert changed is not None
        assert parse_document(changed.root) == changed
        assert {one.id: one.state for one in claims(changed)} == {
            one.id: "false" if one is claim else one.state for one in found
        }
