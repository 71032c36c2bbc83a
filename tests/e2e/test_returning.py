"""Readers who leave and come back: after a day, after a week of sleep, without a network."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

WEEK_MS = 7 * 24 * 60 * 60 * 1_000
# Every state in which the posts could be drawn: whether each of these words is in it. From before the page's scripts.
WATCH = """(words) => {
    const frames = [];
    globalThis.stoppressFrames = frames;
    new MutationObserver(() => {
        const text = document.body?.textContent ?? "";
        frames.push(words.map((word) => text.includes(word)));
    }).observe(document, {subtree: true, childList: true, characterData: true});
}"""
# The worker's own answer to "is this page kept?": by name, as the worker looks for it.
IS_KEPT = "async (url) => (await caches.open('stoppress-reader-pages')).match(url, {ignoreVary: true}).then(Boolean)"


def _upgrade_and_prune(server: Server, slug: str) -> None:
    """By hand, what a new release and a cleaned log leave: another renderer's page, no events, numbers that go on."""
    with closing(sqlite3.connect(server.data / "stoppress.sqlite3", timeout=10)) as database, database:
        (blog,) = database.execute("SELECT id FROM liveblog WHERE slug = ?", (slug,)).fetchone()
        database.execute("DELETE FROM event WHERE liveblog_id = ?", (blog,))
        database.execute("UPDATE liveblog SET last_seq = last_seq + 1 WHERE id = ?", (blog,))
        database.execute(
            "UPDATE page SET build = 'next', reload_seq = changed_seq + 1, changed_seq = changed_seq + 1"
            " WHERE liveblog_id = ?",
            (blog,),
        )


def _read_to(reader: ReaderPage, post: str) -> None:
    """Scroll until the post stands at the top of the window, and stay there."""
    reader.page.evaluate(
        "(id) => document.getElementById(id).scrollIntoView({behavior: 'instant'})", f"post-{post}"
    )
    expect(reader.post(post)).to_be_in_viewport()


def _remembered(page: Page, slug: str) -> bool:
    return cast("bool", page.evaluate("(key) => key in localStorage", f"stoppress.seen.{slug}"))


def _leave(reader: ReaderPage, slug: str) -> None:
    """To another page of the same site, when the second script is there to remember."""
    expect(reader.page.locator("script[src*='reader-later']")).to_be_attached()
    reader.page.goto(f"{reader.url.split('/live/')[0]}/healthz")
    assert _remembered(reader.page, slug)


