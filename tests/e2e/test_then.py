"""The page at a past time, in a browser: the slider by keyboard, the replay, and the same without a script."""

import json
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import NewWindow
from tests.e2e.server import Server

pytestmark = pytest.mark.browser

_slugs = count(1)
DAY = "2026-03-14"
POSTS = {"12:00": "Two metres.", "12:02": "Gate shut.", "12:04": "Boats stay in.", "12:08": "Water falls."}


def revision(number: int, at: str, text: str) -> dict[str, object]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {
        "number": number,
        "at": f"{DAY}T{at}:00Z",
        "by": "Nora Quist",
        "document": {"type": "doc", "content": [paragraph]},
        "headline": "",
        "dateline": "",
        "byline": ["Nora Quist"],
        "public": True,
    }


def archived(at: str, text: str, **more: object) -> dict[str, object]:
    return {
        "id": "",
        "state": "published",
        "revisions": [revision(1, at, text)],
        "first_published_at": f"{DAY}T{at}:00Z",
        "last_changed_at": f"{DAY}T{at}:00Z",
        "key_event": text == "Gate shut.",
        "summary": False,
        "pinned": False,
        "publish_at": None,
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "corrections": [],
    } | more


def archive() -> dict[str, object]:
    """A live blog of ten minutes in March; the first post was corrected after six."""
    first, *others = (archived(at, text) for at, text in POSTS.items())
    first |= {
        "revisions": [revision(1, "12:00", "Two metres."), revision(2, "12:06", "Three metres.")],
        "last_changed_at": f"{DAY}T12:06:00Z",
        "corrections": [{"text": "It is three.", "at": f"{DAY}T12:06:00Z", "revision": 2}],
    }
    return {
        "format": "stoppress archive",
        "version": 1,
        "headline": "Storm in March",
        "posts": [first, *others],
        "slug": "",
        "standfirst": "Water is rising.",
        "timezone": "Europe/Kyiv",
        "language": "en",
        "status": "closed",
        "opened_at": f"{DAY}T12:00:00Z",
        "closed_at": f"{DAY}T12:10:00Z",
        "source_url": "",
        "shifts": [],
        "pictures": [],
    }


@pytest.fixture(scope="module")
def past(server: Server, token: str) -> str:
    """The address under which the live blog of March has its pages, without the time."""
    del token  # somebody must be there to bring it in
    slug = f"march-{next(_slugs)}"
    server.run("import", "-", "--slug", slug, stdin=json.dumps(archive()))
    return f"{server.url}/live/{slug}/at"


def moment(past: str, at: str) -> str:
    return f"{past}/{DAY}T{at}:00Z"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#then")).to_have_attribute("data-ready", "")
    return page


def test_the_slider_goes_from_change_to_change_by_keyboard(page: Page, past: str) -> None:
    opened(page, moment(past, "12:05"))
    posts, slider = page.locator("#posts > article"), page.get_by_role("slider")
    expect(posts).to_have_count(3)
    expect(page.locator(".post .later")).to_contain_text("Corrected later")
    slider.focus()
    slider.press("ArrowRight")
    expect(page).to_have_url(moment(past, "12:06"))
    expect(posts.last).to_contain_text("Three metres.")
    expect(page.locator(".post .later")).to_have_count(0)
    expect(slider).to_be_focused()
    slider.press("PageDown")  # to the key event before
    expect(page).to_have_url(moment(past, "12:02"))
    expect(posts).to_have_count(2)
    expect(posts.last).to_contain_text("Two metres.")
    slider.press("End")
    expect(page).to_have_url(moment(past, "12:10"))
    expect(posts).to_have_count(4)
    expect(page.locator(".then-status")).to_have_text("Ended by that time")
    expect(page.locator("h1")).to_have_text("Storm in March – as it happened")
    slider.press("Home")
    expect(page).to_have_url(moment(past, "12:00"))
    expect(posts).to_have_count(1)
    expect(page.locator("h1")).to_have_text("Storm in March")
    expect(page).to_have_title("Storm in March, as it was on 14 March 2026, 14:00 EET")
    assert not axe_faults(page)


def test_a_replay_plays_the_event_as_it_happened(page: Page, past: str) -> None:
    opened(page, moment(past, "12:00"))
    page.evaluate(
        """() => {
            window.seen = [];
            const note = () => window.seen.push([...document.querySelectorAll("#posts > article")].length);
            document.addEventListener("stoppress:swapped", note);
        }"""
    )
    page.get_by_label("Speed of the replay").select_option("240")
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page).to_have_url(moment(past, "12:10"))
    expect(page.get_by_role("button", name="Replay")).to_be_visible()
    assert page.evaluate("window.seen") == [2, 3, 3, 4, 4]
    expect(page.locator("#posts > article").last).to_contain_text("Three metres.")


def test_without_a_script_there_are_links_and_a_field(new_window: NewWindow, past: str) -> None:
    page = new_window(java_script_enabled=False)
    page.goto(past)
    expect(page).to_have_url(moment(past, "12:10"))
    expect(page.get_by_role("slider")).to_be_hidden()
    page.get_by_text("Hours and key events").click()
    page.get_by_role("link", name="Gate shut.").first.click()
    expect(page).to_have_url(moment(past, "12:02"))
    page.get_by_text("Hours and key events").click()
    page.get_by_label("Any time").fill(f"{DAY}T14:05")  # in Kyiv
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(moment(past, "12:05"))
    expect(page.locator("#posts > article")).to_have_count(3)


def test_the_live_page_leads_to_its_past_and_back(page: Page, past: str) -> None:
    page.goto(past.removesuffix("/at"))
    page.get_by_role("link", name="How this page read at earlier times").click()
    expect(page).to_have_url(moment(past, "12:10"))
    page.get_by_role("link", name="Read it as it stands now").click()
    expect(page).to_have_url(past.removesuffix("/at"))
