"""The page at a past time: which posts, in which words, at which address; and what never comes back."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.edge.client import get
from tests.edge.readmodel import START, Blog, ReadModel, post_html, post_id, stored
from tests.edge.test_store import mirror

from stoppress.edge.app import Edge
from stoppress.edge.moments import leaf_number, leaf_of, moment_of, moment_there, written
from stoppress.edge.postgres_store import PostgresStore
from stoppress.edge.sqlite_store import SqliteStore
from stoppress.edge.then_store import course, then
from stoppress.lib import clock, limits

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


def at(number: int, more: str = "") -> str:
    return f"/live/storm/at/{written(minute(number))}{more}"


def happened(model: ReadModel, blog: Blog, kind: str, when: float, post: str = "") -> None:
    """A line in the log, under the read model's newest number."""
    model.run(
        "INSERT OR REPLACE INTO event (liveblog_id, seq, kind, post_id, at) VALUES (?, ?, ?, ?, ?)",
        *(blog.blog_id, blog.seq, kind, post or None, stored(minute(when))),
    )
    model.run("UPDATE page SET changed_at = ? WHERE liveblog_id = ?", stored(minute(when)), blog.blog_id)


def post(model: ReadModel, blog: Blog, text: str, when: float, *, key_event: bool = False) -> str:
    made = model.post(blog, text, minute=when, key_event=key_event)
    model.run(
        "INSERT INTO event (liveblog_id, seq, kind, post_id, at)"
        " SELECT page_id, shown_seq, 'post.published', post_id, first_published_at FROM page_post WHERE post_id = ?",
        made,
    )
    model.run("UPDATE page SET changed_at = ? WHERE liveblog_id = ?", stored(minute(when)), blog.blog_id)
    return made


def amend(model: ReadModel, blog: Blog, made: str, text: str, when: float) -> None:
    """As projection does: what stood before is kept, with its mark."""
    number = len(model.run("SELECT 1 FROM page_version WHERE post_id = ?", made).fetchall()) + 1
    (title,) = model.run("SELECT title FROM page_post WHERE post_id = ?", made).fetchone()
    model.amend(blog, made, text)
    model.run(
        "INSERT INTO page_version (page_id, post_id, number, until, title, html) VALUES (?, ?, ?, ?, ?, ?)",
        *(blog.blog_id, made, number, stored(minute(when)), title),
        post_html(made, f"{title} <p>Corrected later</p>", START),
    )
    model.run("UPDATE page SET changed_at = ? WHERE liveblog_id = ?", stored(minute(when)), blog.blog_id)


def withdraw(model: ReadModel, blog: Blog, made: str) -> None:
    model.withdraw(blog, made)
    model.run("DELETE FROM page_version WHERE post_id = ?", made)


@pytest.fixture
def blog(model: ReadModel, monkeypatch: pytest.MonkeyPatch) -> Blog:
    """Opened at minute 0; posts at 1 (corrected at 20), 10.5 (a key event) and 30. Now it is minute 60."""
    monkeypatch.setattr(clock, "now", lambda: minute(60))
    blog = model.blog()
    happened(model, blog, "liveblog.opened", 0)
    first = post(model, blog, "Two metres.", 1)
    post(model, blog, "Gate shut.", 10.5, key_event=True)
    amend(model, blog, first, "Three metres.", 20)
    post(model, blog, "Water falls.", 30)
    return blog


def test_a_page_shows_what_was_known_then(edge: Edge, blog: Blog) -> None:
    del blog
    shown = {
        number: [
            text for text in ("Two metres.", "Three metres.", "Gate shut.", "Water falls.") if text in page
        ]
        for number in (0, 1, 10, 11, 19, 20, 30, 60)
        for page in [get(edge, at(number)).text]
    }
    assert shown[0] == []
    assert shown[1] == shown[10] == ["Two metres."]
    assert shown[11] == shown[19] == ["Two metres.", "Gate shut."]
    assert shown[20] == ["Three metres.", "Gate shut."]
    assert shown[30] == shown[60] == ["Three metres.", "Gate shut.", "Water falls."]
    assert "Corrected later" in get(edge, at(19)).text
    assert "Corrected later" not in get(edge, at(20)).text


def test_a_page_says_which_time_it_is_and_is_not_for_search_engines(edge: Edge, blog: Blog) -> None:
    del blog
    page = get(edge, at(11))
    assert page.status == 200
    assert '<meta name="robots" content="noindex">' in page.text
    assert '<link rel="canonical" href="https://gazette.example/live/storm">' in page.text
    assert 'data-frozen="2026-03-14T12:11:00Z"' in page.text
    assert "<title>Storm, as it was on 14 March 2026, 14:11 EET</title>" in page.text
    assert "Live at that time" in page.text
    assert "2 posts were out." in page.text
    assert '<a href="/live/storm">' in page.text
    events = re.findall(r'<li class="key-event"><a href="([^"]+)"[^>]*>.*?<span>([^<]+)</span>', page.text)
    assert events == [(at(11), "Gate shut.")]
    early = get(edge, at(5)).text
    assert re.findall(r'<li class="key-event">.*?<span>([^<]+)</span>', early) == ["Key event"]


