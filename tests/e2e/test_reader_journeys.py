"""What a reader's open page does while the newsroom works: in real Chromium, against a real server."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

ONE_PIXEL = 1.0  # heights are fractions, and a scroll position falls on a whole one


def _top(post: Locator) -> float:
    """Where the post begins, from the window's upper edge."""
    box = post.bounding_box()
    assert box is not None
    return box["y"]


def _come_to(page: Page, post: Locator) -> float:
    """Scroll to the post as a reader would, and wait until all is still; returns where it begins."""
    post.scroll_into_view_if_needed()
    page.mouse.wheel(0, 3)  # a reader's own scroll, not the script's
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return _top(post)


def test_row_02_a_published_post_shows_in_every_open_window(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    first = ReaderPage.open(new_window(), server.url, slug)
    second = ReaderPage.open(new_window(), server.url, slug)
    post = newsroom.publish(slug, "The tide gauge at the lock reads **3.1 metres**.", headline="Water rises")
    for window in (first, second):
        expect(window.post(post)).to_contain_text("3.1 metres")
        expect(window.post(post).get_by_role("heading")).to_have_text("Water rises")
    first.expect_like_fresh(new_window())


def test_row_04_an_amended_post_changes_in_place(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    post = newsroom.publish(slug, "Two ferries are in port.")
    reader = ReaderPage.open(page, server.url, slug)
    newsroom.amend(slug, post, "Three ferries are in port.")
    expect(reader.post(post)).to_contain_text("Three ferries")
    expect(reader.post(post)).not_to_contain_text("Two ferries")
    expect(reader.posts).to_have_count(1)
    reader.expect_like_fresh(new_window())


def test_row_17_a_correction_says_what_was_wrong(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    post = newsroom.publish(slug, "The bridge closed at 4pm.")
    reader = ReaderPage.open(page, server.url, slug)
    note = "An earlier version said the bridge closed at 4pm. It closed at 5pm."
    newsroom.amend(slug, post, "The bridge closed at 5pm.", correction=note)
    expect(page.get_by_role("alert")).to_contain_text("Correction to the post")
    expect(reader.post(post)).to_contain_text(note)
    expect(reader.post(post)).to_contain_text("The bridge closed at 5pm.")
    reader.expect_like_fresh(new_window())


def test_row_05_a_withdrawn_text_is_gone_everywhere(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    kept = newsroom.publish(slug, "The shelter on Quay Street is open.")
    words = "an unconfirmed name nobody should read"
    post = newsroom.publish(slug, f"Police gave {words}.", headline="A name", key_event=True)
    newsroom.change(slug, pinned_post=post)
    reader = ReaderPage.open(page, server.url, slug)
    expect(reader.slot("pinned")).to_contain_text(words)
    newsroom.withdraw(slug, post, "The name was given in error.")
    expect(reader.post(post)).to_contain_text("The name was given in error.")
    expect(page.locator("main")).not_to_contain_text(words)
    expect(reader.post(kept)).to_be_visible()
    for path in ("", "/changes?after=0", "/since?after=0", "/feed.atom", "/feed.rss", "/feed.json"):
        answer = httpx.get(f"{server.url}/live/{slug}{path}")
        assert answer.is_success, path
        assert words not in answer.text, path
    with httpx.stream("GET", f"{server.url}/live/{slug}/events?after=0", timeout=30) as stream:
        frames = ""
        for part in stream.iter_text():
            frames += part
            if f'"id":"{post}"' in frames.replace(" ", ""):
                break
    assert words not in frames
    permalink = httpx.get(f"{server.url}/live/{slug}/posts/{post}")
    assert permalink.status_code == httpx.codes.GONE
    assert words not in permalink.text
    reader.expect_like_fresh(new_window())


def test_a_pinned_post_stands_above(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    post = newsroom.publish(slug, "What to do when the siren sounds.", headline="If you live by the harbour")
    newsroom.publish(slug, "The siren sounded.")
    reader = ReaderPage.open(page, server.url, slug)
    newsroom.change(slug, pinned_post=post)
    expect(reader.slot("pinned")).to_contain_text("If you live by the harbour")
    newsroom.change(slug, pinned_post=None)
    expect(reader.slot("pinned")).not_to_contain_text("If you live by the harbour")
    reader.expect_like_fresh(new_window())


def test_row_06_a_closed_live_blog_says_so(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    newsroom.publish(slug, "The water is back in its bed.")
    reader = ReaderPage.open(page, server.url, slug)
    before = reader.slot("status").inner_text()
    newsroom.change(slug, status="closed")
    expect(page.locator("main#live")).to_have_attribute("data-status", "closed")
    expect(reader.slot("status")).not_to_have_text(before)
    reader.expect_like_fresh(new_window())


def test_a_page_comes_back_after_the_server_was_killed(own_server: Server, new_window: NewWindow) -> None:
    newsroom = Newsroom.at(own_server, own_server.add_staff())
    slug = newsroom.open("storm")
    before = [newsroom.publish(slug, f"Gauge reading number {number}.") for number in range(5)]
    reader = ReaderPage.open(new_window(), own_server.url, slug)
    expect(reader.posts).to_have_count(5)
    own_server.kill()
    own_server.start()
    after = newsroom.publish(slug, "The lights came back on.")
    newsroom.amend(slug, before[0], "Gauge reading, checked again.")
    expect(reader.post(after)).to_contain_text("The lights came back on.", timeout=30_000)
    expect(reader.post(before[0])).to_contain_text("checked again")
    expect(reader.posts).to_have_count(6)
    reader.expect_like_fresh(new_window())
    newsroom.client.close()


def test_row_03_a_reader_further_down_is_not_moved_by_one_pixel(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    words = "The pumps at the old dock have been running since noon, and the crew changes at six. " * 4
    posts = [newsroom.publish(slug, f"{words} Number {number}.") for number in range(15)]
    reader = ReaderPage.open(page, server.url, slug)
    read = reader.post(posts[5])
    before = _come_to(page, read)
    for number in range(20):
        newsroom.publish(slug, f"{words} New {number}.")
    expect(reader.new_posts).to_be_visible()
    expect(reader.new_posts).to_contain_text("20")
    assert abs(_top(read) - before) < ONE_PIXEL
    reader.new_posts.click()
    expect(reader.posts.first).to_be_in_viewport()
    expect(reader.posts.first).to_contain_text("New 19")


def test_an_amended_post_above_moves_nobody(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    posts = [newsroom.publish(slug, f"A line of news, number {number}. " * 12) for number in range(15)]
    reader = ReaderPage.open(page, server.url, slug)
    read = reader.post(posts[3])
    before = _come_to(page, read)
    newsroom.amend(slug, posts[14], "Much longer than it was before. " * 60)
    expect(reader.post(posts[14])).to_contain_text("Much longer")
    assert abs(_top(read) - before) < ONE_PIXEL


def test_polling_carries_the_page_when_streams_do_not_pass(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/events*", refuse)
    reader = ReaderPage.open(page, server.url, slug)
    post = newsroom.publish(slug, "A proxy in between swallows streams.")
    expect(reader.post(post)).to_be_visible(timeout=40_000)


def test_a_full_server_is_polled_and_the_page_says_so(
    server: Server, newsroom: Newsroom, slug: str, page: Page
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, headers={"Retry-After": "9"})

    page.route("**/events*", refuse)
    reader = ReaderPage.open(page, server.url, slug)
    state = page.locator("#live-bar .note").first
    expect(state).to_have_text("Checks for new posts every 10 seconds.")
    post = newsroom.publish(slug, "More read than streams are free.")
    expect(reader.post(post)).to_be_visible(timeout=40_000)
    page.unroute("**/events*", refuse)
    page.evaluate("window.dispatchEvent(new Event('online'))")  # as when a laptop finds its network again
    expect(state).to_have_text("New posts appear by themselves.")


def test_row_01_without_a_script_the_page_is_whole(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    posts = [
        newsroom.publish(slug, f"Reading number {number}.", key_event=number == 40) for number in range(45)
    ]
    page = new_window(java_script_enabled=False)
    reader = ReaderPage.open(page, server.url, slug)
    expect(reader.posts.first).to_contain_text("Reading number 44.")
    expect(reader.slot("key_events")).to_contain_text("Reading number 40")
    seen = reader.posts.count()
    page.locator('[data-slot="older"] a').first.click()
    expect(reader.posts.last).to_contain_text("Reading number 0.")
    assert seen + reader.posts.count() == len(posts)
    page.goto(f"{server.url}/live/{slug}/posts/{posts[0]}")
    expect(page.locator("article")).to_contain_text("Reading number 0.")


@pytest.mark.parametrize("width", [320, PHONE["width"]])
def test_a_phone_shows_it_without_sideways_scrolling(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow, width: int
) -> None:
    table = "| Gauge | Noon | Four | Six | Eight |\n|---|---|---|---|---|\n| Entrance | 1.2 | 2.4 | 3 | 3.3 |"
    newsroom.publish(
        slug,
        f"{table}\n\nhttps://example.org/{'a-long-address-without-a-place-to-break-it-' * 3}",
        headline="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        key_event=True,
    )
    page = new_window(viewport={"width": width, "height": 800}, is_mobile=True, has_touch=True)
    ReaderPage.open(page, server.url, slug)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_every_kind_of_change_ends_in_the_fresh_page(
    server: Server, newsroom: Newsroom, slug: str, page: Page, new_window: NewWindow
) -> None:
    reader = ReaderPage.open(page, server.url, slug)
    posts = [newsroom.publish(slug, f"Line {number}.", key_event=number % 5 == 0) for number in range(50)]
    newsroom.publish(slug, "Where things stand at six.", summary=True)
    newsroom.amend(slug, posts[49], "Line 49, amended.")
    newsroom.withdraw(slug, posts[48], "Doubled.")
    newsroom.change(slug, pinned_post=posts[47])
    newsroom.publish(slug, "Found late.", first_published_at="2026-01-01T00:00:00Z")
    newsroom.change(slug, standfirst="The storm is moving inland.")
    newsroom.change(slug, status="paused")
    expect(page.locator("main#live")).to_have_attribute("data-status", "paused")
    page.evaluate("() => window.scrollTo(0, 0)")
    if re.search(r"\d", reader.new_posts.all_inner_texts()[0] if reader.new_posts.count() else ""):
        reader.new_posts.click()
    reader.expect_like_fresh(new_window())
