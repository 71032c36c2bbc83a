"""The e-mail of a live blog: what matters, in words, and nothing that a mail program would have to load."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stoppress.document.parse import parse_document
from stoppress.render.digest import digest_html, digest_text
from stoppress.render.facts import BlogFacts, KeyEventFacts, PostFacts, SiteFacts
from stoppress.render.titles import blog_title

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
PICTURE = {"src": "/media/0123456789abcdefghjk/480.webp", "alt": "Boats", "width": 480, "height": 320}
SAID = parse_document(
    {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [
                    {"type": "text", "text": "The gate is <shut>. "},
                    {
                        "type": "text",
                        "text": "Why",
                        "marks": [{"type": "link", "attrs": {"href": "https://example.org/why"}}],
                    },
                ],
            },
            {"type": "image", "attrs": PICTURE},
        ],
    }
)
SUMMARY = PostFacts(
    id="06f2k9a1xq8v3zt0m4hd",
    headline="Where things stand",
    dateline="",
    byline=("Ana",),
    document=SAID,
    key_event=False,
    summary=True,
    revision=1,
    first_published_at=AT,
    last_changed_at=AT,
)
BLOG = BlogFacts(
    site=SiteFacts(public_url="https://gazette.example", name="Gazette & Sons"),
    slug="surge",
    headline="Storm surge",
    standfirst="The sea is coming.",
    status="live",
    timezone="Europe/Kyiv",
    language="en",
    key_events=(
        KeyEventFacts("b", "Gate shut", AT),
        KeyEventFacts("a", "Alarm", AT - timedelta(hours=3)),
    ),
    summary=SUMMARY,
)


def test_row_36_a_digest_is_the_summary_the_key_events_and_the_way_to_the_whole() -> None:
    html = digest_html(BLOG)
    for told in ("Gazette &amp; Sons", "Storm surge", "The sea is coming.", "The gate is &lt;shut&gt;."):
        assert told in html
    assert "Where things stand" in html
    assert html.index("Gate shut") < html.index("Alarm")
    assert 'href="https://gazette.example/live/surge/posts/b"' in html
    assert 'href="https://example.org/why"' in html
    assert "22 November 2026, 20:05 EET" in html


def test_nothing_in_it_is_loaded_and_every_link_is_whole() -> None:
    html = digest_html(BLOG)
    assert not re.search(r"<(img|script|link|iframe|source)\b|url\(|@import|\bsrc=", html)
    assert all(href.startswith("https://") for href in re.findall(r'href="([^"]*)"', html))


def test_a_closed_one_tells_the_story_from_the_beginning() -> None:
    html = digest_html(replace(BLOG, status="closed"))
    assert "Storm surge – as it happened" in html
    assert html.index("Alarm") < html.index("Gate shut")


def test_as_plain_text_it_says_the_same() -> None:
    text = digest_text(BLOG)
    assert text.startswith("Storm surge\nThe sea is coming.\nhttps://gazette.example/live/surge\n")
    assert "The gate is <shut>. Why" in text
    assert "20:05 EET: Gate shut\nhttps://gazette.example/live/surge/posts/b\n" in text
    assert text.endswith("\n")


def test_without_summary_and_key_events_it_is_short() -> None:
    bare = replace(BLOG, summary=None, key_events=(), standfirst="")
    for made in (digest_html(bare), digest_text(bare)):
        assert "Summary" not in made
        assert "Key events" not in made


def test_a_headline_that_says_it_already_is_left_as_it_is() -> None:
    told = replace(BLOG, status="closed", headline="The flood, as it happened")
    assert blog_title(told) == "The flood, as it happened"
    assert blog_title(replace(told, status="live")) == "The flood, as it happened"
    assert blog_title(replace(BLOG, status="closed")) == "Storm surge – as it happened"
