"""schema.org in JSON, in the shapes that publishers write it."""

import json
from datetime import UTC, datetime

import pytest
from tests.archive.shapes import (
    PAGE,
    attrs,
    headlines,
    kinds,
    live_blog,
    newest,
    page,
    read,
    texts,
    times,
    update,
    whys,
)

from stoppress.archive.detect import read_file
from stoppress.archive.format import ArchivedEvent, UnreadableArchive

TWO = [update(2), update(1)]


def test_a_plain_page() -> None:
    reading = read(
        TWO, description="Gates are shut.", publisher={"@type": "Organization", "name": "The Buoy"}
    )
    archive = reading.archive
    assert reading.format == "jsonld"
    assert (archive.headline, archive.standfirst, archive.language) == (
        "Storm surge reaches the harbour",
        "Gates are shut.",
        "en",
    )
    assert archive.slug == "harbour-storm-surge"
    assert archive.source_url == PAGE
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut"]
    assert texts(reading) == ["The crew shut gate 1. It held.", "The crew shut gate 2. It held."]
    assert times(reading) == ["08:01:00", "08:02:00"]
    assert [post.id for post in archive.posts] == ["1", "2"]
    assert newest(archive.posts[0]).byline == ("Ana Ruiz",)
    assert reading.skipped == ()


@pytest.mark.parametrize(
    "values",
    [
        [live_blog(TWO)],
        [[{"@type": "WebSite", "name": "x"}, live_blog(TWO)]],
        [{"@context": "https://schema.org", "@graph": [{"@type": "Organization"}, live_blog(TWO)]}],
        [{"@type": "WebPage", "mainEntity": live_blog(TWO)}],
        [{"@type": "WebPage", "hasPart": [live_blog(TWO)]}],
        [live_blog(TWO, **{"@type": ["NewsArticle", "LiveBlogPosting"]})],
        [live_blog(TWO, **{"@type": "http://schema.org/LiveBlogPosting"})],
        [live_blog(TWO, **{"@type": "schema:LiveBlogPosting"})],
        [live_blog(TWO, **{"@type": "NewsArticle"})],
        [
            live_blog(
                {
                    "@type": "ItemList",
                    "itemListElement": [{"@type": "ListItem", "item": each} for each in TWO],
                }
            )
        ],
        [live_blog({"@list": TWO})],
        [live_blog([{"@id": each["@id"]} for each in TWO]), {"@graph": TWO}],
        [live_blog([TWO])],
        [live_blog(TWO[:1]), live_blog(TWO[1:])],
        [f"<!-- {json.dumps(live_blog(TWO))} -->"],
        [f"//<![CDATA[\n{json.dumps(live_blog(TWO))}\n//]]>"],
        [json.dumps(live_blog(TWO))[:-1] + ",}"],
        ["{broken", live_blog(TWO)],
    ],
)
def test_wherever_it_is_in_the_scripts(values: list[object]) -> None:
    assert headlines(read_file(page(*values))) == ["Gate 1 is shut", "Gate 2 is shut"]


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("Port Verrin", "Port Verrin"),
        ({"@type": "Place", "name": "Verrin Stadium", "address": "Port Verrin"}, "Verrin Stadium"),
        ([{"@type": "Place", "address": {"addressLocality": "Port Verrin"}}], "Port Verrin"),
        ({"@type": "Place", "geo": {"latitude": 1}}, ""),
        (None, ""),
    ],
)
def test_what_it_is_about(location: object, place: str) -> None:
    event = {
        "@type": "SportsEvent",
        "name": "Cup <b>final</b>",
        "startDate": "2066-01-01T20:00:00+02:00",
        "location": location,
    }
    archive = read(TWO, about=[{"@type": "Thing", "name": "Sport"}, event]).archive
    assert archive.event == ArchivedEvent("Cup final", place, datetime(2066, 1, 1, 18, tzinfo=UTC))


def test_an_event_that_says_nothing_more_is_none() -> None:
    event = {"@type": "Event", "name": "Storm surge reaches the harbour", "startDate": "0044-03-15"}
    assert read(TWO, about=event).archive.event is None
    assert read(TWO, about={"@type": "Thing", "name": "Storms"}).archive.event is None
    long = read(TWO, about={"@type": "Event", "name": "x" * 300})
    assert long.archive.event is not None
    assert "event" in [note.where for note in long.skipped]


def test_an_end_in_the_future_is_planned() -> None:
    archive = read(TWO, coverageEndTime="2066-01-01T20:00:00Z").archive
    assert (archive.status, archive.closed_at) == ("live", None)
    assert archive.planned_end_at == datetime(2066, 1, 1, 20, tzinfo=UTC)


