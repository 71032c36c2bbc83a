"""ninjs 3.1: only names that the standard knows, and what a receiver needs to act."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from tests.render.outside import blog, gone, plain_post, post, with_pictures

from stoppress.document.parse import parse_document
from stoppress.render.addresses import entry_id
from stoppress.render.facts import PostFacts, TombstoneFacts
from stoppress.render.ninjs import ninjs_document, ninjs_head, ninjs_item, ninjs_tombstone

_TEXT = {"type": "string", "minLength": 1}
_TIME = {"type": "string", "format": "date-time"}
_ADDRESS = {"type": "string", "pattern": "^https?://[^\\s]+$"}
_TYPE = {"enum": ["image/avif", "image/webp", "image/jpeg"]}


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
                "uri": {"type": "string", "pattern": "^(https?://|urn:uuid:)[^\\s]+$"},
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
                "infoSources": _list(["name"], name=_TEXT, role=_TEXT, uri=_ADDRESS),
                "altIds": _list(["value"], role=_TEXT, value=_TEXT),
                "renditions": _list(
                    ["name"], name=_TEXT, href=_ADDRESS, contentType=_TYPE, width=_SIDE, height=_SIDE
                ),
                "trustIndicators": _list(["href"], role=_ADDRESS, title=_TEXT, href=_ADDRESS),
                "digitalSourceType": {"additionalProperties": False, "properties": {"uri": _ADDRESS}},
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
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def document(**more: object) -> dict[str, Any]:
    posts: list[PostFacts | TombstoneFacts] = [gone(), post(document=with_pictures()), plain_post()]
    found: dict[str, Any] = json.loads(ninjs_document(blog(**more), posts))
    VALIDATOR.validate(found)
    return found


def test_a_live_blog_is_a_composite_of_its_posts() -> None:
    found = document()
    assert (found["type"], found["pubStatus"], found["standard"]["version"]) == ("composite", "usable", "3.1")
    assert {"name", "rel"}.isdisjoint(found)
    assert found["uri"] == "https://buoy.example/live/storm-surge"
    assert [each["pubStatus"] for each in found["associations"]] == ["canceled", "usable", "usable"]


def test_the_schema_looks_at_dates_and_names() -> None:
    for wrong in (
        {"versionCreated": "today"},
        {"headline": "1.x"},
        {"uri": "no address"},
        {"pubStatus": "killed"},
    ):
        with pytest.raises(ValidationError):
            VALIDATOR.validate(document() | wrong)


def test_what_was_put_right_is_named() -> None:
    assert document()["trustIndicators"] == [
        {
            "role": "http://cv.iptc.org/newscodes/trustindicator/correctionsPolicy",
            "title": "Corrections",
            "href": "https://buoy.example/live/storm-surge/corrections",
        }
    ]


def test_how_a_picture_was_made_is_told_by_the_iptcs_code() -> None:
    node = {"type": "image", "attrs": {"src": "/media/m1/960.webp", "alt": "A wave", "origin": "ai"}}
    made = parse_document({"type": "doc", "content": [node]})
    (picture,) = json.loads(ninjs_item(post(document=made), blog()))["associations"]
    code = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert picture["digitalSourceType"] == {"uri": code}


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
    assert [each["contentType"] for each in own["renditions"]] == ["image/webp", "image/webp"]
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
    VALIDATOR.validate(json.loads(joined))
