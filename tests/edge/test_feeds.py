"""Feeds, joined: whole documents that other people's readers take."""

import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from tests.edge.client import get
from tests.edge.readmodel import ReadModel

from stoppress.edge.app import Edge
from stoppress.edge.feeds import feed_text
from stoppress.edge.rows import FeedRows
from stoppress.lib import limits
from stoppress.lib.ids import Seq

AT = datetime(2026, 3, 14, 12, 0, 1, tzinfo=UTC)


def rows(head: str, *entries: str) -> FeedRows:
    return FeedRows("storm", Seq(1), AT, head, entries)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("feed.rss", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("ninjs.json", "application/json; charset=utf-8"),
    ],
)
def test_a_feed_has_its_type_a_tag_and_the_newest_posts(
    edge: Edge, model: ReadModel, name: str, content_type: str
) -> None:
    blog = model.blog()
    older, newer = model.post(blog), model.post(blog)
    feed = get(edge, f"/live/storm/{name}")
    assert feed.headers["content-type"] == content_type
    assert feed.text.index(newer) < feed.text.index(older)
    assert get(edge, f"/live/storm/{name}", if_none_match=feed.headers["etag"]).status == 304


def test_atom_says_when_it_changed_and_closes() -> None:
    text = feed_text(rows("<feed>", "<entry/>", "<entry/>"), "feed.atom")
    feed = ET.fromstring(text)  # noqa: S314 (our own)
    assert feed.findtext("updated") == "2026-03-14T12:00:01Z"
    assert len(feed.findall("entry")) == 2


def test_rss_says_when_it_changed_and_closes() -> None:
    text = feed_text(rows("<rss><channel>", "<item/>"), "feed.rss")
    channel = ET.fromstring(text).find("channel")  # noqa: S314 (our own)
    assert channel is not None
    assert channel.findtext("lastBuildDate") == "Sat, 14 Mar 2026 12:00:01 +0000"
    assert len(channel.findall("item")) == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_has_commas_between_items_only(count: int) -> None:
    text = feed_text(rows('{"items":[', *(['{"id":"1"}', ""] * count)), "feed.json")
    assert len(json.loads(text)["items"]) == count


def test_a_withdrawn_post_is_told_where_the_format_has_a_word_for_it(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    post = model.post(blog, "CANARY")
    model.withdraw(blog, post)
    assert f"<at:deleted-entry>{post}</at:deleted-entry>" in get(edge, "/live/storm/feed.atom").text
    assert post not in get(edge, "/live/storm/feed.rss").text
    assert json.loads(get(edge, "/live/storm/feed.json").text) == {"items": []}
    told = json.loads(get(edge, "/live/storm/ninjs.json").text)["associations"]
    assert told == [{"uri": post, "pubStatus": "canceled"}]


def test_a_feed_holds_the_newest_only(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    for _ in range(limits.FEED_POSTS + 3):
        model.post(blog)
    items = json.loads(get(edge, "/live/storm/feed.json").text)["items"]
    assert len(items) == limits.FEED_POSTS
    assert items[0]["id"] == f"{limits.FEED_POSTS + 3:020d}"
