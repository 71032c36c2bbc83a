"""RSS, Atom and JSON Feed: what readers of feeds get, checked with a reader and against the standards."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError
from tests.document.strategies import PATIENT, documents, texts
from tests.render.outside import EIGHT, blog, gone, plain_post, post, with_pictures

from stoppress.lib.feed_documents import Parts, document, place_of
from stoppress.render import feeds
from stoppress.render.addresses import absolute_html, entry_id
from stoppress.render.facts import AuthorFacts, BlogFacts, PostFacts

ATOM = "{http://www.w3.org/2005/Atom}"
TOMB = "{http://purl.org/atompub/tombstones/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_JSON_FEED = Draft202012Validator(
    json.loads((Path(__file__).parent / "json_feed.json").read_text()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def atom(*posts: PostFacts, around: BlogFacts | None = None, end: str = "") -> str:
    facts = around or blog()
    entries = [*(feeds.atom_entry(each, facts) for each in posts), end]
    return joined("feed.atom", feeds.atom_head(facts), entries)


def joined(name: str, head: str, entries: list[str]) -> str:
    """As the edge sends it."""
    place = place_of(blog().url, name, leaves=3, hub="https://buoy.example/websub")
    return document(name, Parts(head, entries, EIGHT + timedelta(minutes=9)), place)


def rss(*posts: PostFacts, around: BlogFacts | None = None) -> str:
    facts = around or blog()
    return joined("feed.rss", feeds.rss_head(facts), [feeds.rss_item(each, facts) for each in posts])


def json_feed(*posts: PostFacts) -> dict[str, Any]:
    items = [feeds.json_feed_item(each, blog()) for each in posts]
    found: dict[str, Any] = json.loads(joined("feed.json", feeds.json_feed_head(blog()), items))
    _JSON_FEED.validate(found)
    return found


def tree(text: str) -> ET.Element:
    parsed: ET.Element = fromstring(text.encode())
    return parsed


def test_an_atom_feed_as_a_reader_sees_it() -> None:
    found = feedparser.parse(atom(post(), plain_post(id="0000000000000000000c")))
    assert not found.bozo
    assert (found.feed.id, found.feed.title) == (
        "https://buoy.example/live/storm-surge",
        "Storm surge & gates",
    )
    assert {each.rel: each.href for each in found.feed.links} == {
        "self": "https://buoy.example/live/storm-surge/feed.atom",
        "alternate": "https://buoy.example/live/storm-surge",
        "hub": "https://buoy.example/websub",
        "prev-archive": "https://buoy.example/live/storm-surge/feed.atom?page=3",
    }
    entry = found.entries[0]
    assert entry.title == "Gate 2 is shut"
    assert entry.link == "https://buoy.example/live/storm-surge/posts/0000000000000000000a"
    assert (entry.published, entry.updated) == ("2026-01-02T08:05:00Z", "2026-01-02T08:09:00Z")
    assert [each.name for each in entry.authors] == ["Ana Ruiz", "Ben Okoro"]
    assert [each.term for each in entry.tags] == ["key event"]
    assert "<p>The crew shut gate 2.</p>" in entry.content[0].value
    assert "It was gate 2, not 1." in entry.content[0].value
    assert "Port Verrin" in entry.content[0].value
    assert found.entries[1].title == "Water rises."


def test_what_rfc_4287_requires() -> None:
    root = tree(atom(post(), end=feeds.atom_tombstone(gone(), blog())))
    assert [len(root.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "author")] == [
        1,
        1,
        1,
        1,
    ]
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert [len(entry.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "published")] == [
        1,
        1,
        1,
        1,
    ]
    assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    for moment in (*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")):
        assert datetime.fromisoformat(str(moment.text)).tzinfo is not None


def test_a_tombstone_names_the_entry_and_none_of_its_words() -> None:
    was = feeds.atom_entry(post(id=gone().id), blog())
    text = atom(end=feeds.atom_tombstone(gone(), blog()))
    tomb = tree(text).find(f"{TOMB}deleted-entry")
    assert tomb is not None
    assert tomb.get("ref") == entry_id(gone().id)
    assert str(tomb.get("ref")) in was
    assert tomb.get("when") == "2026-01-02T09:00:00Z"
    assert tomb.findtext(f"{TOMB}comment") == "It named the <wrong> man."


def test_ids_survive_edits_and_a_move() -> None:
    moved = blog(site=blog().site.__class__(public_url="https://other.example", name="x"))
    edited = post(headline="Other words", revision=9, last_changed_at=EIGHT + timedelta(days=1))
    for make in (feeds.rss_item, feeds.atom_entry, feeds.json_feed_item):
        assert entry_id(post().id) in make(edited, moved)
    assert entry_id("a") != entry_id("b")


def test_an_rss_feed_as_a_reader_sees_it() -> None:
    found = feedparser.parse(rss(post(document=with_pictures()), plain_post(id="0000000000000000000c")))
    assert not found.bozo
    assert (found.version, found.feed.language) == ("rss20", "en")
    item = found.entries[0]
    assert (item.id, item.guidislink) == (entry_id(post().id), False)
    assert item.link == "https://buoy.example/live/storm-surge/posts/0000000000000000000a"
    assert item.published == "Fri, 02 Jan 2026 08:05:00 +0000"
    assert item.author == "Ana Ruiz, Ben Okoro"
    assert item.media_content[0] == {
        "url": "https://buoy.example/media/m1/1600.webp",
        "medium": "image",
        "type": "image/webp",
        "width": "1600",
        "height": "900",
    }
    assert [each["content"] for each in item.media_credit] == ["Ben Okoro"]
    assert "author" not in found.entries[1]


def test_what_rss_requires() -> None:
    channel = tree(rss(post())).find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    assert {each.get("rel"): each.get("href") for each in channel.findall(f"{ATOM}link")} == {
        "self": "https://buoy.example/live/storm-surge/feed.rss",
        "hub": "https://buoy.example/websub",
    }
    assert channel.findtext("lastBuildDate") == "Fri, 02 Jan 2026 08:09:00 +0000"
    assert tree(rss(around=blog(standfirst=""))).findtext("channel/description") == "Storm surge & gates"


def test_a_json_feed() -> None:
    found = json_feed(post(document=with_pictures()), plain_post())
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == "https://buoy.example/live/storm-surge/feed.json"
    assert found["next_url"] == "https://buoy.example/live/storm-surge/feed.json?page=3"
    assert found["hubs"] == [{"type": "WebSub", "url": "https://buoy.example/websub"}]
    first, second = found["items"]
    assert first["id"] == entry_id(post().id)
    assert first["authors"] == [{"name": "Ana Ruiz"}, {"name": "Ben Okoro"}]
    assert first["image"] == "https://buoy.example/media/m1/1600.webp"
    assert first["attachments"] == [{"url": first["image"], "mime_type": "image/webp", "title": "The gate"}]
    assert first["tags"] == ["key event"]
    assert (first["date_published"], first["date_modified"]) == (
        "2026-01-02T08:05:00Z",
        "2026-01-02T08:09:00Z",
    )
    assert second["content_text"] == "Water rises."
    assert {"title", "authors", "tags", "image", "attachments"}.isdisjoint(second)


def test_the_schema_of_json_feed_looks_at_dates_and_names() -> None:
    good = json_feed(post())
    for wrong in (
        {"items": [{**good["items"][0], "date_published": "yesterday"}]},
        {"items": [{**good["items"][0], "id": 7}]},
        {"items": [{**good["items"][0], "author": {"name": "Ana"}}]},
        {"feed_url": "feed.json"},
        {"version": "1.1"},
    ):
        with pytest.raises(ValidationError):
            _JSON_FEED.validate(good | wrong)


def test_right_to_left_words_say_so() -> None:
    facts = blog(language="ar")
    assert 'xml:lang="ar"' in feeds.atom_head(facts)
    assert 'dir="rtl"' in feeds.content_html(post(), facts)
    assert "dir=" not in feeds.content_html(post(), blog())


def test_an_author_with_a_page_is_known_by_it() -> None:
    one = post(authors=(AuthorFacts("Ana Ruiz", "ana-ruiz"),))
    address = "https://buoy.example/by/ana-ruiz"
    people = feedparser.parse(atom(one)).entries[0].authors
    assert [each.get("href") for each in people] == [address, None]
    assert json_feed(one)["items"][0]["authors"] == [
        {"name": "Ana Ruiz", "url": address},
        {"name": "Ben Okoro"},
    ]


def test_pictures_are_absolute_and_foreign_ones_only_linked() -> None:
    html = feeds.content_html(post(document=with_pictures()), blog())
    assert 'src="https://buoy.example/media/m1/1600.webp"' in html
    assert (
        "https://buoy.example/media/m1/480.webp 480w, https://buoy.example/media/m1/1600.webp 1600w" in html
    )
    assert '"/media' not in html
    assert 'href="https://far.example/a.jpg"' in html
    assert 'src="https://far' not in html
    assert "far.example" not in rss(post(document=with_pictures())).split("<media:content")[1]


@pytest.mark.parametrize(
    ("html", "absolute"),
    [
        ('<a href="/x">src="/y"</a>', '<a href="https://h/x">src="/y"</a>'),
        ('<img alt="a > b" src="/x">', '<img alt="a > b" src="https://h/x">'),
        ('<a href="https://o/x" title="/y">t</a>', '<a href="https://o/x" title="/y">t</a>'),
        (
            '<img srcset="/a 1w, /b 2w, https://o/c 3w">',
            '<img srcset="https://h/a 1w, https://h/b 2w, https://o/c 3w">',
        ),
    ],
)
def test_only_addresses_of_tags_are_made_absolute(html: str, absolute: str) -> None:
    assert absolute_html(html, "https://h") == absolute


@pytest.mark.parametrize(
    "words", ["a ]]> b", "</content:encoded>", "<script>x</script>", "& &amp; &#0;", "quote \" ' end"]
)
def test_words_break_nothing(words: str) -> None:
    facts = blog(headline=words, standfirst=words)
    one = post(document=plain_post(words).document, headline=words, byline=(words,), dateline=words)
    item = tree(rss(one, around=facts)).find("channel/item")
    assert item is not None
    assert item.findtext("title") == words
    assert "<script" not in (item.findtext(CONTENT) or "")
    assert tree(atom(one, around=facts)).findtext(f"{ATOM}entry/{ATOM}title") == words


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    facts = blog(headline="Su\x00r\x0bge\ufffe \ud800", language="e\x01n")
    assert tree(rss(around=facts)).findtext("channel/title") == "Surge "
    assert tree(atom(around=facts)).findtext(f"{ATOM}title") == "Surge "


@PATIENT
@given(documents(), texts(), texts())
def test_any_post_is_well_formed_everywhere(document: Any, headline: str, name: str) -> None:
    one = post(document=document, headline=headline, byline=(name,), dateline=name)
    assert tree(atom(one)).find(f"{ATOM}entry") is not None
    assert tree(rss(one)).find("channel/item") is not None
    assert json_feed(one)["items"][0]["content_html"] == feeds.content_html(one, blog())
