"""The title's own pages in a browser: the front page keeps itself fresh; every page is valid and open to all."""

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import LAPTOP, PHONE, NewWindow
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

# Whoever is told that the page is seen again asks at once: no test waits for a timer.
SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
# The front page's content as the server sends it: without what the script writes into times.
AS_SENT = """html => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    for (const time of main.querySelectorAll("time, .age")) time.remove();
    return main.innerHTML.replace(/\\s+/g, " ");
}"""


def _look(page: Page) -> None:
    """Let the page ask once more, and wait until it has taken what came."""
    looked = int(page.evaluate("Number(document.querySelector('#front').dataset.looked ?? 0)"))
    page.evaluate(SEEN_AGAIN)
    has_looked = "before => Number(document.querySelector('#front').dataset.looked ?? 0) > before"
    page.wait_for_function(has_looked, arg=looked)


def _is_fresh(page: Page, server: Server) -> bool:
    fresh = page.evaluate(AS_SENT, httpx.get(server.url).text)
    return bool(page.evaluate(AS_SENT, page.content()) == fresh)


def test_an_open_front_page_is_the_fresh_one_after_each_change(
    page: Page, server: Server, newsroom: Newsroom, slug: str
) -> None:
    page.goto(server.url)
    card = page.locator(f"[data-card={slug}]")
    expect(card).to_have_count(1)
    wrong = newsroom.publish(slug, "Zebrasecret words.", headline="Zebrasecret headline", key_event=True)
    _look(page)
    expect(card).to_contain_text("Zebrasecret headline")
    assert _is_fresh(page, server)
    newsroom.withdraw(slug, wrong, "Wrong.")
    _look(page)
    expect(card).not_to_contain_text("Zebrasecret")
    assert "Zebrasecret" not in page.content()
    assert _is_fresh(page, server)
    newsroom.open(f"{slug}-next")
    _look(page)
    expect(page.locator(".lead-card")).to_have_attribute("data-card", f"{slug}-next")
    newsroom.change(f"{slug}-next", status="closed")
    _look(page)
    assert _is_fresh(page, server)


def test_focus_and_untouched_cards_stay(page: Page, server: Server, newsroom: Newsroom, slug: str) -> None:
    newsroom.open(f"{slug}-other")
    page.goto(server.url)
    link = page.locator(f"[data-card={slug}] h3 a")
    link.focus()
    page.evaluate("slug => document.querySelector(`[data-card=${slug}]`).mine = true", slug)
    newsroom.publish(f"{slug}-other", "Elsewhere.", headline="Elsewhere")
    _look(page)
    expect(page.locator(f"[data-card={slug}-other]")).to_contain_text("Elsewhere")
    assert page.evaluate("slug => document.querySelector(`[data-card=${slug}]`).mine", slug)
    expect(link).to_be_focused()
    newsroom.publish(slug, "Here.", headline="Here")
    _look(page)
    expect(page.locator(f"[data-card={slug}]")).to_contain_text("Here")
    expect(link).to_be_focused()


@pytest.fixture(scope="module")
def addresses(newsroom: Newsroom) -> dict[str, str]:
    """One address of each kind that an editor's token can fill."""
    newsroom.open("topical", topics=["Floods & tides"])
    newsroom.publish("topical", "The *gate* is <shut>.", headline="Gate & lock", key_event=True)
    newsroom.publish(
        "topical", "Words without a headline, and more of them than a title holds, so it is cut."
    )
    return {
        "front": "/",
        "topic": "/topic/floods-tides",
        "search": "/search",
        "found": "/search?q=gate",
        "narrowed": "/search?q=words&in=topical&by=nora+quist&from=2020-01-01&key=",
        "nothing": "/search?q=nowhere",
    }


def test_title_pages_are_valid(server: Server, addresses: dict[str, str]) -> None:
    if not have_java():
        pytest.skip("no Java on this machine; do: apt-get install default-jre-headless")
    assert not html_faults({name: httpx.get(server.url + path).text for name, path in addresses.items()})


@pytest.mark.parametrize(
    ("viewport", "colours"), [(LAPTOP, "light"), (PHONE, "dark")], ids=["laptop", "phone"]
)
def test_axe_finds_nothing_on_title_pages(
    server: Server, addresses: dict[str, str], new_window: NewWindow, viewport: dict[str, int], colours: str
) -> None:
    page = new_window(viewport=viewport, color_scheme=colours, reduced_motion="reduce")
    found = []
    for name, path in addresses.items():
        page.goto(server.url + path)
        found += [f"{name}: {fault}" for fault in axe_faults(page)]
    assert not found, "\n".join(found)


def test_search_works_by_keyboard_and_without_a_script(
    new_window: NewWindow, server: Server, addresses: dict[str, str]
) -> None:
    page = new_window(java_script_enabled=False)
    page.goto(server.url + addresses["search"])
    page.get_by_label("Words").fill("shut")
    page.keyboard.press("Enter")
    expect(page.locator(".listed mark").first).to_have_text("shut")
    page.get_by_role("link", name="Gate & lock").first.click()
    expect(page.locator("#posts")).to_contain_text("The gate is <shut>.")
