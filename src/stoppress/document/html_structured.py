"""Score lines, map points, polls and boxes in our own html (render/structured.py), read back as what they were.

Called by `html.py`. What has our class but not our form is None: its words are read like anybody's.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Final

from stoppress.document.html_tree import Element, elements, words_of
from stoppress.document.inline import tidy
from stoppress.document.nodes import Attributes, JsonNode, JsonValue
from stoppress.lib import limits

BOXES: Final = {"fact-box": "fact_box", "qa": "qa"}

_GEO: Final = re.compile(r"geo:(-?[0-9]{1,2}(?:\.[0-9]{1,5})?),(-?[0-9]{1,3}(?:\.[0-9]{1,5})?)")
_ASKED_BY: Final = "Asked by "


def own_block(element: Element) -> JsonNode | None:
    """The score line, map point or poll that `element` shows, or None when it is something else."""
    read = next((_READ[name] for name in element.classes if name in _READ), None)
    return read(element) if read else None


def box_of(element: Element) -> tuple[str, Attributes, list[Element]] | None:
    """The kind of box that `element` is, its attributes, and the elements that said them; None: no box."""
    kind = next((BOXES[name] for name in element.classes if name in BOXES), None)
    inside = [part for part in element.content if isinstance(part, Element)]
    if kind is None or element.tag not in {"section", "div"}:
        return None
    heading = next((one for one in inside[:1] if one.tag == "h3"), None)
    if kind == "fact_box":
        title = _words(heading, limits.FACT_BOX_TITLE_CHARS)
        return kind, {"title": title}, [heading] if heading else []
    asker = next((one for one in inside[:2] if "qa-asker" in one.classes), None)
    name = _words(asker, limits.ASKER_CHARS + len(_ASKED_BY)).removeprefix(_ASKED_BY)[: limits.ASKER_CHARS]
    said = [one for one in (heading, asker) if one]
    return kind, {"question": _words(heading, limits.QUESTION_CHARS), "name": name}, said


def _words(element: Element | None, most: int) -> str:
    return tidy(words_of(element))[:most].strip() if element else ""


def _by_class(element: Element) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for one in elements(element):
        for name in one.classes:
            found.setdefault(name, []).append(one)
    return found


def _stated(kind: str, attrs: Attributes) -> JsonNode:
    return {"type": kind, "attrs": {name: value for name, value in attrs.items() if value != ""}}


def _score(element: Element) -> JsonNode | None:
    parts = _by_class(element)
    sides, figures = parts.get("score-side", []), parts.get("score-figures", [])
    if len(sides) != 2 or len(figures) > 1:  # noqa: PLR2004 (a score is between two)
        return None
    scores = [one for one in elements(figures[0]) if one.tag == "bdi"] if figures else []
    if len(scores) not in (0, 2):
        return None
    home_score, away_score = [_words(one, limits.SCORE_CHARS) for one in scores] or ["", ""]
    period = _words(next(iter(parts.get("score-period", [])), None), limits.SCORE_PERIOD_CHARS + 2)
    attrs: Attributes = {
        "home": _words(sides[0], limits.SCORE_SIDE_CHARS),
        "home_score": home_score,
        "away": _words(sides[1], limits.SCORE_SIDE_CHARS),
        "away_score": away_score,
        "period": period.removeprefix(",").strip()[: limits.SCORE_PERIOD_CHARS],
        "note": _words(next(iter(parts.get("score-note", [])), None), limits.SCORE_NOTE_CHARS),
    }
    return _stated("score", attrs)


def _map_point(element: Element) -> JsonNode | None:
    links = (_GEO.fullmatch(one.get("href")) for one in elements(element) if one.tag == "a")
    found = next((link for link in links if link), None)
    label = next(iter(_by_class(element).get("map-label", [])), None)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:  # noqa: PLR2004 (degrees)
        return None
    attrs: Attributes = {"latitude": float(found[1]), "longitude": float(found[2])}
    return _stated("map_point", {"label": _words(label, limits.MAP_LABEL_CHARS), **attrs})


def _poll(element: Element) -> JsonNode | None:
    """A poll to be asked anew: votes stay with the one that was counted."""
    inside = list(elements(element))
    question = _words(next((one for one in inside if one.tag == "h3"), None), limits.POLL_QUESTION_CHARS)
    parts = _by_class(element)
    said = parts.get("poll-text") or [one for one in inside if one.tag == "li"]
    answers = [_words(one, limits.POLL_OPTION_CHARS) for one in said][: limits.POLL_OPTIONS]
    if not question or not answers:
        return None
    name = hashlib.sha256("\0".join([question, *answers]).encode()).hexdigest()[:12]
    options: list[JsonValue] = [{"id": str(number), "text": text} for number, text in enumerate(answers, 1)]
    return {"type": "poll", "attrs": {"id": name, "question": question, "options": options}}


_READ: Final[Mapping[str, Callable[[Element], JsonNode | None]]] = {
    "score": _score,
    "map-point": _map_point,
    "poll": _poll,
}
