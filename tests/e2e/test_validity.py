"""Every kind of page holds what the standards ask: the Nu checker finds no fault, axe finds nothing."""

import json

import httpx
import pytest
from playwright.sync_api import Page
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import LAPTOP, PHONE, NewWindow
from tests.e2e.server import Newsroom, Server
from tests.e2e.test_then import DAY, archive

from stoppress.lib.languages import LANGUAGES

pytestmark = pytest.mark.browser

EVERYTHING = """The **lock-keeper** said _no boat_ leaves before six. [The port's page](https://example.org/port).

### What is closed

- Quay Street
- The fish market

1. Siren
2. Shelter

> "We have seen worse, but not often."

| Gauge | Noon | Six |
|---|---|---|
| Entrance | 1.2 m | 3.1 m |
"""


CLAIMS = {
    "type": "doc",
    "content": [
        {
            "type": "paragraph",
            "content": [
                {
                    "type": "text",
                    "text": f"The gate is {state}.",
                    "marks": [{"type": "claim", "attrs": {"source": "Bo & Ada", "state": state}}],
                }
            ],
        }
        for state in ("unverified", "confirmed", "disputed", "false")
    ],
}


@pytest.fixture(scope="module")
def addresses(server: Server, newsroom: Newsroom) -> dict[str, str]:
    """One address of every public page kind, by name."""
    slug = newsroom.open("valid", standfirst="Water is rising & boats stay in.")
    plain = newsroom.publish(slug, "The first line.")
    for number in range(42):
        newsroom.publish(slug, f"Line {number}.", headline=f"Headline {number}", key_event=number % 7 == 0)
    newsroom.publish(slug, "Where things stand.\n\n- Boats stay in", headline="Summary", summary=True)
    gone = newsroom.publish(slug, "A mistake.")
    newsroom.withdraw(slug, gone, "It was a mistake.")
    post = newsroom.publish(slug, EVERYTHING, headline="All of it", dateline="Port Verrin")
    newsroom.amend(slug, post, EVERYTHING + "\nAnd more.", correction="The first version left something out.")
    event = {"name": "Spring tide & surge", "place": "Port Verrin", "starts_at": "2026-11-22T18:05:00Z"}
    newsroom.change(slug, pinned_post=post, event=event)
    newsroom.ask("POST", f"/liveblogs/{slug}/posts", document=CLAIMS)
    newsroom.publish(newsroom.open("valid-closed"), "The end.")
    newsroom.change("valid-closed", status="closed")
    newsroom.open("valid-empty")
    server.run("import", "-", "--slug", "valid-past", stdin=json.dumps(archive()))
    older = httpx.get(f"{server.url}/live/{slug}").text.split("?from=")[1].split('"')[0]
    return {
        "front": "/",
        "live": f"/live/{slug}",
        "older": f"/live/{slug}?from={older}",
        "closed": "/live/valid-closed",
        "then": f"/live/valid-past/at/{DAY}T12:05:00Z",
        "empty": "/live/valid-empty",
        "post": f"/live/{slug}/posts/{post}",
        "withdrawn": f"/live/{slug}/posts/{gone}",
        "history": f"/live/{slug}/posts/{post}/history",
        "no-history": f"/live/{slug}/posts/{plain}/history",
        "history-withdrawn": f"/live/{slug}/posts/{gone}/history",
        "corrections": f"/live/{slug}/corrections",
        "no-corrections": "/live/valid-empty/corrections",
        "claims": f"/live/{slug}/claims",
        "no-claims": "/live/valid-empty/claims",
        "missing": "/live/nowhere",
        "offline": "/offline",
        "sign-in": "/desk/account/login/",
        **{language: f"/live/{_in(newsroom, language)}" for language in LANGUAGES if language != "en"},
    }


def _in(newsroom: Newsroom, language: str) -> str:
    """A live blog in another language, with a post in English."""
    slug = newsroom.open(f"valid-{language}", language=language)
    newsroom.ask("POST", f"/liveblogs/{slug}/posts", document=CLAIMS, key_event=True, headline="12:00")
    newsroom.publish(slug, "The gate holds.", language="en", summary=True)
    return slug


def test_html_is_valid(server: Server, addresses: dict[str, str]) -> None:
    if not have_java():
        pytest.skip("no Java on this machine; do: apt-get install default-jre-headless")
    with httpx.Client(base_url=server.url, headers={"accept": "text/html"}, follow_redirects=True) as browser:
        pages = {name: browser.get(path).text for name, path in addresses.items()}
    assert not html_faults(pages)


@pytest.mark.parametrize(
    ("colours", "viewport"), [("light", PHONE), ("dark", LAPTOP)], ids=["light-phone", "dark-laptop"]
)
def test_row_25_axe_finds_nothing_in_light_and_dark(
    server: Server, addresses: dict[str, str], new_window: NewWindow, viewport: dict[str, int], colours: str
) -> None:
    page: Page = new_window(viewport=viewport, color_scheme=colours, reduced_motion="reduce")
    found = []
    for name, path in addresses.items():
        page.goto(server.url + path)
        found += [f"{name}: {fault}" for fault in axe_faults(page)]
    assert not found, "\n".join(found)
