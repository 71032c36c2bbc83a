"""What programs put on the clipboard becomes the document that stands beside it; the browser's editor makes the same.

`clipboard/*.html` is what Word, Google Docs, Apple Notes, Gmail and X write; `clipboard/*.json` the document.
tests/e2e/test_speed_of_hand.py pastes the same files into the composer.
"""

import json
from pathlib import Path

import pytest
from prosemirror.model import Node

from stoppress.document.html import from_html
from stoppress.document.nodes import JsonNode
from stoppress.document.parse import parse_document
from stoppress.document.schema import SCHEMA, Document
from stoppress.document.text import plain_text
from stoppress.document.tracking import plain_address

CLIPBOARD = Path(__file__).parent / "clipboard"
SHARED = json.loads((Path(__file__).parent / "shared.json").read_text())
NAMES = sorted(path.stem for path in CLIPBOARD.glob("*.json"))


def wanted(name: str) -> JsonNode:
    root: JsonNode = json.loads((CLIPBOARD / f"{name}.json").read_text())
    return root


def read(name: str) -> Document:
    document, notes = from_html((CLIPBOARD / f"{name}.html").read_text())
    assert not notes
    return document


@pytest.mark.parametrize("name", ["apple_notes", "docs", "word_desktop", "x"])
def test_the_document_is_the_one_expected(name: str) -> None:
    """Attributes at their defaults are filled in on both sides."""
    shown = [Node.from_json(SCHEMA, json.dumps(root)).to_json() for root in (read(name).root, wanted(name))]
    assert shown[0] == shown[1]


def test_a_mail_keeps_every_word_and_its_quote() -> None:
    """Outside a paragraph a <br> parts paragraphs here, and lines in the editor: the words are the same."""
    document = read("gmail")
    words = plain_text(Document(wanted("gmail"))).replace("\u00a0", " ")
    assert plain_text(document).replace("\u00a0", " ") == words
    assert document.root["content"][-1]["type"] == "quote"
    assert "utm_" not in json.dumps(document.root)


@pytest.mark.parametrize("name", NAMES)
def test_the_server_takes_what_the_editor_makes(name: str) -> None:
    assert parse_document(wanted(name))


@pytest.mark.parametrize(("address", "plain"), SHARED["tracking"].items())
def test_addresses_lose_what_follows_readers(address: str, plain: str) -> None:
    assert plain_address(address) == plain
