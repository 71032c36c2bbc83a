"""The words of one block while it is being written: white space as a browser shows it, neighbours joined.

Called by `writer.py`, and for `tidy` by its callers. Imports this room.
"""

import re
from dataclasses import dataclass
from typing import Final

from stoppress.document.check import FORBIDDEN
from stoppress.document.nodes import JsonMark, JsonNode

Marks = tuple[JsonMark, ...]

_WHITE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_WIDE = re.compile(r"[ \xa0]{2,}")
_BLANK: Final = " \xa0"
_DASHES = re.compile(r"\s*(?:[\u2012-\u2015]|--)\s*")


def spaced(text: str) -> tuple[str, bool]:
    """`text` with white space collapsed and without what a document may not hold, and whether it held any.

    A lone no-break space stays.
    """
    white = _WHITE.sub(" ", text)
    clean = FORBIDDEN.sub("", white)
    return _WIDE.sub(" ", clean), len(clean) < len(white)


def tidy(text: str) -> str:
    """`text` as one line of an attribute."""
    return spaced(text)[0].strip()


def without_dash(text: str) -> str:
    """The name in a line such as "— Ana Ruiz"."""
    return _DASHES.sub("", text.strip(), count=1) if begins_with_dash(text) else text.strip()


def begins_with_dash(text: str) -> bool:
    """Whether a line begins as one that names a speaker does."""
    return _DASHES.match(text) is not None


@dataclass(slots=True)
class _Run:
    """Words with the same marks, in the pieces they came in; no pieces: a line break."""

    marks: Marks
    parts: list[str]


class Inline:
    """The runs of the block under way."""

    __slots__ = ("_runs",)

    def __init__(self) -> None:
        self._runs: list[_Run] = []

    def __bool__(self) -> bool:
        return bool(self._runs)

    @property
    def ends_in_break(self) -> bool:
        """Whether the last thing is a line break."""
        return bool(self._runs) and not self._runs[-1].parts

    def fitting(self, text: str) -> str:
        """`text` as it can follow here: no second space, none at the beginning of a line."""
        last = self._runs[-1].parts[-1][-1] if self._runs and self._runs[-1].parts else " "
        text = text.lstrip(_BLANK) if last in _BLANK else text
        return text if self._runs or text.strip() else ""

    def joins(self, marks: Marks) -> bool:
        """Whether words with these marks are part of the run under way."""
        return bool(self._runs) and bool(self._runs[-1].parts) and self._runs[-1].marks == marks

    def add(self, text: str, marks: Marks) -> None:
        """Append words that are fitting."""
        if self.joins(marks):
            self._runs[-1].parts.append(text)
        else:
            self._runs.append(_Run(marks, [text]))

    def line_break(self) -> None:
        """Append a line break."""
        self._runs.append(_Run((), []))

    def trim(self) -> None:
        """Take white space off the end."""
        while self._runs and self._runs[-1].parts:
            run = self._runs[-1]
            while run.parts and not (last := run.parts.pop().rstrip()):
                pass
            if last:
                run.parts.append(last)
                return
            self._runs.pop()

    def take(self) -> list[JsonNode]:
        """All of it as nodes, without blanks and breaks at the end; empties this."""
        self.trim()
        while self.ends_in_break:
            self._runs.pop()
            self.trim()
        nodes = [_node(run) for run in self._runs]
        self._runs = []
        return nodes


def _node(run: _Run) -> JsonNode:
    if not run.parts:
        return {"type": "hard_break"}
    text = "".join(run.parts)
    return (
        {"type": "text", "text": text, "marks": list(run.marks)}
        if run.marks
        else {"type": "text", "text": text}
    )
