"""A live blog that has ended, and either order while it goes on: in real Chromium, against a real server."""

import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

BEFORE_ALL = "2026-01-01T00:00:00Z"


def _open(page: Page, address: str) -> ReaderPage:
    page.goto(address)
    expect(page.locator("main#live")).to_be_visible()
    return ReaderPage(page, address)


def _expect_like_its_address(reader: ReaderPage, fresh: Page) -> None:
    """What changes made of the page is what its present address shows."""
    other = _open(fresh, reader.page.url)
    expect(reader.page.locator("main#live")).to_have_attribute("data-seq", str(other.seq))
    assert reader.as_shown() == other.as_shown()


def test_row_15_a_page_that_is_open_while_it_closes_stays_as_it_is(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    first, second = newsroom.publish(slug, "The sirens sound."), newsroom.publish(slug, "The gate is shut.")
    reader = _open(page, f"{server.url}/live/{slug}")
    newsroom.change(slug, status="closed")
    newsroom.amend(slug, first, "The sirens sounded.", correction="The sirens had stopped by then.")
    expect(page.locator("h1")).to_contain_text("as it happened")
    expect(page).to_have_title(re.compile("as it happened"))
    expect(page).to_have_url(re.compile(r"\?order=newest$"))
    expect(reader.post(first)).to_contain_text("The sirens had stopped by then.")
    expect(reader.posts.first).to_have_attribute("data-post", second)
    _expect_like_its_address(reader, new_window())


def test_row_15_read_oldest_first_new_posts_come_at_the_end(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    first = newsroom.publish(slug, "The sirens sound.", key_event=True)
    reader = _open(page, f"{server.url}/live/{slug}?order=oldest")
    last = newsroom.publish(slug, "The gate is shut.")
    expect(reader.post(last)).to_be_visible()
    expect(reader.posts.last).to_have_attribute("data-post", last)
    found = newsroom.publish(slug, "Found late.", first_published_at=BEFORE_ALL)
    expect(reader.posts.first).to_have_attribute("data-post", found)
    newsroom.withdraw(slug, first, "Doubled.")
    expect(reader.post(first)).to_contain_text("Doubled.")
    newsroom.change(slug, status="closed")
    expect(page.locator("main#live")).to_have_attribute("data-status", "closed")
    _expect_like_its_address(reader, new_window())


def test_row_15_the_switch_works_without_a_script_and_is_remembered_with_it(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    first, second = newsroom.publish(slug, "The sirens sound."), newsroom.publish(slug, "The gate is shut.")
    newsroom.change(slug, status="closed")
    for window in (new_window(java_script_enabled=False), page):
        reader = _open(window, f"{server.url}/live/{slug}")
        expect(reader.posts.first).to_have_attribute("data-post", first)
        window.get_by_role("link", name="Newest first").click()
        expect(window).to_have_url(re.compile("order=newest"))
        expect(reader.posts.first).to_have_attribute("data-post", second)
    page.goto(f"{server.url}/live/{slug}")
    expect(page).to_have_url(re.compile("order=newest"))
    page.get_by_role("link", name="Oldest first").click()
    expect(page).to_have_url(re.compile("order=oldest"))
    reader = _open(page, f"{server.url}/live/{slug}")
    expect(reader.posts.first).to_have_attribute("data-post", first)


def _printed(page: Page, folder: Path) -> str:
    """The text of the page as a PDF; where nothing here reads PDF, what is laid out for print."""
    if shutil.which("pdftotext"):
        page.pdf(path=folder / "page.pdf", format="A4")
        command = ("pdftotext", folder / "page.pdf", "-")
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    page.emulate_media(media="print")
    return page.locator("body").inner_text()


def test_row_36_printed_every_visible_post_stands_there_once(
    server: Server, newsroom: Newsroom, slug: str, page: Page, tmp_path: Path
) -> None:
    words = [f"Gauge{number}reading" for number in range(24)]
    posts = [
        newsroom.publish(slug, f"{word} at the lock.", key_event=n % 5 == 0) for n, word in enumerate(words)
    ]
    newsroom.publish(slug, "Sumwhere things stand: [tables](https://example.org/tides).", summary=True)
    newsroom.change(slug, pinned_post=posts[3])
    newsroom.withdraw(slug, posts[7], "Misread.")
    newsroom.change(slug, status="closed")
    for address in (f"/live/{slug}/print", f"/live/{slug}"):
        page.goto(f"{server.url}{address}")
        expect(page.locator("article.post")).to_have_count(25)
        titled = page.locator(".key-events").inner_text()  # the index names a post by its first words
        printed = _printed(page, tmp_path)
        for number, word in enumerate(words):
            once = 0 if number == 7 else 1 + titled.count(word)
            assert printed.count(word) == once, (address, word)
        assert printed.count("Sumwhere") == 1 + titled.count("Sumwhere")
        assert "Misread." in printed
        assert "https://example.org/tides" in printed.replace("\n", "")
        assert "All on one page" not in printed


def test_its_pages_are_valid_and_accessible(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    post = newsroom.publish(slug, "The gate is shut.", headline="Shut", key_event=True)
    newsroom.publish(slug, "Where things stand.", summary=True)
    newsroom.change(slug, status="closed")
    addresses = {
        "closed": f"/live/{slug}",
        "from": f"/live/{slug}?from={post}&order=newest",
        "print": f"/live/{slug}/print",
    }
    pages = {name: httpx.get(f"{server.url}{path}").text for name, path in addresses.items()}
    if have_java():
        assert html_faults(pages) == []
    for settings in ({}, {"viewport": PHONE, "color_scheme": "dark"}):
        window = new_window(**settings)
        for path in (addresses["closed"], addresses["print"]):
            window.goto(f"{server.url}{path}")
            expect(window.locator("article.post")).to_have_count(2)
            assert axe_faults(window) == [], path
            width = window.viewport_size["width"] if window.viewport_size else 0
            assert window.evaluate("() => document.documentElement.scrollWidth") <= width
