"""Foreign html becomes a clean document: the words stay, the form where it can, each loss is told."""

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.document.strategies import PATIENT, documents, texts

from stoppress.document.html import from_html
from stoppress.document.parse import parse_document
from stoppress.document.schema import EMPTY, Document
from stoppress.document.text import plain_text
from stoppress.lib import limits
from stoppress.render.html import document_html

CLIPBOARD = Path(__file__).parent / "clipboard"
BASE = "https://paper.example/news/page.html"
REMOTE = '<figure class="picture remote"><a href="{0}" rel="noopener">Picture at {1}</a>{2}</figure>'


def remote(address: str, caption: str = "") -> str:
    site = address.split("/")[2]
    return REMOTE.format(address, site, f"<figcaption>{caption}</figcaption>" if caption else "")


def card(address: str, title: str) -> str:
    site = address.split("/")[2].removeprefix("www.")
    return (
        f'<a class="card" href="{address}" rel="noopener"><div class="card-title">{title}</div>'
        f'<div class="card-site">{site}</div></a>'
    )


def embed(provider: str, url: str, **words: str) -> str:
    block = {"type": "embed", "attrs": {"provider": provider, "url": url, **words}}
    return document_html(parse_document({"type": "doc", "content": [block]}))


def table(*rows: str) -> str:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><tbody>{body}</tbody></table></div>"


def read(html: str, base: str = BASE) -> str:
    return document_html(from_html(html, base)[0])


def notes(html: str, base: str = BASE) -> tuple[str, ...]:
    return from_html(html, base)[1]


