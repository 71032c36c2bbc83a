"""Schema × formats: a block that one format forgot is missing here."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest

from stoppress.document.html import from_html
from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, SCHEMA, Document, JsonNode
from stoppress.render import feeds, jsonld, ninjs, transcript
from stoppress.render.annotations import annotation_items
from stoppress.render.facts import BlogFacts, HistoryFacts, PostFacts, RevisionFacts, SiteFacts
from stoppress.render.history import history_html
from stoppress.render.html import document_html
from stoppress.render.plain import document_plain
from stoppress.render.post import post_html
from stoppress.render.standalone import standalone_html

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
BLOG = BlogFacts(SiteFacts("https://news.example", "News"), "surge", "Surge", "", "live", "UTC", "en")
SAID: JsonNode = {"type": "paragraph", "content": [{"type": "text", "text": "Needle"}]}
CELL: JsonNode = {"type": "table_cell", "content": [SAID]}


def table(cell: JsonNode) -> JsonNode:
    return {"type": "table", "content": [{"type": "table_row", "content": [cell]}]}


# Each node of the schema in a block that says "Needle" by that node.
BLOCKS: dict[str, JsonNode] = {
    "paragraph": SAID,
    "heading": {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "Needle"}]},
    "quote": {"type": "quote", "content": [SAID]},
    "bullet_list": {"type": "bullet_list", "content": [{"type": "list_item", "content": [SAID]}]},
    "ordered_list": {"type": "ordered_list", "content": [{"type": "list_item", "content": [SAID]}]},
    "list_item": {"type": "bullet_list", "content": [{"type": "list_item", "content": [SAID]}]},
    "table": table(CELL),
    "table_row": table(CELL),
    "table_cell": table(CELL),
    "table_header": table({"type": "table_header", "content": [SAID]}),
    "link_card": {"type": "link_card", "attrs": {"url": "https://example.org/", "title": "Needle"}},
    "embed": {
        "type": "embed",
        "attrs": {"provider": "x", "url": "https://x.com/ana/status/123", "text": "Needle"},
    },
    "image": {"type": "image", "attrs": {"src": "/media/m1/960.webp", "caption": "Needle"}},
    "gallery": {
        "type": "gallery",
        "content": [
            {"type": "image", "attrs": {"src": "/media/m1/960.webp"}},
            {"type": "image", "attrs": {"src": "/media/m2/960.webp", "caption": "Needle"}},
        ],
    },
    "score": {
        "type": "score",
        "attrs": {"home": "Needle", "home_score": "2", "away": "Shakhtar", "away_score": "1"},
    },
    "fact_box": {"type": "fact_box", "attrs": {"title": "Needle"}, "content": [SAID]},
    "map_point": {
        "type": "map_point",
        "attrs": {"label": "Needle", "latitude": 50.4501, "longitude": 30.5234},
    },
    "poll": {
        "type": "poll",
        "attrs": {"id": "poll1234", "question": "Needle", "options": [{"id": "a", "text": "Yes"}]},
    },
    "qa": {"type": "qa", "attrs": {"question": "Needle"}, "content": [SAID]},
    "hard_break": {
        "type": "paragraph",
        "content": [
            {"type": "text", "text": "Need"},
            {"type": "hard_break"},
            {"type": "text", "text": "Needle"},
        ],
    },
    "text": SAID,
}


def post(block: JsonNode) -> PostFacts:
    document = parse_document({"type": "doc", "content": [block]})
    return PostFacts("p1", "", "", ("Ana",), document, False, False, 1, AT, AT)  # noqa: FBT003 (no marks)


def changed(post: PostFacts) -> HistoryFacts:
    """A history in which all of the post came with its second version."""
    versions = [
        RevisionFacts(number, "", "", ("Ana",), document, AT)
        for number, document in ((1, EMPTY), (2, post.document))
    ]
    return HistoryFacts(tuple(versions))


def spoilt(root: JsonNode) -> object:
    """The first block as a version of Stoppress that we know nothing of would have stored it."""
    return {**root["content"][0], "type": "from_the_future"}


FORMATS: dict[str, Callable[[PostFacts], str]] = {
    "html": lambda post: document_html(post.document),
    "plain": lambda post: document_plain(post.document),
    "post": lambda post: post_html(post, "surge", "UTC", "en"),
    "atom": lambda post: feeds.atom_entry(post, BLOG),
    "rss": lambda post: feeds.rss_item(post, BLOG),
    "json feed": lambda post: feeds.json_feed_item(post, BLOG),
    "json-ld of the page": lambda post: jsonld.post_json_ld(post, BLOG),
    "json-ld whole": lambda post: jsonld.whole_blog(BLOG, [post]),
    "ninjs": lambda post: ninjs.ninjs_document(BLOG, [post]),
    "transcript": lambda post: transcript.transcript(BLOG, [post]),
    "one file": lambda post: standalone_html(BLOG, [post]),
    "history": lambda post: history_html(post, changed(post), "UTC", "en"),
    "annotations": lambda post: annotation_items(post, changed(post), BLOG),
    "pasted back": lambda post: document_plain(from_html(document_html(post.document))[0]),
    "mended": lambda post: document_plain(Document.stored({"content": [spoilt(post.document.root)]})),
}


def test_every_node_has_a_block() -> None:
    assert BLOCKS.keys() == SCHEMA.nodes.keys() - {"doc"}


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_no_format_forgets_a_node(block: JsonNode, write: Callable[[PostFacts], str]) -> None:
    assert "Needle" in write(post(block))


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS)
def test_no_format_loads_an_embed(write: Callable[[PostFacts], str]) -> None:
    written = unescape(write(post(BLOCKS["embed"])))
    assert not re.search(r"<(iframe|script(?! type)|object|embed|video|link[^>]*stylesheet)", written)
    assert not re.search(r"""\bsrc=["'\\]*https?:""", written)
