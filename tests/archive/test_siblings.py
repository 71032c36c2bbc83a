"""Updates that nothing marks but their times and their likeness."""

import pytest
from tests.archive.shapes import (
    attrs,
    headlines,
    kinds,
    live_blog,
    microdata,
    newest,
    page,
    texts,
    times,
    whys,
)

from stoppress.archive.detect import read_file
from stoppress.archive.format import UnreadableArchive

HEAD = """<link rel="canonical" href="https://sport.example.pl/relacja/1/final">
  <meta property="og:locale" content="pl_PL">"""
EVENT = {"@type": "SportsEvent", "name": "Final", "startDate": "2026-01-02"}


def entry(clock: str, text: str, extra: str = "") -> str:
    return f'<div class="entry {extra}"><aside><time>{clock}</time></aside><div class="body"><p>{text}</p></div></div>'


def sport(inside: str) -> bytes:
    body = f'<div itemscope itemtype="https://schema.org/LiveBlogPosting">{inside}</div>'
    return page(EVENT, body=body, head=HEAD, lang="pl")


def test_timed_entries_side_by_side() -> None:
    reading = read_file(sport(entry("19:30", "Over.") + entry("18:45", "No rain.") + entry("18:05", "Off.")))
    assert texts(reading) == ["Off.", "No rain.", "Over."]
    assert times(reading) == ["17:05:00", "17:45:00", "18:30:00"]
    assert reading.archive.timezone == "Europe/Warsaw"
    assert "Europe/Warsaw was assumed" in whys(reading, "times")


def test_entries_without_a_time_stand_where_they_stood() -> None:
    heat = """<div class="entry composite" id="h1"><header><span class="entry__title h5"> Heat 1 </span>
      <span class="entry__time">62.93 sec.</span></header>
      <ul><li><img src="/h.png" width="30" height="30" alt="Red">Ana <b>3</b></li><li>Ben 2</li></ul></div>"""
    inside = (
        "<div></div>" + entry("18:30", "Later.") + heat + entry("18:10", "Off.") + "<div class='entry'></div>"
    )
    reading = read_file(sport(inside))
    assert headlines(reading) == ["", "Heat 1", ""]
    assert texts(reading)[1] == "62.93 sec.\nRed Ana 3\nBen 2"
    assert kinds(reading.archive.posts[1]) == ["paragraph", "bullet_list"]
    assert times(reading) == ["17:10:00", "17:20:00", "17:30:00"]
    assert "update 2: It has no date of its own" in whys(reading)


def test_polls_and_scripts_are_named_and_their_buttons_are_no_text() -> None:
    poll = "<form><span>Will it hold?</span><button>Yes</button></form>"
    script = "<script>player()</script>"
    reading = read_file(
        sport(entry("18:20", f"Vote:</p>{poll}<p>") + entry("18:10", f"Watch.</p>{script}<p>"))
    )
    assert texts(reading) == ["Watch.", "Vote:"]
    assert "A form (a poll or a vote) was not kept: 'Will it hold? Yes'" in whys(reading)
    assert "script" in whys(reading, "update 2")


def test_repeated_words_with_ids_of_their_own_are_not_one() -> None:
    pause = '<div class="entry" id="{}"><p>Track work.</p></div>'
    inside = entry("18:30", "A.") + pause.format("n2") + entry("18:10", "B.") + pause.format("n1")
    assert texts(read_file(sport(inside))) == ["Track work.", "B.", "Track work.", "A."]


def test_a_teaser_is_no_headline() -> None:
    teaser = '</p><a class="teaser" href="/x"><span class="teaser__title">Read the preview</span></a><p>'
    reading = read_file(sport(entry("18:20", f"Off soon.{teaser}") + entry("18:10", "Hello.")))
    assert headlines(reading) == ["", ""]
    assert "Read the preview" in texts(reading)[1]


def test_lazy_pictures_have_their_address() -> None:
    lazy = '</p><img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="Gate" width="800" height="600"><p>'
    reading = read_file(sport(entry("18:20", f"See. {lazy}") + entry("18:10", "Hello.")))
    assert attrs(reading.archive.posts[1], "image")[0]["src"] == "https://sport.example.pl/a.jpg"


