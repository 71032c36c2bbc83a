"""Feeds, joined: whole documents that other people's readers take."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from tests.edge.client import get
from tests.edge.readmodel import ReadModel

from stoppress.edge.app import Edge
from stoppress.edge.feeds import feed_text
from stoppress.edge.pages import json_ld
from stoppress.edge.rows import FeedRows
from stoppress.lib import clock, limits
from stoppress.lib.feed_documents import Place
from stoppress.lib.ids import Seq

AT = datetime(2026, 3, 14, 12, 0, 1, tzinfo=UTC)
PLACE = Place("https://gazette.example/live/storm/feed")


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
    text = feed_text(rows("<feed>", "<entry/>", "<entry/>"), "feed.atom", PLACE)
    feed = ET.fromstring(text)  # noqa: S314 (our own)
    assert feed.findtext("updated") == "2026-03-14T12:00:01Z"
    assert len(feed.findall("entry")) == 2


def test_rss_says_when_it_changed_and_closes() -> None:
    atom = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    text = feed_text(rows(f"<rss {atom}><channel>", "<item/>"), "feed.rss", PLACE)
    channel = ET.fromstring(text).find("channel")  # noqa: S314 (our own)
    assert channel is not None
    assert channel.findtext("lastBuildDate") == "Sat, 14 Mar 2026 12:00:01 +0000"
    assert len(channel.findall("item")) == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_has_commas_between_items_only(count: int) -> None:
    text = feed_text(rows('{"items":[', *(['{"id":"1"}', ""] * count)), "feed.json", PLACE)
    assert len(json.loads(text)["items"]) == count


def test_a_withdrawn_post_is_told_where_the_format_has_a_word_for_it(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    post = model.post(blog, "CANARY")
    model.withdraw(blog, post)
    assert f"<at:deleted-entry>{post}</at:deleted-entry>" in get(edge, "/live/storm/feed.atom").text
    assert post not in get(edge, "/live/storm/feed.rss").text
    assert json.loads(get(edge, "/live/storm/feed.json").text)["items"] == []
    told = json.loads(get(edge, "/live/storm/ninjs.json").text)["associations"]
    assert told == [{"uri": post, "pubStatus": "canceled"}]


def test_a_feed_holds_the_newest_only(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    for _ in range(limits.FEED_POSTS + 3):
        model.post(blog)
    items = json.loads(get(edge, "/live/storm/feed.json").text)["items"]
    assert len(items) == limits.FEED_POSTS
    assert items[0]["id"] == f"{limits.FEED_POSTS + 3:020d}"


def test_the_first_page_is_never_longer_than_a_feed() -> None:
    """Or posts would stand neither in the feed nor in an archive yet."""
    assert limits.FEED_POSTS >= 2 * limits.PAGE_POSTS - 1


# --- older entries ------------------------------------------------------------------------------------


def links(text: str) -> dict[str, str]:
    """The links of an Atom document's head, by their meaning."""
    return dict(
        re.findall(r'<link rel="([a-z-]+)" href="https://gazette.example/live/storm/([^"]+)"/>', text)
    )


def ids(text: str) -> list[str]:
    return re.findall(r"<(?:entry|at:deleted-entry)>(\d{20})", text)


def test_row_30_the_chain_of_archives_holds_every_entry_once_and_the_feed_leads_to_it(
    edge: Edge, model: ReadModel
) -> None:
    model.page_posts = 3
    blog = model.blog()
    made = [model.post(blog) for _ in range(11)]
    feed = get(edge, "/live/storm/feed.atom").text
    assert links(feed) == {"self": "feed.atom", "prev-archive": "feed.atom?page=2"}
    assert "<fh:archive/>" not in feed
    newest = get(edge, "/live/storm/feed.atom?page=2").text
    oldest = get(edge, "/live/storm/feed.atom?page=1").text
    assert links(newest) == {
        "self": "feed.atom?page=2",
        "current": "feed.atom",
        "prev-archive": "feed.atom?page=1",
    }
    assert links(oldest) == {
        "self": "feed.atom?page=1",
        "current": "feed.atom",
        "next-archive": "feed.atom?page=2",
    }
    assert "<fh:archive/>" in newest
    assert [*ids(newest), *ids(oldest)] == made[:6][::-1]


def test_row_30_archives_stay_as_they_are_while_the_live_blog_goes_on(edge: Edge, model: ReadModel) -> None:
    model.page_posts = 3
    blog = model.blog()
    for _ in range(9):
        model.post(blog)
    before = get(edge, "/live/storm/feed.atom?page=1")
    for _ in range(5):
        model.post(blog)
    again = get(edge, "/live/storm/feed.atom?page=1", if_none_match=before.headers["etag"])
    assert again.status == 304
    assert "stoppress-seq" not in before.headers


