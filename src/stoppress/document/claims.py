"""The claims in a document: each passage that somebody says, with a name that survives editing.

PURE. Called by `liveblogs` (to change one) and `render` (to list them). A claim is one run of words in one block, as
readers see it with one label. Its name is the `id` of its mark, which the editor writes; marks without one, and copies
of one, are named by their words, their source and how often both stood before. Source: docs/decisions/0014-claims.md.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from stoppress.document.check import CLAIM_STATES
from stoppress.document.nodes import JsonMark, JsonNode, mark_words
from stoppress.document.schema import Document
from stoppress.document.text import claimed_runs, inline_text

# What nobody has settled: the desk keeps these in sight.
OPEN_STATES: Final = ("unverified", "disputed")
_NAME_CHARS = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed passage. `id` names it in its document; `text` is what is said, without the label."""

    id: str
    text: str
    source: str
    state: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A passage and the nodes that carry its mark."""

    mark: JsonMark
    nodes: list[JsonNode]
    text: str

    @property
    def source(self) -> str:
        return mark_words(self.mark, "source").strip()


def claims(document: Document) -> tuple[Claim, ...]:
    """Every claim, in the order of the text."""
    return tuple(
        Claim(name, run.text, run.source, mark_words(run.mark, "state"))
        for name, run in _named(document.root)
    )


def with_state(document: Document, claim_id: str, state: str) -> Document | None:
    """A copy in which that claim has another state and bears its name; None when there is no such claim.

    Copies of a name are given their own: beside the original, with the same state, they would become one claim.

    Raises: ValueError (no state of a claim).
    """
    if state not in CLAIM_STATES:
        raise ValueError(f"{state!r} is no state of a claim; expected one of {', '.join(CLAIM_STATES)}.")
    found = _named(document.root)
    if claim_id not in (name for name, _ in found):
        return None
    marks: dict[int, JsonMark] = {}
    for name, run in found:
        settled = {"state": state} if name == claim_id else {}
        if settled or mark_words(run.mark, "id") not in ("", name):
            attributes = {**run.mark.get("attrs", {}), **settled, "id": name}
            marks |= {id(node): {"type": "claim", "attrs": attributes} for node in run.nodes}
    return replace(document, root=_with_marks(document.root, marks), mended=False)


def _runs(root: JsonNode) -> Iterator[_Run]:
    for mark, nodes in claimed_runs(root):
        text = " ".join(inline_text(nodes, depth=1).split())
        if text:
            yield _Run(mark, nodes, text)


def _named(root: JsonNode) -> list[tuple[str, _Run]]:
    """Each run with its name. Of several with one `id` the first keeps it: the others are copies."""
    found = list(_runs(root))
    names: list[str] = []
    for run in found:
        given = mark_words(run.mark, "id")
        names.append("" if given in names else given)
    taken = set(names)
    for place, run in enumerate(found):
        if not names[place]:
            names[place] = _name_of(run, taken)
            taken.add(names[place])
    return list(zip(names, found, strict=True))


def _name_of(run: _Run, taken: set[str]) -> str:
    """Made of what is said and who says so, the same whenever it is asked for."""
    number = 1
    while True:
        said = f"{run.source}\0{run.text}\0{number}"
        name = hashlib.sha256(said.encode()).hexdigest()[:_NAME_CHARS]
        if name not in taken:
            return name
        number += 1


def _with_marks(node: JsonNode, marks: Mapping[int, JsonMark]) -> JsonNode:
    copy = node.copy()
    if "content" in node:
        copy["content"] = [_with_marks(child, marks) for child in node["content"]]
    if id(node) in marks:
        copy["marks"] = [marks[id(node)], *node.get("marks", [])[1:]]
    return copy
