"""What was stored, made to hold the rules again: the one path for corrupt rows and unknown node types.

Called by `Document.stored`. A stored document was checked once, but rows rot, and a newer or older version
of Stoppress may know other node types. Readers must still get the words.
"""

import re
from collections.abc import Iterator

from stoppress.document.check import FORBIDDEN, InvalidDocument, checked
from stoppress.document.nodes import JsonNode
from stoppress.lib import limits


def mend(raw: object) -> tuple[JsonNode, bool]:
    """`raw` as a root that holds the rules, and whether it had to be changed for that."""
    try:
        return checked(raw), False
    except InvalidDocument:
        return _mended(raw), True


def _mended(raw: object) -> JsonNode:
    blocks = raw.get("content") if isinstance(raw, dict) else None
    mended: list[JsonNode] = []
    for block in blocks if isinstance(blocks, list) else [raw]:
        mended += _mended_block(block)
    root: JsonNode = {"type": "doc", "content": mended or [{"type": "paragraph"}]}
    try:
        return checked(root)
    except InvalidDocument:  # too much of it: the words alone, as many as a post may hold
        return {"type": "doc", "content": [_paragraph(_text(raw)[: limits.TEXT_CHARS])]}


def _mended_block(block: object) -> list[JsonNode]:
    try:
        return checked({"type": "doc", "content": [block]})["content"]
    except InvalidDocument:
        text = _text(block)
        return [_paragraph(text)] if text else []


def _paragraph(text: str) -> JsonNode:
    return (
        {"type": "paragraph", "content": [{"type": "text", "text": text}]} if text else {"type": "paragraph"}
    )


def _text(value: object) -> str:
    """The words anywhere in `value`, blank between, without what a text may not hold."""
    return re.sub(r"\s+", " ", FORBIDDEN.sub(" ", " ".join(_texts(value)))).strip()


# Fields that hold words for readers, in any node type so far.
_WORDY = (
    *("text", "title", "description", "caption", "credit", "speaker", "author"),
    *("home", "home_score", "away_score", "away", "period", "note", "label", "question", "name"),
)


def _texts(value: object) -> Iterator[str]:
    """What readers would see of `value`, in order. Without recursion: a corrupt row may be thousands deep."""
    waiting: list[object] = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from (value[key] for key in _WORDY if isinstance(value.get(key), str))
            waiting.extend(reversed([inner for inner in value.values() if isinstance(inner, dict | list)]))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
