"""The server's side of what it and the editor must judge alike (`shared.json`; the other is schema.test.ts)."""

import json
from pathlib import Path

import pytest
from tests.document.strategies import Json

from stoppress.document.addresses import is_own, link_fault
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.text import claim_label

SHARED: Json = json.loads((Path(__file__).parent / "shared.json").read_text())


def test_links() -> None:
    assert not [address for address in SHARED["links"]["taken"] if link_fault(address)]
    assert not [address for address in SHARED["links"]["refused"] if not link_fault(address)]


def test_uploads() -> None:
    assert all(is_own(address) for address in SHARED["uploads"]["taken"])
    assert not any(is_own(address) for address in SHARED["uploads"]["refused"])


def test_claims() -> None:
    for claim in SHARED["claims"]:
        attrs: Json = {"state": claim["state"], "source": claim["source"]}
        assert claim_label({"type": "claim", "attrs": attrs}) == claim["label"]


def test_documents() -> None:
    for root in SHARED["documents"]["taken"]:
        assert parse_document(root).root == root
    for root in SHARED["documents"]["refused"]:
        with pytest.raises(InvalidDocument):
            parse_document(root)