def test_the_head_turns_as_it_did(edge: Edge, model: ReadModel, blog: Blog) -> None:
    pinned = post_id(2)
    for name, when in (("post.pinned", 31), ("liveblog.paused", 35), ("liveblog.closed", 40)):
        model.silent(blog)
        happened(model, blog, name, when, pinned if name.startswith("post.") else "")
    model.run(
        "INSERT INTO shift (liveblog_id, name, started_at, ended_at) VALUES (?, 'Mara & Co', ?, ?)",
        *(blog.blog_id, stored(minute(5)), stored(minute(33))),
    )
    assert "Pinned" not in get(edge, at(30)).text
    assert '<span class="label">Pinned</span>' in get(edge, at(31)).text
    assert "Paused at that time" in get(edge, at(35)).text
    assert "Ended by that time" in get(edge, at(40)).text
    assert "Mara" not in get(edge, at(4)).text
    assert "By <bdi>Mara &amp; Co</bdi> (now)" in get(edge, at(32)).text
    assert "By <bdi>Mara &amp; Co</bdi> (earlier)" in get(edge, at(34)).text


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2026-03-14T12:11:00.5Z", 11),
        ("2026-03-14T12:11:59Z", 11),
        ("2026-03-14T12:11Z", 11),
        ("2026-03-14t14:11:00+02:00", 11),
        ("2026-03-14 12:11:00z", 11),
    ],
)
def test_a_minute_has_one_address(edge: Edge, blog: Blog, asked: str, number: int) -> None:
    del blog
    moved = get(edge, f"/live/storm/at/{asked}")
    assert (moved.status, moved.headers["location"]) == (308, at(number))
    assert get(edge, f"/live/storm/at/{asked}?page=3").headers["location"] == at(number, "?page=3")


@pytest.mark.parametrize(
    ("path", "next_url"),
    [
        ("/live/storm/at/yesterday", "/live/storm/at"),
        ("/live/storm/at/2026-13-14T12:11:00Z", "/live/storm/at"),
        ("/live/storm/at/2026-03-14T12:11:00", "/live/storm/at"),
        ("/live/storm/at/0001-01-01T00:00:00+14:00", "/live/storm/at"),
        (at(-1), at(0)),
        (at(61), "/live/storm"),
        (at(11, "?page=1"), at(11)),
        (at(11, "?page=x"), "/"),
        (at(11).replace("storm", "nowhere"), "/"),
        ("/live/nowhere/at", "/"),
        ("/live/storm/at?t=noon", "/live/storm/at"),
        ("/live/nowhere/moments.json", "/"),
    ],
)
def test_what_cannot_be_shown_says_where_to_go(edge: Edge, blog: Blog, path: str, next_url: str) -> None:
    del blog
    found = get(edge, path)
    assert (found.status, found.json()["next_url"]) == (404, next_url)
    assert get(edge, path, accept=HTML).headers["content-type"].startswith("text/html")


def test_a_live_blog_in_draft_has_no_past(edge: Edge, model: ReadModel, blog: Blog) -> None:
    del blog
    model.post(model.blog("hidden", "draft"), "Secret.")
    for path in (at(11).replace("storm", "hidden"), "/live/hidden/at", "/live/hidden/moments.json"):
        assert get(edge, path).status == 404


def test_a_withdrawn_text_is_gone_from_every_time(edge: Edge, model: ReadModel, blog: Blog) -> None:
    times = [at(number) for number in (1, 11, 19, 20, 30, 60)]
    before = {path: get(edge, path) for path in times}
    assert all("metres" in page.text for page in before.values())
    withdraw(model, blog, post_id(1))
    for path in times:
        page = get(edge, path, if_none_match=before[path].headers["etag"])
        assert page.status == 200
        assert "metres" not in page.text
        assert "Withdrawn." in page.text
    assert "Withdrawn." not in get(edge, at(0)).text


def test_a_page_stays_the_same_while_the_live_blog_goes_on(edge: Edge, model: ReadModel, blog: Blog) -> None:
    before = get(edge, at(11))
    post(model, blog, "More rain.", 40)
    after = get(edge, at(11), if_none_match=before.headers["etag"])
    assert after.status == 304
    assert "stoppress-seq" not in before.headers


