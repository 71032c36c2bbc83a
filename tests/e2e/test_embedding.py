"""A live blog in a page of another site that forbids nearly everything: three layouts, live, in the host's colours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

STYLE = "body { margin: 0; background: #f4efe6; font-family: Georgia; }"


@dataclass
class Host:
    """Another site, since another port is another origin. It lets in scripts and frames of one, and no style of its."""

    allowed: str
    scripts: str = ""
    port: int = 0

    @property
    def policy(self) -> str:
        ours = f"script-src {self.allowed}; frame-src {self.allowed}"
        return f"default-src 'none'; {ours}; style-src 'self'; base-uri 'none'"

    @property
    def page(self) -> str:
        return (
            '<!doctype html><html lang="en"><title>Another site</title><link rel="stylesheet" href="/own.css">'
            f"<h1>Another site</h1><p>Before.</p>{self.scripts}<p id=after>After.</p>"
        )


@pytest.fixture
def host(server: Server) -> Iterator[Host]:
    one = Host(allowed=server.url)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            css = self.path.endswith(".css")
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if css else "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", one.policy)
            self.end_headers()
            self.wfile.write((STYLE if css else one.page).encode())

        def log_message(self, *_: object) -> None:
            return

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.port = site.server_port
    Thread(target=site.serve_forever, daemon=True).start()
    yield one
    site.shutdown()
    site.server_close()


def _script(server: Server, slug: str, **data: str) -> str:
    told = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<script src="{server.url}/embed.js" data-live="{slug}"{told} async></script>'


def _open(page: Page, host: Host, *scripts: str) -> list[FrameLocator]:
    host.scripts = "<p>Between.</p>".join(scripts)
    page.goto(f"http://127.0.0.1:{host.port}/")
    expect(page.locator("iframe")).to_have_count(len(scripts))
    return [page.frame_locator("iframe").nth(number) for number in range(len(scripts))]


def _fits(page: Page, number: int) -> None:
    """The frame is exactly as high as what is in it."""
    place = page.locator("iframe").nth(number)
    place.scroll_into_view_if_needed()  # what is out of sight is drawn when it comes in sight
    frame = place.element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function("() => innerHeight === Math.ceil(document.body.getBoundingClientRect().height)")


def test_three_layouts_live_in_a_strict_page(
    server: Server, newsroom: Newsroom, slug: str, page: Page, host: Host
) -> None:
    for number in range(4):
        newsroom.publish(slug, f"Post number {number}.", headline=f"Headline {number}", key_event=number == 1)
    whole, latest, ticker = _open(
        page,
        host,
        _script(server, slug, height="500"),
        _script(server, slug, latest="2"),
        _script(server, slug, layout="ticker"),
    )
    expect(whole.locator("article")).to_have_count(4)
    expect(latest.locator("article h2")).to_have_text(["Headline 3", "Headline 2"])
    expect(ticker.locator(".key-events li")).to_have_text([re.compile("Headline 1")])
    assert page.locator("iframe").first.bounding_box()["height"] == 500  # type: ignore[index]  # it stands there
    for number in (1, 2):
        _fits(page, number)

    post = newsroom.publish(slug, "Long words. " * 60, headline="Headline 4", key_event=True)
    expect(whole.locator("article:visible")).to_have_count(5)
    expect(latest.locator("article:visible h2")).to_have_text(["Headline 4", "Headline 3"])
    expect(latest.locator("article")).to_have_count(2)
    expect(ticker.locator(".key-events li")).to_have_count(2)
    for number in (1, 2):
        _fits(page, number)

    newsroom.withdraw(slug, post, "It was not so.")
    expect(latest.locator("article.withdrawn")).to_have_count(1)
    expect(latest.locator("body")).not_to_contain_text("Long words.")
    expect(ticker.locator(".key-events li")).to_have_count(1)
    _fits(page, 1)

    with page.context.expect_page() as opened:
        ticker.locator(".key-events a").click()
    expect(opened.value).to_have_url(re.compile(f"{server.url}/live/{slug}\\?from=.*#post-"))
    assert not page.context.cookies()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_hosts_colours_and_scheme(  # noqa: PLR0917 (fixtures)
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow, host: Host, scheme: str
) -> None:
    newsroom.publish(slug, "Water rises.", headline="Two metres", key_event=True)
    page = new_window(viewport=PHONE, color_scheme=scheme)
    colours = {"paper": "#f4efe6 #111111", "accent": "#005689,#7fc8ff", "font": "georgia"}
    (frame,) = _open(page, host, _script(server, slug, latest="1", **colours))
    body, label = frame.locator("body"), frame.locator(".key-event .label")
    papers = {"light": "rgb(244, 239, 230)", "dark": "rgb(17, 17, 17)"}
    expect(body).to_have_css("background-color", papers[scheme])
    expect(label).to_have_css("color", {"light": "rgb(0, 86, 137)", "dark": "rgb(127, 200, 255)"}[scheme])
    expect(body).to_have_css("font-family", re.compile("^Georgia"))
    other = "light" if scheme == "dark" else "dark"
    page.locator("script").evaluate(f"script => script.dataset.scheme = '{other}'")
    expect(body).to_have_css("background-color", papers[other])
    # Whoever is not the page around is not listened to.
    frame.locator("html").evaluate("() => window.postMessage({ stoppress: 'scheme', scheme: 'auto' }, '*')")
    frame.locator("html").evaluate("() => new Promise((done) => setTimeout(done))")
    expect(body).to_have_css("background-color", papers[other])
    page.locator("script").evaluate("script => script.dataset.scheme = 'auto'")
    expect(body).to_have_css("background-color", papers[scheme])
    page.evaluate("() => window.postMessage({ stoppress: 'height', height: 9999 }, '*')")
    _fits(page, 0)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_framed_page_is_valid_and_accessible(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    post = newsroom.publish(slug, "Water rises.", headline="Two metres", key_event=True)
    sources = {}
    for name, query in {
        "whole": "",
        "latest": "?layout=latest",
        "ticker": "?layout=ticker",
        "post": f"?post={post}",
    }.items():
        page.goto(f"{server.url}/embed/{slug}{query}")
        assert axe_faults(page) == [], name
        answer = page.request.get(f"{server.url}/embed/{slug}{query}")
        sources[name] = answer.text()
    if not have_java():
        pytest.skip("the Nu checker needs Java")
    assert html_faults(sources) == []
