"""schema.org structured data of a page and its posts."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.document.strategies import PATIENT, documents, texts
from tests.render.outside import EIGHT, PHOTO, SITE, blog, plain_post, post, with_pictures

from stoppress.archive.detect import read_file
from stoppress.archive.format import ArchivedEvent
from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY
from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.render.facts import (
    AuthorFacts,
    BlogFacts,
    BylineName,
    CorrectionFacts,
    EventFacts,
    ImageFacts,
    WidestFacts,
)
from stoppress.render.jsonld import blog_json_ld, json_text, post_json_ld, whole_blog, whole_post
from stoppress.render.shapes import Cut

CARDS = [("1x1", (1200, 1200)), ("4x3", (1200, 900)), ("16x9", (1200, 675))]


def of_blog(**more: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(blog_json_ld(blog(**more)))
    return found


def of_post(**more: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(post_json_ld(post(**more), blog()))
    return found


def test_a_live_blog() -> None:
    assert of_blog() == {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": "https://buoy.example/live/storm-surge",
        "url": "https://buoy.example/live/storm-surge",
        "mainEntityOfPage": "https://buoy.example/live/storm-surge",
        "headline": "Storm surge & gates",
        "description": "Gates are <shut>.",
        "inLanguage": "en",
        "datePublished": "2026-01-02T08:00:00Z",
        "dateModified": "2026-01-02T08:09:00Z",
        "coverageStartTime": "2026-01-02T08:00:00Z",
        "author": [{"@type": "Person", "name": "Ana Ruiz"}],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "The Buoy",
            "url": "https://buoy.example",
            "logo": {
                "@type": "ImageObject",
                "url": "https://buoy.example/static/icon-512.png",
                "width": 512,
                "height": 512,
            },
        },
        "image": [
            {
                "@type": "ImageObject",
                "url": f"https://buoy.example{Cut('storm-surge', shape, PHOTO).path}",
                "width": 1200,
                "height": height,
                "caption": "A steel gate",
            }
            for shape, height in (("1x1", 1200), ("4x3", 900), ("16x9", 675))
        ],
    }


@pytest.mark.parametrize(
    "picture",
    [None, ImageFacts("/media/m1/9.jpg", 9, 9, "A dot", widest=WidestFacts("/media/m1/9.jpg", 9, 9))],
)
def test_cards_are_drawn_in_the_same_shapes_where_there_is_no_picture_to_cut(
    picture: ImageFacts | None,
) -> None:
    images = of_blog(image=picture)["image"][-1:] if picture else of_blog(image=None)["image"]
    for image, (name, size) in zip(images, CARDS[-len(images) :], strict=True):
        assert image["url"].startswith("https://buoy.example/cards/storm-surge/")
        assert image["url"].endswith(f"-{name}.png")
        assert (image["width"], image["height"]) == size
        assert image["caption"].startswith("Live. Storm surge & gates")


def test_a_logo_of_its_own_and_the_authors_own_pages() -> None:
    site = replace(SITE, logo=ImageFacts("/media/m2/960.webp", 240, 60, "The Buoy"))
    found = of_blog(site=site, authors=(AuthorFacts("Ana Ruiz", "ana-ruiz"),))
    assert found["publisher"]["logo"]["url"] == "https://buoy.example/media/m2/960.webp"
    assert found["author"] == [
        {"@type": "Person", "name": "Ana Ruiz", "url": "https://buoy.example/by/ana-ruiz"}
    ]


def test_the_event_it_is_about_by_the_clock_of_the_place() -> None:
    event = EventFacts("Cup final", "Verrin Stadium", EIGHT + timedelta(hours=10))
    assert of_blog(event=event)["about"] == {
        "@type": "Event",
        "name": "Cup final",
        "startDate": "2026-01-02T20:00:00+02:00",
        "location": {"@type": "Place", "name": "Verrin Stadium", "address": "Verrin Stadium"},
    }
    assert of_blog(event=EventFacts(place="Port Verrin"))["about"] == {
        "@type": "Event",
        "name": "Storm surge & gates",
        "location": {"@type": "Place", "name": "Port Verrin", "address": "Port Verrin"},
    }
    assert "about" not in of_blog()


def test_the_planned_end_stands_till_it_is_closed_or_the_day_outruns_it() -> None:
    planned, closed = EIGHT + timedelta(hours=5), EIGHT + timedelta(hours=6)
    assert of_blog(planned_end_at=planned)["coverageEndTime"] == "2026-01-02T13:00:00Z"
    assert "coverageEndTime" not in of_blog(planned_end_at=planned, changed_at=closed)
    ended = of_blog(planned_end_at=planned, status="closed", closed_at=closed)
    assert ended["coverageEndTime"] == "2026-01-02T14:00:00Z"


def test_the_start_never_moves_and_the_end_comes_with_closing() -> None:
    later = EIGHT + timedelta(hours=3)
    assert of_blog(changed_at=later)["coverageStartTime"] == "2026-01-02T08:00:00Z"
    assert "coverageEndTime" not in of_blog(closed_at=later)
    assert of_blog(status="closed", closed_at=later)["coverageEndTime"] == "2026-01-02T11:00:00Z"
    assert of_blog(opened_at=None)["coverageStartTime"] == "2026-01-02T08:05:00Z"


def test_a_draft_says_only_what_is_so() -> None:
    bare = of_blog(opened_at=None, first_post_at=None, changed_at=None, byline=(), image=None, standfirst="")
    assert {"coverageStartTime", "dateModified", "author", "about", "description"}.isdisjoint(bare)


def test_a_post() -> None:
    assert of_post() == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": "https://buoy.example/live/storm-surge#post-0000000000000000000a",
        "url": "https://buoy.example/live/storm-surge#post-0000000000000000000a",
        "headline": "Gate 2 is shut",
        "datePublished": "2026-01-02T08:05:00Z",
        "dateModified": "2026-01-02T08:09:00Z",
        "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Ben Okoro"}],
        "contentLocation": {"@type": "Place", "name": "Port Verrin"},
        "articleBody": "The crew shut gate 2.\nIt held.",
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "It was gate 2, not 1.",
                "datePublished": "2026-01-02T08:09:00Z",
            }
        ],
    }


def test_an_author_with_a_page_is_known_by_it() -> None:
    ana, ben = of_post(authors=(AuthorFacts("Ana Ruiz", "ana-ruiz"),))["author"]
    assert ana == {"@type": "Person", "name": "Ana Ruiz", "url": "https://buoy.example/by/ana-ruiz"}
    assert ben == {"@type": "Person", "name": "Ben Okoro"}


def test_first_words_stand_for_a_missing_headline() -> None:
    assert json.loads(post_json_ld(plain_post("Water rises in Dock Street."), blog()))["headline"] == (
        "Water rises in Dock Street."
    )
    assert json.loads(post_json_ld(plain_post(document=EMPTY), blog()))["headline"] == "Storm surge & gates"


def test_pictures_have_absolute_addresses() -> None:
    assert of_post(document=with_pictures())["image"] == ["https://buoy.example/media/m1/1600.webp"]


def test_nothing_ends_a_script_element() -> None:
    text = post_json_ld(plain_post("</script><!-- x"), blog(headline="</script>")) + blog_json_ld(blog())
    assert "<" not in text
    assert json.loads(json_text("</script>\ud800")) == "</script>?"


def test_how_a_page_is_joined() -> None:
    head = blog_json_ld(blog())
    joined = f'{head.removesuffix("}")},"liveBlogUpdate":[{post_json_ld(post(), blog())}]}}'
    assert json.loads(joined)["liveBlogUpdate"][0]["headline"] == "Gate 2 is shut"


def long_names(count: int) -> tuple[str, ...]:
    return tuple(f"{'Ж' * 118}{number:02}" for number in range(count))


def crowded() -> BlogFacts:
    return blog(
        headline="<" * 200,
        standfirst="Ж" * 1_000,
        slug="s" * 80,
        byline=tuple(BylineName(name, "now") for name in long_names(30)),
        image=ImageFacts("/media/m1/1600.jpg", 1600, 900, "<" * 1_000, widest=PHOTO),
        event=EventFacts("<" * limits.EVENT_NAME_CHARS, "<" * limits.EVENT_PLACE_CHARS, EIGHT),
    )


def test_the_fullest_page_stays_under_its_bound() -> None:
    note = CorrectionFacts("Ж" * 1_000, EIGHT)
    fullest = post(
        headline="<" * 200,
        dateline="Ж" * 120,
        byline=long_names(12),
        document=plain_post("Ж" * 50_000).document,
        corrections=(note, note),
    )
    head, one = blog_json_ld(crowded()), post_json_ld(fullest, crowded())
    assert len(head.encode()) <= limits.JSON_LD_BLOG_BYTES
    assert len(json.loads(head)["image"]) == 3
    assert len(one.encode()) <= limits.JSON_LD_POST_BYTES
    most = 2 * limits.PAGE_POSTS - 1
    joined = f'{head.removesuffix("}")},"liveBlogUpdate":[{",".join([one] * most)}]}}'
    assert len(joined.encode()) <= limits.JSON_LD_BYTES
    assert json.loads(one)["articleBody"].endswith("…")


def test_long_texts_are_cut_at_a_word() -> None:
    body = json.loads(post_json_ld(plain_post("gate " * 1_000), blog()))["articleBody"]
    assert body.endswith("gate…")
    assert len(body) > 900


@PATIENT
@given(documents(), texts(), st.booleans())
def test_every_post_is_bounded_json(document: Any, headline: str, key_event: bool) -> None:  # noqa: FBT001 (drawn)
    text = post_json_ld(post(document=document, headline=headline, key_event=key_event), blog())
    assert len(text.encode()) <= limits.JSON_LD_POST_BYTES
    assert "<" not in text
    assert json.loads(text)["@type"] == "BlogPosting"


def test_a_whole_live_blog_holds_all_and_comes_back() -> None:
    long = "The crew shut gate 2. " * 200
    posts = [
        plain_post(long, id="0000000000000000000c", first_published_at=EIGHT + timedelta(minutes=7)),
        post(document=with_pictures()),
    ]
    event = EventFacts("Spring tide", "Port Verrin", EIGHT + timedelta(hours=1))
    text = whole_blog(blog(status="closed", closed_at=EIGHT + timedelta(hours=2), event=event), posts)
    archive = read_file(text.encode()).archive
    assert archive.event == ArchivedEvent("Spring tide", "Port Verrin", EIGHT + timedelta(hours=1))
    assert archive.headline == "Storm surge & gates"
    assert [each.id for each in archive.posts] == ["0000000000000000000a", "0000000000000000000c"]
    first, second = archive.posts
    assert (first.key_event, first.corrections[0].text) == (True, "It was gate 2, not 1.")
    assert first.revisions[0].byline == ("Ana Ruiz", "Ben Okoro")
    assert plain_text(second.revisions[0].document) == long.strip()
    assert second.revisions[0].headline == ""


@pytest.mark.parametrize("name", ["JSON_LD_BLOG_BYTES", "JSON_LD_POST_BYTES"])
def test_the_bounds_fit_together(name: str) -> None:
    posts = 2 * limits.PAGE_POSTS - 1
    whole = limits.JSON_LD_BLOG_BYTES + posts * (limits.JSON_LD_POST_BYTES + 1) + len(',"liveBlogUpdate":[]')
    assert whole <= limits.JSON_LD_BYTES, name


def test_a_point_on_a_map_is_a_place_with_coordinates() -> None:
    node = {"type": "map_point", "attrs": {"label": "Podil", "latitude": 50.4657, "longitude": 30.5143}}
    document = parse_document({"type": "doc", "content": [node]})
    geo = {"@type": "GeoCoordinates", "latitude": 50.4657, "longitude": 30.5143}
    places = [{"@type": "Place", "name": "Kyiv"}, {"@type": "Place", "name": "Podil", "geo": geo}]
    assert of_post(document=document, dateline="Kyiv")["contentLocation"] == places
    assert whole_post(post(document=document, dateline="Kyiv"), blog())["contentLocation"] == places
