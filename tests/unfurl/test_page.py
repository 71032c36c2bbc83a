"""What pages say of themselves, well and badly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.document.payloads import WORDS

from stoppress.document.check import FORBIDDEN
from stoppress.lib import limits
from stoppress.unfurl.page import PageFacts, read_page, text_of

URL = "https://paper.example/news/storm"


def read(head: str, charset: str = "utf-8") -> PageFacts:
    return read_page(f"<!doctype html><html><head>{head}</head><body><p>x".encode(), charset, URL)


def linked(**thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def test_open_graph_comes_first() -> None:
    facts = read(
        '<title>Storm | The Paper</title><meta name="twitter:title" content="T"><meta name=description content="D">'
        '<meta property="og:title" content="Storm  surge&#10;hits"><meta property="OG:Site_Name" content="The Paper">'
        '<meta property="og:description" content="Gates shut."><meta property="og:title" content="second">'
    )
    assert facts == PageFacts("Storm surge hits", "Gates shut.", "The Paper")


def test_then_json_ld_then_the_title() -> None:
    article = linked(
        **{
            "@graph": [
                {"@type": "Organization", "name": "Org"},
                {"@type": ["NewsArticle"], "headline": "H", "description": "D", "publisher": {"name": "P"}},
            ]
        }
    )
    assert read(f"<title>T</title>{article}") == PageFacts("H", "D", "P")
    assert read("<title> The\n storm </title><meta name=description content=D>") == PageFacts(
        "The storm", "D"
    )
    assert read('<meta property="og:title" content="  "><title>T</title>').title == "T"
    assert read("") == PageFacts()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{",
            "[" * 50_000,
            "null",
            '"x"',
            "[1, null]",
            '{"@type": 1}',
            '{"@type": "NewsArticle", "headline": {}}',
        ),
        *('{"@graph": {}}', f'{{"@type": "NewsArticle", "headline": "{"x" * 200_000}"}}'),
    ],
)
def test_structured_data_that_is_none(text: str) -> None:
    assert read(f'<title>T</title><script type="application/ld+json">{text}</script>').title == "T"


def test_where_oembed_is() -> None:
    link = '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x&amp;format=json">'
    assert read(link).oembed == "https://paper.example/oembed?url=x&format=json"
    assert read(link.replace("alternate", "stylesheet")).oembed == ""
    assert read(link.replace("json+", "xml+")).oembed == ""
    assert read(link.replace("/oembed", "javascript:x")).oembed == ""


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        ("Ёлка".encode(), "", "Ёлка"),
        ("Ёлка".encode("koi8-r"), "koi8-r", "Ёлка"),
        ("Ёлка".encode("cp1251"), "WINDOWS-1251", "Ёлка"),
        ("<meta charset=windows-1251>Ёлка".encode("cp1251"), "", "<meta charset=windows-1251>Ёлка"),
        ('<meta content="x; charset=koi8-r">Ё'.encode("koi8-r"), "", '<meta content="x; charset=koi8-r">Ё'),
        ("\ufeffЁ".encode(), "koi8-r", "Ё"),
        ("\ufeffЁ".encode("utf-16-le"), "", "Ё"),
        ("日本".encode("shift_jis"), "Shift_JIS", "日本"),
        ("“quoted” €".encode("cp1252"), "iso-8859-1", "“quoted” €"),
        ("Ё".encode(), "no-such-charset", "Ё"),
        ("Ё".encode(), "rot13", "Ё"),
        ("Ё".encode(), "unicode_escape", "Ё"),
        (b"ab\xff", "utf-8", "ab\ufffd"),
    ],
)  # fmt: skip
def test_characters(body: bytes, charset: str, title: str) -> None:
    assert text_of(body, charset) == title


@pytest.mark.parametrize("payload", WORDS)
def test_what_is_written_to_do_harm_is_words_without_controls(payload: str) -> None:
    quoted = payload.replace("&", "&amp;").replace('"', "&quot;")
    for head in (f'<meta property="og:title" content="{quoted}">', f"<title>{payload}", payload):
        for words in (read(head).title, read(head).description, read(head).site):
            assert FORBIDDEN.search(words) is None


def test_long_words_are_cut_between_words() -> None:
    facts = read(f'<title>{"word " * 500}</title><meta name=description content="{"x" * 5_000}">')
    assert len(facts.title) <= limits.CARD_TITLE_CHARS
    assert facts.title.endswith("word…")
    assert len(facts.description) == limits.CARD_DESCRIPTION_CHARS


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes(body: bytes, charset: str) -> None:
    facts = read_page(body, charset, URL)
    assert FORBIDDEN.search(facts.title + facts.description + facts.site) is None


def test_a_page_of_half_a_megabyte_of_anything_is_read_at_once() -> None:
    for part in (
        "<meta ",
        "<div>",
        "<title>",
        "<!--",
        "<script>",
        "<meta property=og:title content=x>",
        "&lt;",
    ):
        read_page(part.encode() * (limits.UNFURL_PAGE_BYTES // len(part)), "", URL)
