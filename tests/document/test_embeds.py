"""Embed nodes: what they may hold, how they are made, and as link cards."""

import pytest
from hypothesis import given
from tests.document.strategies import PATIENT, Json, documents

from stoppress.document.embeds import as_cards, embed
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.schema import Document
from stoppress.document.text import first_words, is_blank, plain_text
from stoppress.lib.providers import PROVIDERS

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TWEET = {
    "provider": "x",
    "url": "https://x.com/ana/status/123",
    "text": "The tide is in.",
    "author": "Ana (@ana)",
}


def doc(**attrs: object) -> Json:
    return {"type": "doc", "content": [{"type": "embed", "attrs": attrs}]}


@pytest.mark.parametrize(
    ("attrs", "told"),
    [
        ({"provider": "youtube"}, "url is missing"),
        ({"url": FILM}, "provider is missing"),
        ({"provider": "geocities", "url": FILM}, "provider: must be one of youtube"),
        ({"provider": "vimeo", "url": FILM}, "no address of Vimeo"),
        (
            {"provider": "youtube", "url": "https://evil-youtube.com/watch?v=dQw4w9WgXcQ"},
            "no address of YouTube",
        ),
        ({"provider": "youtube", "url": "https://www.youtube.com@evil.example/"}, "user name"),
        ({"provider": "youtube", "url": "javascript:alert(1)"}, "must begin with https"),
        ({"provider": "youtube", "url": FILM, "title": "x" * 301}, "300 are allowed"),
        ({"provider": "youtube", "url": FILM, "text": "x\ny"}, "line end"),
        ({"provider": "youtube", "url": FILM, "height": 79}, "80 to 1200"),
        ({"provider": "youtube", "url": FILM, "height": "tall"}, "80 to 1200"),
        ({"provider": "youtube", "url": FILM, "html": "<script>"}, 'unknown attribute "html"'),
        ({"provider": ["x"], "url": FILM}, "must be one of"),
    ],
)
def test_what_an_embed_may_not_hold(attrs: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidDocument, match=told):
        parse_document(doc(**attrs))


def test_an_embed_of_a_site_that_is_known_no_more_keeps_its_words() -> None:
    stored = Document.stored(
        doc(provider="myspace", url="https://myspace.com/x", title="A", text="B", author="C")
    )
    assert stored.mended
    assert plain_text(stored) == "B A C"


def test_made_of_an_address() -> None:
    assert embed("https://youtu.be/dQw4w9WgXcQ?si=x", title="The gate") == {
        "type": "embed",
        "attrs": {"provider": "youtube", "url": FILM, "title": "The gate"},
    }
    assert embed("https://flo.uri.sh/visualisation/1/embed", height=700) == {
        "type": "embed",
        "attrs": {
            "provider": "flourish",
            "url": "https://public.flourish.studio/visualisation/1/",
            "height": 700,
        },
    }
    assert embed("https://example.org/") is None
    made = embed(FILM, height=700)  # a film has its shape
    assert made is not None
    assert "height" not in made["attrs"]


def test_its_words() -> None:
    tweet = parse_document(doc(**TWEET))
    assert plain_text(tweet) == "The tide is in.\nAna (@ana)\nPost on X"
    assert first_words(tweet, 12) == "The tide is…"
    assert not is_blank(parse_document(doc(provider="youtube", url=FILM)))


def test_a_provider_that_is_off_becomes_a_link_card() -> None:
    tweet = parse_document(doc(**TWEET))
    assert as_cards(tweet, {"x"}) is tweet
    assert as_cards(tweet, {"youtube"}).root["content"] == [
        {
            "type": "link_card",
            "attrs": {
                "url": "https://x.com/ana/status/123",
                "title": "Post by Ana (@ana)",
                "description": "The tide is in.",
                "site": "X",
            },
        }
    ]
    film = as_cards(parse_document(doc(provider="youtube", url=FILM)), ())
    assert film.root["content"][0]["attrs"]["title"] == "Video on YouTube"


@PATIENT
@given(documents())
def test_cards_hold_every_rule(document: Document) -> None:
    cards = as_cards(document, ())
    assert parse_document(cards.root) == cards
    assert not any(block["type"] == "embed" for block in cards.root["content"])
    assert as_cards(document, PROVIDERS) == document
