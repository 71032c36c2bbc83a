"""Whole live blogs as files: plain text, and one html page."""

from tests.render.outside import blog, gone, plain_post, post, with_pictures

from stoppress.render.facts import PostFacts, TombstoneFacts
from stoppress.render.standalone import standalone_html
from stoppress.render.transcript import transcript

POSTS: list[PostFacts | TombstoneFacts] = [gone(), post(), plain_post(id="0000000000000000000c")]


def test_a_transcript_begins_with_the_oldest() -> None:
    text = transcript(blog(), POSTS)
    assert text.splitlines()[:4] == [
        "Storm surge & gates",
        "Gates are <shut>.",
        "By Ana Ruiz",
        "https://buoy.example/live/storm-surge",
    ]
    places = [text.index(part) for part in ("Water rises.", "Gate 2 is shut", "Withdrawn")]
    assert places == sorted(places)
    assert "2 January 2026, 10:05 EET - Key event\nGate 2 is shut\nAna Ruiz, Ben Okoro, Port Verrin\n" in text
    assert "Correction (2 January 2026, 10:09 EET): It was gate 2, not 1." in text
    assert text.endswith("It named the <wrong> man.\n")


def test_a_transcript_of_a_bare_live_blog() -> None:
    text = transcript(blog(standfirst="", byline=()), [])
    assert text == "Storm surge & gates\nhttps://buoy.example/live/storm-surge\n"


def test_one_html_file_that_works_anywhere() -> None:
    html = standalone_html(blog(), [*POSTS, post(document=with_pictures())])
    assert html.startswith('<!doctype html>\n<html lang="en"')
    assert '"/media' not in html
    assert 'href="/' not in html
    assert 'href="https://buoy.example/live/storm-surge/posts/0000000000000000000a"' in html
    assert "<script" not in html
    assert html.count("<article") == 4
