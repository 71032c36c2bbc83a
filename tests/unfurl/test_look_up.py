"""An address becomes a card or an embed, whatever its site answers."""

import re
from urllib.parse import quote

import pytest
from tests.lib.hostile import LOOPBACK, Serve, answer, sends_on, server, without_end
from tests.unfurl.outsides import Answers

from stoppress.document.parse import parse_document
from stoppress.lib.http_out import Outside
from stoppress.unfurl.look_up import Found, look_up

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
YOUTUBE = f"https://www.youtube.com/oembed?format=json&url={quote(FILM, safe='')}"
TWEET = "https://x.com/ana/status/123"
TWITTER = f"https://publish.twitter.com/oembed?dnt=true&omit_script=true&url={quote(TWEET, safe='')}"


def attrs(found: Found) -> dict[str, object]:
    parse_document({"type": "doc", "content": [found.block]})
    return dict(found.block.get("attrs", {}))


def at(serve: Serve) -> tuple[Found, str]:
    with server(serve) as one:
        outside = Outside(frozenset({one.place}), lambda _host, _port: [LOOPBACK])
        url = one.url("/story", host="paper.example")
        return look_up(url, outside), url


def test_a_page_becomes_a_card() -> None:
    page = b"<title>The storm</title><meta property=og:description content='Gates shut.'>"
    found, url = at(answer(page))
    assert found == Found(
        {
            "type": "link_card",
            "attrs": {
                "url": url,
                "title": "The storm",
                "description": "Gates shut.",
                "site": "paper.example",
            },
        }
    )


@pytest.mark.parametrize(
    ("serve", "told"),
    [
        (answer(b"x", status="404 Not Found"), "answered 404"),
        (answer(b"%PDF-1.7", kind="application/pdf"), "application/pdf"),
        (
            sends_on("http://169.254.169.254/latest/meta-data/"),
            "169.254.169.254 could not be reached|not a public",
        ),
        (sends_on("file:///etc/passwd"), "Only http and https"),
        (answer(b"<p>nothing"), "does not say what the page is called"),
        (answer(b""), "does not say"),
    ],
)
def test_a_card_of_the_address_alone_says_why(serve: Serve, told: str) -> None:
    found, url = at(serve)
    assert attrs(found) == {"url": url, "site": "paper.example"}
    assert found.note.endswith(".")
    assert re.search(told, found.note)


def test_a_page_without_end_is_read_as_far_as_its_head() -> None:
    found, _ = at(without_end(b"<title>The storm</title>" + b"x" * 8192))
    assert attrs(found)["title"] == "The storm"


def test_foreign_markup_is_words() -> None:
    page = b"<title>&lt;script>alert(1)&lt;/script></title><meta property=og:title content='<b>\xe2\x80\xaebold</b>'>"
    found, _ = at(answer(page))
    assert attrs(found)["title"] == "<b> bold</b>"


def test_oembed_names_a_page_that_does_not_name_itself() -> None:
    link = '<link rel=alternate type="application/json+oembed" href="https://paper.example/oembed?x">'
    url = "https://paper.example/a"
    pages: dict[str, str | dict[str, object]] = {
        url: link,
        "https://paper.example/oembed?x": {"title": "Told", "provider_name": "The Paper", "html": "<script>"},
    }
    assert attrs(look_up(url, Answers(pages=pages))) == {"url": url, "title": "Told", "site": "The Paper"}
    assert attrs(look_up(url, Answers(pages={url: link}))) == {"url": url, "site": "paper.example"}


def test_a_film() -> None:
    outside = Answers(
        pages={YOUTUBE: {"title": "The gate shuts", "author_name": "Harbour", "html": "<iframe src=x>"}}
    )
    found = look_up("https://youtu.be/dQw4w9WgXcQ?si=abc", outside)
    assert found.block["type"] == "embed"
    assert attrs(found) == {
        "provider": "youtube",
        "url": FILM,
        "title": "The gate shuts",
        "author": "Harbour",
    }
    assert outside.asked == [YOUTUBE]


def test_a_post_keeps_its_words_and_none_of_its_markup() -> None:
    html = (
        '<blockquote class="twitter-tweet"><p lang="en">The tide<script>x</script> is in.<br>Go home.</p>&mdash; Ana '
        '(@ana) <a href="https://twitter.com/ana/status/123?ref_src=x">May 1, 2026</a></blockquote><script src="x">'
    )
    outside = Answers(pages={TWITTER: {"author_name": "Ana", "html": html, "height": None, "type": "rich"}})
    assert attrs(look_up("https://twitter.com/ana/status/123", outside)) == {
        "provider": "x",
        "url": TWEET,
        "text": "The tide is in. Go home.",
        "author": "Ana (@ana)",
    }


def test_a_handle_becomes_a_lasting_name_of_the_same_site_only() -> None:
    url = "https://bsky.app/profile/ana.example.org/post/3kabcdefgh2x"
    endpoint = f"https://embed.bsky.app/oembed?format=json&url={quote(url, safe='')}"
    lasting = url.replace("ana.example.org", "did:plc:abc234")

    def told(link: str) -> dict[str, object]:
        html = f'<blockquote class="bluesky-embed"><p>Waves.</p>&mdash; Ana <a href="{link}">May</a></blockquote>'
        return {"html": html}

    assert attrs(look_up(url, Answers(pages={endpoint: told(lasting + "?ref_src=embed")})))["url"] == lasting
    assert attrs(look_up(url, Answers(pages={endpoint: told(TWEET)})))["url"] == url


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": ["x"], "author_name": 5, "html": {}, "height": "tall", "provider_name": None},
        {"title": "\u202e\x00", "height": 10**9, "html": "<blockquote class=twitter-tweet>"},
        {"html": "<blockquote>" * 2_000, "height": True},
    ],
)
def test_whatever_oembed_answers(data: dict[str, object]) -> None:
    assert attrs(look_up(FILM, Answers(pages={YOUTUBE: data}))) == {"provider": "youtube", "url": FILM}


def test_a_site_that_does_not_answer_leaves_a_plain_embed() -> None:
    found = look_up(FILM, Answers())
    assert attrs(found) == {"provider": "youtube", "url": FILM}
    assert found.note


def test_a_site_without_oembed_is_asked_for_its_page() -> None:
    url = "https://public.flourish.studio/visualisation/123456/"
    page = "<meta property=og:title content='Water levels'><meta property=og:description content='By hour'>"
    found = look_up("https://flo.uri.sh/visualisation/123456/embed", Answers(pages={url: page}))
    assert attrs(found) == {"provider": "flourish", "url": url, "title": "Water levels", "text": "By hour"}


def test_mastodon_is_asked_at_its_own_server() -> None:
    url = "https://journa.host/@ana/112233"
    outside = Answers(
        pages={
            f"https://journa.host/api/oembed?url={quote(url, safe='')}": {"author_name": "Ana", "height": 500}
        }
    )
    assert attrs(look_up(url, outside)) == {
        "provider": "mastodon",
        "url": url,
        "author": "Ana",
        "height": 500,
    }
