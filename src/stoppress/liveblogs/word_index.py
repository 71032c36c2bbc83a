"""The words that a post is found by, folded: case, accents and white space make no difference.

PURE. Called by `actions/keep_words.py`, `search.py` and the migration that made the table.
"""

from collections.abc import Mapping, Sequence

from stoppress.document.schema import Document
from stoppress.document.text import plain_text
from stoppress.lib.folding import folded

__all__ = ["folded", "words_in", "words_of"]


def words_in(document: Document, headline: str, dateline: str, byline: Sequence[str]) -> str:
    """Everything of a post that somebody may remember."""
    return folded("\n".join((headline, dateline, *byline, plain_text(document))))


def words_of(document: Mapping[str, object], headline: str, dateline: str, byline: Sequence[str]) -> str:
    """The same of a row that nobody has read yet."""
    return words_in(Document.stored(dict(document)), headline, dateline, byline)
