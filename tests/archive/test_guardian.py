"""The Guardian's page model; the text is made up."""

import json

import pytest
from tests.archive.shapes import Fields, attrs, headlines, kinds, newest, texts, times, whys

from stoppress.archive.detect import read_file
from stoppress.archive.format import Reading, UnreadableArchive

PREFIX = "model.dotcomrendering.pageElements."
SEVEN = 1767340800000  # 2026-01-02T08:00:00Z


def element(kind: str, **fields: object) -> Fields:
    return {"_type": f"{PREFIX}{kind}BlockElement", **fields}


def block(number: int, *elements: Fields, **more: object) -> Fields:
    return {
        "id": f"b{number}",
        "elements": list(elements) or [element("Text", html=f"<p>Gate {number} is shut.</p>")],
        "attributes": {"pinned": False, "keyEvent": False, "summary": False},
        "blockCreatedOn": SEVEN,
        "blockFirstPublished": SEVEN + number * 60_000,
        "blockLastUpdated": SEVEN + number * 60_000,
        "contributors": [],
    } | more


def read(*blocks: Fields, **more: object) -> Reading:
    model = {
        "headline": "Storm surge &ndash; live",
        "standfirst": "<p>Gates are shut.</p>",
        "byline": "Ana Ruiz (now) and Ben Okoro (earlier)",
        "blocks": list(blocks),
        "webPublicationDate": "2026-01-02T10:00:00.000Z",
        "webPublicationSecondaryDateDisplay": "First published on Fri 2 Jan 2026 07.50 GMT",
        "editionId": "UK",
        "canonicalUrl": "https://www.theguardian.com/world/live/2026/jan/02/storm-surge-harbour-gates",
        "format": {"design": "DeadBlogDesign"},
        "lang": "en",
    }
    return read_file(json.dumps(model | more).encode())


def test_a_page_model() -> None:
    reading = read(block(2), block(1, title="Gate one"))
    archive = reading.archive
    assert reading.format == "guardian"
    assert (archive.headline, archive.standfirst) == ("Storm surge – live", "Gates are shut.")
    assert (archive.timezone, archive.status, archive.slug) == (
        "Europe/London",
        "closed",
        "storm-surge-harbour-gates",
    )
    assert archive.opened_at is not None
    assert archive.opened_at.strftime("%H:%M") == "07:50"
    assert headlines(reading) == ["Gate one", ""]
    assert times(reading) == ["08:01:00", "08:02:00"]
    assert newest(archive.posts[0]).byline == ("Ana Ruiz", "Ben Okoro")


def test_key_events_and_the_pinned_post_are_posts_too_once() -> None:
    key = block(1, attributes={"keyEvent": True, "summary": False})
    summary = block(3, attributes={"keyEvent": False, "summary": True})
    reading = read(block(4), summary, block(2), keyEvents=[summary, key], pinnedPost=block(2))
    posts = reading.archive.posts
    assert [post.id for post in posts] == ["b1", "b2", "b3", "b4"]
    assert [post.key_event for post in posts] == [True, False, True, False]
    assert [post.summary for post in posts] == [False, False, True, False]
    assert [post.pinned for post in posts] == [False, True, False, False]


def test_times_and_people_of_a_block() -> None:
    changed = block(1, blockLastUpdated=SEVEN + 3_600_000, contributors=[{"name": "Cleo Marsh"}])
    post = read(changed, block(2)).archive.posts[0]
    assert post.last_changed_at.strftime("%H:%M") == "09:00"
    assert newest(post).byline == ("Cleo Marsh",)


def test_what_the_page_leaves_out_is_named() -> None:
    reading = read(
        block(1), pagination={"currentPage": 1, "totalPages": 4}, mainMediaElements=[element("Image")]
    )
    assert "page 1 of 4" in whys(reading, "other pages")
    assert "Image" in whys(reading, "main media")


def test_a_live_design_is_live() -> None:
    assert read(block(1), format={"design": "LiveBlogDesign"}).archive.status == "live"


