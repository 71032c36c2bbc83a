"""Live blogs in pages of other sites: the framed page, its colours, the script, oEmbed."""

import json
import re
from urllib.parse import quote

import pytest
from lxml import etree
from tests.edge.client import get
from tests.edge.readmodel import Blog, ReadModel, post_id

from stoppress.edge.app import Edge
from stoppress.edge.headers import Protection
from stoppress.lib import limits
from stoppress.lib.theme import HOUSE, Theme, theme_named

SITE = "https://gazette.example"
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture
def blog(model: ReadModel) -> Blog:
    blog = model.blog()
    for number in range(5):
        model.post(blog, f"Water at {number} metres.", key_event=number == 2)
    model.head(
        blog,
        key_events="<details class='key-events' open><ol><li>Two metres</li></ol></details>",
        older="<nav>Older</nav>",
    )
    return blog


def _sheets(text: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="([^"]*)">', text)


def test_the_whole_live_blog_stands_in_a_frame(edge: Edge, blog: Blog) -> None:
    page = get(edge, f"/embed/{blog.slug}")
    assert (page.status, page.headers["stoppress-seq"]) == (200, str(blog.seq))
    assert page.text.count("<article") == 5
    assert f'data-live="storm" data-seq="{blog.seq}" data-leaf="0"' in page.text
    assert '<base target="_blank">' in page.text
    assert f'<link rel="canonical" href="{SITE}/live/storm">' in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert "Older" in page.text
    again = get(edge, f"/embed/{blog.slug}", if_none_match=page.headers["etag"])
    assert again.status == 304


def test_the_newest_few(edge: Edge, model: ReadModel, blog: Blog) -> None:
    page = get(edge, "/embed/storm?layout=latest&n=2")
    assert re.findall(r'<article[^>]*id="post-(\d+)"', page.text) == [post_id(5), post_id(4)]
    assert 'data-latest="2"' in page.text
    assert get(edge, "/embed/storm?layout=latest").text.count("<article") == limits.EMBED_LATEST
    model.post(blog, "Water at nine metres.")
    assert "nine metres" in get(edge, "/embed/storm?layout=latest&n=2").text


def test_the_ticker_has_key_events_and_no_post(edge: Edge, blog: Blog) -> None:
    del blog
    page = get(edge, "/embed/storm?layout=ticker")
    assert "<article" not in page.text
    assert 'data-latest="0"' in page.text
    assert "<li>Two metres</li>" in page.text


def test_one_post_and_what_is_left_of_it(edge: Edge, model: ReadModel, blog: Blog) -> None:
    path = f"/embed/storm?post={post_id(3)}"
    page = get(edge, path)
    assert page.status == 200
    assert page.text.count("<article") == 1
    assert f'href="{SITE}/live/storm/posts/{post_id(3)}"' in page.text
    model.withdraw(blog, post_id(3))
    for gone in (path, "/embed/storm", "/embed/storm?layout=latest&n=5"):
        page = get(edge, gone)
        assert page.status == (410 if gone == path else 200)
        assert "2 metres" not in page.text
        assert page.headers["content-security-policy"].endswith("frame-ancestors *")


@pytest.mark.parametrize(
    "path", ["/embed/nowhere", "/embed/draft", f"/embed/storm?post={post_id(9)}", "/embed/%2e%2e"]
)
def test_what_is_not_public_is_a_page_for_the_frame(
    edge: Edge, model: ReadModel, blog: Blog, path: str
) -> None:
    del blog
    model.blog("draft", status="draft")
    page = get(edge, path, accept=HTML)
    assert page.status == 404
    assert "not public any more" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"].endswith("frame-ancestors *")


def test_only_embedded_pages_may_be_framed(edge: Edge, blog: Blog) -> None:
    del blog
    policy = get(edge, "/embed/storm").headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in get(edge, "/embed/storm").headers
    for path in (
        "/",
        "/live/storm",
        f"/live/storm/posts/{post_id(1)}",
        "/live/storm/corrections",
        "/nowhere",
        "/embed.js",
        "/oembed",
        HOUSE.address,
    ):
        headers = get(edge, path, accept=HTML).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
    assert b"frame-ancestors 'none'" in dict(Protection(secure=True).page)[b"content-security-policy"]


# --- colours ----------------------------------------------------------------------------------------


def test_the_hosts_colours_come_as_a_sheet_and_never_into_the_page(edge: Edge, blog: Blog) -> None:
    del blog
    page = get(edge, "/embed/storm?paper=ffffff,101010&ink=222222&accent=005689&font=system&scheme=dark")
    address = _sheets(page.text)[-1]
    theme = theme_named(address.removeprefix("/theme/"))
    assert theme == Theme(
        paper="#ffffff", paper_dark="#101010", ink="#222222", accent="#005689", text="system"
    )
    assert 'data-scheme="dark"' in page.text
    assert "style=" not in page.text
    sheet = get(edge, address)
    assert sheet.status == 200
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert "--paper: #ffffff;" in sheet.text


def test_colours_that_could_not_be_read_are_moved_until_they_can(edge: Edge, blog: Blog) -> None:
    del blog
    address = _sheets(get(edge, "/embed/storm?paper=ffffff&ink=eeeeee").text)[-1]
    theme = theme_named(address.removeprefix("/theme/"))
    assert theme is not None
    assert theme.ink not in ("#eeeeee", HOUSE.ink)


