"""A text under way as its device sends it, read with suspicion. Called by `views/copies.py`."""

import json
from collections.abc import Mapping

from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, Document
from stoppress.document.text import first_words
from stoppress.lib import limits
from stoppress.liveblogs.actions.content import line
from stoppress.liveblogs.actions.keep_copy import TypedText
from stoppress.liveblogs.refusals import InvalidInput

_FIELDS = frozenset({"name", "turn", "post_id", "base_revision", "text"})
_TEXTS: Mapping[str, int] = {
    "headline": limits.HEADLINE_CHARS,
    "dateline": limits.DATELINE_CHARS,
    "byline": limits.COPY_BYLINE_CHARS,
}
_MARKS = ("key_event", "summary")
_ODD = "This is not a text from the desk's composer; reload the page. What you typed stays on this device."


def read_copy(body: bytes, *, device: str) -> TypedText:
    """The text in `body`. Raises: InvalidInput, InvalidDocument."""
    fields = _object(_loaded(body), _FIELDS)
    text = _object(fields.get("text"), {*_TEXTS, *_MARKS, "document", "correction"})
    document = EMPTY if text.get("document") is None else parse_document(text["document"])
    kept: dict[str, object] = {name: _line(text, name, chars) for name, chars in _TEXTS.items()}
    kept |= {name: text.get(name) is True for name in _MARKS}
    kept["correction"] = _string(text, "correction")[: limits.CORRECTION_CHARS]
    kept["document"] = document.root
    return TypedText(
        name=_string(fields, "name"),
        turn=_number(fields, "turn", limits.COPY_TURN_MAX),
        post_id=_string(fields, "post_id"),
        base_revision=_number(fields, "base_revision", limits.COPY_TURN_MAX),
        words=_words(str(kept["headline"]), document),
        text=kept,
        device=device,
    )


def _words(headline: str, document: Document) -> str:
    return headline or first_words(document, limits.TITLE_CHARS)


def _loaded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidInput("body", _ODD) from None


def _object(value: object, known: frozenset[str] | set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict) or value.keys() - known:
        raise InvalidInput("body", _ODD)
    return value


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise InvalidInput(name, _ODD)
    return value


def _line(fields: Mapping[str, object], name: str, chars: int) -> str:
    return line(name, _string(fields, name), chars)


def _number(fields: Mapping[str, object], name: str, most: int) -> int:
    value = fields.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise InvalidInput(name, _ODD)
    return value