def test_text_quotes_tables_and_subheadings() -> None:
    post = read(
        block(
            1,
            element("Text", html="<p>Gate.</p><ul><li>One</li></ul>"),
            element("Subheading", html="<h2>Later</h2>"),
            element("Blockquote", html="<blockquote><p>It held.</p></blockquote>"),
            element("Table", html="<table><tr><td>1</td><td>2</td></tr></table>"),
            element("Pullquote", html="<p>We stood.</p>", attribution="Ana Ruiz"),
            element(
                "Comment", body="<p>Brave.</p>", profileName="reader1", permalink="https://x.example/c/1"
            ),
        )
    ).archive.posts[0]
    assert kinds(post) == ["paragraph", "bullet_list", "heading", "quote", "table", "quote", "quote"]
    assert [each.get("speaker") for each in attrs(post, "quote")][1:] == ["Ana Ruiz", "reader1"]
    assert attrs(post, "quote")[2]["source_url"] == "https://x.example/c/1"


def image(*widths: int) -> Fields:
    sizes = [
        {"url": f"https://media.example/{each}.jpg", "fields": {"width": str(each), "height": str(each // 2)}}
        for each in widths
    ]
    data = {"alt": "A gate", "caption": "The <b>gate</b>", "credit": "Photograph: Ben Okoro"}
    return element("Image", media={"allImages": sizes}, data=data)


def test_the_widest_picture_that_is_not_a_master() -> None:
    found = attrs(read(block(1, image(140, 2000, 8000))).archive.posts[0], "image")[0]
    assert found["src"] == "https://media.example/2000.jpg"
    assert (found["alt"], found["caption"], found["credit"]) == (
        "A gate",
        "The gate",
        "Photograph: Ben Okoro",
    )
    assert (found["width"], found["height"]) == (2000, 1000)


def test_pictures_without_sizes_and_sets_of_pictures() -> None:
    reading = read(
        block(1, element("Image", media={}), element("MultiImage", images=[image(500), image(600)]))
    )
    assert kinds(reading.archive.posts[0]) == ["image", "image"]
    assert "A picture without an address" in whys(reading, "update 1")


def test_tweets_keep_their_words_and_their_address() -> None:
    html = """<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The gate holds.</p>&mdash; Port (@port)
      <a href="https://twitter.com/port/status/1">2 January 2026</a></blockquote>"""
    reading = read(block(1, element("Tweet", html=html, url="https://twitter.com/port/status/1")))
    assert "The gate holds." in texts(reading)[0]
    assert "https://twitter.com/port/status/1" in json.dumps(newest(reading.archive.posts[0]).document.root)


@pytest.mark.parametrize(
    ("found", "url", "title"),
    [
        (element("Youtube", assetId="abc", mediaTitle="Gate"), "https://www.youtube.com/watch?v=abc", "Gate"),
        (
            element("VideoYoutube", originalUrl="https://youtu.example/x", title="Gate"),
            "https://youtu.example/x",
            "Gate",
        ),
        (element("RichLink", url="https://x.example/a", text="Gate"), "https://x.example/a", "Gate"),
        (element("Interactive", url="https://x.example/i", alt="Gate"), "https://x.example/i", "Gate"),
        (
            element("Instagram", url="https://x.example/p", html="", title="Gate"),
            "https://x.example/p",
            "Gate",
        ),
    ],
)
def test_media_become_link_cards(found: Fields, url: str, title: str) -> None:
    cards = attrs(read(block(1, found)).archive.posts[0], "link_card")
    assert [(card["url"], card["title"]) for card in cards] == [(url, title)]


def test_unknown_elements_keep_what_they_say_and_are_named() -> None:
    reading = read(
        block(
            1,
            element("Hologram", html="<p>Look.</p>"),
            element("Smell", url="https://x.example/s"),
            element("Touch"),
        )
    )
    assert kinds(reading.archive.posts[0]) == ["paragraph", "link_card"]
    said = whys(reading, "update 1")
    assert "Hologram: its words and address were kept" in said
    assert "Touch: it was not kept" in said


def test_embeds_without_an_address_are_named() -> None:
    reading = read(block(1, element("Text", html="<p>Gate.</p>"), element("Embed", html="")))
    assert "An embed" in whys(reading, "update 1")


def test_empty_blocks_are_named() -> None:
    reading = read(block(2), block(1, element("Text", html="")))
    assert len(reading.archive.posts) == 1
    assert "update 2: It was empty" in whys(reading)


@pytest.mark.parametrize("blocks", [[], [1, None, "x", []], [{"id": []}], [{"elements": {"a": 1}}]])
def test_models_with_nothing_in_them_are_refused(blocks: object) -> None:
    with pytest.raises(UnreadableArchive, match="at least one update"):
        read(blocks=blocks)
