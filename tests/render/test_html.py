"""Documents as html: every node and mark, nothing that runs, and the same words as the plain text."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from tests.document.payloads import WORDS
from tests.document.strategies import PATIENT, Json, documents
from tests.render.html_text import text_of

from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, SCHEMA, Document
from stoppress.document.text import LINES, is_blank
from stoppress.lib import limits
from stoppress.lib.providers import frame_hosts
from stoppress.render.html import ELEMENTS, MARKS, document_html
from stoppress.render.plain import document_plain

GOLDEN = Path(__file__).parent / "golden"

ALLOWED: dict[str, frozenset[str]] = {
    "p": frozenset({"class"}),
    "h3": frozenset(),
    "br": frozenset(),
    "strong": frozenset(),
    "em": frozenset(),
    "ul": frozenset({"class"}),
    "li": frozenset({"class"}),
    "ol": frozenset({"start"}),
    "a": frozenset({"href", "rel", "class", "aria-label"}),
    "span": frozenset({"class"}),
    "figure": frozenset({"class", "data-embed", "data-site", "data-kind", "data-frame"}),
    "figcaption": frozenset(),
    "section": frozenset({"class"}),
    "bdi": frozenset({"class"}),
    "progress": frozenset({"max", "value", "aria-hidden"}),
    "blockquote": frozenset({"cite"}),
    "div": frozenset({"class", "role", "tabindex", "aria-label"}),
    "table": frozenset(),
    "tbody": frozenset(),
    "tr": frozenset(),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "picture": frozenset(),
    "source": frozenset({"type", "srcset", "sizes"}),
    "img": frozenset({"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding", "class"}),
}
CLASSES = frozenset(
    [
        "quote",
        "picture",
        "picture remote",
        *("picture half", "picture third", "gallery", "gallery captioned", "origin"),
        *(f"focus-{axis}{tenth}" for axis in "xy" for tenth in range(11)),
        *(f"focus-x{x} focus-y{y}" for x in range(11) for y in range(11)),
        "credit",
        "table",
        "card",
        "card-title",
        "card-description",
        "card-site",
        "embed-box",
        "embed-title",
        "embed-author",
        "embed embed-wide",
        *(f"embed embed-{height}" for height in limits.EMBED_BOXES),
        "claim-state",
        *("score", "score-line", "score-figures", "score-side", "score-comma", "score-period", "score-note"),
        *("fact-box", "map-point", "map-label", "map-place", "map-links", "qa", "qa-asker"),
        *(
            "poll",
            "poll-results",
            "poll-answer",
            "poll-answer leading",
            "poll-text",
            "poll-share",
            "poll-total",
        ),
        *(f"claim claim-{state}" for state in ("unverified", "confirmed", "disputed", "false")),
    ]
)


def doc(*blocks: Json) -> Document:
    return parse_document({"type": "doc", "content": list(blocks)})


def paragraph(*inline: Json) -> Json:
    return {"type": "paragraph", "content": list(inline)}


def text(words: str, *marks: Json) -> Json:
    return {"type": "text", "text": words, **({"marks": list(marks)} if marks else {})}


BOLD, ITALIC = {"type": "bold"}, {"type": "italic"}


def link(href: str) -> Json:
    return {"type": "link", "attrs": {"href": href}}


def claim(state: str, source: str = "") -> Json:
    return {"type": "claim", "attrs": {"state": state, "source": source}}


class _Judge(HTMLParser):
    """Refuses every element, attribute, class and address that a document's html must not hold."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            assert name in ALLOWED[tag]
            assert value is not None
            if name in {"href", "cite"}:
                assert re.match(r"(https?://|/media/|mailto:|geo:)[^\s\x00-\x20]+\Z", value, re.IGNORECASE)
            if name == "data-frame":
                assert urlsplit(value).netloc in frame_hosts()
            if name == "src":
                assert value.startswith("/media/")
            if name == "class":
                assert value in CLASSES
        assert tag in ALLOWED
        assert len({name for name, _ in attrs}) == len(attrs)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"an instruction: {data}")