def quote(inside: str, speaker: str = "") -> str:
    caption = f"<figcaption>{speaker}</figcaption>" if speaker else ""
    return f'<figure class="quote"><blockquote>{inside}</blockquote>{caption}</figure>'


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("", ""),
        (" \n ", ""),
        ("<!-- nothing -->", ""),
        ("plain & simple", "<p>plain &amp; simple</p>"),
        ("<p>One</p><p>Two</p>", "<p>One</p><p>Two</p>"),
        ("<p>unclosed<p>paragraphs", "<p>unclosed</p><p>paragraphs</p>"),
        (
            "<div><div>soup <span>of</span></div><div><span>divs</span></div></div>",
            "<p>soup of</p><p>divs</p>",
        ),
        ("<div>loose<p>inside</p>loose</div>", "<p>loose</p><p>inside</p><p>loose</p>"),
        ("<span style='display:block'>a</span><span style='display: block'>b</span>", "<p>a</p><p>b</p>"),
        ("<gu-island><p>a</p></gu-island><x-y>b</x-y>", "<p>a</p><p>b</p>"),
        ("  lots \n\t of   white  <b> space </b>  here ", "<p>lots of white <strong>space </strong>here</p>"),
        ("<p>&nbsp;</p><p> a&nbsp;b &nbsp; c&nbsp;</p>", "<p>a\u00a0b c</p>"),
        (
            "<p>&lt;b&gt; &amp;amp; &copy; &#x1F600; &bogus;</p>",
            "<p>&lt;b&gt; &amp;amp; © 😀 &amp;bogus;</p>",
        ),
        ("<html><head><title>T</title><style>p{}</style></head><body><p>x</p></body></html>", "<p>x</p>"),
        ("<p>a</p><hr><p>b</p>", "<p>a</p><p>b</p>"),
        ("<dl><dt>Wind</dt><dd>Nine</dd></dl>", "<p>Wind</p><p>Nine</p>"),
        ("<details open><summary>More</summary>text</details>", "<p>More</p><p>text</p>"),
        ("<pre>one\n  two\n\nthree</pre>", "<p>one<br>two</p><p>three</p>"),
        (
            "<h1>A</h1><h2>B</h2><h6> </h6><div role=heading aria-level=2>C</div>",
            "<h3>A</h3><h3>B</h3><h3>C</h3>",
        ),
        (
            "<h2><strong>Bold</strong><br>heading <em>here</em></h2>after",
            "<h3>Bold heading <em>here</em></h3><p>after</p>",
        ),
        ("<p>It is <q>so</q></p>", "<p>It is “so”</p>"),
        ("10 km<sup>2</sup>, CO<sub>2</sub>, 3<sup>rd</sup>", "<p>10 km², CO₂, 3rd</p>"),
        ("a<wbr>b<br class='Apple-interchange-newline'>", "<p>ab</p>"),
    ],
)
def test_blocks_and_white_space(html: str, kept: str) -> None:
    assert read(html) == kept
    assert notes(html) == ()


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<p><br>a<br></p>", "<p>a</p>"),
        ("<p>a<br> <br>b<br><br><br>c</p>", "<p>a</p><p>b</p><p>c</p>"),
        ("<div>a<br>b<br/>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("a<br><b>b</b><br>c", "<p>a</p><p><strong>b</strong></p><p>c</p>"),
        ("<ul><li>a<br>b</li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<p><b>a<br>b</b></p>", "<p><strong>a</strong><br><strong>b</strong></p>"),
    ],
)
def test_line_breaks(html: str, kept: str) -> None:
    assert read(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<b>a</b><strong>b</strong>", "<strong>ab</strong>"),
        ("<i>a</i><em>b</em><cite>c</cite>", "<em>abc</em>"),
        ("<b><i>a</i></b>", "<strong><em>a</em></strong>"),
        ("<span style='font-weight:700'>a</span>", "<strong>a</strong>"),
        ("<span style='FONT-WEIGHT: bold !important; color:red'>a</span>", "<strong>a</strong>"),
        ("<b style='font-weight:normal'>a</b>", "a"),
        ("<strong><span style='font-weight:400'>a</span></strong>", "a"),
        ("<em style='font-style:normal'>a</em>", "a"),
        ("<span style='font-style:italic'>a</span>", "<em>a</em>"),
        ("<u>a</u><font color=red>b</font><mark>c</mark><small>d</small><code>e</code>", "abcde"),
        (
            "<a href='https://e.example/'>a <b>b</b></a>",
            '<a href="https://e.example/" rel="noopener">a <strong>b</strong></a>',
        ),
        ("<a href=../up>a</a>", '<a href="https://paper.example/up" rel="noopener">a</a>'),
        (
            "<a href='?q=1&amp;r=a b'>a</a>",
            '<a href="https://paper.example/news/page.html?q=1&amp;r=a%20b" rel="noopener">a</a>',
        ),
        ("<a href='//cdn.example/x'>a</a>", '<a href="https://cdn.example/x" rel="noopener">a</a>'),
        (
            "<a href=' \n https:\\\\e.example\\x\ty '>a</a>",
            '<a href="https://e.example/xy" rel="noopener">a</a>',
        ),
        (
            "<a href='mailto:desk@paper.example'>a</a>",
            '<a href="mailto:desk@paper.example" rel="noopener">a</a>',
        ),
        ("<a href='#note'>a</a><a name=x>b</a><a href=''>c</a>", "abc"),
    ],
)
def test_marks(html: str, kept: str) -> None:
    assert read(html) == f"<p>{kept}</p>"
    assert notes(html) == ()


def test_one_link_around_blocks_is_a_link_in_each() -> None:
    html = "<a href=/story><h3>Headline</h3><p>First.</p><ul><li>Point</li></ul></a>"
    link = '<a href="https://paper.example/story" rel="noopener">{}</a>'
    assert read(html) == (
        f"<h3>{link.format('Headline')}</h3><p>{link.format('First.')}</p><ul><li>{link.format('Point')}</li></ul>"
    )


