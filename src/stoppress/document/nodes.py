"""The shapes of a document's JSON and the compiled schema: what every module of this room stands on.

`schema.json` is the definition; here it becomes typed. Imports nothing of the project. Outside this room
use `schema.py`, which passes these names on.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypeAlias, TypedDict

from prosemirror.model import Schema

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
Attributes: TypeAlias = dict[str, JsonValue]


class JsonMark(TypedDict):
    """Something said about a run of text: bold, italic, a link, a claim."""

    type: str
    attrs: NotRequired[Attributes]


class JsonNode(TypedDict):
    """One node as ProseMirror writes it. A field is absent when it is empty."""

    type: str
    attrs: NotRequired[Attributes]
    content: NotRequired[list["JsonNode"]]
    marks: NotRequired[list[JsonMark]]
    text: NotRequired[str]


SCHEMA: Schema[str, str] = Schema(json.loads(Path(__file__).with_name("schema.json").read_text("utf-8")))

_NODE_DEFAULTS = {
    name: {key: kind.attrs[key].default for key in kind.attrs} for name, kind in SCHEMA.nodes.items()
}
_MARK_DEFAULTS = {
    name: {key: kind.attrs[key].default for key in kind.attrs} for name, kind in SCHEMA.marks.items()
}


def children(node: JsonNode) -> list[JsonNode]:
    """The nodes inside, in order; none for a leaf."""
    return node.get("content", [])


def words(node: JsonNode, name: str) -> str:
    """A text attribute of a checked node, or the schema's default."""
    value = node.get("attrs", {}).get(name, _NODE_DEFAULTS[node["type"]][name])
    return value if isinstance(value, str) else ""


def number(node: JsonNode, name: str) -> int | None:
    """A number attribute of a checked node, or the schema's default, which may be none."""
    value = node.get("attrs", {}).get(name, _NODE_DEFAULTS[node["type"]][name])
    return value if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of an uploaded picture; sides in pixels."""

    src: str
    width: int
    height: int


def renditions(image: JsonNode) -> list[Rendition]:
    """The sizes of a checked picture."""
    sizes = image.get("attrs", {}).get("renditions")
    return [_rendition(size) for size in sizes if isinstance(size, dict)] if isinstance(sizes, list) else []


def _rendition(size: dict[str, JsonValue]) -> Rendition:
    src, width, height = size["src"], size["width"], size["height"]
    if not isinstance(src, str) or not isinstance(width, int) or not isinstance(height, int):
        raise TypeError(f"A rendition that was never checked: {size!r}")
    return Rendition(src, width, height)


def mark_words(mark: JsonMark, name: str) -> str:
    """A text attribute of a checked mark, or the schema's default."""
    value = mark.get("attrs", {}).get(name, _MARK_DEFAULTS[mark["type"]][name])
    return value if isinstance(value, str) else ""