def _judge(html: str) -> None:
    judge = _Judge()
    judge.feed(html)
    judge.close()


@PATIENT
@given(documents())
def test_any_document_gives_only_allowed_html(document: Document) -> None:
    html = document_html(document)
    _judge(html)
    assert "\x00" not in html
    assert "style=" not in re.sub(r">[^<]*", ">", html)


@PATIENT
@given(documents())
def test_html_and_plain_text_hold_the_same_words(document: Document) -> None:
    assert text_of(document_html(document)) == document_plain(document)


@PATIENT
@given(documents())
def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    copy = parse_document(json.loads(json.dumps(document.root)))
    assert document_html(copy) == document_html(document)


@PATIENT
@given(documents())
def test_blank_means_nothing_to_see(document: Document) -> None:
    shown = "<img" in document_html(document) or document_plain(document).strip() != ""
    assert is_blank(document) != shown


@pytest.mark.parametrize("format_table", [ELEMENTS, LINES], ids=["html", "plain"])
def test_every_node_has_a_form_in_each_table(format_table: dict[str, object]) -> None:
    inline = (
        set() if format_table is ELEMENTS else {"text", "hard_break"}
    )  # plain reads runs of words at once
    assert format_table.keys() == SCHEMA.nodes.keys() - inline


def test_every_mark_has_a_form() -> None:
    assert MARKS.keys() == SCHEMA.marks.keys()