def test_one_update_as_an_object() -> None:
    assert headlines(read(update(1))) == ["Gate 1 is shut"]


def test_json_without_a_page() -> None:
    assert headlines(read_file(json.dumps([live_blog(TWO)]).encode())) == ["Gate 1 is shut", "Gate 2 is shut"]


def test_unquoted_type_and_upper_case_script() -> None:
    text = page(body=f"<SCRIPT type=application/ld+json>{json.dumps(live_blog(TWO))}</SCRIPT>")
    assert len(read_file(text).archive.posts) == 2


def test_a_broken_script_is_named_when_others_can_be_read() -> None:
    broken = '{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "cut off'
    reading = read_file(page(broken, live_blog(TWO)))
    assert "script 1: It was not kept" in whys(reading)


def test_a_broken_script_alone_is_refused() -> None:
    with pytest.raises(UnreadableArchive, match="cannot be read"):
        read_file(page('{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "cut off'))


def test_another_live_blog_on_the_page_is_only_named() -> None:
    other = live_blog([update(9)], headline="Budget night", url="https://news.example/live/budget")
    reading = read_file(page(live_blog(TWO), other))
    assert len(reading.archive.posts) == 2
    assert "Budget night" in whys(reading, "the file")


# --- bodies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("First line.\nSecond line.\n\nThird.", "First line.\nSecond line.\nThird."),
        ("<p>First.</p><p>Second <b>loud</b>.</p>", "First.\nSecond loud."),
        ("&lt;p&gt;First.&lt;/p&gt;", "First."),
        ("Tom &amp;amp; Ana&#39;s boat", "Tom & Ana's boat"),
        ("<p>Tom &amp;amp; Ana&amp;#39;s boat</p>", "Tom & Ana's boat"),
        ("It was 3 < 4 and <Ms Smith> left.", "It was 3 < 4 and <Ms Smith> left."),
        ("Read **this** at [the port](https://port.example/x).", "Read this at the port."),
        (["First.", "Second."], "First.\nSecond."),
        ({"@value": "<p>Tagged.</p>", "@language": "en"}, "Tagged."),
        ("- Nobody knew, he said.\n- I did, she said.", "- Nobody knew, he said.\n- I did, she said."),
    ],
)
def test_bodies_of_every_kind(body: object, text: str) -> None:
    assert texts(read([update(1, articleBody=body)])) == [text]


def test_the_body_may_have_another_name() -> None:
    without = {name: value for name, value in update(1).items() if name != "articleBody"}
    assert texts(read([without | {"text": "In text."}])) == ["In text."]
    assert texts(read([without | {"description": "In description."}])) == ["In description."]


def test_relative_addresses_are_joined_to_the_page() -> None:
    body = '<p><a href="/port">Port</a></p><img src="../img/gate.jpg" alt="A gate" width="800" height="600">'
    post = read([update(1, articleBody=body)]).archive.posts[0]
    link = newest(post).document.root["content"][0]["content"][0]["marks"][0]["attrs"]["href"]
    assert link == "https://news.example/port"
    assert attrs(post, "image")[0]["src"] == "https://news.example/img/gate.jpg"


def test_a_base_element_counts() -> None:
    head = '<base href="https://static.example/a/">'
    reading = read_file(page(live_blog([update(1, articleBody='<p><a href="b">x</a> y</p>')]), head=head))
    assert "https://static.example/a/b" in json.dumps(newest(reading.archive.posts[0]).document.root)


def test_words_that_one_post_cannot_hold_are_cut_and_named() -> None:
    reading = read([update(1, articleBody="A gate. " * 40_000)])
    assert len(texts(reading)[0]) <= 100_000
    assert "update 1" in whys(reading)


# --- headlines --------------------------------------------------------------------------------------


def test_the_pages_headline_is_not_the_updates() -> None:
    reading = read([update(1, headline="Storm  surge reaches the HARBOUR"), update(2, headline="")])
    assert headlines(reading) == ["", ""]
    assert reading.skipped == ()


def test_first_words_are_no_headline() -> None:
    body = "The crew shut gate 1 at eight. It held."
    assert headlines(read([update(1, headline="The crew shut gate 1 at…", articleBody=body)])) == [""]


def test_a_headline_repeated_as_first_line_stands_once() -> None:
    reading = read([update(1, articleBody="Gate 1 is shut\nThe crew did it.")])
    assert (headlines(reading), texts(reading)) == (["Gate 1 is shut"], ["The crew did it."])


