"""What a title asks of every post before readers see it: alt text for its pictures, a source for its claims.

PURE. Called by `actions/content.py`. The rules are columns of the publisher, set by a producer
(`newsroom/actions/set_house_rules.py`); the third, two pairs of eyes, is a matter of who acts: see `access.py`.
"""

from collections.abc import Iterator

from stoppress.document.schema import Document, JsonNode
from stoppress.liveblogs.refusals import InvalidInput
from stoppress.newsroom.models import Publisher


def check_house_rules(document: Document, title: Publisher) -> None:
    """Raises: InvalidInput, with a sentence that says which picture or which passage."""
    nodes = list(_nodes(document.root))
    if title.alt_text_required:
        _check_described(nodes)
    if title.source_required:
        _check_sourced(nodes)


def _nodes(node: JsonNode) -> Iterator[JsonNode]:
    yield node
    for child in node.get("content", []):
        yield from _nodes(child)


def _check_described(nodes: list[JsonNode]) -> None:
    """Pictures of ours; those elsewhere are links, which readers open there."""
    pictures = [node.get("attrs", {}) for node in nodes if node["type"] == "image"]
    for number, attributes in enumerate(pictures, start=1):
        if str(attributes.get("alt", "")).strip() or not str(attributes.get("src", "")).startswith("/"):
            continue
        which = f"Picture {number}" if len(pictures) > 1 else "The picture"
        raise InvalidInput(
            "document", f"{which} has no alt text. Say what it shows, for people who cannot see it."
        )


def _check_sourced(nodes: list[JsonNode]) -> None:
    for node in nodes:
        for mark in node.get("marks", []):
            if mark["type"] == "claim" and not str(mark.get("attrs", {}).get("source", "")).strip():
                passage = str(node.get("text", "")).strip()[:60]
                raise InvalidInput(
                    "document", f"The claim “{passage}” has no source. Say who says so, or take the mark off."
                )