def test_the_titles_own_looks(edge: Edge, model: ReadModel, blog: Blog) -> None:
    own = Theme(accent="#005689")
    model.run("UPDATE page SET theme = ? WHERE liveblog_id = ?", own.address, blog.blog_id)
    for path in ("/embed/storm", "/live/storm", f"/live/storm/posts/{post_id(1)}", "/live/storm/corrections"):
        assert own.address in _sheets(get(edge, path).text), path
    assert theme_named(_sheets(get(edge, "/embed/storm?ink=000000").text)[-1].rpartition("/")[2]) == Theme(
        accent="#005689", ink="#000000"
    )


def test_a_page_in_the_houses_looks_needs_no_sheet_more(edge: Edge, blog: Blog) -> None:
    del blog
    assert not any(sheet.startswith("/theme/") for sheet in _sheets(get(edge, "/embed/storm").text))
    assert HOUSE.address in _sheets(get(edge, "/embed/storm?scheme=dark").text)


@pytest.mark.parametrize(
    "query",
    [
        "layout=huge",
        "layout=latest&n=0",
        "layout=latest&n=21",
        "layout=latest&n=x",
        "scheme=sepia",
        "paper=fff",
        "paper=FFFFFF",
        "paper=ffffff;}",
        "ink=red",
        "accent=%22%3E%3Cscript%3E",
        "accent=ffffff,",
        "font=comic",
        "font=Arial;color:red",
        "post=../../etc",
    ],
)
def test_nothing_else_may_be_asked_for(edge: Edge, blog: Blog, query: str) -> None:
    del blog
    refused = get(edge, f"/embed/storm?{query}")
    assert refused.status == 400
    assert str(refused.json()["detail"]).split()[0] in query


@pytest.mark.parametrize("name", ["x.css", "1-fff.css", HOUSE.name + "x", "..%2f..%2fetc.css"])
def test_other_sheets_are_not_there(edge: Edge, name: str) -> None:
    assert get(edge, f"/theme/{name}").status == 404


def test_the_script_may_stand_in_any_page(edge: Edge) -> None:
    script = get(edge, "/embed.js")
    assert (script.status, script.headers["cross-origin-resource-policy"]) == (200, "cross-origin")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" not in script.headers["cache-control"]


# --- oEmbed -----------------------------------------------------------------------------------------


def _oembed(edge: Edge, url: str, more: str = "") -> dict[str, object]:
    found = get(edge, f"/oembed?url={quote(url, safe='')}{more}")
    assert found.status == 200, found.text
    told: dict[str, object] = json.loads(found.text)
    return told


def test_oembed_tells_of_a_live_blog_and_of_a_post(edge: Edge, blog: Blog) -> None:
    del blog
    told = _oembed(edge, f"{SITE}/live/storm")
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "Storm")
    assert (told["author_name"], told["provider_name"], told["cache_age"]) == (
        "Ana",
        "Gazette",
        limits.OEMBED_SECONDS,
    )
    html = str(told["html"])
    assert (
        f'<iframe src="{SITE}/embed/storm" width="{told["width"]}" height="{told["height"]}" title="Storm"'
        in html
    )
    assert 'sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in html
    of_post = _oembed(edge, f"{SITE}/live/storm/posts/{post_id(2)}")
    assert of_post["title"] == "Water rises"
    assert f"{SITE}/embed/storm?post={post_id(2)}" in str(of_post["html"])
    assert _oembed(edge, f"{SITE}/live/storm?from={post_id(1)}#post-{post_id(1)}")["title"] == "Storm"


def test_oembed_keeps_to_the_sizes_that_are_asked_for(edge: Edge, blog: Blog) -> None:
    del blog
    told = _oembed(edge, f"{SITE}/live/storm", "&maxwidth=320&maxheight=400")
    assert (told["width"], told["height"]) == (320, 400)
    wide = _oembed(edge, f"{SITE}/live/storm", "&maxwidth=9000")
    assert (wide["width"], wide["height"]) == (limits.OEMBED_WIDTH, limits.OEMBED_HEIGHT)
    assert get(edge, f"/oembed?url={SITE}/live/storm&maxwidth=wide").status == 400


def test_oembed_in_xml_says_the_same(edge: Edge, model: ReadModel, blog: Blog) -> None:
    stored = json.dumps({"title": "Wind & <rain>\u0007", "author_name": "Ana"})
    model.run("UPDATE page SET oembed = ? WHERE liveblog_id = ?", stored, blog.blog_id)
    found = get(edge, f"/oembed?url={SITE}/live/storm&format=xml")
    assert found.headers["content-type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(found.body)
    assert root.tag == "oembed"
    assert root.findtext("title") == "Wind & <rain>"
    assert str(root.findtext("html")).startswith("<iframe src=")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=", 400),
        (f"url={SITE}/live/nowhere", 404),
        (f"url={SITE}/live/draft", 404),
        (f"url={SITE}/live/draft/posts/{post_id(1)}", 404),
        (f"url={SITE}/live/storm/posts/{post_id(9)}", 404),
        ("url=https://evil.example/live/storm", 404),
        ("url=javascript://gazette.example/live/storm", 404),
        (f"url={SITE}/desk/", 404),
        ("url=http://[", 404),
        (f"url={SITE}/live/storm&format=yaml", 501),
        ("format=yaml", 501),
    ],
)
def test_what_oembed_does_not_tell_of(
    edge: Edge, model: ReadModel, blog: Blog, query: str, status: int
) -> None:
    del blog
    model.blog("draft", status="draft")
    assert get(edge, f"/oembed?{query}").status == status


def test_oembed_forgets_a_withdrawn_post(edge: Edge, model: ReadModel, blog: Blog) -> None:
    address = f"{SITE}/live/storm/posts/{post_id(1)}"
    _oembed(edge, address)
    model.withdraw(blog, post_id(1))
    assert get(edge, f"/oembed?url={address}").status == 404