def test_relative_addresses_need_a_base() -> None:
    assert read("<a href=/x>a</a><img src=x.png>", "") == "<p>a</p>"
    assert notes("<a href=/x>a</a><img src=x.png>", "") == (
        "A link that is not a full web or mail address (relative) became plain text.",
        "A picture without a web address (relative) was left out; upload it.",
    )
    assert read("<base href='https://b.example/c/'><a href=d>a</a>") == (
        '<p><a href="https://b.example/c/d" rel="noopener">a</a></p>'
    )
    assert (
        read("<base href='/c/'><a href=d>a</a>")
        == '<p><a href="https://paper.example/c/d" rel="noopener">a</a></p>'
    )
    assert read("<a href=d>a</a>", "not an address") == "<p>a</p>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol start=7><li>a</ol>", '<ol start="7"><li>a</li></ol>'),
        ("<ol start=-3><li>a</ol>", "<ol><li>a</li></ol>"),
        (
            "<ul><li>a<ol><li>b<ul><li>c</ul></ol></ul>",
            "<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>",
        ),
        (
            "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        ),
        ("<ul><ul><li>b</li></ul></ul>", "<ul><li><ul><li>b</li></ul></li></ul>"),
        ("<ul>loose<li>a</li></ul>", "<ul><li>loose</li><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul><li><h4>a</h4>b</li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul><li> </li><li></li></ul>", ""),
        (
            "<ul><li><blockquote>a<footer>B</footer></blockquote></li></ul>",
            "<ul><li><p>a</p><p>— B</p></li></ul>",
        ),
        ("<li>a</li><li>b</li>", "<p>a</p><p>b</p>"),
    ],
)
def test_lists(html: str, kept: str) -> None:
    assert read(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<blockquote>a</blockquote>", quote("<p>a</p>")),
        ("<blockquote><p>a</p><p>b</p></blockquote>", quote("<p>a</p><p>b</p>")),
        ("<blockquote><p>a</p><p>— Ana Ruiz</p></blockquote>", quote("<p>a</p>", "Ana Ruiz")),
        ("<blockquote><p>a<br>&ndash; Ana Ruiz</p></blockquote>", quote("<p>a</p>", "Ana Ruiz")),
        (
            "<blockquote><p>— not a name but a line of talk</p></blockquote>",
            quote("<p>— not a name but a line of talk</p>"),
        ),
        (
            "<blockquote><p>a</p><footer>— Ana, <cite>her book</cite></footer></blockquote>",
            quote("<p>a</p>", "Ana, her book"),
        ),
        ("<blockquote><p>a</p><cite>Ana</cite></blockquote>", quote("<p>a</p>", "Ana")),
        ("<blockquote>a <cite>Hamlet</cite></blockquote>", quote("<p>a <em>Hamlet</em></p>")),
        ("<blockquote>a — <cite>Ana</cite></blockquote>", quote("<p>a —</p>", "Ana")),
        ("<figure><blockquote>a</blockquote><figcaption>Ana</figcaption></figure>", quote("<p>a</p>", "Ana")),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>", quote("<p>a</p><p>b</p><p>c</p>")),
        ("<blockquote><h3>a</h3><ul><li>b</li></ul></blockquote>", quote("<p>a</p><p>b</p>")),
        ("<blockquote> </blockquote>", ""),
        (
            "<blockquote cite='/speech'>a</blockquote>",
            (
                '<figure class="quote"><blockquote cite="https://paper.example/speech"><p>a</p></blockquote>'
                '<figcaption><a href="https://paper.example/speech" rel="noopener">paper.example</a>'
                "</figcaption></figure>"
            ),
        ),
        (
            "<blockquote><p>a</p><p>— <a href=/ana>Ana</a></p></blockquote>",
            (
                '<figure class="quote"><blockquote cite="https://paper.example/ana"><p>a</p></blockquote>'
                '<figcaption><a href="https://paper.example/ana" rel="noopener">Ana</a></figcaption></figure>'
            ),
        ),
    ],
)
def test_quotes(html: str, kept: str) -> None:
    assert read(html) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", table("TH", "<td>c</td><td>d</td>")),
        (
            "<table><thead><tr><th>a<th>b</thead><tbody><tr><td>c</tbody></table>",
            table("TH", "<td>c</td><td></td>"),
        ),
        ("<table><tr><th>a<th>b<tr><td colspan=2>c</table>", table("TH", '<td colspan="2">c</td>')),
        (
            "<table><tr><th>a<th>b<tr><td colspan=9>c</table>",
            table("TH", '<td colspan="2">c</td>'),
        ),
        (
            "<table><tr><th>a<th rowspan=0>b<tr><td>c</table>",
            table('<th scope="col">a</th><th scope="col" rowspan="2">b</th>', "<td>c</td>"),
        ),
        ("<table><tr><th>a<th>b<tr><tr><td>c<td>d</table>", table("TH", "<td>c</td><td>d</td>")),
        (
            "<table><tr><th>a<th>b<tr><td><p>c<p>d<td></table>",
            table("TH", "<td><p>c</p><p>d</p></td><td></td>"),
        ),
        (
            "<table><tr><th>a<th>b<tr><td>c<img src=/i.png><td></table>",
            table("TH", "<td>c</td><td></td>") + remote("https://paper.example/i.png"),
        ),
    ],
)
def test_tables(html: str, kept: str) -> None:
    kept = kept.replace("TH", '<th scope="col">a</th><th scope="col">b</th>')
    assert read(html).partition(">")[2] == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<table><tr><td>a<tr><td>b</table>", "<p>a</p><p>b</p>"),
        ("<table role=presentation><tr><td>a<td>b</table>", "<p>a</p><p>b</p>"),
        ("<table><tr><td>out<td><table><tr><td>in</table></table>", "<p>out</p><p>in</p>"),
        ("<table></table>", ""),
    ],
)
def test_tables_that_lay_out_a_page_are_no_tables(html: str, kept: str) -> None:
    assert read(html) == kept