def test_a_headline_alone_is_kept() -> None:
    reading = read([update(1, articleBody="")])
    assert (headlines(reading), texts(reading)) == (["Gate 1 is shut"], [""])


def test_long_headlines_are_cut_and_named() -> None:
    reading = read([update(1, headline="Gate " * 100)], headline="Surge " * 100)
    assert len(headlines(reading)[0]) <= 200
    assert len(reading.archive.headline) <= 200
    assert "headline of update 1" in whys(reading)
    assert "headline: It has" in whys(reading)


@pytest.mark.parametrize(
    "headline", ["The Buoy: Surge", "Surge | The Buoy", "Surge - The Buoy", "The Buoy | Surge"]
)
def test_the_publishers_name_is_taken_off(headline: str) -> None:
    reading = read([update(1)], headline=headline, publisher={"name": "The Buoy"})
    assert reading.archive.headline == "Surge"
    assert headline in whys(reading, "headline")


def test_tags_and_escapes_in_headlines_are_undone() -> None:
    assert headlines(read([update(1, headline="Crew &amp;#39;shut&#39; <em>gate</em>")])) == [
        "Crew 'shut' gate"
    ]


# --- people, places, pictures, media ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Ana Ruiz", ("Ana Ruiz",)),
        (["Ana Ruiz", "Ben Okoro"], ("Ana Ruiz", "Ben Okoro")),
        ({"@type": "Person", "name": "By Ana Ruiz and Ben Okoro"}, ("Ana Ruiz", "Ben Okoro")),
        ([{"name": ["Ana Ruiz"]}, {"@type": "Person", "name": "Ben Okoro"}], ("Ana Ruiz", "Ben Okoro")),
        ({"@type": "Organization", "name": "Harbour Desk"}, ("Harbour Desk",)),
    ],
)
def test_authors_of_every_kind(author: object, byline: tuple[str, ...]) -> None:
    assert newest(read([update(1, author=author)]).archive.posts[0]).byline == byline


def test_authors_by_reference() -> None:
    graph = {
        "@graph": [
            live_blog([update(1, author={"@id": "#ana"})]),
            {"@id": "#ana", "@type": "Person", "name": "Ana"},
        ]
    }
    assert newest(read_file(page(graph)).archive.posts[0]).byline == ("Ana",)


def test_the_pages_authors_stand_in_and_that_is_said() -> None:
    reading = read([update(1, author=None), update(2)], author={"name": "Ben Okoro"})
    assert newest(reading.archive.posts[0]).byline == ("Ben Okoro",)
    assert "1 of 2 updates name no author; Ben Okoro is credited." in whys(reading, "bylines")


def test_too_many_names_are_cut_and_named() -> None:
    reading = read([update(1, author=[f"Reporter Number{each}" for each in range(15)])])
    assert len(newest(reading.archive.posts[0]).byline) == 12
    assert "Reporter Number14" in whys(reading)


def test_a_dateline() -> None:
    place = {"@type": "Place", "name": "Port Verrin"}
    assert newest(read([update(1, contentLocation=place)]).archive.posts[0]).dateline == "Port Verrin"


@pytest.mark.parametrize(
    "image",
    [
        "/img/a.jpg",
        ["/img/a.jpg"],
        {"@type": "ImageObject", "url": "/img/a.jpg"},
        {"@type": "ImageObject", "contentUrl": "/img/a.jpg", "width": "1200 px", "height": 800},
        [{"@type": "ImageObject", "url": {"@value": "/img/a.jpg"}}],
    ],
)
def test_pictures_of_every_kind(image: object) -> None:
    post = read([update(1, image=image)]).archive.posts[0]
    assert [each["src"] for each in attrs(post, "image")] == ["https://news.example/img/a.jpg"]


def test_a_picture_keeps_what_is_said_of_it() -> None:
    image = {
        "@type": "ImageObject",
        "url": "https://cdn.example/a.jpg",
        "caption": "The gate",
        "creditText": "Ben Okoro",
        "name": "A steel gate",
        "width": 1200,
        "height": {"@type": "QuantitativeValue", "value": 800},
    }
    found = attrs(read([update(1, image=image)]).archive.posts[0], "image")[0]
    assert found | {"src": "", "media": None, "renditions": []} == found | {
        "src": "",
        "media": None,
        "renditions": [],
        "caption": "The gate",
        "credit": "Ben Okoro",
        "alt": "A steel gate",
        "width": 1200,
        "height": 800,
    }


