"""Nothing typed is lost: no network, a dead battery, an answer that never came, signed out, another device."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.desk.authenticator import code
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import PHONE, WAIT_MS, NewWindow
from tests.e2e.line import Line
from tests.e2e.profile import Profile
from tests.e2e.reporter import COMPOSER, Reporter
from tests.e2e.server import EMAIL, PASSWORD, Newsroom, Server

from stoppress.document.parse import parse_document
from stoppress.document.text import plain_text

pytestmark = pytest.mark.browser

DRAFTS, POSTS = 20, 5
KEPT_PAGE = """async (path) => {
    const pages = await (await caches.open("stoppress-desk-pages")).keys();
    const files = await (await caches.open("stoppress-desk-files")).keys();
    return pages.some((page) => page.url === location.origin + path) && files.length > 2;
}"""


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """The way from the browser to the session's server."""
    with Line(server) as one:
        yield one


@pytest.fixture
def profile(browser: Browser, tmp_path: Path) -> Iterator[Profile]:
    """A browser's folder of the test's own."""
    one = Profile(tmp_path / "profile", browser)
    yield one
    one.kill()


def _at(page: Page, line: Line, slug: str) -> Reporter:
    page.set_default_timeout(WAIT_MS)
    return Reporter(page, cast("Server", SimpleNamespace(url=line.url)), slug)


def _until_kept(nora: Reporter) -> None:
    """Wait until the worker has this page and what it is made of."""
    for _ in range(WAIT_MS // 50):
        if nora.page.evaluate(KEPT_PAGE, f"/desk/live/{nora.slug}/"):
            return
        nora.page.wait_for_timeout(50)
    pytest.fail("The worker did not keep the page.")


def _published(newsroom: Newsroom, slug: str) -> list[str]:
    """The words of the posts that readers see, oldest first."""
    posts = cast("list[dict[str, Any]]", newsroom.ask("GET", f"/liveblogs/{slug}/posts?limit=100")["items"])
    seen = [post for post in posts if post["state"] == "published"]
    seen.sort(key=lambda post: (post["first_published_at"], post["id"]))
    return [plain_text(parse_document(post["document"])) for post in seen]


@pytest.mark.usefixtures("token")
def test_a_dead_browser_without_a_network_keeps_drafts_and_queue(
    profile: Profile, line: Line, slug: str, newsroom: Newsroom
) -> None:
    nora = _at(profile.open().pages[0], line, slug).open(EMAIL)
    _until_kept(nora)
    line.cut()
    nora.go()  # the worker's page: there is no other
    nora.text.click()
    for number in range(DRAFTS):
        nora.page.keyboard.insert_text(f"Draft {number:02} ")
        nora.page.keyboard.press("Control+s")
        nora.page.get_by_role("button", name="New post").click()
        nora.text.click()
    for number in range(POSTS):
        nora.page.keyboard.insert_text(f"Post {number}")
        nora.page.keyboard.press("Control+Enter")
        expect(nora.said).to_contain_text("Publish: queued")
    nora.page.keyboard.type("Half a sentence")
    expect(nora.said).to_contain_text("Kept on this device")
    profile.kill()

    window = profile.open()
    window.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=6))
    nora = _at(window.new_page(), line, slug)
    line.mend()
    nora.page.goto(f"{line.url}/desk/account/login/")  # the session ended with the browser
    assert len(nora.rows("stoppress:queue")) == DRAFTS + POSTS
    nora.open(EMAIL)
    expect(nora.page.locator("#device")).to_contain_text("Half a sentence")
    expect(nora.waiting).to_have_count(POSTS)
    expect(nora.page.locator("#outbox")).to_contain_text("more than five minutes old")
    assert _published(newsroom, slug) == []
    nora.page.get_by_role("button", name=f"Send all {POSTS}, in this order").click()
    expect(nora.waiting).to_have_count(0)
    assert _published(newsroom, slug) == [f"Post {number}" for number in range(POSTS)]
    expect(nora.page.locator("#timeline article.draft")).to_have_count(DRAFTS)


@pytest.mark.usefixtures("token")
def test_the_line_fails_in_every_way_and_each_press_counts_once(
    line: Line, slug: str, newsroom: Newsroom, new_window: NewWindow, page: Page
) -> None:
    nora = _at(new_window(service_workers="allow"), line, slug).open(EMAIL)
    page.goto(str(newsroom.client.base_url.join(f"/live/{slug}")))  # a reader, on a line of their own

    line.deafen()  # the request arrives, the answer does not (F7)
    nora.write("The answer to this is lost.")
    nora.page.keyboard.press("Control+Enter")
    expect(nora.waiting).to_contain_text("Queued")
    expect(page.locator("#posts > article")).to_have_count(1)
    assert _published(newsroom, slug) == ["The answer to this is lost."]
    line.mend()
    expect(nora.waiting).to_have_count(0)
    expect(nora.post("The answer to this is lost.").locator(".chip").first).to_have_text("Published")

    line.cut()  # posts, a change of one, and a pin, in the order of pressing
    for number in range(3):
        nora.write(f"Numbered {number}")
        nora.page.keyboard.press("Control+Enter")
        expect(nora.waiting).to_have_count(number + 1)
    nora.post("The answer").get_by_role("button", name="Pin", exact=True).dblclick()
    expect(nora.waiting).to_have_count(4)
    line.mend()
    expect(nora.waiting).to_have_count(0)
    told = ["The answer to this is lost.", *(f"Numbered {number}" for number in range(3))]
    assert _published(newsroom, slug) == told
    expect(nora.page.locator("#timeline article")).to_have_count(4)
    expect(nora.post("The answer")).to_contain_text("Pinned")
    page.reload()
    expect(page.locator("#posts > article")).to_have_count(4)