def test_a_caption_stands_above_its_table() -> None:
    assert read("<table><caption>Votes</caption><tr><th>a<th>b</table>").startswith(
        '<p>Votes</p><div class="table"'
    )


def test_a_table_too_large_becomes_lines() -> None:
    html = "<table><tr><th>head<th>two</tr>" + "<tr><td>a<td>b</tr>" * 400 + "</table>"
    assert read(html).startswith("<p>head</p><p>two</p><p>a</p>")
    assert notes(html) == ("A table that is too large became lines of text.",)
    assert "<table>" in read(html.replace("<tr><td>a<td>b</tr>" * 400, "<tr><td colspan=9999 rowspan=9999>x"))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<img src=/i.png alt='A quay'>", remote("https://paper.example/i.png", "A quay")),
        ("<img src=data:image/gif;base64,R0 data-src=/i.png>", remote("https://paper.example/i.png")),
        ("<img src=/blank.gif data-lsrc=/i.png>", remote("https://paper.example/i.png")),
        (
            "<img src=/placeholder.png srcset='/s.png 480w, /l.png 960w, /xl.png 4000w'>",
            remote("https://paper.example/l.png"),
        ),
        ("<img data-srcset='/w_1,h_2/a.png, /b.png 2x'>", remote("https://paper.example/b.png")),
        (
            "<picture><source srcset='/a.webp 480w, /b.webp 960w'><img alt=x></picture>",
            remote("https://paper.example/b.webp", "x"),
        ),
        ("<picture><source srcset=/a.webp><img src=/i.png></picture>", remote("https://paper.example/i.png")),
        ("<img class=lazy><noscript>On<img src=/i.png></noscript>", remote("https://paper.example/i.png")),
        (
            "<img src=/i.png><noscript><img src=/i.png>Please enable JavaScript</noscript>",
            remote("https://paper.example/i.png"),
        ),
        ("<img src=/t.gif width=1 height=1>x", "<p>x</p>"),
        ("a <img class=emoji src=/e.png alt='🙂'> b", "<p>a 🙂 b</p>"),
        ("<p>one <img src=/i.png> two</p>", "<p>one two</p>" + remote("https://paper.example/i.png")),
        ("<p><img src=/i.png></p><p>a</p>", remote("https://paper.example/i.png") + "<p>a</p>"),
        ("<a href=/big><img src=/i.png></a>", remote("https://paper.example/i.png")),
        ("<button><img src=/i.png>Enlarge</button>", remote("https://paper.example/i.png")),
        (
            "<figure><img src=/i.png><figcaption>A <b>quay</b> <i class=credit>J. Varga</i></figcaption></figure>",
            remote("https://paper.example/i.png", 'A quay <span class="credit">J. Varga</span>'),
        ),
        (
            "<figure><p class=image-credit>J. Varga</p><img src=/i.png><figcaption>A quay</figcaption></figure>",
            remote("https://paper.example/i.png", 'A quay <span class="credit">J. Varga</span>'),
        ),
        (
            "<div class='wp-caption x'><img src=/i.png><p class=wp-caption-text>A quay</p></div>",
            remote("https://paper.example/i.png", "A quay"),
        ),
        (
            (
                "<figure><figure><img src=/1.png><figcaption>1</figcaption></figure><figure><img src=/2.png></figure>"
                "<figcaption>both</figcaption></figure>"
            ),
            remote("https://paper.example/1.png", "1")
            + remote("https://paper.example/2.png")
            + "<p>both</p>",
        ),
        ("<figure><figcaption>alone</figcaption></figure>", "<p>alone</p>"),
        (
            "<ul><li><img src=/1.png></li><li><img src=/2.png></li></ul>",
            remote("https://paper.example/1.png") + remote("https://paper.example/2.png"),
        ),
    ],
)
def test_pictures(html: str, kept: str) -> None:
    assert read(html) == kept


