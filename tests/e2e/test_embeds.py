"""Posts and players of other sites: nothing is asked of them before a reader presses, and nothing jumps then."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

EMBEDS = {
    "youtube": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "vimeo": "https://vimeo.com/76979871",
    "x": "https://x.com/ana/status/1234567890",
    "bluesky": "https://bsky.app/profile/ana.example.org/post/3kabcdefgh2x",
    "mastodon": "https://journa.host/@ana/112233",
    "instagram": "https://www.instagram.com/p/Cabc_-123/",
    "tiktok": "https://www.tiktok.com/@ana/video/7212345678901234567",
    "facebook": "https://www.facebook.com/portverrin/posts/12345",
    "spotify": "https://open.spotify.com/episode/4uLU6hMCjMI75M1A2tKUQC",
    "datawrapper": "https://datawrapper.dwcdn.net/aBc1X/3/",
    "flourish": "https://public.flourish.studio/visualisation/123456/",
}
STUB = "<!doctype html><title>stub</title><p>The foreign page</p><script>document.title = 'ran'</script>"


@dataclass
class Asked:
    """Every request of a window, by host; other sites are answered here."""

    own: str
    foreign: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def route(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(self.own) or not url.startswith("http"):
            route.continue_()
            return
        self.foreign.append(url)
        self.headers = route.request.all_headers()
        route.fulfill(body=STUB, content_type="text/html")


def _watched(page: Page, server: Server) -> Asked:
    asked = Asked(server.url)
    page.context.route("**/*", asked.route)
    return asked


def _document(*providers: str) -> dict[str, object]:
    blocks = [
        {
            "type": "embed",
            "attrs": {
                "provider": name,
                "url": EMBEDS[name],
                "title": f"Title at {name}",
                "text": "What it says.",
            },
        }
        for name in providers
    ]
    return {
        "type": "doc",
        "content": [*blocks, {"type": "paragraph", "content": [{"type": "text", "text": "After."}]}],
    }


def _publish(newsroom: Newsroom, slug: str, *providers: str) -> str:
    return str(newsroom.ask("POST", f"/liveblogs/{slug}/posts", document=_document(*providers))["id"])


def _boxes(page: Page) -> object:
    """Where everything stands in the page, wherever it is scrolled to."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".embed-box, .post-body > p, figcaption, article")].map((one) => {
            const { top, height } = one.getBoundingClientRect();
            return [Math.round(top + window.scrollY), Math.round(height)];
        })"""
    )


def _show(post: Locator) -> Locator:
    return post.get_by_role("button", name=re.compile("^Show "))


@pytest.mark.parametrize("device", [None, PHONE], ids=["laptop", "phone"])
def test_row_20_no_third_party_is_asked_before_a_press(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow, device: dict[str, int] | None
) -> None:
    post = _publish(newsroom, slug, *EMBEDS)
    newsroom.change(slug, pinned_post=post)
    page = new_window(**({"viewport": device} if device else {}))
    asked = _watched(page, server)
    reader = ReaderPage.open(page, server.url, slug)
    live = _publish(newsroom, slug, *EMBEDS)  # and as it arrives
    expect(_show(reader.post(live))).to_have_count(len(EMBEDS))
    page.mouse.wheel(0, 20_000)
    expect(_show(reader.post(post))).to_have_count(len(EMBEDS))
    page.goto(f"{reader.url}/posts/{post}")
    expect(_show(page.locator("#posts"))).to_have_count(len(EMBEDS))
    assert asked.foreign == []
    assert page.locator("iframe").count() == 0


@pytest.mark.parametrize("provider", EMBEDS)
def test_a_press_loads_that_one_and_nothing_jumps(
    server: Server, newsroom: Newsroom, slug: str, page: Page, provider: str
) -> None:
    other = "vimeo" if provider != "vimeo" else "youtube"
    post = _publish(newsroom, slug, provider, other)
    asked = _watched(page, server)
    reader = ReaderPage.open(page, server.url, slug)
    before = _boxes(page)
    _show(reader.post(post)).first.click()
    frame = page.locator("iframe")
    expect(frame).to_have_count(1)
    expect(page.frame_locator("iframe").locator("p")).to_have_text("The foreign page")
    source = frame.get_attribute("src") or ""
    assert asked.foreign == [source]
    assert frame.get_attribute("sandbox") == (
        "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    )
    assert "from" in (frame.get_attribute("title") or "")
    assert f"Title at {provider}" in (frame.get_attribute("title") or "")
    assert asked.headers.get("referer", "") in ("", f"{server.url}/")
    assert _boxes(page) == before
    assert str(urlsplit(source).hostname) in (page.locator(".embed-note").first.text_content() or "")


def test_row_20_the_choice_is_kept_for_that_site_and_can_be_forgotten(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    first = _publish(newsroom, slug, "youtube", "x")
    asked = _watched(page, server)
    reader = ReaderPage.open(page, server.url, slug)
    reader.post(first).get_by_role("button", name="Always show YouTube on this device").click()
    expect(page.locator("iframe")).to_have_count(1)
    page.reload()
    expect(page.locator("iframe")).to_have_count(1)
    second = _publish(newsroom, slug, "youtube", "x")
    expect(reader.post(second).locator("iframe")).to_have_count(1)
    assert {urlsplit(url).hostname for url in asked.foreign} == {"www.youtube-nocookie.com"}
    stranger = new_window()  # another device asks
    ReaderPage.open(stranger, server.url, slug)
    expect(stranger.locator("iframe")).to_have_count(0)
    reader.post(second).get_by_role("button", name="Ask again before showing YouTube").click()
    expect(page.locator("iframe")).to_have_count(0)
    page.reload()
    expect(_show(reader.post(first))).to_have_count(2)
    expect(page.locator("iframe")).to_have_count(0)
    assert page.evaluate("() => localStorage.getItem('stoppress.embeds')") is None


def test_an_amended_post_goes_on_showing_what_was_pressed(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    post = _publish(newsroom, slug, "youtube")
    _watched(page, server)
    reader = ReaderPage.open(page, server.url, slug)
    _show(reader.post(post)).click()
    expect(page.locator("iframe")).to_have_count(1)
    document = _document("youtube", "x")
    newsroom.ask("PATCH", f"/liveblogs/{slug}/posts/{post}", document=document)
    expect(reader.post(post).locator("figure.embed")).to_have_count(2)
    expect(reader.post(post).locator("iframe")).to_have_count(1)


def test_without_a_script_there_are_words_and_a_link(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    post = _publish(newsroom, slug, "x")
    page = new_window(java_script_enabled=False)
    asked = _watched(page, server)
    reader = ReaderPage.open(page, server.url, slug)
    expect(reader.post(post)).to_contain_text("What it says.")
    expect(reader.post(post).get_by_role("link", name="Post on X")).to_have_attribute("href", EMBEDS["x"])
    assert asked.foreign == []
