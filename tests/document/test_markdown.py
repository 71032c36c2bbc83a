"""Markdown becomes a document: what a reporter's tools write, and what nobody would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.document.strategies import PATIENT, texts

from stoppress.document.markdown import from_markdown
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.schema import EMPTY
from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.render.html import document_html

LINK = '<a href="{}" rel="noopener">{}</a>'
QUOTE = '<figure class="quote"><blockquote>{}</blockquote>{}</figure>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\ntwo", "<p>One two</p>"),
        ("One  \ntwo\\\nthree", "<p>One<br>two<br>three</p>"),
        ("# A\n\n###### B\n\nC\n===", "<h3>A</h3><h3>B</h3><h3>C</h3>"),
        ("# **A** *b*", "<h3><strong>A</strong> <em>b</em></h3>"),
        ("**a *b* c** _d_", "<p><strong>a <em>b</em> c</strong> <em>d</em></p>"),
        ("[*a*](https://e.example/?y&z)", f"<p>{LINK.format('https://e.example/?y&amp;z', '<em>a</em>')}</p>"),
        ("<https://e.example/>", f"<p>{LINK.format('https://e.example/', 'https://e.example/')}</p>"),
        ("<desk@e.example>", f"<p>{LINK.format('mailto:desk@e.example', 'desk@e.example')}</p>"),
        ("[a][1]\n\n[1]: https://e.example/ 'title'", f"<p>{LINK.format('https://e.example/', 'a')}</p>"),
        ("[a](https://e.example/ü)", f"<p>{LINK.format('https://e.example/%C3%BC', 'a')}</p>"),
        ("[a](javascript:alert(1)) [b](/x) [c]()", "<p>a b c</p>"),
        ("- a\n- b\n  - c\n\n1. d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>d</li></ol>"),
        ("7) a\n8) b", '<ol start="7"><li>a</li><li>b</li></ol>'),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("- # a", "<ul><li>a</li></ul>"),
        ("- > a\n  >\n  > — B", "<ul><li><p>a</p><p>— B</p></li></ul>"),
        ("> a\n>\n> b", QUOTE.format("<p>a</p><p>b</p>", "")),
        ("> a\n>\n> — Ana Ruiz", QUOTE.format("<p>a</p>", "<figcaption>Ana Ruiz</figcaption>")),
        ("> a\n> b\n> — Ana Ruiz", QUOTE.format("<p>a b</p>", "<figcaption>Ana Ruiz</figcaption>")),
        ("> a\n> -- Ana Ruiz", QUOTE.format("<p>a</p>", "<figcaption>Ana Ruiz</figcaption>")),
        ("> — only a dash", QUOTE.format("<p>— only a dash</p>", "")),
        ("> a — b\n> c", QUOTE.format("<p>a — b c</p>", "")),
        ("a\n— b", "<p>a — b</p>"),
        ("a\n\n---\n\nb", "<p>a</p><p>b</p>"),
        ("`a*b*` and\n\n    c\n      d\n\n```py\ne\n```", "<p>a*b* and</p><p>c<br>d</p><p>e</p>"),
        ("&amp; &lt; <script>x</script>", "<p>&amp; &lt; &lt;script&gt;x&lt;/script&gt;</p>"),
        ("<div>\na\n</div>", "<p>&lt;div&gt; a &lt;/div&gt;</p>"),
        ("![data](data:x) ![](data:x)", "<p>data</p>"),
        ("a\u202eb&#8238;c&#0;\x00\x07", "<p>abc��</p>"),
    ],
)  # fmt: skip
def test_markdown(text: str, html: str) -> None:
    assert document_html(from_markdown(text)) == html


def test_pictures_and_tables() -> None:
    picture = '<figure class="picture remote"><a href="https://e.example/i.png" rel="noopener">Picture at e.example</a>'
    assert document_html(from_markdown("see ![A *quay*](https://e.example/i.png) here")) == (
        f"<p>see here</p>{picture}<figcaption>A quay</figcaption></figure>"
    )
    assert '<img src="/media/m/1.webp"' in document_html(from_markdown('![x](/media/m/1.webp "The quay")'))
    assert document_html(from_markdown("| a | b |\n|---|--:|\n| **c** | |\n| d |")).endswith(
        '<tr><th scope="col">a</th><th scope="col">b</th></tr><tr><td><strong>c</strong></td><td></td></tr>'
        "<tr><td>d</td><td></td></tr></tbody></table></div>"
    )


@pytest.mark.parametrize(
    "text",
    ["x" * (limits.TEXT_CHARS + 1), "x\n\n" * 5_000, "- x\n" * 3_000, "x" * (limits.DOCUMENT_BYTES + 1), "漢" * 90_000,
     "![x](https://e.example/i.png)\n\n" * 5_000],
)  # fmt: skip
def test_what_is_too_large_is_refused_whole(text: str) -> None:
    with pytest.raises(InvalidDocument, match="too large for one post"):
        from_markdown(text)


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "[", "![", "*a ", "**a", "`", "<", "&", "[a](", "_a*", "a|", "\\", "1. ", "#", "\n"]
)
def test_nesting_and_repetition_do_no_harm(piece: str) -> None:
    document = from_markdown(piece * (9_000 // len(piece)))
    assert parse_document(document.root) == document


_PIECES = st.one_of(
    texts(),
    st.text(max_size=10),
    st.sampled_from(
        [
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "    ",
            "```\n",
            "|a|b|\n|-|-|\n",
            "[",
            "](",
            ")",
            "![",
            "**",
            "_",
            "---\n",
        ]
    ),
)


@PATIENT
@given(st.lists(_PIECES, max_size=30))
def test_any_text_is_a_document(pieces: list[str]) -> None:
    document = from_markdown("".join(pieces))
    assert parse_document(document.root) == document


@given(st.text(st.characters(categories=("L", "Nd")), min_size=1))
def test_plain_words_stay(words: str) -> None:
    assert plain_text(from_markdown(words)) == words


def test_nothing_is_the_empty_document() -> None:
    assert from_markdown(" \n\n") == EMPTY