def test_a_picture_of_our_own_stays_ours_only_without_a_base() -> None:
    assert '<img src="/media/m/960.webp"' in read('<img src="/media/m/960.webp">', "")
    assert read('<img src="/media/m/960.webp">') == remote("https://paper.example/media/m/960.webp")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (
            "<iframe src='//evil-youtube.com/embed/dQw4w9WgXcQ'></iframe>",
            card("https://evil-youtube.com/embed/dQw4w9WgXcQ", "https://evil-youtube.com/embed/dQw4w9WgXcQ"),
        ),
        (
            "<iframe src='//www.youtube.com/embed/dQw4w9WgXcQ?start=3' title='The storm'></iframe>",
            embed("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3s", title="The storm"),
        ),
        (
            "<iframe data-src=https://player.vimeo.com/video/123></iframe>",
            embed("vimeo", "https://vimeo.com/123"),
        ),
        (
            "<video><source src=/v.mp4></video>",
            card("https://paper.example/v.mp4", "https://paper.example/v.mp4"),
        ),
        (
            "<object><param name=movie value=/m.swf></object>",
            card("https://paper.example/m.swf", "https://paper.example/m.swf"),
        ),
        ("<object>shown instead</object>", "<p>shown instead</p>"),
        (
            "<p>a<iframe src=https://e.example/x></iframe>b</p>",
            "<p>ab</p>" + card("https://e.example/x", "https://e.example/x"),
        ),
    ],
)
def test_frames_become_embeds_or_link_cards(html: str, kept: str) -> None:
    assert read(html) == kept


TWEET = (
    '<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">The tide is in.<br>Go home.'
    '<a href="https://t.co/abc">https://t.co/abc</a></p>&mdash; Ana Ruiz (@ana) '
    '<a href="https://twitter.com/ana/status/123?ref_src=twsrc%5Etfw">May 1, 2026</a></blockquote>'
)
INSTAGRAM = (
    '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/xyzab/?utm_source=ig">'
    "<div><a href='https://www.instagram.com/p/xyzab/'><svg></svg><div>View this post on Instagram</div></a>"
    "<p><a href='https://www.instagram.com/p/xyzab/'>A post shared by Ana (@ana)</a></p></div></blockquote>"
)


THREADS = (
    '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@ana/post/abc">'
    "<p>The tide is in.</p><p>Go home.</p></blockquote>"
)


def test_posts_of_known_sites_become_embeds() -> None:
    words = {"text": "The tide is in. Go home. https://t.co/abc", "author": "Ana Ruiz (@ana)"}
    assert read(TWEET) == embed("x", "https://x.com/ana/status/123", **words)
    assert notes(TWEET) == ()
    assert read(INSTAGRAM) == embed("instagram", "https://www.instagram.com/p/xyzab/", author="Ana (@ana)")
    film = "https://www.tiktok.com/@ana/video/7"
    tiktok = f'<blockquote class="tiktok-embed" cite="{film}"><section><p>Waves</p></section></blockquote>'
    assert read(tiktok) == embed("tiktok", film, text="Waves", author="@ana")


