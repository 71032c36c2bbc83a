"""From the desk's own screens to a reader's open page: what the tutorial walks through, in real Chromium."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.desk_page import DeskPage
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import EMAIL, PASSWORD, Newsroom, Server

pytestmark = pytest.mark.browser

_numbers = count(1)


@pytest.fixture
def desk(server: Server, token: str, page: Page) -> DeskPage:
    """An editor, signed in."""
    assert token  # the account is made with it
    return DeskPage.sign_in(page, server.url, email=EMAIL, password=PASSWORD)


def test_from_an_empty_desk_to_a_closed_live_blog(
    server: Server, desk: DeskPage, new_window: NewWindow
) -> None:
    slug = desk.make_liveblog(f"The harbour on a Monday, number {next(_numbers)}")
    desk.page.get_by_role("button", name="Open to readers").click()
    expect(desk.page.get_by_role("button", name="Pause")).to_be_visible()
    reader = ReaderPage.open(new_window(), server.url, slug)

    card = desk.publish("The first ferry left on time.", headline="Good morning")
    expect(reader.posts.first).to_contain_text("The first ferry left on time.")
    expect(reader.posts.first.get_by_role("heading")).to_have_text("Good morning")

    desk.press(card, "Key event")
    expect(reader.slot("key_events")).to_contain_text("Good morning")
    desk.press(card, "Pin")
    expect(reader.slot("pinned")).to_contain_text("Good morning")

    desk.press(card, "Edit")
    editor = card.locator("[contenteditable=true]")
    editor.click()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type("The first ferry left ten minutes late.")
    note = "An earlier version said that the ferry left on time."
    card.get_by_label("Correction, if it was wrong").fill(note)
    card.get_by_role("button", name="Publish change").click()
    expect(reader.posts.first).to_contain_text("ten minutes late")
    expect(reader.posts.first).to_contain_text(note)

    second = desk.publish("A rumour.")
    expect(reader.posts).to_have_count(2)
    second.locator("summary", has_text="Withdraw").click()
    second.get_by_label("Why is it taken down?").fill("It was not confirmed.")
    desk.press(second, "Withdraw the post")
    expect(reader.posts.first).to_contain_text("It was not confirmed.")
    expect(reader.page.locator("main")).not_to_contain_text("A rumour.")

    desk.page.locator("summary", has_text="Close…").click()
    desk.page.get_by_role("button", name="Close the live blog").click()
    expect(reader.page.locator("main#live")).to_have_attribute("data-status", "closed")
    reader.expect_like_fresh(new_window())

    desk.page.get_by_role("button", name="Reopen").click()
    expect(reader.page.locator("main#live")).to_have_attribute("data-status", "live")
    desk.publish("The last ferry is in after all.")
    expect(reader.page.locator("main")).to_contain_text("The last ferry is in after all.")
    reader.expect_like_fresh(new_window())


def test_a_colleagues_post_shows_in_the_timeline(desk: DeskPage, newsroom: Newsroom, slug: str) -> None:
    desk.open(slug)
    newsroom.publish(slug, "Written by a script.")
    expect(desk.card("Written by a script.")).to_be_visible()


def test_what_was_typed_survives_the_window(desk: DeskPage, slug: str) -> None:
    desk.open(slug)
    desk.text.click()
    desk.page.keyboard.type("Half a sentence about the")
    expect(desk.composer.locator("[data-status-line]")).to_have_text(
        re.compile("device|saved|draft", re.IGNORECASE)
    )
    desk.page.goto("about:blank")
    desk.open(slug)
    expect(desk.page.locator("main")).to_contain_text("Half a sentence about the")


@pytest.mark.parametrize("width", [320, PHONE["width"]])
def test_the_desk_fits_a_phone(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow, width: int
) -> None:
    newsroom.publish(slug, "| Gauge | Noon | Four | Six |\n|---|---|---|---|\n| Entrance | 1.2 | 2.4 | 3.1 |")
    page = new_window(viewport={"width": width, "height": 800}, is_mobile=True, has_touch=True)
    desk = DeskPage.sign_in(page, server.url, email=EMAIL, password=PASSWORD)
    for path in ("", "new/", f"live/{slug}/"):
        desk.page.goto(f"{server.url}/desk/{path}")
        assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= width, path
