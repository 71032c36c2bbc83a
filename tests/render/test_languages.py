"""A post in another language than its live blog, everywhere it is told; and no English that nobody translated."""

import json
from dataclasses import replace

import pytest
from tests.render.test_page import BLOG, POST

from stoppress.document.parse import parse_document
from stoppress.document.schema import Attributes, Document, JsonValue
from stoppress.document.structured import poll_of
from stoppress.document.text import plain_text
from stoppress.render import feeds, jsonld, ninjs, page
from stoppress.render.facts import HistoryFacts, PostFacts, RevisionFacts
from stoppress.render.history import history_html
from stoppress.render.html import document_html
from stoppress.render.post import post_html

CLAIM = {"type": "claim", "attrs": {"source": "الميناء", "state": "unverified"}}
WORDS = {"type": "paragraph", "content": [{"type": "text", "text": "بلغت المياه الرصيف", "marks": [CLAIM]}]}


def arabic(**quote: str) -> Document:
    said = {"type": "text", "text": "High water."}
    block = {"type": "quote", "attrs": quote, "content": [{"type": "paragraph", "content": [said]}]}
    root = {"type": "doc", "attrs": {"language": "ar"}, "content": [WORDS, block]}
    return replace(parse_document(root), around="en")


@pytest.fixture
def post() -> PostFacts:
    return replace(POST, headline="المياه تبلغ الرصيف", document=arabic(language="en"))


def test_row_32_a_post_has_its_own_language_and_direction(post: PostFacts) -> None:
    html = post_html(post, "surge", "Europe/Kyiv", "en")
    assert f'<h2 id="post-{post.id}-label" lang="ar" dir="rtl">' in html
    assert '<div class="post-body" lang="ar" dir="rtl">' in html
    assert "(غير مؤكد، بحسب الميناء)" in html  # our words in it are in its language
    assert '<blockquote lang="en" dir="ltr">' in html
    assert 'lang="ar"' not in post_html(post, "surge", "Europe/Kyiv", "ar")


def test_row_32_copies_of_it_have_them_too(post: PostFacts) -> None:
    html = page.slots(replace(BLOG, pinned=post))["pinned"]
    assert html.count('lang="ar" dir="rtl"') == 2


def test_row_32_its_history_has_them(post: PostFacts) -> None:
    before = RevisionFacts(1, "", "", (), arabic(), post.first_published_at)
    after = RevisionFacts(
        2, "", "", (), Document.stored({"type": "doc", "content": [WORDS]}), post.last_changed_at
    )
    html = history_html(post, HistoryFacts((before, after)), "Europe/Kyiv", "en")
    assert html.count('<div class="words" lang="ar" dir="rtl">') == 1


def test_row_32_feeds_and_structured_data_name_it(post: PostFacts) -> None:
    assert '<entry xml:lang="ar">' in feeds.atom_entry(post, BLOG)
    assert '&lt;div lang="ar" dir="rtl"&gt;' in feeds.rss_item(post, BLOG)
    assert json.loads(feeds.json_feed_item(post, BLOG))["language"] == "ar"
    assert json.loads(ninjs.ninjs_item(post, BLOG))["language"] == "ar"
    assert json.loads(jsonld.post_json_ld(post, BLOG))["inLanguage"] == "ar"
    assert "language" not in json.loads(feeds.json_feed_item(POST, BLOG))


def test_row_32_a_document_keeps_its_language_and_can_change_it() -> None:
    document = arabic()
    assert (document.language, document.own_language) == ("ar", "ar")
    assert Document.stored(document.root).language == "ar"
    assert document.said_in("").language == "en"
    assert "attrs" not in parse_document(document.said_in("").root).root  # as if none had ever been said
    with pytest.raises(ValueError, match="must be a language tag"):
        parse_document({**document.root, "attrs": {"language": "arabic, I think"}})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "62\u00a0% (13 votes)"),
        ("de", "62\u00a0% (13 Stimmen)"),
        ("uk", "62\u00a0% (13 голосів)"),
        ("ar-EG", "٦٢% (١٣ صوتًا)"),
    ],
)
def test_row_32_results_of_a_poll_are_counted_in_the_language(language: str, said: str) -> None:
    options: list[JsonValue] = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    attrs: Attributes = {
        "id": "poll0000",
        "question": "?",
        "options": options,
        "votes": {"a": 13, "b": 8},
        "is_open": True,
    }
    assert poll_of({"type": "poll", "attrs": attrs}).total == 21
    document = Document({"type": "doc", "content": [{"type": "poll", "attrs": attrs}]}, around=language)
    assert f"A {said}" in plain_text(document)
    assert said in document_html(document)


def test_row_32_a_card_in_another_language_than_the_front_page_says_so() -> None:
    assert ' lang="ar" dir="rtl"><' in page.card_html(replace(BLOG, language="ar"))
    assert " lang=" not in page.card_html(BLOG)
