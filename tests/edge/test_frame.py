"""The page around the parts: everything placed, nothing changed, everything in it well-formed."""

from dataclasses import replace

import pytest

from stoppress.edge import frame
from stoppress.lib.languages import direction as direction_of

ASSETS = frame.Assets("/static/reader.AAAA.css", "/static/reader.BBBB.js")
SLOTS = {
    "status": "<p>Live</p>",
    "headline": "<h1>Surge</h1>",
    "standfirst": "<p>s</p>",
    "byline": "<p>b</p>",
    "summary": "<details><summary>sum</summary></details>",
    "pinned": "<details><summary>pin</summary></details>",
    "key_events": "<ol><li>k</li></ol>",
    "older": '<nav data-from="06a">older</nav>',
}
LIVE = frame.LivePage(
    slug="surge",
    seq=41,
    leaf=0,
    status="live",
    build="1",
    language="en",
    canonical="https://news.example.org/live/surge",
    head="<title>Surge</title>",
    masthead="<header>m</header>",
    slots=SLOTS,
    posts=['<article id="post-2">two</article>', '<article id="post-1">one</article>'],
    foot="<footer>f</footer>",
    json_ld='{"@type":"LiveBlogPosting"}',
)
POST = frame.PostPage(
    slug="surge",
    post_id="2",
    seq=41,
    status="live",
    build="1",
    language="en",
    canonical="https://news.example.org/live/surge/posts/2",
    title="Gate <four> shut",
    masthead="<header>m</header>",
    slots=SLOTS,
    post='<article id="post-2">two</article>',
    foot="<footer>f</footer>",
)


def live(**changed: object) -> str:
    return frame.live_page(replace(LIVE, **changed), ASSETS).decode()  # type: ignore[arg-type]  # names are checked by replace itself


def test_the_script_finds_where_to_start() -> None:
    assert (
        '<main id="live" data-live="surge" data-seq="41" data-leaf="0" data-status="live" data-build="1"'
        ' data-order="newest">' in live()
    )


def test_every_slot_stands_in_its_own_element() -> None:
    page = live()
    for name, html in SLOTS.items():
        assert page.count(f'data-slot="{name}"') == 1
        assert html in page


def test_a_slot_that_is_missing_stands_empty() -> None:
    assert '<div data-slot="byline"></div>' in live(slots={})


def test_posts_stand_in_order_unchanged_in_the_feed() -> None:
    page = live()
    feed = page[page.index('<section id="posts"') :]
    assert feed.index("".join(LIVE.posts)) < feed.index("</section>")


def test_posts_are_a_feed_once_there_is_one() -> None:
    assert 'role="feed"' in live()
    assert 'role="feed"' not in live(posts=[])


def test_structured_data_stands_in_the_head_or_not_at_all() -> None:
    assert '<script type="application/ld+json">{"@type":"LiveBlogPosting"}</script></head>' in live()
    assert "ld+json" not in live(json_ld="")


def test_without_a_script_a_line_says_how_to_see_more() -> None:
    assert "<noscript>" in live()
    assert "<noscript>" not in live(leaf=1)


def test_skip_links_have_their_landing_places() -> None:
    page = live()
    for target in ("posts", "key-events"):
        assert f'href="#{target}"' in page
        assert page.count(f' id="{target}"') == 1


def test_an_older_page_leads_both_ways_and_hides_what_is_the_first_pages() -> None:
    page = live(leaf=2, newer_from="09", older_from="05")
    assert page.count('<a href="/live/surge">') == 2  # above the posts and below
    assert 'href="/live/surge?from=09" rel="prev"' in page
    assert 'href="/live/surge?from=05" rel="next"' in page
    assert '<div data-slot="pinned" hidden>' in page
    assert '<div data-slot="older" hidden>' in page


def test_the_oldest_page_has_no_way_down() -> None:
    assert 'rel="next"' not in live(leaf=1, newer_from="09")


def test_a_page_of_a_past_time_is_frozen() -> None:
    assert 'data-frozen="2026-11-22T18:05:00Z"' in live(frozen_at="2026-11-22T18:05:00Z")
    assert "data-frozen" not in live()


def test_nothing_runs_or_is_styled_inline() -> None:
    for page in (live(), frame.post_page(POST, ASSETS).decode()):
        assert page.count("<script") == page.count("<script src=") + page.count(
            '<script type="application/ld+json"'
        )
        assert "style=" not in page
        assert "<style" not in page


def test_a_posts_own_page_leads_to_its_place() -> None:
    page = frame.post_page(POST, ASSETS).decode()
    assert 'href="/live/surge?from=2#post-2"' in page
    assert 'data-leaf="post"' in page
    assert POST.post in page
    assert "noindex" not in page


def test_plain_words_are_escaped() -> None:
    assert "<title>Gate &lt;four&gt; shut</title>" in frame.post_page(POST, ASSETS).decode()
    page = frame.error_page(404, "No <page>", 'Not "here" & now', frame.Link('/"x', "<Back>")).decode()
    assert "<h1>No &lt;page&gt;</h1>" in page
    assert "Not &quot;here&quot; &amp; now" in page
    assert '<a href="/&quot;x">&lt;Back&gt;</a>' in page


def test_a_withdrawn_posts_page_is_not_indexed_and_says_nothing_of_it() -> None:
    page = frame.post_page(replace(POST, gone=True), ASSETS).decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "<title>Withdrawn post</title>" in page


def test_the_front_page_has_sections_only_for_what_there_is() -> None:
    top = "<title>Courier</title></head>\n<body>\n<header><h1>Courier</h1></header>"
    both = frame.front_page(
        frame.FrontPage(top, ["<article>a</article>"], ["<article>b</article>"], "f"), ASSETS
    )
    assert both.index(b"Live now") < both.index(b"<article>a") < both.index(b"As it happened")
    none = frame.front_page(frame.FrontPage(top, [], [], "f"), ASSETS)
    assert b"Live now" not in none
    assert b"no live blog here yet" in none
    assert none.count(b"<body>") == 1


def test_an_error_names_the_next_step_even_without_assets() -> None:
    page = frame.error_page(503, "Not now", "The newsroom's database does not answer.").decode()
    assert '<a href="/">See all live blogs</a>' in page
    assert "stylesheet" not in page
    assert "stylesheet" in frame.error_page(503, "Not now", "w", assets=ASSETS).decode()


def test_an_error_stands_between_the_titles_top_and_foot() -> None:
    around = frame.Around("<link></head><body><header>Courier</header>", "<footer>f</footer>")
    page = frame.error_page(404, "No such page", "w", assets=ASSETS, around=around).decode()
    parts = (
        'rel="stylesheet"',
        "<link></head><body><header>",
        "<main",
        "</main>",
        "<footer>f</footer>",
        "</body>",
    )
    assert sorted(parts, key=page.index) == list(parts)
    assert page.count("<body>") == 1


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("uk", "ltr"),
        ("az-Arab", "rtl"),
        ("ur-Latn-PK", "ltr"),
    ],
)
def test_the_page_runs_the_way_its_language_does(language: str, direction: str) -> None:
    assert direction_of(language) == direction
    assert f'<html lang="{language}" dir="{direction}">' in live(language=language)