@pytest.mark.parametrize("payload", WORDS)
def test_words_stay_words_wherever_they_stand(payload: str) -> None:
    document = doc(
        paragraph(text(payload), text(payload, claim("false", payload), link("https://example.org/"), BOLD)),
        {"type": "quote", "attrs": {"speaker": payload}, "content": [paragraph(text(payload))]},
        {
            "type": "link_card",
            "attrs": {
                "url": "https://example.org",
                "title": payload,
                "description": payload,
                "site": payload,
            },
        },
        {
            "type": "image",
            "attrs": {"src": "/media/m/1.webp", "alt": payload, "caption": payload, "credit": payload},
        },
        {"type": "image", "attrs": {"src": "https://example.org/1.png", "alt": payload, "credit": payload}},
        {
            "type": "table",
            "content": [
                {
                    "type": "table_row",
                    "content": [{"type": "table_header", "content": [paragraph(text(payload))]}],
                }
            ],
        },
    )
    html = document_html(document)
    _judge(html)
    assert text_of(html) == document_plain(document)
    assert text_of(html).count(payload) >= 10


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (paragraph(text("a"), text("b", BOLD, ITALIC)), "<p>a<strong><em>b</em></strong></p>"),
        (
            paragraph(text("a", BOLD), text("b", BOLD, ITALIC), text("c", BOLD)),
            "<p><strong>a<em>b</em>c</strong></p>",
        ),
        (paragraph(text("a"), {"type": "hard_break"}, text("b")), "<p>a<br>b</p>"),
        (
            paragraph(text("a", BOLD), {"type": "hard_break", "marks": [BOLD]}, text("b", BOLD)),
            "<p><strong>a<br>b</strong></p>",
        ),
        (
            paragraph(
                text("see ", link("https://example.org/?a=1&b=2")),
                text("this", link("https://example.org/?a=1&b=2"), BOLD),
            ),
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener">see <strong>this</strong></a></p>',
        ),
        (
            paragraph(text("x", link("https://e.org/[a]|{b}?c=%zz#d#e"))),
            '<p><a href="https://e.org/%5Ba%5D%7C%7Bb%7D?c=%25zz#d%23e" rel="noopener">x</a></p>',
        ),
        (
            paragraph(
                text("two dead", claim("unverified", "the mayor")),
                text(" or three", claim("unverified", "the mayor"), BOLD),
            ),
            (
                '<p><span class="claim claim-unverified">two dead<strong> or three</strong> '
                '<span class="claim-state">(unverified, says the mayor)</span></span></p>'
            ),
        ),
        (paragraph(), ""),
        (paragraph(text(" "), {"type": "hard_break"}), ""),
        (
            {"type": "heading", "attrs": {"level": 3}, "content": [text("Where things stand")]},
            "<h3>Where things stand</h3>",
        ),
        ({"type": "heading"}, ""),
        (
            {"type": "quote", "attrs": {"speaker": "Ana Ruiz"}, "content": [paragraph(text("No."))]},
            '<figure class="quote"><blockquote><p>No.</p></blockquote><figcaption>Ana Ruiz</figcaption></figure>',
        ),
        (
            {
                "type": "quote",
                "attrs": {"source_url": "https://www.example.org/a"},
                "content": [paragraph(text("No."))],
            },
            (
                '<figure class="quote"><blockquote cite="https://www.example.org/a"><p>No.</p></blockquote>'
                '<figcaption><a href="https://www.example.org/a" rel="noopener">example.org</a></figcaption></figure>'
            ),
        ),
        (
            {"type": "quote", "content": [paragraph(text("No."))]},
            '<figure class="quote"><blockquote><p>No.</p></blockquote></figure>',
        ),
        (
            {
                "type": "ordered_list",
                "attrs": {"start": 4},
                "content": [
                    {
                        "type": "list_item",
                        "content": [
                            paragraph(text("a")),
                            {
                                "type": "bullet_list",
                                "content": [
                                    {
                                        "type": "list_item",
                                        "content": [paragraph(text("b")), paragraph(text("c"))],
                                    }
                                ],
                            },
                        ],
                    }
                ],
            },
            '<ol start="4"><li>a<ul><li><p>b</p><p>c</p></li></ul></li></ol>',
        ),
        (
            {"type": "link_card", "attrs": {"url": "https://www.example.org/report"}},
            (
                '<a class="card" href="https://www.example.org/report" rel="noopener">'
                '<div class="card-title">https://www.example.org/report</div>'
                '<div class="card-site">example.org</div></a>'
            ),
        ),
        (
            {
                "type": "image",
                "attrs": {
                    "src": "/media/m/1600.webp",
                    "alt": "A <quay>",
                    "caption": "The quay",
                    "credit": "J. Doe",
                    "width": 1600,
                    "height": 900,
                    "media": "m",
                    "renditions": [
                        {"src": "/media/m/480.webp", "width": 480, "height": 270},
                        {"src": "/media/m/960.webp", "width": 960, "height": 540},
                    ],
                },
            },
            (
                '<figure class="picture"><img src="/media/m/1600.webp" '
                'srcset="/media/m/480.webp 480w, /media/m/960.webp 960w" sizes="(min-width: 46em) 42em, 100vw" '
                'width="1600" height="900" alt="A &lt;quay&gt;" loading="lazy" decoding="async">'
                '<figcaption>The quay <span class="credit">J. Doe</span></figcaption></figure>'
            ),
        ),
        (
            {"type": "image", "attrs": {"src": "/media/m/1.webp"}},
            '<figure class="picture"><img src="/media/m/1.webp" alt="" loading="lazy" decoding="async"></figure>',
        ),
        (
            {
                "type": "image",
                "attrs": {"src": "https://www.example.org/1.jpg", "alt": "A quay", "credit": "J. Doe"},
            },
            (
                '<figure class="picture remote">'
                '<a href="https://www.example.org/1.jpg" rel="noopener">Picture at example.org</a>'
                '<figcaption>A quay <span class="credit">J. Doe</span></figcaption></figure>'
            ),
        ),
    ],
)
def test_each_node_looks_like_this(block: Json, html: str) -> None:
    assert document_html(doc(block)) == html


