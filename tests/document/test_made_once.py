"""What is made of a document is made once, and never told of another."""

from dataclasses import replace

from stoppress.document.made_once import made_once
from stoppress.document.markdown import from_markdown
from stoppress.document.schema import Document
from stoppress.document.text import first_words, plain_text


def test_it_is_made_once_for_each_document() -> None:
    asked: list[Document] = []

    @made_once
    def length(document: Document) -> int:
        asked.append(document)
        return len(document.root["content"])

    one, other = from_markdown("One"), from_markdown("One\n\nTwo")
    assert [length(one), length(other), length(one)] == [1, 2, 1]
    assert len(asked) == 2


def test_a_copy_in_another_language_begins_anew() -> None:
    """Our own words in a document are said in its language."""
    claim = {"type": "claim", "attrs": {"source": "", "state": "unverified"}}
    text = {"type": "text", "text": "The dam holds", "marks": [claim]}
    english = Document.stored({"type": "doc", "content": [{"type": "paragraph", "content": [text]}]})
    said = plain_text(english), first_words(english, 20)
    german = replace(english, around="de")
    assert plain_text(german) != said[0]
    assert first_words(german, 20) != said[1]
    assert (plain_text(english), first_words(english, 20)) == said
    assert german == replace(english, around="de")
