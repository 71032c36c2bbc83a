"""A live blog as a folder of files: whole, without a program behind it, and without a word that is not public."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from tests.liveblogs.newsdesk import Desk, content, open_desk
from tests.people import People
from tests.property.test_page_plus_changes import store

from stoppress.bus.memory import MemoryBus
from stoppress.cli.newsroom import Failed
from stoppress.cli.site import Served, export_site
from stoppress.document.parse import parse_document
from stoppress.edge.app import Edge
from stoppress.edge.asgi import Message, Receive, Scope, Send
from stoppress.lib import limits
from stoppress.liveblogs.actions.amend_post import amend_post
from stoppress.liveblogs.actions.change_status import close_liveblog
from stoppress.liveblogs.actions.content import PostContent
from stoppress.liveblogs.actions.draft_post import draft_post
from stoppress.liveblogs.actions.publish_post import publish_new_post
from stoppress.liveblogs.actions.withdraw_post import withdraw_post

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

PUBLIC = "https://gazette.example"
PICTURE = "0123456789abcdefghjk"
SECRET = "a-name-given-in-error"


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """The edge on this test's newsroom, with one picture."""
    media = tmp_path / "pictures"
    (media / PICTURE).mkdir(parents=True)
    (media / PICTURE / "480.webp").write_bytes(b"RIFF----WEBP")
    reads = store()
    return Served(Edge(store=reads, bus=MemoryBus(), media_root=media, public_url=PUBLIC), reads, PUBLIC)