def test_row_30_whoever_follows_the_feed_hears_of_old_entries_that_were_put_right(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FEED_POSTS", 5)
    model.page_posts = 3
    blog = model.blog()
    made = [model.post(blog) for _ in range(12)]
    model.amend(blog, made[0], "Corrected.")
    model.withdraw(blog, made[2])
    feed = get(edge, "/live/storm/feed.atom").text
    assert "<entry>Corrected.</entry>" in feed
    assert ids(feed) == [*made[:6:-1], made[2]]
    assert made[2] not in get(edge, "/live/storm/feed.rss").text


def test_json_feed_leads_to_older_items(edge: Edge, model: ReadModel) -> None:
    model.page_posts = 3
    blog = model.blog()
    for _ in range(7):
        model.post(blog)
    first = json.loads(get(edge, "/live/storm/feed.json").text)
    assert first["next_url"] == "https://gazette.example/live/storm/feed.json?page=1"
    older = json.loads(get(edge, "/live/storm/feed.json?page=1").text)
    assert "next_url" not in older
    assert [each["id"] for each in older["items"]] == [f"{number:020d}" for number in (3, 2, 1)]


@pytest.mark.parametrize(
    "address",
    ["feed.atom?page=0", "feed.atom?page=2", "feed.atom?page=x", "feed.atom?page=", "feed.rss?page=1"],
)
def test_pages_that_there_are_not(edge: Edge, model: ReadModel, address: str) -> None:
    model.page_posts = 3
    blog = model.blog()
    for _ in range(7):
        model.post(blog)
    assert get(edge, f"/live/storm/{address}").status == 404


# --- caches -------------------------------------------------------------------------------------------


def test_row_34_feeds_name_their_hub_and_themselves(edge: Edge, model: ReadModel) -> None:
    model.blog()
    for name in ("feed.atom", "feed.rss", "feed.json", "ninjs.json"):
        assert get(edge, f"/live/storm/{name}").headers["link"] == (
            '<https://gazette.example/websub>; rel="hub",'
            f' <https://gazette.example/live/storm/{name}>; rel="self"'
        )


def test_row_34_by_the_time_of_the_last_change(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    model.post(blog)
    feed = get(edge, "/live/storm/feed.atom")
    at = feed.headers["last-modified"]
    assert at == "Sat, 14 Mar 2026 12:00:02 GMT"
    assert get(edge, "/live/storm/feed.atom", if_modified_since=at).status == 304
    assert get(edge, "/live/storm/feed.atom", if_modified_since=at, if_none_match='"old"').status == 200
    model.post(blog)
    assert get(edge, "/live/storm/feed.atom", if_modified_since=at).status == 200


def test_row_34_a_moment_that_another_change_may_share_is_not_told(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.blog()
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=30))
    assert "last-modified" not in get(edge, "/live/storm/feed.atom").headers
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=90))
    assert "last-modified" in get(edge, "/live/storm/feed.atom").headers


def test_row_34_every_answer_about_a_live_blog_has_its_key(edge: Edge, model: ReadModel) -> None:
    blog = model.blog()
    post = model.post(blog)
    for path in ("", "/feed.atom", "/changes?after=0", f"/posts/{post}", "/corrections"):
        headers = get(edge, f"/live/storm{path}").headers
        assert headers["surrogate-key"] == headers["cache-tag"] == "live-storm"
    assert get(edge, "/").headers["surrogate-key"] == "site"


@pytest.mark.parametrize("path", ["/live/storm", "/live/storm/feed.atom", "/live/storm/changes?after=0"])
def test_row_34_no_cache_answers_with_what_was_withdrawn_five_seconds_ago(
    edge: Edge, model: ReadModel, path: str
) -> None:
    model.blog()
    headers = get(edge, path).headers
    cdn = headers.get("cdn-cache-control", headers["cache-control"])
    assert sum(map(int, re.findall(r"(?:max-age|stale-while-revalidate)=(\d+)", cdn))) <= 5
    assert int(re.findall(r"max-age=(\d+)", headers["cache-control"])[0]) <= 1
    assert "stale-while-revalidate" not in headers["cache-control"]  # browsers would obey it


# --- structured data ----------------------------------------------------------------------------------


def test_row_28_structured_data_is_capped_and_keeps_the_newest() -> None:
    head = '{"@type":"LiveBlogPosting"}'
    posts = [f'{{"@id":"{number}","articleBody":"{"Ж" * 4_000}"}}' for number in range(39)]
    text = json_ld(head, posts)
    assert len(text.encode()) <= limits.JSON_LD_BYTES
    kept = [each["@id"] for each in json.loads(text)["liveBlogUpdate"]]
    assert kept == [str(number) for number in range(len(kept))]
    room = limits.JSON_LD_BYTES - len(text.encode())
    assert room < len(posts[len(kept)].encode()) + 1  # not one more would have fitted


@pytest.mark.parametrize("size", range(900, 960, 7))
def test_row_28_the_cap_holds_to_the_byte(size: int) -> None:
    assert len(json_ld("{}", [f'"{"x" * size}"'] * 99).encode()) <= limits.JSON_LD_BYTES