def test_posts_of_other_sites_become_a_quote_and_a_card() -> None:
    assert read(THREADS) == quote("<p>The tide is in.</p><p>Go home.</p>") + card(
        "https://www.threads.net/@ana/post/abc", "Post at threads.net"
    )
    assert notes(THREADS) == ("A post from threads.net became a quote and a link card.",)
    assert read('<blockquote class="twitter-tweet"><p>No address</p></blockquote>') == quote(
        "<p>No address</p>"
    )


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<script>1</script><script src=x></script><p>a", "2 scripts were left out."),
        ("<iframe src=javascript:1></iframe>", "An embed without a web address was left out."),
        ("<iframe srcdoc='<p>x'></iframe>", "An embed without a web address was left out."),
        ("<iframe src=https://e.example/></iframe>", "An embed from e.example became a link card."),
        (
            "<a href=javascript:alert(1)>a</a>",
            "A link that is not a full web or mail address (javascript:) became plain text.",
        ),
        (
            "<img src=data:image/png;base64,x>",
            "A picture without a web address (data:) was left out; upload it.",
        ),
        ("<img src=file:///c:/a.png>", "A picture without a web address (file:) was left out; upload it."),
        ("<img>", "A picture without a web address (no address) was left out; upload it."),
        ("<img src=/i.png width=16 height=16>", "A small picture (an icon) was left out."),
        ("<math><mi>x</mi></math>", "A formula was left out."),
        ("<p>1 <s>2</s>", "Struck-out words are plain text now; check them."),
        ("<p>a\u202eb\x07c", "Invisible control characters were left out."),
        (
            "<ul><li>a<img src=/i.png></ul>",
            "A picture, embed or table that stood inside a list, quote or table now stands below it.",
        ),
        (
            "<figure><img src=/i.png><figcaption><a href=/x>a</a></figcaption></figure>",
            "A link in a caption became plain text.",
        ),
        (f"<img src=/i.png alt='{'x' * 2_000}'>", "A text (alt) was too long and was cut."),
        (f"<p>{'x' * 200_000}", "There was more than one post can hold; it was cut at its end."),
    ],
)
def test_what_could_not_be_kept_is_told(html: str, told: str) -> None:
    assert notes(html) == (told,)


WORD = (CLIPBOARD / "word.html").read_text()
GOOGLE_DOCS = (CLIPBOARD / "google_docs.html").read_text()


def test_word_and_google_docs() -> None:
    assert read(WORD) == (
        "<p><strong>Flood</strong> watch</p><ul><li>North<ol><li>Quay</li><li>Lock</li></ol></li><li>South</li></ul>"
        "<p>End.</p>"
    )
    assert read(GOOGLE_DOCS) == (
        "<h3>Flood watch</h3><p>The <strong><em>quay</em></strong> is under water.</p>"
        "<ul><li>North<ul><li>Quay</li></ul></li><li>South</li></ul>"
    )


def test_what_is_hidden_stays_hidden() -> None:
    html = "<p hidden>1</p><p style='display: none'>2</p><i aria-hidden=true>3</i><button>4</button>"
    html += "<select><option>5</select>"
    assert (
        read(html + "<textarea>6</textarea><svg><text>7</text></svg><template>8</template><p>shown")
        == "<p>shown</p>"
    )


DEEP = [
    "div",
    "b",
    "ul",
    "ul><li",
    "blockquote",
    "table",
    "table><tr><td",
    "figure",
    "q",
    "a href=/x",
    "h2",
    "p",
]
DEEP += ["picture", "noscript", "object", "span style=display:block"]


@pytest.mark.parametrize("tag", DEEP)
def test_depth_does_not_matter(tag: str) -> None:
    document, _ = from_html(f"<{tag}>" * 10_000 + "bottom<p>of the sea", BASE)
    assert parse_document(document.root) == document
    if tag != "noscript":
        assert "bottom" in plain_text(document)


