"""Sitemaps, as those who read them have laid down."""

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from rfc3339_validator import validate_rfc3339  # type: ignore[import-untyped] # it has no types
from tests.edge.client import get
from tests.edge.readmodel import START, Blog, ReadModel, stored

from stoppress.edge.app import Edge
from stoppress.edge.rows import PublisherRow
from stoppress.edge.sitemaps import NewsRow, index_text, news_text
from stoppress.lib import clock, limits

SITE = "https://gazette.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(edge: Edge, path: str) -> ET.Element:
    answer = get(edge, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/xml; charset=utf-8")
    found: ET.Element = fromstring(answer.body)
    return found


def opened(model: ReadModel, blog: Blog, at: datetime, headline: str = "Storm") -> None:
    model.run(
        "UPDATE liveblog SET opened_at = ?, headline = ? WHERE id = ?", stored(at), headline, blog.blog_id
    )


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Two days and an hour after the read model's beginning."""
    moment = START + timedelta(days=2, hours=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def test_robots_name_the_sitemaps(edge: Edge) -> None:
    lines = get(edge, "/robots.txt").text.splitlines()
    assert [line for line in lines if line.startswith("Sitemap")] == [
        f"Sitemap: {SITE}/sitemap.xml",
        f"Sitemap: {SITE}/sitemap-news.xml",
    ]


def test_the_index_leads_to_every_public_live_blog(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SITEMAP_ROWS", 2)
    for number in range(3):
        model.blog(f"live-{number}")
    model.blog("secret", status="draft")
    files = [each.text for each in read(edge, "/sitemap.xml").iter(f"{MAP}loc")]
    assert files == [f"{SITE}/sitemap-live.xml?page=1", f"{SITE}/sitemap-live.xml?page=2"]
    found = []
    for file in files:
        for url in read(edge, str(file).removeprefix(SITE)).findall(f"{MAP}url"):
            assert validate_rfc3339(url.findtext(f"{MAP}lastmod"))
            found.append(url.findtext(f"{MAP}loc"))
    assert found == [f"{SITE}/live/live-{number}" for number in range(3)]
    for page in ("3", "0", "x"):
        assert get(edge, f"/sitemap-live.xml?page={page}").status == 404


def test_a_site_without_live_blogs_has_empty_files(edge: Edge) -> None:
    assert len(read(edge, "/sitemap.xml")) == 1
    assert len(read(edge, "/sitemap-live.xml")) == 0
    assert len(read(edge, "/sitemap-news.xml")) == 0
    assert index_text(SITE, limits.SITEMAP_ROWS + 1).count("<sitemap>") == 2


def test_news_is_what_was_first_published_within_two_days(
    edge: Edge, model: ReadModel, now: datetime
) -> None:
    for slug, age in (
        ("old", timedelta(days=2, minutes=1)),
        ("new", timedelta(days=1)),
        ("newer", timedelta()),
    ):
        opened(model, model.blog(slug), now - age, headline="Tide & <gate>")
    model.blog("secret", status="draft")
    urls = read(edge, "/sitemap-news.xml").findall(f"{MAP}url")
    assert [url.findtext(f"{MAP}loc") for url in urls] == [f"{SITE}/live/newer", f"{SITE}/live/new"]
    (news,) = urls[1].findall(f"{NEWS}news")
    assert [(each.tag, each.text) for each in news.iter() if not len(each)] == [
        (f"{NEWS}name", "Gazette"),
        (f"{NEWS}language", "en"),
        (f"{NEWS}publication_date", clock.rfc3339(now - timedelta(days=1))),
        (f"{NEWS}title", "Tide & <gate>"),
    ]
    assert validate_rfc3339(news.findtext(f"{NEWS}publication_date"))


def test_the_day_of_publication_does_not_move_with_changes(
    edge: Edge, model: ReadModel, now: datetime
) -> None:
    blog = model.blog()
    opened(model, blog, now - timedelta(days=1))
    before = read(edge, "/sitemap-news.xml").findtext(f".//{NEWS}publication_date")
    model.post(blog)
    assert read(edge, "/sitemap-news.xml").findtext(f".//{NEWS}publication_date") == before


def test_what_was_news_is_none_an_hour_later_though_nothing_happened(
    edge: Edge, model: ReadModel, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(model, model.blog(), now - timedelta(days=1, hours=23, minutes=30))
    assert len(read(edge, "/sitemap-news.xml")) == 1
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=1))
    assert len(read(edge, "/sitemap-news.xml")) == 0


def test_a_news_sitemap_is_bounded(
    edge: Edge, model: ReadModel, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SITEMAP_NEWS_ROWS", 2)
    for number in range(3):
        opened(model, model.blog(f"live-{number}"), now - timedelta(hours=number))
    assert len(read(edge, "/sitemap-news.xml")) == 2
    monkeypatch.undo()
    assert limits.SITEMAP_NEWS_ROWS == 1_000


@pytest.mark.parametrize(("tag", "told"), [("en-GB", "en"), ("zh-CN", "zh-cn"), ("uk", "uk")])
def test_languages_are_those_of_the_list(tag: str, told: str) -> None:
    row = NewsRow("a", tag, "Tide\x00\ud800", START)
    text = news_text(SITE, PublisherRow("Gazette", "en"), [row])
    assert fromstring(text.encode()).findtext(f".//{NEWS}language") == told


def test_row_34_sitemaps_are_asked_for_by_tag_too(edge: Edge, model: ReadModel) -> None:
    model.blog()
    for path in ("/sitemap.xml", "/sitemap-live.xml", "/sitemap-news.xml"):
        first = get(edge, path)
        assert get(edge, path, if_none_match=first.headers["etag"]).status == 304
        assert first.headers["surrogate-key"] == "site"