@pytest.mark.parametrize(
    ("state", "source", "label"),
    [
        ("unverified", "the mayor", "(unverified, says the mayor)"),
        ("unverified", "", "(unverified)"),
        ("confirmed", "the mayor", "(confirmed; first said by the mayor)"),
        ("disputed", "the mayor", "(disputed; claimed by the mayor)"),
        ("false", "the mayor", "(false; claimed by the mayor)"),
        ("false", " ", "(false)"),
    ],
)
def test_a_claim_never_reads_as_if_its_source_judged_it(state: str, source: str, label: str) -> None:
    document = doc(paragraph(text("The dam holds", claim(state, source))))
    assert document_plain(document) == f"The dam holds {label}"
    assert f'<span class="claim claim-{state}">' in document_html(document)


def _table(*rows: list[Json]) -> Json:
    return {"type": "table", "content": [{"type": "table_row", "content": row} for row in rows]}


def _cell(words: str, kind: str = "table_cell", **attrs: int) -> Json:
    return {"type": kind, "attrs": attrs, "content": [paragraph(text(words))]}


def _head(words: str, **attrs: int) -> Json:
    return _cell(words, "table_header", **attrs)


def test_a_table_says_which_cells_head_what() -> None:
    html = document_html(doc(_table([_head("Ward"), _head("Votes")], [_head("North"), _cell("12")])))
    assert html == (
        '<div class="table" role="region" tabindex="0" aria-label="Table: Ward, Votes"><table><tbody>'
        '<tr><th scope="col">Ward</th><th scope="col">Votes</th></tr>'
        '<tr><th scope="row">North</th><td>12</td></tr></tbody></table></div>'
    )


def test_rows_and_columns_in_which_no_cell_begins_are_left_out() -> None:
    """An editor that merges all cells of two rows leaves an empty row; html refuses it."""
    merged = _table(
        [_cell("a", rowspan=2, colspan=2), _cell("b", rowspan=2)], [], [_cell("c", colspan=2), _cell("d")]
    )
    assert document_html(doc(merged)).split("<tbody>")[1] == (
        "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table></div>"
    )


def test_the_empty_document_is_empty_html() -> None:
    assert document_html(EMPTY) == ""
    assert document_plain(EMPTY) == ""


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.json")))
def test_golden(name: str) -> None:
    document = parse_document(json.loads((GOLDEN / f"{name}.json").read_text()))
    assert document_html(document) + "\n" == (GOLDEN / f"{name}.html").read_text()
    assert document_plain(document) + "\n" == (GOLDEN / f"{name}.txt").read_text()


def test_an_embed_is_words_a_link_and_what_a_press_would_load() -> None:
    tweet = {
        "type": "embed",
        "attrs": {
            "provider": "x",
            "url": "https://twitter.com/ana/status/123?s=20",
            "text": "The <tide> is in.",
            "author": "Ana",
            "height": 500,
        },
    }
    assert document_html(doc(tweet)) == (
        '<figure class="embed embed-560" data-embed="x" data-site="X" data-kind="post"'
        ' data-frame="https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=123"><div class="embed-box">'
        "<blockquote><p>The &lt;tide&gt; is in.</p></blockquote>"
        '<p class="embed-author">Ana</p></div><figcaption>'
        '<a href="https://x.com/ana/status/123" rel="noopener">Post on X</a></figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("provider", "url", "height", "box"),
    [
        ("youtube", "https://youtu.be/dQw4w9WgXcQ", None, "wide"),
        ("youtube", "https://youtu.be/dQw4w9WgXcQ", 900, "wide"),
        ("spotify", "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC", None, "160"),
        ("spotify", "https://open.spotify.com/album/4uLU6hMCjMI75M1A2tKUQC", None, "400"),
        ("datawrapper", "https://datawrapper.dwcdn.net/aBc1X/", None, "480"),
        ("datawrapper", "https://datawrapper.dwcdn.net/aBc1X/", 481, "560"),
        ("datawrapper", "https://datawrapper.dwcdn.net/aBc1X/", 1200, "1200"),
    ],
)
def test_an_embed_keeps_a_box_free(provider: str, url: str, height: int | None, box: str) -> None:
    html = document_html(
        doc({"type": "embed", "attrs": {"provider": provider, "url": url, "height": height}})
    )
    assert html.startswith(f'<figure class="embed embed-{box}"')
