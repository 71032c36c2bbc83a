"""What changed between two versions of a text, in words. Text in, plain values out; knows no document and no html.

Called by `history.py`, which shows the changes to people, and `annotations.py`, which quotes them for machines.
May import `lib`. Lines are compared first, then the words of the lines that differ, so that a long text with one
changed line costs little. What would cost much (limits.DIFFERENCE_CELLS) is one change: the old out, the new in.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from stoppress.lib import limits

Kind = Literal["same", "gone", "new"]

_PARTS = re.compile(r"\n|[^\S\n]+|\S+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_BEFORE_WORDS = "([{\"'“‘«„"  # noqa: RUF001 (an opening mark, as people write it)
_AFTER_WORDS = ".,;:!?…)]}\"'”’»"


@dataclass(frozen=True, slots=True)
class Change:
    """`words` stand where the older text had its characters from `start` up to `end`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: in both versions, only in the older, only in the newer."""

    kind: Kind
    text: str


def changes(older: str, newer: str) -> tuple[Change, ...]:
    """What makes `newer` of `older`, from the beginning on; no two touch. None when both are the same."""
    head = _shared(older, newer)
    tail = _shared(older[head:][::-1], newer[head:][::-1])
    head, tail = _at_words(older, newer, head, tail)
    before, after = older[head : len(older) - tail], newer[head : len(newer) - tail]
    found = _by_line(before, after)
    placed = (Change(head + one.start, head + one.end, one.words) for one in found)
    return tuple(_joined(older, placed))


def applied(older: str, found: Iterable[Change]) -> str:
    """`older` with the changes made."""
    return "".join(piece.text for piece in pieces(older, found) if piece.kind != "gone")


def pieces(older: str, found: Iterable[Change]) -> list[Piece]:
    """The newer text in order, with what was taken out in its place."""
    told: list[Piece] = []
    at = 0
    for change in found:
        told += [
            Piece("same", older[at : change.start]),
            Piece("gone", older[change.start : change.end]),
            Piece("new", change.words),
        ]
        at = change.end
    told.append(Piece("same", older[at:]))
    return [piece for piece in told if piece.text]


def tokens(text: str) -> list[str]:
    """Words, the marks around them, blanks and line ends, each by itself; together they are `text`."""
    return [token for part in _PARTS.findall(text) for token in _split(part) if token]


def _split(part: str) -> tuple[str, ...]:
    """A figure keeps its points and commas, since only the marks at the ends come off."""
    if part.isspace():
        return (part,)
    bare = part.lstrip(_BEFORE_WORDS)
    core = bare.rstrip(_AFTER_WORDS)
    if not core:
        return (part,)
    return part[: len(part) - len(bare)], core, bare[len(core) :]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one.startswith(other[low:middle], low) else (low, middle - 1)
    return low


def _at_words(older: str, newer: str, head: int, tail: int) -> tuple[int, int]:
    """The shared beginning and end cut back to a blank, so that no word is taken apart."""
    while head and not (_ends(older, head) and _ends(newer, head)):
        head -= 1
    while tail and not (_ends(older, len(older) - tail) and _ends(newer, len(newer) - tail)):
        tail -= 1
    return head, tail


def _ends(text: str, at: int) -> bool:
    """Whether nothing is cut in two at this place: at an end of the text, or beside a blank."""
    return at in (0, len(text)) or text[at - 1].isspace() or text[at].isspace()


def _by_line(older: str, newer: str) -> Iterator[Change]:
    before, after = _LINES.findall(older), _LINES.findall(newer)
    room = limits.DIFFERENCE_CELLS - len(before) * len(after)
    if room < 0:
        yield Change(0, len(older), newer)
        return
    starts = _starts(before)
    for deed, b1, b2, a1, a2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            continue
        old, new = tokens("".join(before[b1:b2])), tokens("".join(after[a1:a2]))
        room -= len(old) * len(new)
        if room < 0:
            yield Change(starts[b1], starts[b2], "".join(new))
        else:
            yield from _by_word(old, new, starts[b1])


def _by_word(older: list[str], newer: list[str], at: int) -> Iterator[Change]:
    """Only words are matched, and what stands between two matched words is compared as it is.

    Blanks take no part: as words of their own they would match everywhere and hold the texts apart.
    """
    starts = _starts(older)
    b1 = a1 = 0
    for b2, a2 in [*_matched(older, newer), (len(older), len(newer))]:
        head, tail = _same_ends(older[b1:b2], newer[a1:a2])
        if b2 - b1 > head + tail or a2 - a1 > head + tail:
            words = "".join(newer[a1 + head : a2 - tail])
            yield Change(at + starts[b1 + head], at + starts[b2 - tail], words)
        b1, a1 = b2 + 1, a2 + 1


def _matched(older: list[str], newer: list[str]) -> Iterator[tuple[int, int]]:
    """Places of words that stand in both, in order."""
    before = [place for place, token in enumerate(older) if not token.isspace()]
    after = [place for place, token in enumerate(newer) if not token.isspace()]
    matcher = SequenceMatcher(
        None, [older[place] for place in before], [newer[place] for place in after], autojunk=False
    )
    for b, a, size in matcher.get_matching_blocks():
        yield from zip(before[b : b + size], after[a : a + size], strict=True)


def _same_ends(older: list[str], newer: list[str]) -> tuple[int, int]:
    """How many tokens both begin with, and how many of the rest both end with."""
    shorter = min(len(older), len(newer))
    head = next((place for place in range(shorter) if older[place] != newer[place]), shorter)
    rest = shorter - head
    return head, next((place for place in range(rest) if older[~place] != newer[~place]), rest)


def _starts(parts: list[str]) -> list[int]:
    """Where each part begins, and where the last one ends."""
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _joined(older: str, found: Iterable[Change]) -> Iterator[Change]:
    """Changes with less between them than a reader can hold on to become one."""
    last: Change | None = None
    for change in found:
        if last is None:
            last = change
        elif _is_scrap(between := older[last.end : change.start], last, change):
            last = Change(last.start, change.end, last.words + between + change.words)
        else:
            yield last
            last = change
    if last is not None:
        yield last


def _is_scrap(between: str, last: Change, change: Change) -> bool:
    """In one line: no word at all, or a single one between two changes that both put words in others' place."""
    if "\n" in between:
        return False
    words = [word for word in between.split() if any(map(str.isalnum, word))]
    if not words:
        return True
    replaced = all(one.start < one.end and one.words for one in (last, change))
    return len(words) == 1 and replaced
