"""ninjs 3.1: only names that the standard knows, and what a receiver needs to act."""

import json
from typing import Any

from jsonschema import Draft202012Validator
from rfc3339_validator import validate_rfc3339  # type: ignore[import-untyped] # it has no types
from tests.render.outside import blog, gone, plain_post, post, with_pictures

from stoppress.render.addresses import entry_id
from stoppress.render.facts import PostFacts, TombstoneFacts
from stoppress.render.ninjs import ninjs_document, ninjs_head, ninjs_item, ninjs_tombstone

_TEXT = {"type": "string", "minLength": 1}
_TIME = {"type": "string", "format": "date-time"}


def _list(required: list[str], **properties: object) -> dict[str, object]:
    item = {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
    return {"type": "array", "items": item}


_WORDS = _list(["value"], role=_TEXT, contentType=_TEXT, value={"type": "string"})
_SIDE = {"type": "integer", "minimum": 1}
# The part of the standard that we write: its names, types and closed lists (ninjs 3.1, section "properties").
SCHEMA: dict[str, Any] = {
    "$defs": {
        "item": {
            "type": "object",
            "required": ["uri"],
            "additionalProperties": False,
            "properties": {
                "uri": _TEXT,
                "standard": {"required": ["name", "version", "schema"]},
                "type": {"enum": ["text", "picture", "composite"]},
                "profile": _TEXT,
                "representationType": {"enum": ["full", "partial"]},
                "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
                "version": _TEXT,
                "firstCreated": _TIME,
                "versionCreated": _TIME,
                "language": _TEXT,
                "title": _TEXT,
                "headlines": _WORDS,
                "descriptions": _WORDS,
                "bodies": _WORDS,
                "by": _TEXT,
                "located": _TEXT,
                "slugline": _TEXT,
                "edNote": _TEXT,
                "genres": _list(["name"], name=_TEXT),
                "infoSources": _list(["name"], name=_TEXT, role=_TEXT, uri=_TEXT),
                "altIds": _list(["value"], role=_TEXT, value=_TEXT),
                "renditions": _list(["name"], name=_TEXT, href=_TEXT, width=_SIDE, height=_SIDE),
                "associations": {
                    "type": "array",
                    "items": {"$ref": "#/$defs/item", "required": ["name", "uri"]},
                },
                "name": _TEXT,
                "rel": _TEXT,
            },
        }
    },
    "$ref": "#/$defs/item",
}
_VALIDATOR = Draft202012Validator(SCHEMA)


def _times(item: dict[str, Any]) -> list[str]:
    inner = [time for each in item.get("associations", []) for time in _times(each)]
    return [item[name] for name in ("firstCreated", "versionCreated") if name in item] + inner


def document(**more: object) -> dict[str, Any]:
    posts: list[PostFacts | TombstoneFacts] = [gone(), post(document=with_pictures()), plain_post()]
    found: dict[str, Any] = json.loads(ninjs_document(blog(**more), posts))
    _VALIDATOR.validate(found)
    assert all(validate_rfc3339(time) for time in _times(found))
    return found


def test_a_live_blog_is_a_composite_of_its_posts() -> None:
    found = document()
    assert (found["type"], found["pubStatus"], found["standard"]["version"]) == ("composite", "usable", "3.1")
    assert {"name", "rel"}.isdisjoint(found)
    assert found["uri"] == "https://buoy.example/live/storm-surge"
    assert [each["pubStatus"] for each in found["associations"]] == ["canceled", "usable", "usable"]


def test_a_draft_is_withheld() -> None:
    assert (
        document(status="draft", opened_at=None, first_post_at=None, changed_at=None)["pubStatus"]
        == "withheld"
    )


def test_a_post() -> None:
    found = json.loads(ninjs_item(post(), blog()))
    assert (found["uri"], found["version"]) == (entry_id(post().id), "3")
    assert (found["by"], found["located"]) == ("Ana Ruiz, Ben Okoro", "Port Verrin")
    assert found["genres"] == [{"name": "key event"}]
    assert [each["value"] for each in found["descriptions"]] == ["It was gate 2, not 1."]
    assert found["bodies"][0] == {
        "role": "main",
        "contentType": "text/plain",
        "value": "The crew shut gate 2.\nIt held.",
    }
    assert "<p>The crew shut gate 2.</p>" in found["bodies"][1]["value"]


def test_pictures_are_items_of_their_own() -> None:
    own, foreign = json.loads(ninjs_item(post(document=with_pictures()), blog()))["associations"]
    assert own["renditions"][0]["href"] == "https://buoy.example/media/m1/1600.webp"
    assert (own["by"], own["type"], own["name"]) == ("Ben Okoro", "picture", "A steel gate")
    assert foreign["uri"] == "https://far.example/a.jpg"


def test_a_withdrawn_post_is_cancelled_and_wordless() -> None:
    found = json.loads(ninjs_tombstone(gone(), blog()))
    assert (found["uri"], found["pubStatus"]) == (entry_id(gone().id), "canceled")
    assert found["edNote"] == "It named the <wrong> man."
    assert {"bodies", "headlines", "by"}.isdisjoint(found)


def test_parts_join() -> None:
    joined = f"{ninjs_head(blog())}{ninjs_item(post(), blog())}]}}"
    _VALIDATOR.validate(json.loads(joined))
