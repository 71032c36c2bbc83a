"""A stranger's opinion of a document's html: the Nu HTML checker, on many documents at once."""

import re

import pytest
from hypothesis import Phase, given, settings
from tests.document.strategies import PATIENT, documents
from tests.e2e.checkers import have_java, html_faults

from stoppress.document.schema import Document
from stoppress.render.html import document_html

# Opinions of what people write, not of how we mark it up.
OF_THE_WORDS = re.compile(r"Private Use Area|Unicode Normalization Form|starts with a composing character")
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>t</title></head>'
    "<body><h1>t</h1><main><h2>t</h2>{}</main></body></html>"
)


def _some_documents() -> list[Document]:
    found: list[Document] = []

    @settings(PATIENT, max_examples=150, phases=[Phase.generate], database=None, derandomize=True)
    @given(documents())
    def collect(document: Document) -> None:
        found.append(document)

    collect()
    return found


@pytest.mark.browser
def test_nu_finds_nothing() -> None:
    if not have_java():
        pytest.skip("no Java on this machine; do: apt-get install default-jre-headless")
    pages = {
        f"document-{number}": PAGE.format(document_html(one)) for number, one in enumerate(_some_documents())
    }
    assert not [fault for fault in html_faults(pages) if not OF_THE_WORDS.search(fault)]