def test_caches_ask_again_so_that_a_withdrawal_reaches_them(edge: Edge, model: ReadModel, blog: Blog) -> None:
    assert get(edge, at(11)).headers["cache-control"].startswith("public, max-age=0, s-maxage=1")
    model.status(blog, "closed")
    happened(model, blog, "liveblog.closed", 45)
    page = get(edge, at(12))
    assert page.headers["cache-control"] == "public, max-age=0, s-maxage=4"
    assert page.headers["cache-tag"] == "live-storm"


def test_after_the_end_there_is_one_last_page(edge: Edge, model: ReadModel, blog: Blog) -> None:
    model.status(blog, "closed")
    happened(model, blog, "liveblog.closed", 44.5)
    assert get(edge, at(45)).status == 200
    for path in (at(46), at(60), "/live/storm/at", "/live/storm/at?t=2026-03-14T15:30"):
        moved = get(edge, path)
        assert (moved.status, moved.headers["location"]) == (302, at(45))
        assert moved.headers["cache-control"] == "no-store"


def test_a_time_is_asked_for_by_the_clock_of_the_event(edge: Edge, blog: Blog) -> None:
    del blog
    assert get(edge, "/live/storm/at?t=2026-03-14T14:11").headers["location"] == at(11)
    assert get(edge, "/live/storm/at?t=2026-03-14T08:00").headers["location"] == at(0)
    assert get(edge, "/live/storm/at").headers["location"] == at(60)


def test_in_its_first_minute_a_live_blog_has_no_past(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = model.blog("fresh")
    happened(model, fresh, "liveblog.opened", 0.25)
    monkeypatch.setattr(clock, "now", lambda: minute(0.75))
    assert get(edge, "/live/fresh/at").headers["location"] == "/live/fresh"
    monkeypatch.setattr(clock, "now", lambda: minute(1))
    assert get(edge, "/live/fresh/at").headers["location"] == at(1).replace("storm", "fresh")


def test_moments_are_listed_once_and_without_words(edge: Edge, blog: Blog) -> None:
    del blog
    found = get(edge, "/live/storm/moments.json")
    assert found.json() == {
        "from": "2026-03-14T12:00:00Z",
        "to": "2026-03-14T13:00:00Z",
        "zone": "Europe/Kyiv",
        "minutes": [0, 1, 11, 20, 30],
        "key_events": [11],
    }


def test_older_posts_of_that_time_have_pages_of_their_own(
    edge: Edge, model: ReadModel, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PAGE_POSTS", 2)
    for number in range(31, 36):
        post(model, blog, f"Text {number}", number)
    pages = [get(edge, at(35, f"?page={number}" if number else "")) for number in range(5)]
    assert [page.status for page in pages] == [200, 200, 200, 200, 404]
    posts = [re.findall(r'<article class="post" id="post-0*(\d+)"', page.text) for page in pages[:4]]
    assert posts == [["8", "7"], ["2", "1"], ["4", "3"], ["6", "5"]]
    ways = [re.findall(r'<a href="[^"]*?(\?page=\d|Z)" rel="(\w+)">', page.text) for page in pages[:4]]
    assert ways == [
        [("?page=3", "next")],
        [("?page=2", "prev")],
        [("?page=3", "prev"), ("?page=1", "next")],
        [("Z", "prev"), ("?page=2", "next")],
    ]
    assert f'<a href="{at(35)}?page=1#post-{post_id(2)}"' in pages[0].text


@pytest.mark.database
def test_both_databases_answer_the_same(model: ReadModel, blog: Blog, postgres: str) -> None:
    mirror(model.path, postgres)
    here, there = SqliteStore(model.path), PostgresStore(postgres)

    async def asked() -> list[bool]:
        same = [
            await here.ask(then(blog.slug, minute(number), 0))
            == await there.ask(then(blog.slug, minute(number), 0))
            for number in (0, 11, 19, 20, 60)
        ]
        same.append(await here.ask(course(blog.slug)) == await there.ask(course(blog.slug)))
        await there.close()
        return same

    assert all(asyncio.run(asked()))


def test_moments_without_a_database() -> None:
    assert moment_of("2026-03-14T12:11:30+05:45") == datetime(2026, 3, 14, 6, 26, tzinfo=UTC)
    assert moment_there("2026-03-14T12:11", "Asia/Kathmandu") == datetime(2026, 3, 14, 6, 26, tzinfo=UTC)
    assert moment_there("2026-03-14", "UTC") is None
    for count in range(130):
        posts = list(range(count))
        numbers = [leaf_number(place, count) for place in posts]
        for number in set(numbers):
            leaf = leaf_of(posts, number)
            assert leaf is not None
            assert list(leaf.posts) == [place for place in posts if numbers[place] == number]
        assert leaf_of(posts, max(numbers, default=0) + 1) is None
