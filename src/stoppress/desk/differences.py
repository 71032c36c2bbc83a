"""What changed between two versions of a text, word by word. Called by the post's history.

PURE. Words, blanks and line ends are compared as they stand; what is equal in long stretches is cut to its ends.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PARTS = re.compile(r"\n|[^\S\n]+|[^\s]+")
_KEPT_CHARS = 160  # of an unchanged stretch, on each side of a change

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: in both versions, only in the older, only in the newer."""

    kind: Kind
    text: str


def pieces(older: str, newer: str, *, whole: bool = False) -> list[Piece]:
    """`newer` as pieces, with what was taken out of `older` in its place. Empty when both are equal.

    `whole`: unchanged stretches are not cut, so that either text can be put together again.
    """
    if older == newer:
        return []
    before, after = _PARTS.findall(older), _PARTS.findall(newer)
    found: list[Piece] = []
    for deed, b1, b2, a1, a2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            found.append(Piece("same", "".join(after[a1:a2])))
            continue
        if b1 < b2:
            found.append(Piece("gone", "".join(before[b1:b2])))
        if a1 < a2:
            found.append(Piece("new", "".join(after[a1:a2])))
    if whole:
        return found
    return [_cut(piece, first=index == 0, last=index == len(found) - 1) for index, piece in enumerate(found)]


def _cut(piece: Piece, *, first: bool, last: bool) -> Piece:
    """A long unchanged stretch keeps only what stands next to a change."""
    room = _KEPT_CHARS * (1 if first or last else 2)
    if piece.kind != "same" or len(piece.text) <= room + _KEPT_CHARS:
        return piece
    head = "" if first else piece.text[:_KEPT_CHARS].rstrip() + " "
    tail = "" if last else " " + piece.text[-_KEPT_CHARS:].lstrip()
    return Piece("same", f"{head}…{tail}")
