"""The desk on a phone: nothing moves when the script comes, for its room is kept (CLS, as Lighthouse counts it)."""

from typing import cast

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import NewWindow
from tests.e2e.desk_page import DeskPage
from tests.e2e.server import EMAIL, PASSWORD, Newsroom, Server

pytestmark = pytest.mark.browser

GOOD = 0.1  # https://web.dev/articles/cls
# Before anything of the page: every shift that no finger caused.
WATCH = """() => {
    window.moved = 0;
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
    }).observe({type: "layout-shift", buffered: true});
}"""


def test_nothing_moves_when_the_script_comes(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    for number in range(5):
        newsroom.publish(slug, f"Line {number}.", headline=f"Headline {number}")
    page = new_window(viewport={"width": 412, "height": 823}, is_mobile=True, has_touch=True)
    desk = DeskPage.sign_in(page, server.url, email=EMAIL, password=PASSWORD)
    page.add_init_script(f"({WATCH})()")
    desk.open(slug)
    expect(desk.text).to_be_visible()
    expect(page.locator("[data-panel-link][aria-current]")).to_be_visible()
    moved = cast("float", page.evaluate("() => window.moved"))
    assert moved < GOOD, moved
