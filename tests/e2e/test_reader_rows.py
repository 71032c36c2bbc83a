"""What listeners, keyboards and quiet screens get of an open live page."""

import json
from typing import cast

import pytest
from playwright.sync_api import Page, Route, expect
from tests.e2e.checkers import MODULES
from tests.e2e.conftest import WAIT_MS, NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

SCREEN_READER = MODULES / "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
LONG = "The harbour master reads the gauge every ten minutes and says so. " * 10
NOTHING_MOVED = 0.01  # the sum that Chromium gives of what moved without the reader's doing (CLS)
ARRIVALS = 50
# Starts a screen reader in the page and walks from the top of the posts through the first two.
LISTEN = """async () => {
    const { virtual } = await import("/screen-reader.js");
    globalThis.virtual = virtual;
    await virtual.start({ container: document.body });
    for (let steps = 0; steps < 200; steps += 1) {
        await virtual.next();
        const log = await virtual.spokenPhraseLog();
        if (log.at(-1).startsWith("article") && log.filter((one) => one.startsWith("article")).length > 1) break;
    }
    return await virtual.spokenPhraseLog();
}"""
# What was said by the time that news were said.
HEARD = """async () => {
    for (let tries = 0; tries < 400; tries += 1) {
        if ((await globalThis.virtual.spokenPhraseLog()).at(-1).includes("new post")) break;
        await new Promise((later) => setTimeout(later, 25));
    }
    return await globalThis.virtual.spokenPhraseLog();
}"""
# Until what moves once has come to rest, and has been drawn there.
ALL_STILL = """async () => {
    const once = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(once.map((one) => one.finished));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
WATCH_SHIFTS = """() => {
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) globalThis.moved += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""


def test_row_22_a_screen_reader_hears_the_feed_positions_and_news_once(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    for number in range(3):
        newsroom.publish(slug, LONG, headline=f"Reading {number}")
    page.route("**/screen-reader.js", lambda route: _give(route, SCREEN_READER.read_text()))
    reader = ReaderPage.open(page, server.url, slug)
    expect(reader.posts.first).to_have_attribute("aria-posinset", "1")
    heard = cast("list[str]", page.evaluate(LISTEN))
    feed = next(phrase for phrase in heard if phrase.startswith("feed"))
    assert "Posts, newest first" in feed
    first, second = [phrase for phrase in heard if phrase.startswith("article")][:2]
    assert "Reading 2" in first
    assert "position 1" in first
    assert "position 2" in second
    reader.posts.last.scroll_into_view_if_needed()
    newsroom.publish(slug, "The lights are out.", headline="A sentence nobody should have read to them")
    expect(reader.new_posts).to_be_visible()
    expect(page.locator("#live-status")).to_have_text("1 new post")
    after = cast("list[str]", page.evaluate(HEARD))
    assert [phrase for phrase in after if "1 new post" in phrase] == ["polite: 1 new post"]
    assert not [phrase for phrase in after if "nobody should have read" in phrase]


@pytest.mark.parametrize("where", ["at the top", "further down"])
def test_row_33_nothing_jumps_while_posts_arrive(
    server: Server, newsroom: Newsroom, slug: str, page: Page, where: str
) -> None:
    for number in range(6):
        newsroom.publish(slug, LONG, headline=f"Reading {number}")
    page.add_init_script(f"({WATCH_SHIFTS})()")
    streams: list[Route] = []  # none is answered but the first, and that when the reader is in place
    page.route("**/events?*", lambda route: streams.append(route))  # noqa: PLW0108 (a method of its own cannot be marked)
    with page.expect_request("**/events?*"):
        reader = ReaderPage.open(page, server.url, slug)
    expect(reader.posts).to_have_count(6)
    if where == "further down":
        reader.posts.nth(3).scroll_into_view_if_needed()
    while not streams:
        page.wait_for_timeout(10)  # the request was made: its route comes
    _stream(streams[0], _arrivals(reader.seq))
    expect(reader.posts).to_have_count(6 + ARRIVALS, timeout=WAIT_MS)
    if where == "further down":
        expect(reader.new_posts).to_have_text(f"{ARRIVALS} new posts")
    else:
        expect(reader.posts.first).to_be_visible()
    page.evaluate(ALL_STILL)
    assert cast("float", page.evaluate("() => globalThis.moved")) < NOTHING_MOVED


def _arrivals(seq: int) -> list[dict[str, object]]:
    """Fifty posts, each above the one before."""
    changes: list[dict[str, object]] = []
    for number in range(1, ARRIVALS + 1):
        post = f"z{number:019d}"
        at = f"2099-01-01T00:00:{number:02d}Z"
        html = (
            f'<article class="post" id="post-{post}" data-post="{post}" role="article" tabindex="-1"'
            f' aria-labelledby="post-{post}-label"><header><a class="permalink" href="/live/x/posts/{post}">'
            f'<time datetime="{at}" data-zone="Europe/Kyiv" data-form="post">00:00</time></a>'
            f'<h2 id="post-{post}-label">Arrival {number}</h2></header>'
            f'<div class="post-body"><p>{LONG}</p></div></article>'
        )
        changes.append(
            {"kind": "post", "seq": seq + number, "id": post, "html": html, "after": None, "leaf": 0}
            | {"key_event": False, "summary": False, "first_published_at": at, "last_changed_at": at}
        )
    return changes


def _stream(route: Route, changes: list[dict[str, object]]) -> None:
    frames = [f"id: {one['seq']}\nevent: {one['kind']}\ndata: {json.dumps(one)}\n\n" for one in changes]
    route.fulfill(body="".join(frames), content_type="text/event-stream")


def _give(route: Route, script: str) -> None:
    route.fulfill(body=script, content_type="text/javascript")


def test_row_23_and_26_keys_lead_from_post_to_post_and_the_title_counts(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    for number in range(3):
        newsroom.publish(slug, LONG, headline=f"Reading {number}")
    reader = ReaderPage.open(page, server.url, slug)
    expect(reader.posts.first).to_have_attribute("aria-posinset", "1")
    title = page.title()
    page.keyboard.press("j")  # nothing: the keys mean something only among the posts (WCAG 2.1.4)
    expect(page.locator("article:focus")).to_have_count(0)
    reader.posts.first.get_by_role("link").first.focus()
    page.keyboard.press("j")
    expect(reader.posts.nth(1)).to_be_focused()
    page.keyboard.press("PageDown")
    expect(reader.posts.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(reader.posts.nth(1)).to_be_focused()
    newsroom.publish(slug, "The lights are out.")  # waits: the focus is in a post
    expect(reader.new_posts).to_be_visible()
    assert page.title() == f"(1) {title}"
    reader.new_posts.focus()
    page.keyboard.press("Enter")
    expect(reader.posts.first).to_contain_text("The lights are out.")
    expect(reader.posts.first).to_be_focused()
    assert page.title() == title


def test_row_24_who_wants_less_motion_gets_none_and_all_can_pause(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    newsroom.publish(slug, "Quiet.")
    page = new_window(reduced_motion="reduce")
    reader = ReaderPage.open(page, server.url, slug)
    page.get_by_role("button", name="Pause updates").click()  # WCAG 2.2.2
    newsroom.publish(slug, "The siren sounds.")
    expect(reader.new_posts).to_be_visible()
    expect(reader.posts.first).to_be_hidden()
    page.get_by_role("button", name="Resume updates").click()
    expect(reader.posts.first).to_be_visible()
    assert (
        page.evaluate("() => document.getAnimations().filter((one) => one.playState === 'running').length")
        == 0
    )