MANY = [
    "<p>Some words.</p>",
    "word ",
    "<",
    "&",
    "<b>x</b>",
    "<td>x",
    "漢",
    "<li>x",
    "<br>x",
    "<a ",
    "\u202e",
    "</p>",
]
MANY += ["<img src=https://e.example/i.png>", "<!--", "<blockquote>x<p>— y</p></blockquote>"]


@pytest.mark.long
@pytest.mark.parametrize("piece", MANY)
def test_a_lot_of_anything_is_read_and_cut_to_one_post(piece: str) -> None:
    document, _ = from_html(piece * (200_000 // len(piece)), BASE)
    assert parse_document(document.root) == document


@pytest.mark.long
def test_a_megabyte_is_read() -> None:
    document, told = from_html("<p>Some <b>words</b>.</p>\n" * 40_000, BASE)
    assert parse_document(document.root) == document
    assert told == ("There was more than one post can hold; it was cut at its end.",)


def test_more_html_than_anybody_reads_is_cut() -> None:
    document, told = from_html("<p>x</p>" + " " * limits.HTML_CHARS + "<p>y</p>")
    assert plain_text(document) == "x"
    assert told == ("There was more than one post can hold; it was cut at its end.",)


_BROKEN = ["<", "</", ">", "<!--", "-->", "<![CDATA[", "<?", "&", "\x00", "\ud800", "\u202e", "<p", "='", '"']
_TAGS = [
    "p",
    "div",
    "span",
    "b",
    "i",
    "a",
    "h2",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "figure",
]
_TAGS += [
    "figcaption",
    "img",
    "br",
    "pre",
    "iframe",
    "sup",
    "q",
    "cite",
    "footer",
    "noscript",
    "picture",
    "source",
]
_TAGS += ["object", "caption", "script", "style", "svg", "o:p", "x-y"]
_ATTRIBUTES = [
    "",
    "href=/x",
    "src=/x.png",
    "style='font-weight:bold'",
    "style='mso-list:l0 level2 lfo1'",
    "hidden",
]
_ATTRIBUTES += [
    "colspan=3 rowspan=0",
    "class=twitter-tweet",
    "class=wp-caption",
    "style=display:block",
    "start=9",
]
_ATTRIBUTES += ["srcset='/a 1w, /b 2x,'", "cite=https://e.example/ href=https://e.example/y", "class=credit"]
_ATTRIBUTES += ["aria-hidden=true"]
_PIECES = st.one_of(
    texts(),
    st.text(max_size=20),
    st.sampled_from(_BROKEN),
    st.builds(
        "<{}{} {}>".format,
        st.sampled_from(["", "", "/"]),
        st.sampled_from(_TAGS),
        st.sampled_from(_ATTRIBUTES),
    ),
)


@PATIENT
@given(st.lists(_PIECES, max_size=30), st.sampled_from(["", BASE, "x", "https://[", "http://e.example"]))
@example(["<a href=https://[>x</a>"], BASE)
@example(["<img srcset=','>"], BASE)
@example(["\ud800"], "")
def test_any_text_gives_a_valid_document(pieces: list[str], base: str) -> None:
    document, told = from_html("".join(pieces), base)
    assert parse_document(document.root) == document
    assert all(re.fullmatch(r"[A-Z0-9].*\.", one) for one in told)
    assert from_html("".join(pieces), base) == (document, told)


@PATIENT
@given(documents())
def test_our_own_html_reads_back_word_for_word(document: Document) -> None:
    def words(one: Document) -> str:
        return "".join(plain_text(one).replace("—", "").split())

    again, _ = from_html(document_html(document))
    assert words(again) == words(document)


@given(texts())
def test_escaped_words_are_words(words: str) -> None:
    document, told = from_html(f"<p>{escape(words)}</p>")
    assert plain_text(document) == re.sub(r"[ \u00a0]{2,}", " ", words).strip()
    assert told == ()


def test_nothing_is_the_empty_document() -> None:
    assert from_html("") == (EMPTY, ())