def test_the_pages_picture_is_not_every_updates() -> None:
    updates = [update(each, image="/img/page.jpg") for each in range(1, 5)]
    reading = read(updates, image="/img/page.jpg")
    assert all(kinds(post) == ["paragraph"] for post in reading.archive.posts)
    assert "repeated with 4 updates" in whys(reading)


def test_a_picture_in_text_and_in_a_property_stands_once() -> None:
    body = '<p>See.</p><img src="/img/a.jpg" alt="x">'
    post = read([update(1, articleBody=body, image="https://news.example/img/a.jpg")]).archive.posts[0]
    assert kinds(post) == ["paragraph", "image"]


def test_pictures_without_a_web_address_are_named() -> None:
    reading = read([update(1, image="data:image/png;base64,AAAA")])
    assert "image of update 1" in whys(reading)


def test_videos_become_link_cards() -> None:
    video = {"@type": "VideoObject", "name": "The gate shuts", "embedUrl": "https://video.example/e/1"}
    post = read([update(1, video=video)]).archive.posts[0]
    assert attrs(post, "link_card")[0]["url"] == "https://video.example/e/1"
    assert attrs(post, "link_card")[0]["title"] == "The gate shuts"


def test_media_without_an_address_is_named() -> None:
    assert "VideoObject" in whys(read([update(1, video={"@type": "VideoObject", "name": "x"})]))


def test_corrections_come_along() -> None:
    note = {"@type": "CorrectionComment", "text": "It was gate 2.", "datePublished": "2026-01-02T09:00:00Z"}
    post = read([update(1, correction=[note])]).archive.posts[0]
    assert [(each.text, each.at.hour, each.revision) for each in post.corrections] == [
        ("It was gate 2.", 9, 1)
    ]


def test_unknown_properties_are_named_once() -> None:
    reading = read([update(1, backstory="x"), update(2, backstory="y")])
    assert "'backstory' of 2 of them" in whys(reading, "updates")


# --- repeats and empties ----------------------------------------------------------------------------


def test_repeats_become_one_and_are_named() -> None:
    reading = read([update(2), update(1), update(2)])
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut"]
    assert "update 3: It is a copy of update 1." in whys(reading)


def test_same_words_and_time_without_ids_are_one() -> None:
    bare = {name: value for name, value in update(1).items() if name != "@id"}
    assert len(read([bare, dict(bare)]).archive.posts) == 1
    assert len(read([bare, bare | {"datePublished": "2026-01-02T09:00:00Z"}]).archive.posts) == 2


def test_the_newer_version_of_an_update_wins() -> None:
    newer = update(1, articleBody="It was gate 2.", dateModified="2026-01-02T09:00:00Z")
    reading = read([update(1), newer])
    assert texts(reading) == ["It was gate 2."]
    assert "another version" in whys(reading)


def test_an_id_that_all_share_is_the_pages() -> None:
    shared = [update(each, **{"@id": PAGE, "url": PAGE}) for each in (1, 2, 3)]
    assert len(read(shared).archive.posts) == 3


def test_empty_updates_are_named() -> None:
    reading = read([update(1), {"@type": "BlogPosting", "datePublished": "2026-01-02T08:00:00Z"}])
    assert len(reading.archive.posts) == 1
    assert "update 2: It was empty" in whys(reading)


def test_a_live_blog_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(UnreadableArchive, match="at least one update"):
        read([])


def test_deep_json_is_refused_and_not_a_crash() -> None:
    with pytest.raises(UnreadableArchive):
        read_file(page('{"@type": "LiveBlogPosting", "liveBlogUpdate": ' + "[" * 100_000))
    with pytest.raises(UnreadableArchive):
        read_file(b'{"a":' * 100_000)


def test_objects_that_hold_themselves_end() -> None:
    circle = {"@id": "#a", "@type": "ListItem", "item": {"@id": "#a"}}
    with pytest.raises(UnreadableArchive):
        read_file(page({"@graph": [live_blog([circle]), circle]}))


@pytest.mark.parametrize(
    "name", ["headline", "articleBody", "author", "image", "video", "correction", "datePublished"]
)
@pytest.mark.parametrize("key", ["@value", "name", "item", "url"])
def test_deep_values_are_no_crash(name: str, key: str) -> None:
    deep: object = "x"
    for _ in range(400):
        deep = {key: deep}
    assert len(read([update(1, **{name: deep}), update(2)]).archive.posts) >= 1


def test_deep_lists_are_opened_only_so_far() -> None:
    deep: object = update(1)
    for _ in range(200):
        deep = [deep]
    with pytest.raises(UnreadableArchive):
        read(deep)