def test_who_returns_after_a_day_is_told_what_happened_and_led_back(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    long = "The harbour master reads the gauge every ten minutes. " * 12
    posts = [newsroom.publish(slug, long, headline=f"Reading {number}") for number in range(5)]
    unseen = newsroom.publish(slug, long, headline="Not on the page any more")
    newsroom.withdraw(slug, unseen, "A mistake.")
    reader = ReaderPage.open(page, server.url, slug)
    _read_to(reader, posts[1])
    _leave(reader, slug)
    for number in range(3):
        newsroom.publish(slug, long, headline=f"Night {number}", key_event=number == 1)
    newsroom.amend(slug, posts[1], long, correction="It was 3.2 metres.")
    _upgrade_and_prune(server, slug)
    page.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    ReaderPage.open(page, server.url, slug)
    since = page.get_by_role("region", name="Since you left")
    expect(since).to_contain_text("3 new posts, 1 key event, 1 correction")
    expect(since.get_by_role("link", name="Night 1")).to_be_visible()
    expect(since.get_by_role("link", name="Reading 1")).to_be_visible()
    assert not axe_faults(page)
    since.get_by_role("link", name="Back to where you were").click()
    expect(since).to_have_count(0)
    expect(reader.post(posts[1])).to_be_in_viewport()
    expect(reader.post(posts[1])).to_be_focused()
    _leave(reader, slug)
    ReaderPage.open(page, server.url, slug)
    expect(page.locator("script[src*='reader-later']")).to_be_attached()
    expect(since).to_have_count(0)


def test_row_08_a_reader_asleep_for_a_week_ends_with_the_fresh_page(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    never, taken = "a name that came and went", "a number that was wrong"
    posts = [newsroom.publish(slug, f"Gauge reading {number}.") for number in range(3)]
    wrong = newsroom.publish(slug, f"Police speak of {taken}.", headline="Wrong")
    page.clock.install()
    page.add_init_script(f"({WATCH})({[never, taken]!r})")
    reader = ReaderPage.open(page, server.url, slug)
    expect(reader.post(wrong)).to_contain_text(taken)
    page.context.set_offline(True)  # asleep: no network, no time
    gone = newsroom.publish(slug, f"Police gave {never}.", key_event=True)
    newsroom.withdraw(slug, gone, "Given in error.")
    newsroom.withdraw(slug, wrong, "Not confirmed.")
    newsroom.amend(slug, posts[0], "Gauge reading, checked again.", correction="It was 3 metres.")
    newsroom.change(slug, headline="The storm is over")
    for number in range(4):
        newsroom.publish(slug, f"Day {number}: the water falls.", key_event=number == 2)
    _upgrade_and_prune(server, slug)
    page.clock.fast_forward(WEEK_MS)
    page.evaluate("() => globalThis.stoppressFrames.push('awake')")
    page.context.set_offline(False)
    expect(reader.post(posts[0])).to_contain_text("checked again")
    reader.expect_like_fresh(new_window())
    frames = cast("list[list[bool] | str]", page.evaluate("() => globalThis.stoppressFrames"))
    awake = [frame for frame in frames[frames.index("awake") + 1 :] if isinstance(frame, list)]
    assert awake
    assert not any(has_never for has_never, _ in awake)
    # What stood on the screen when it fell asleep goes with the first answer, and does not come back.
    first_without = next(index for index, (_, has_taken) in enumerate(awake) if not has_taken)
    assert not any(has_taken for _, has_taken in awake[first_without:])


def test_row_31_without_a_network_the_last_seen_copy_is_shown_with_its_age(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    page = new_window(service_workers="allow")
    secret = "a name nobody should read"
    kept = newsroom.publish(slug, "The shelter on Quay Street is open.")
    wrong = newsroom.publish(slug, f"Police gave {secret}.")
    reader = ReaderPage.open(page, server.url, slug)
    _until(page, IS_KEPT, reader.url)
    page.context.set_offline(True)
    page.reload()
    note = page.locator(".kept-note")
    expect(note).to_contain_text("You are offline. This copy is from")
    expect(note).to_contain_text("1 minute ago")
    expect(reader.post(kept)).to_be_visible()
    assert not axe_faults(page)
    page.goto(f"{server.url}/live/{slug}/corrections")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.locator("#kept-pages a", has_text=slug)).to_be_visible()
    page.goto(reader.url)
    page.context.set_offline(False)
    expect(note).to_contain_text("up to date")
    newsroom.withdraw(slug, wrong, "Given in error.")
    expect(reader.post(wrong)).to_contain_text("Given in error.")
    _until(page, f"async (url) => !(await ({IS_KEPT})(url))", reader.url)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(secret)


def test_row_31_the_site_can_be_installed(server: Server, slug: str, page: Page) -> None:
    ReaderPage.open(page, server.url, slug)
    browser = page.context.new_cdp_session(page)
    manifest = browser.send("Page.getAppManifest")
    assert (manifest["url"], manifest["errors"]) == (f"{server.url}/manifest.webmanifest", [])
    faults = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {fault["errorId"] for fault in faults} <= {"in-incognito"}  # as every window of a test is


def _until(page: Page, question: str, *values: str) -> None:
    """Ask again until the answer is yes; Playwright's own waiting is a script that the page's policy refuses."""
    for _ in range(400):
        if page.evaluate(question, *values):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"Never true: {question}")
