"""Score lines, fact boxes, map points, polls, questions and answers: what they say, and when one is finished.

Called by `text.py`, `render/structured.py` and whoever counts votes. What a node may hold is in `check.py`; a block
under way may hold less than readers need, so that drafts can be kept: `unfinished` is asked before publishing.

A poll in a document has no votes. `with_results` puts them in for readers (`votes`, `is_open`), and `with_ballots`
where a vote is sent: names that no document from outside may hold.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from stoppress.document.nodes import JsonNode, JsonValue, children, words
from stoppress.document.schema import Document
from stoppress.lib.languages import Words

STRUCTURED: Final = frozenset({"score", "fact_box", "map_point", "poll", "qa"})


# --- score line -------------------------------------------------------------------------------------


def score_parts(node: JsonNode) -> tuple[str, str, str, str]:
    """The home side, the away side, their two scores; each "" when not known."""
    return words(node, "home"), words(node, "away"), words(node, "home_score"), words(node, "away_score")


def score_lines(node: JsonNode) -> list[str]:
    """As in “Dynamo Kyiv 2–1 Shakhtar, 67'”, and the note on a line of its own."""
    home, away, home_score, away_score = score_parts(node)
    sides = [part for part in (home, f"{home_score}{DASH}{away_score}", away) if part.strip()]
    line = " ".join(sides) if len(sides) > 1 else ""
    period, note = words(node, "period"), words(node, "note")
    played = f"{line}, {period}" if line and period.strip() else line or period
    return _known(played, note)


DASH: Final = "–"


def _unfinished_score(node: JsonNode) -> str:
    home, away, home_score, away_score = score_parts(node)
    if not home.strip() or not away.strip():
        return "The score line lacks a side; name both."
    if bool(home_score.strip()) != bool(away_score.strip()):
        return "The score line has one score; give both, or none before the start."
    return ""


# --- map point --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A place: its name and where it lies, in degrees (WGS 84)."""

    label: str
    latitude: float
    longitude: float

    def described(self, say: Words) -> str:
        """As in “50.4501° north, 30.5234° east”."""
        latitude, longitude = degrees(abs(self.latitude)), degrees(abs(self.longitude))
        north = say("{degrees}° north") if round(self.latitude, 5) >= 0 else say("{degrees}° south")
        east = say("{degrees}° east") if round(self.longitude, 5) >= 0 else say("{degrees}° west")
        return say(", ").join((north.format(degrees=latitude), east.format(degrees=longitude)))


def point_of(node: JsonNode) -> Point | None:
    """The place, or None while it has no coordinates."""
    latitude, longitude = _degrees(node, "latitude"), _degrees(node, "longitude")
    if latitude is None or longitude is None:
        return None
    return Point(words(node, "label"), latitude, longitude)


def points(document: Document) -> list[Point]:
    """Every place on a map that the document names, in order."""
    found = (point_of(node) for node in children(document.root) if node["type"] == "map_point")
    return [point for point in found if point is not None]


def degrees(value: float) -> str:
    """To five decimals, which is a metre; without zeros that say nothing."""
    return f"{round(value, 5) + 0.0:.5f}".rstrip("0").rstrip(".")


def map_lines(node: JsonNode, say: Words) -> list[str]:
    """The name of the place, and where it lies in words."""
    point = point_of(node)
    return _known(words(node, "label"), point.described(say) if point else "")


def _degrees(node: JsonNode, name: str) -> float | None:
    value = node.get("attrs", {}).get(name)
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _unfinished_point(node: JsonNode) -> str:
    if not words(node, "label").strip():
        return "The map point has no name; say what is there."
    return "" if point_of(node) else "The map point has no coordinates; give latitude and longitude."


# --- poll -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a poll. `votes` is None where nobody counts (a draft, a file of another newsroom)."""

    id: str
    text: str
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with answers to choose from. `closes`: RFC 3339, or "" (with the live blog)."""

    id: str
    question: str
    options: tuple[Option, ...]
    closes: str
    is_open: bool = False

    @property
    def total(self) -> int:
        """All votes."""
        return sum(option.votes or 0 for option in self.options)

    @property
    def is_counted(self) -> bool:
        """Whether results belong to it."""
        return any(option.votes is not None for option in self.options)

    def share(self, option: Option) -> int:
        """Whole percent of all votes."""
        return round(100 * (option.votes or 0) / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Results:
    """What readers see of one poll: votes by the option's id, and whether it takes more."""

    votes: Mapping[str, int]
    is_open: bool


def poll_of(node: JsonNode) -> Poll:
    """The poll in a node; options that say nothing are left out."""
    attrs = node.get("attrs", {})
    counted = attrs.get("votes")
    votes = counted if isinstance(counted, dict) else None
    listed = attrs.get("options")
    found = (
        (_option(item, votes) for item in listed if isinstance(item, dict))
        if isinstance(listed, list)
        else ()
    )
    options = tuple(option for option in found if option.text.strip())
    is_open = bool(attrs.get("is_open")) and len(options) > 1
    return Poll(words(node, "id"), words(node, "question"), options, words(node, "closes"), is_open)


def _option(item: dict[str, JsonValue], votes: dict[str, JsonValue] | None) -> Option:
    name, said = str(item.get("id", "")), str(item.get("text", ""))
    count = votes.get(name, 0) if votes is not None else None
    return Option(name, said, count if isinstance(count, int) else None)