def test_strangers_between_the_entries_are_named() -> None:
    stranger = "<section>Buy our newspaper</section>"
    reading = read_file(sport(entry("18:20", "A.") + stranger + entry("18:10", "B.")))
    assert len(reading.archive.posts) == 2
    assert "Buy our newspaper" in whys(reading, "between updates")


def test_machine_readable_times_win() -> None:
    inside = """
      <article class="p"><time datetime="2026-01-02T20:00:00Z">2 hours ago</time><h3>Gate</h3><p>A.</p></article>
      <article class="p" data-timestamp="1767380400"><p>B.</p></article>
      <article class="p" id="entry-1767379800"><p>C.</p></article>"""
    reading = read_file(microdata(inside))
    assert texts(reading) == ["C.", "B.", "A."]
    assert times(reading) == ["18:50:00", "19:00:00", "20:00:00"]
    assert headlines(reading) == ["", "", "Gate"]


def test_key_events_by_their_class() -> None:
    inside = entry("18:20", "Gate shut.", "key-event") + entry("18:10", "Rain.")
    assert [post.key_event for post in read_file(sport(inside)).archive.posts] == [False, True]


def test_a_ticker_in_an_article() -> None:
    inside = """<p>Everything on the surge.</p>
      <p><strong>14.35 Uhr:</strong> Gate 2 is shut.</p><p>It held.</p><ul><li>Dock Street</li></ul>
      <p><strong>14.10 Uhr:</strong> Gate 1 is shut.</p>
      <p>13.50 Uhr – Water rises.</p>"""
    head = '<link rel="canonical" href="https://news.example.de/2026-01-02/sturm">'
    reading = read_file(microdata(inside, head=head, lang="de"))
    assert texts(reading) == ["Water rises.", "Gate 1 is shut.", "Gate 2 is shut.\nIt held.\nDock Street"]
    assert times(reading) == ["12:50:00", "13:10:00", "13:35:00"]
    assert reading.archive.timezone == "Europe/Berlin"


def test_a_ticker_under_headings() -> None:
    inside = """<h3>14:35 Gate 2 is shut</h3><p>It held.</p><p>Mostly.</p><h3>14:10 Gate 1 is shut</h3><p>Slowly.</p>"""
    reading = read_file(
        microdata(inside, head='<meta property="article:published_time" content="2026-01-02T12:00Z">')
    )
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut"]
    assert texts(reading) == ["Slowly.", "It held.\nMostly."]


def test_minutes_of_a_match() -> None:
    event = EVENT | {"startDate": "2026-01-02T19:00:00+01:00"}
    inside = "<p>67' Goal!</p><p>45+2' Chance.</p><p>3' Off we go.</p>"
    body = f'<div itemscope itemtype="https://schema.org/LiveBlogPosting">{inside}</div>'
    reading = read_file(page(event, body=body, head=HEAD, lang="pl"))
    assert times(reading) == ["18:03:00", "19:02:00", "19:22:00"]
    assert texts(reading) == ["3' Off we go.", "45+2' Chance.", "67' Goal!"]
    assert "Minutes of the match were counted" in whys(reading, "times")


def test_a_json_ld_head_and_updates_that_nothing_marks() -> None:
    bare = live_blog([], url="https://news.example/live/surge")
    menu = "<nav><ul><li>09:00 Radio</li><li>10:00 News</li><li>11:00 Talk</li></ul></nav>"
    body = f"{menu}<main>{entry('08:20', 'A.')}{entry('08:10', 'B.')}</main>"
    reading = read_file(page(bare, body=body))
    assert texts(reading) == ["B.", "A."]
    assert reading.archive.headline == "Storm surge reaches the harbour"


def test_a_live_blog_without_timed_siblings_is_refused() -> None:
    with pytest.raises(UnreadableArchive, match="at least one update"):
        read_file(sport("<p>Starts soon.</p>"))


def test_share_buttons_and_menus_are_no_text() -> None:
    share = '<div class="share-buttons">Share</div>'
    inside = "".join(
        f'<li class="e"><time datetime="2026-01-02T08:{n}0Z"></time><p>Gate {n}.</p>{share}</li>'
        for n in (2, 1)
    )
    reading = read_file(microdata(f"<ul>{inside}</ul>"))
    assert texts(reading) == ["Gate 1.", "Gate 2."]
    assert all(newest(post).byline == () for post in reading.archive.posts)