@pytest.mark.usefixtures("token")
def test_a_sign_in_that_ended_is_renewed_in_place_and_signing_out_wipes(
    line: Line, slug: str, newsroom: Newsroom, new_window: NewWindow
) -> None:
    nora = _at(new_window(service_workers="allow"), line, slug).open(EMAIL)
    _until_kept(nora)
    nora.page.evaluate("caches.delete('stoppress-desk-pages')")  # as if it had ended before the page was kept
    nora.write("Typed for too long.")
    nora.page.context.clear_cookies()
    nora.page.keyboard.press("Control+Enter")
    dialog = nora.page.get_by_role("dialog", name="You are signed out")
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in and go on").click()
    expect(dialog.get_by_role("alert")).to_contain_text("wrong")
    assert not axe_faults(nora.page)
    dialog.get_by_label("Password").fill(PASSWORD)
    nora.page.keyboard.press("Enter")
    expect(nora.post("Typed for too long.")).to_be_visible()
    assert _published(newsroom, slug) == ["Typed for too long."]

    nora.text.click()
    nora.page.keyboard.insert_text("Only here")  # in one go: what is kept is all of it
    expect(nora.said).to_contain_text("Kept on this device")
    _until_kept(nora)
    logout = nora.page.context.new_page()
    logout.goto(f"{line.url}/desk/account/logout/")
    expect(logout.locator("[data-kept-warning]")).to_contain_text("1 text under way")
    line.cut()
    logout.get_by_role("button", name="Sign out").click()
    expect(logout.get_by_role("alert")).to_contain_text("nothing was wiped")
    assert nora.kept() == ["Only here"]
    line.mend()
    logout.get_by_role("button", name="Sign out").click()
    logout.wait_for_url("**/login/")
    assert Reporter(logout, nora.server, slug).kept() == []
    assert logout.evaluate("caches.keys()") == []


@pytest.mark.usefixtures("token")
def test_what_is_typed_on_one_device_is_gone_on_with_on_another(
    line: Line, slug: str, newsroom: Newsroom, new_window: NewWindow
) -> None:
    public = newsroom.publish(slug, "What readers see.")
    phone = _at(new_window(viewport=PHONE, has_touch=True, service_workers="allow"), line, slug).open(EMAIL)
    phone.write("Typed in a car park")
    expect(phone.said).to_contain_text("and on the server")
    phone.edit("What readers see.", " And more.")
    expect(phone.inline.locator("[data-status-line]")).to_contain_text("and on the server")
    phone.page.close()  # no last words reach the server

    desk = _at(new_window(service_workers="allow"), line, slug).open(EMAIL)
    shelf = desk.page.locator("#device li")
    expect(shelf).to_have_count(2)
    assert _published(newsroom, slug) == ["What readers see."]
    assert newsroom.ask("GET", f"/liveblogs/{slug}/posts/{public}")["revision"] == 1
    shelf.filter(has_text="Typed in a car park").get_by_role("button", name="Take it up").click()
    expect(desk.text).to_have_text("Typed in a car park")
    desk.page.locator(COMPOSER).get_by_role("button", name="Publish", exact=True).click()
    expect(desk.post("Typed in a car park")).to_be_visible()
    shelf.get_by_role("button", name="Take it up").click()
    expect(desk.inline.locator(".ProseMirror")).to_have_text("What readers see. And more.")
    desk.page.reload()
    expect(desk.page.locator("#device")).not_to_contain_text("car park")


def test_a_second_factor_is_asked_for_in_place_too(server: Server, slug: str, new_window: NewWindow) -> None:
    server.add_staff(role="reporter", email="fay@example.org", name="Fay Bell")
    fay = Reporter(new_window(), server, slug).open("fay@example.org")
    fay.page.goto(f"{server.url}/desk/account/2fa/totp/activate/")
    if fay.page.get_by_label("Password").count():  # it is asked for again before a factor is added
        fay.page.get_by_label("Password").fill(PASSWORD)
        fay.page.keyboard.press("Enter")
    secret = fay.page.locator("code[data-secret]").text_content() or ""
    fay.page.fill("input[name=code]", code(secret))
    fay.page.keyboard.press("Enter")
    fay.page.wait_for_url("**/recovery-codes/")
    fay.go().write("With a second factor.")
    fay.page.context.clear_cookies()
    fay.page.keyboard.press("Control+Enter")
    fay.page.get_by_label("Password").fill(PASSWORD)
    fay.page.keyboard.press("Enter")
    field = fay.page.get_by_label("Code of your authenticator app")
    field.fill("000000")
    fay.page.keyboard.press("Enter")
    expect(fay.page.locator("#sign-in-again").get_by_role("alert")).to_contain_text("Incorrect")
    field.fill(code(secret, steps=1))
    fay.page.keyboard.press("Enter")
    expect(fay.post("With a second factor.")).to_be_visible()