def polls(document: Document) -> list[Poll]:
    """Every poll of the document, in order."""
    return [poll_of(node) for node in children(document.root) if node["type"] == "poll"]


def with_results(document: Document, results: Callable[[Poll], Results]) -> Document:
    """The document as readers get it: each poll with its votes and whether it is open."""

    def counted(node: JsonNode) -> JsonNode:
        found = results(poll_of(node))
        attrs = node.get("attrs", {})
        return {**node, "attrs": {**attrs, "votes": dict(found.votes), "is_open": found.is_open}}

    return _with_polls(document, counted)


def without_votes(document: Document) -> Document:
    """The document as it was written, with nothing counted."""
    return _with_polls(document, lambda node: {**node, "attrs": _only(node, "votes", "is_open")})


def without_ballots(document: Document) -> Document:
    """The same results, where nobody can vote: in feeds, files and copies of a post."""
    return _with_polls(document, lambda node: {**node, "attrs": _only(node, "is_open")})


def with_ballots(document: Document, action: Callable[[Poll], str]) -> Document:
    """The document with the address that takes votes (`ballot`) in each poll that is open."""

    def opened(node: JsonNode) -> JsonNode:
        poll = poll_of(node)
        return {**node, "attrs": {**node.get("attrs", {}), "ballot": action(poll)}} if poll.is_open else node

    return _with_polls(document, opened)


def _only(node: JsonNode, *less: str) -> dict[str, JsonValue]:
    return {name: value for name, value in node.get("attrs", {}).items() if name not in less}


def _with_polls(document: Document, change: Callable[[JsonNode], JsonNode]) -> Document:
    blocks = children(document.root)
    if not any(block["type"] == "poll" for block in blocks):
        return document
    content = [change(block) if block["type"] == "poll" else block for block in blocks]
    return replace(document, root={**document.root, "content": content})


def poll_lines(node: JsonNode, say: Words) -> list[str]:
    """The question, each answer with its share, and how many voted."""
    poll = poll_of(node)
    if not poll.is_counted:
        return _known(poll.question, *(option.text for option in poll.options))
    shares = (f"{option.text} {share_words(poll, option, say)}" for option in poll.options)
    return _known(poll.question, *shares, total_words(poll, say))


def share_words(poll: Poll, option: Option, say: Words) -> str:
    """As in “62% (13 votes)”, “5% (1,204 votes)”."""
    percent = say.number(poll.share(option))
    return say.many(
        "{percent}% ({count} vote)", "{percent}% ({count} votes)", count=option.votes or 0, percent=percent
    )


def total_words(poll: Poll, say: Words) -> str:
    """As in “21 votes so far”, and “21 votes in all” once voting has ended."""
    if poll.is_open:
        return say.many("{count} vote so far", "{count} votes so far", count=poll.total)
    return say.many("{count} vote in all", "{count} votes in all", count=poll.total)


def _unfinished_poll(node: JsonNode) -> str:
    poll = poll_of(node)
    if not poll.question.strip():
        return "The poll has no question; write one."
    if len(poll.options) < 2:  # noqa: PLR2004 (a choice is between two at least)
        return "The poll needs two answers to choose from at least."
    if len({option.text.strip().casefold() for option in poll.options}) < len(poll.options):
        return "The poll has the same answer twice; change one."
    return ""


# --- question and answer, fact box ------------------------------------------------------------------


def asked_lines(node: JsonNode, say: Words) -> list[str]:
    """The question, and who asked it where a name is known."""
    name = words(node, "name")
    return _known(words(node, "question"), asked_by(name, say) if name.strip() else "")


def asked_by(name: str, say: Words) -> str:
    """How a reader is named over the answer."""
    return say("Asked by {name}", name=name)


def title_lines(node: JsonNode) -> list[str]:
    """A fact box's title, when it has one."""
    return _known(words(node, "title"))


def _unfinished_answer(node: JsonNode) -> str:
    if not words(node, "question").strip():
        return "The question and answer has no question; write what was asked."
    return "" if _says(node) else f"The question “{words(node, 'question')}” has no answer yet; write one."


def _unfinished_box(node: JsonNode) -> str:
    return "" if _says(node) else "The fact box is empty; write something in it."


def _says(node: JsonNode) -> bool:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.get("text", "").strip():
            return True
        waiting += children(here)
    return False


# --- all --------------------------------------------------------------------------------------------

_UNFINISHED: Final[Mapping[str, Callable[[JsonNode], str]]] = {
    "score": _unfinished_score,
    "fact_box": _unfinished_box,
    "map_point": _unfinished_point,
    "poll": _unfinished_poll,
    "qa": _unfinished_answer,
}


def unfinished(document: Document) -> str:
    """What keeps the document from being published, as a sentence for the reporter, or ""."""
    faults = (
        _UNFINISHED[node["type"]](node) for node in children(document.root) if node["type"] in _UNFINISHED
    )
    return next((fault for fault in faults if fault), "")


def answered_questions(document: Document) -> Iterator[str]:
    """The ids of readers' questions that the document answers."""
    for node in children(document.root):
        if node["type"] == "qa" and (asked := words(node, "asked")):
            yield asked


def _known(*lines: str) -> list[str]:
    return [line for line in lines if line.strip()]
