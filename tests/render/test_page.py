"""What stands around the posts: nine slots, head, masthead, foot and cards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.render.elements import Elements

from stoppress.document.schema import Document
from stoppress.render import page
from stoppress.render.facts import (
    BlogFacts,
    BylineName,
    EventFacts,
    ImageFacts,
    KeyEventFacts,
    PostFacts,
    SiteFacts,
)

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
SITE = SiteFacts("https://news.example.org", "The Kesterhaven Courier")
BLOG = BlogFacts(SITE, "surge", "Surge & storm", "Water is <rising>.", "live", "Europe/Kyiv", "en")
POST = PostFacts(
    id="06f2k9a1xq8v3zt0m4hd",
    headline="",
    dateline="",
    byline=("Marit Oldenkamp",),
    document=Document(
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Boats stay in. " * 20}]}],
        }
    ),
    key_event=False,
    summary=False,
    revision=1,
    first_published_at=AT,
    last_changed_at=AT,
)


def test_every_page_has_every_slot_in_page_order() -> None:
    assert tuple(page.slots(BLOG)) == page.SLOTS


def test_slots_without_anything_to_say_are_empty() -> None:
    empty = {name for name, html in page.slots(replace(BLOG, standfirst="")).items() if not html}
    assert empty == {"standfirst", "byline", "summary", "questions", "pinned", "key_events", "older"}


def test_the_headline_is_the_one_first_heading() -> None:
    everything = "".join(page.slots(replace(BLOG, pinned=POST, summary=POST)).values())
    assert everything.count("<h1") == 1
    assert "<h1>Surge &amp; storm</h1>" in everything


def test_copies_of_posts_carry_no_ids() -> None:
    slots = page.slots(replace(BLOG, pinned=POST, summary=POST))
    assert " id=" not in slots["pinned"] + slots["summary"]


def test_the_pinned_post_is_folded_and_the_summary_open() -> None:
    slots = page.slots(replace(BLOG, pinned=POST, summary=POST))
    assert slots["pinned"].startswith('<details class="box pinned-box"><summary>')
    assert slots["summary"].startswith('<details class="box summary-box" open><summary>')


def test_a_copy_without_a_headline_is_called_by_its_first_words() -> None:
    assert "<h2>Boats stay in. Boats stay in." in page.slots(replace(BLOG, pinned=POST))["pinned"]


def test_the_status_is_a_word() -> None:
    words = {status: page.slots(replace(BLOG, status=status, closed_at=AT))["status"] for status in STATUSES}
    assert ">Live<" in words["live"]
    assert ">Paused<" in words["paused"]
    assert "will go on" in words["paused"]
    assert ">Ended<" in words["closed"]
    assert "22 November 2026, 20:05 EET" in words["closed"]


STATUSES = ("draft", "live", "paused", "closed")


def test_turns_are_told_in_the_byline() -> None:
    byline = (BylineName("Marit", "now"), BylineName("Tomas", "earlier"), BylineName("Joost", ""))
    html = page.slots(replace(BLOG, byline=byline))["byline"]
    assert "By <bdi>Marit</bdi> (now), <bdi>Tomas</bdi> (earlier) and <bdi>Joost</bdi>" in html


def test_the_event_stands_under_the_standfirst_in_one_line() -> None:
    event = EventFacts("Cup <final>", "Wembley", AT)
    html = page.slots(replace(BLOG, event=event))["standfirst"]
    assert html.startswith('<p class="standfirst">Water is &lt;rising&gt;.</p><p class="event"><bdi>')
    line = html.partition('<p class="event">')[2].removesuffix("</p>")
    assert line == (
        "<bdi>Cup &lt;final&gt;</bdi> · <bdi>Wembley</bdi> · "
        '<time datetime="2026-11-22T18:05:00Z" data-zone="Europe/Kyiv" data-form="full">'
        "22 November 2026, 20:05 EET</time>"
    )


def test_an_events_missing_parts_leave_nothing_behind() -> None:
    at_place = page.slots(replace(BLOG, standfirst="", event=EventFacts(place="Wembley")))["standfirst"]
    assert at_place == '<p class="event"><bdi>Wembley</bdi></p>'
    named_twice = EventFacts(name=BLOG.headline)
    assert 'class="event"' not in page.slots(replace(BLOG, event=named_twice))["standfirst"]


def test_key_events_of_one_day_say_only_the_time() -> None:
    events = (KeyEventFacts("b", "Shut", AT), KeyEventFacts("a", "Alarm", AT - timedelta(hours=3)))
    html = page.slots(replace(BLOG, key_events=events))["key_events"]
    assert ">20:05 EET</time> <span>Shut</span>" in html
    assert 'href="/live/surge?from=b#post-b"' in html
    assert html.index("Shut") < html.index("Alarm")


def test_key_events_over_midnight_say_the_day() -> None:
    events = (KeyEventFacts("b", "Shut", AT), KeyEventFacts("a", "Alarm", AT - timedelta(days=1)))
    html = page.slots(replace(BLOG, key_events=events))["key_events"]
    assert ">22 Nov, 20:05 EET</time>" in html
    assert ">21 Nov, 20:05 EET</time>" in html


def test_a_summary_among_key_events_is_marked() -> None:
    html = page.slots(replace(BLOG, key_events=(KeyEventFacts("b", "So far", AT, summary=True),)))[
        "key_events"
    ]
    assert '<li class="summary">' in html


def test_the_way_down_names_the_newest_post_that_left() -> None:
    html = page.slots(replace(BLOG, older_from="06a", older_at=AT))["older"]
    assert 'data-from="06a" data-at="2026-11-22T18:05:00Z"' in html
    assert 'href="/live/surge?from=06a"' in html


def test_the_head_has_title_feeds_and_cards_but_no_canonical_link() -> None:
    html = page.head_html(
        replace(BLOG, opened_at=AT, image=ImageFacts("/media/x/960.webp", 960, 600, "Quay"))
    )
    assert "<title>Surge &amp; storm | The Kesterhaven Courier</title>" in html
    assert 'content="Water is &lt;rising&gt;."' in html
    assert html.count('rel="alternate"') == 3 + 2  # feeds, and oEmbed in both its formats
    assert 'property="og:image" content="https://news.example.org/media/x/960.webp"' in html
    assert 'property="article:published_time" content="2026-11-22T18:05:00Z"' in html
    assert "canonical" not in html


def test_a_live_card_has_its_mark_and_the_newest_post() -> None:
    html = page.card_html(replace(BLOG, latest=KeyEventFacts("b", "Gate <four> shut", AT)))
    assert 'href="/live/surge"' in html
    assert ">Live<" in html
    assert "Gate &lt;four&gt; shut" in html


def test_a_closed_card_says_when_it_ended() -> None:
    html = page.card_html(replace(BLOG, status="closed", closed_at=AT))
    assert "Ended <time" in html
    assert ">22 November 2026</time>" in html
    assert 'class="mark"' not in html


def test_the_front_page_begins_in_the_head() -> None:
    html = page.front_html(SITE)
    assert html.startswith("<title>The Kesterhaven Courier</title>")
    assert html.count("</head>\n<body>") == 1
    assert "<h1>The Kesterhaven Courier</h1>" in html
    assert "The Kesterhaven Courier" in page.front_foot_html(SITE)


def test_masthead_and_foot_lead_somewhere() -> None:
    assert '<a href="/">The Kesterhaven Courier</a>' in page.masthead_html(BLOG)
    for file in ("feed.atom", "feed.rss", "feed.json"):
        assert f'href="/live/surge/{file}"' in page.foot_html(BLOG)


@given(st.text(alphabet="<>&\"' a", min_size=1))
def test_no_words_become_markup(words: str) -> None:
    blog = replace(
        BLOG,
        headline=words,
        standfirst=words,
        byline=(BylineName(words, "now"),),
        key_events=(KeyEventFacts("b", words, AT),),
        latest=KeyEventFacts("b", words, AT),
    )
    plain = replace(
        blog,
        headline="w",
        standfirst="w",
        byline=(BylineName("w", "now"),),
        key_events=(KeyEventFacts("b", "w", AT),),
        latest=KeyEventFacts("b", "w", AT),
    )
    for render in (page.head_html, page.card_html, lambda facts: "".join(page.slots(facts).values())):
        assert Elements(render(blog)).shape() == Elements(render(plain)).shape()