@pytest.fixture
def surge(people: People, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A closed live blog of eleven posts on three pages: a picture, a correction, a tombstone, a draft, key events."""
    monkeypatch.setattr(limits, "PAGE_POSTS", 3)
    desk = open_desk(people("editor"), noon)
    for number in range(8):
        desk.publish(f"Line {number}.", headline=f"News {number}", key_event=number % 3 == 0)
    rendition = {"src": f"/media/{PICTURE}/480.webp", "width": 480, "height": 320}
    image = {
        "src": f"/media/{PICTURE}/480.webp",
        "alt": "Boats",
        "width": 480,
        "height": 320,
        "media": PICTURE,
        "renditions": [rendition],
    }
    picture = parse_document({"type": "doc", "content": [{"type": "image", "attrs": image}]})
    publish_new_post(by=desk.by, slug=desk.blog.slug, content=PostContent(document=picture), at=desk.tick())
    gone = desk.publish(f"Police named {SECRET}.", headline=SECRET, key_event=True)
    withdraw_post(by=desk.by, post_id=gone.post_id, reason="Given in error.", at=desk.tick())
    wrong = desk.publish("Two metres.")
    amend_post(
        by=desk.by,
        post_id=wrong.post_id,
        content=content("Three metres."),
        correction="It was three.",
        at=desk.tick(),
    )
    draft_post(by=desk.by, slug=desk.blog.slug, content=content("Never published."), at=desk.tick())
    close_liveblog(by=desk.by, slug=desk.blog.slug, at=desk.tick())
    return desk


def _quiet(done: int, known: int) -> None:
    assert 0 < done <= known


class _Links(HTMLParser):
    """What a page leads to and loads, and the places on it."""

    def __init__(self) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        if tag in ("a", "area"):
            self.leads.append(values.get("href", ""))
        elif tag == "link" and values.get("rel", "") in ("stylesheet", "icon", "apple-touch-icon"):
            self.loads.append(values["href"])
        elif tag in ("img", "source", "script", "iframe", "video", "audio", "form"):
            sources = [values.get(name, "") for name in ("src", "action", "poster")]
            sources += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
            self.loads += filter(None, sources)


@contextmanager
def _web_server(root: Path) -> Iterator[str]:
    """Any web server: Python's own, on this machine."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            del words

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(root)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _crawl(start: str, site: str) -> dict[str, _Links]:
    """Every page within `site` that can be reached, each answered; what it loads must be there too."""
    pages: dict[str, _Links] = {}
    loaded: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        found = _Links()
        with urlopen(address) as answer:  # noqa: S310 (our own server)
            if "html" in answer.headers["content-type"]:
                found.feed(answer.read().decode())
        pages[address] = found
        for loads in {urljoin(address, one) for one in found.loads} - loaded:
            assert loads.startswith(site), f"{address} loads {loads}"
            loaded.add(loads)
            with urlopen(loads) as answer:  # noqa: S310 (same)
                answer.read()
        inside = {urldefrag(urljoin(address, one)).url for one in found.leads}
        waiting += [one for one in inside if one.startswith(site)]
    return pages


def test_every_link_in_the_copy_leads_somewhere_and_nothing_is_loaded_from_elsewhere(
    served: Served, surge: Desk, tmp_path: Path
) -> None:
    files = export_site(served, surge.blog.slug, tmp_path / "web" / "archive" / "surge", _quiet)
    assert files == sum(one.is_file() for one in (tmp_path / "web").rglob("*"))
    with _web_server(tmp_path / "web") as root:
        site = f"{root}archive/surge/"
        pages = _crawl(f"{site}index.html", site)
        for address, page in pages.items():
            for link in page.leads:
                target, place = urldefrag(urljoin(address, link))
                if target.startswith(root):
                    assert not place or place in pages[target].ids, f"{address} → {link}"
                else:  # what is in no copy leads to the live site
                    assert urlsplit(target).netloc == urlsplit(PUBLIC).netloc, link
    names = {address.removeprefix(site) for address in pages}
    assert {"index.html", "print.html", "corrections.html", "claims.html", "feed.atom"} <= names
    assert sum(name.startswith("posts/") and name.count("/") == 1 for name in names) == 11
    assert sum(name.endswith("/history.html") for name in names) >= 1


def test_the_copy_reads_from_the_beginning_and_is_whole(served: Served, surge: Desk, tmp_path: Path) -> None:
    export_site(served, surge.blog.slug, tmp_path / "surge", _quiet)
    index = (tmp_path / "surge" / "index.html").read_text()
    assert "<h1>Storm surge reaches the harbour – as it happened</h1>" in index
    assert index.index("<p>Line 0.") < index.index("<p>Line 1.")
    every = (tmp_path / "surge" / "print.html").read_text()
    assert [every.count(f"<p>Line {number}.") for number in range(8)] == [1] * 8
    assert "Three metres." in every
    pages = sorted(one.name for one in (tmp_path / "surge").glob("*-*.html"))
    assert pages == ["newest-0.html", "newest-1.html", "newest-2.html", "oldest-0.html", "oldest-2.html"]
    assert not re.search(r"<script[^>]*src|<form|<noscript", index)


def test_no_withdrawn_and_no_unpublished_word_is_in_any_file(
    served: Served, surge: Desk, tmp_path: Path
) -> None:
    export_site(served, surge.blog.slug, tmp_path / "surge", _quiet)
    for file in (tmp_path / "surge").rglob("*"):
        if file.is_file():
            content_of = file.read_bytes()
            assert SECRET.encode() not in content_of, file
            assert b"Never published" not in content_of, file


def test_it_is_whole_or_not_there(served: Served, surge: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("Keep me.")
    with pytest.raises(Failed, match="is not empty"):
        export_site(served, surge.blog.slug, taken, _quiet)
    with pytest.raises(Failed, match="no live blog 'calm'"):
        export_site(served, "calm", tmp_path / "calm", _quiet)
    (tmp_path / "pictures" / PICTURE / "480.webp").unlink()
    with pytest.raises(Failed, match="put its file back"):
        export_site(served, surge.blog.slug, tmp_path / "half", _quiet)
    assert sorted(one.name for one in tmp_path.iterdir() if one.name not in ("media", "pictures")) == [
        "taken"
    ]
    assert [one.name for one in taken.iterdir()] == ["mine.txt"]


def test_a_copy_is_of_one_moment(served: Served, surge: Desk, tmp_path: Path) -> None:
    class Restless:
        """The edge of a live blog that changes once in each of the first `times` copies."""

        def __init__(self, times: int) -> None:
            self.times = times

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            async def changed(message: Message) -> None:
                if self.times and scope["path"].endswith("/print") and "headers" in message:
                    self.times -= 1
                    message = message | {"headers": [(b"stoppress-seq", b"999")]}
                await send(message)

            await served.edge(scope, receive, changed)

    never = replace(served, edge=Restless(9))
    with pytest.raises(Failed, match="quieter moment"):
        export_site(never, surge.blog.slug, tmp_path / "surge", _quiet)
    assert not (tmp_path / "surge").exists()
    assert export_site(replace(served, edge=Restless(2)), surge.blog.slug, tmp_path / "surge", _quiet)
