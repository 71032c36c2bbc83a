"""What each tool's text becomes, and that no text breaks a reader."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.ground import AUTHORITY

from stoppress.document.html import from_html
from stoppress.document.text import plain_text
from stoppress.intake.readers import slack, telegram
from stoppress.intake.readers.mail import read_mail
from stoppress.intake.readers.mail_cut import QUOTE, SIGNATURE, cut_html, cut_text
from stoppress.intake.readers.shapes import json_object
from stoppress.intake.refusals import Turned


def shown(html: str) -> str:
    return plain_text(from_html(html)[0])


@pytest.mark.parametrize(
    ("mrkdwn", "html"),
    [
        ("*bold* _italic_ ~struck~", "<p><b>bold</b> <i>italic</i> <s>struck</s></p>"),
        ("2*3*4 and snake_case_name", "<p>2*3*4 and snake_case_name</p>"),
        ("a &lt;b&gt; &amp; c", "<p>a &lt;b&gt; &amp; c</p>"),
        ("<https://x.org/a_b_c|the _map_>", '<p><a href="https://x.org/a_b_c">the _map_</a></p>'),
        (
            "<https://x.org/?a=1&amp;b=2>",
            '<p><a href="https://x.org/?a=1&amp;b=2">https://x.org/?a=1&amp;b=2</a></p>',
        ),
        ("<@U1> in <#C1|harbour> <!here>", "<p>(a colleague) in #harbour </p>"),
        ("<mailto:a@b.c|a@b.c>", '<p><a href="mailto:a@b.c">a@b.c</a></p>'),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("&gt; said\n&gt; so", "<blockquote><p>said<br>so</p></blockquote>"),
        ("• one\n• two", "<ul><li>one</li><li>two</li></ul>"),
        ('<javascript:alert(1)|x"><b>', '<p><a href="javascript:alert(1)">x"</a><b>…</b></p>'),
    ],
)
def test_slacks_text(mrkdwn: str, html: str) -> None:
    if "javascript" in mrkdwn:
        assert "javascript" not in json.dumps(from_html(slack.html_of(mrkdwn))[0].root)
    else:
        assert slack.html_of(mrkdwn) == html


def test_telegrams_entities() -> None:
    entities: list[dict[str, object]] = [
        {"type": "text_link", "offset": 4, "length": 8, "url": "https://example.org/"},
        {"type": "italic", "offset": 8, "length": 4},
        {"type": "bold", "offset": 90, "length": 4},
        {"type": "hashtag", "offset": 0, "length": 3},
    ]
    html = telegram.html_of("The gate six is <shut>", entities)
    assert html == '<p>The <a href="https://example.org/">gate<i> six</i></a> is &lt;shut&gt;</p>'


PLAIN = [
    ("News.\n-- \nAna Ruiz\nHarbour FM", "News.", (SIGNATURE,)),
    ("News.\n--\nno signature", "News.\n--\nno signature", ()),
    ("News.\n\nOn Mon, 1 Jan 2026 at 10:00, Desk <d@x.org> wrote:\n> What?\n> Now?", "News.", (QUOTE,)),
    ("News.\n\nOn Mon, 1 Jan 2026, Desk\n<d@x.org> wrote:\n\n> What?", "News.", (QUOTE,)),
    ("News.\nAm 1.1.2026 schrieb Desk:\n> Was?\n", "News.", (QUOTE,)),
    ("News.\n\n-----Original Message-----\nFrom: Desk", "News.", (QUOTE,)),
    ("> quoted by the reporter\nand answered.", "> quoted by the reporter\nand answered.", ()),
    ("The minister said:\n> We shall see.", "The minister said:\n> We shall see.", ()),
    ("On Mon, Desk wrote:\n> All there is", "On Mon, Desk wrote:\n> All there is", ()),
    ("News.\n-- \nAna\n\nOn Mon, Desk wrote:\n> What?", "News.", (QUOTE, SIGNATURE)),
]


@pytest.mark.parametrize(("text", "kept", "notes"), PLAIN)
def test_what_is_cut_of_plain_text(text: str, kept: str, notes: tuple[str, ...]) -> None:
    assert cut_text(text) == (kept, notes)


HTML = [
    ('<p>News.</p><div class="gmail_quote"><p>Old</p></div>', "News.", (QUOTE,)),
    ('<p>News.</p><div class="gmail_signature">Ana</div><p>More.</p>', "News.\nMore.", (SIGNATURE,)),
    ('<p>News.</p><blockquote type="cite">Old</blockquote> tail', "News.\ntail", (QUOTE,)),
    ("<p>News.</p><blockquote>A minister's words</blockquote>", "News.\nA minister's words", ()),
    ('<p>News.</p><div id="divRplyFwdMsg">From: Desk</div><div>Old</div>', "News.", (QUOTE,)),
    ('<div class="gmail_quote">All that was forwarded</div>', "All that was forwarded", ()),
    ("", "", ()),
]


@pytest.mark.parametrize(("html", "kept", "notes"), HTML)
def test_what_is_cut_of_html(html: str, kept: str, notes: tuple[str, ...]) -> None:
    cut, said = cut_html(html)
    assert (shown(cut), said) == (kept, notes)


def test_what_is_forwarded_keeps_its_quotes() -> None:
    quoted = "See below.\n\nOn Mon, Desk wrote:\n> What?"
    raw = f"From: a@b.c\r\nSubject: Fwd: this\r\n\r\n{quoted}".encode()
    assert "What?" in read_mail(raw, AUTHORITY).html


@given(st.text(max_size=200))
def test_no_text_breaks_slacks_reader(text: str) -> None:
    from_html(slack.html_of(text))


@given(
    st.text(),
    st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["bold", "text_link", "x"]),
                "offset": st.integers(-5, 40),
                "length": st.integers(-5, 40),
            }
        )
    ),
)
def test_no_entities_break_telegrams_reader(text: str, entities: list[dict[str, object]]) -> None:
    html = telegram.html_of(text, entities)
    assert "script" not in html or "script" in text
    from_html(html)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["event", "message", "type", "ts", "from"]), inner)
    ),
)


@given(JSON)
def test_no_json_breaks_a_reader(found: object) -> None:
    body = json.dumps({"type": "event_callback", "event": found, "message": found}).encode()
    delivery = json_object(body)
    slack.came(delivery)
    telegram.came(delivery)


@given(st.binary())
def test_no_bytes_break_the_mail_reader(raw: bytes) -> None:
    for whole in (
        raw,
        b"From: a@b.c\r\n" + raw,
        b"From: a@b.c\r\nContent-Type: text/html; charset=x\r\n\r\n" + raw,
    ):
        with suppress(Turned):
            read_mail(whole, AUTHORITY)


def test_a_mail_of_many_nested_parts_is_read() -> None:
    raw = b"From: a@b.c\r\n"
    for depth in range(300):
        raw += f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n".encode()
    with suppress(Turned):
        read_mail(raw, AUTHORITY)
