"""A link pasted alone on a line becomes a card or an embed; the desk itself asks nobody but its own server."""

import json

import pytest
from playwright.sync_api import Page, Route, expect
from tests.e2e.conftest import NewWindow
from tests.e2e.reporter import COMPOSER, Reporter
from tests.e2e.server import EMAIL, Newsroom, Server

pytestmark = pytest.mark.browser

FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
STORY = "https://paper.example/storm"
EMBED = {
    "type": "embed",
    "attrs": {"provider": "youtube", "url": FILM, "title": "The gate shuts", "author": "Harbour"},
}
CARD = {
    "type": "link_card",
    "attrs": {"url": STORY, "title": "The storm", "description": "Gates shut.", "site": "The Paper"},
}


@pytest.fixture
def nora(server: Server, token: str, slug: str, new_window: NewWindow) -> Reporter:  # noqa: ARG001 (makes Nora)
    """An editor at the test's live blog."""
    return Reporter(new_window(), server, slug).open(EMAIL)


def _finds(page: Page, block: object, note: str = "") -> None:
    """What the server would find, without its asking anybody."""
    body = json.dumps({"block": block, "note": note})
    page.route("**/desk/unfurl/", lambda route: route.fulfill(body=body, content_type="application/json"))


def _foreign(page: Page, server: Server) -> list[str]:
    """Every request to another site, as they come."""
    asked: list[str] = []

    def note(url: str) -> None:
        if url.startswith("http") and not url.startswith(server.url):
            asked.append(url)

    page.on("request", lambda request: note(request.url))
    return asked


def test_a_known_site_becomes_an_embed_and_is_published(nora: Reporter, page: Page) -> None:
    foreign = _foreign(nora.page, nora.server)
    _finds(nora.page, EMBED)
    nora.write("Watch:")
    nora.page.keyboard.press("Enter")
    nora.paste("", "https://youtu.be/dQw4w9WgXcQ?si=x")
    block = nora.page.locator(f"{COMPOSER} .embed-block")
    expect(block).to_contain_text("The gate shuts")
    expect(nora.page.locator("#told")).to_contain_text("undo brings the plain link back")
    nora.page.keyboard.type("After.")
    expect(block).to_be_visible()
    nora.page.keyboard.press("Control+Enter")
    expect(nora.said).to_contain_text("Published")
    page.goto(f"{nora.server.url}/live/{nora.slug}")
    expect(page.locator("figure.embed")).to_contain_text("The gate shuts")
    expect(page.locator("#posts p").last).to_have_text("After.")
    assert foreign == []


def test_undo_brings_the_plain_link_back(nora: Reporter) -> None:
    _finds(nora.page, CARD)
    nora.paste("", STORY)
    card = nora.page.locator(f"{COMPOSER} .card-block")
    expect(card).to_contain_text("Gates shut.")
    nora.page.keyboard.press("Control+z")
    expect(card).to_have_count(0)
    expect(nora.text.locator(f'a[href="{STORY}"]')).to_have_text(STORY)
    nora.page.keyboard.press("Control+Shift+z")
    expect(card).to_have_count(1)


def test_a_link_within_a_text_stays_a_link(nora: Reporter) -> None:
    asked: list[str] = []
    nora.page.on("request", lambda request: asked.append(request.url))
    nora.write("See ")
    nora.paste("", STORY)
    expect(nora.text.locator("a")).to_have_text(STORY)
    nora.page.keyboard.type(" for more.")
    assert not any("unfurl" in url for url in asked)


def test_a_line_that_is_changed_meanwhile_is_left_alone(nora: Reporter) -> None:
    waiting: list[Route] = []
    nora.page.route("**/desk/unfurl/", lambda route: waiting.append(route))  # noqa: PLW0108 (Playwright marks the function it is given)
    nora.paste("", STORY)
    expect(nora.text.locator("a")).to_have_text(STORY)
    nora.page.keyboard.type(" says so.")
    expect(nora.text).to_contain_text("says so.")
    body = json.dumps({"block": CARD, "note": ""})
    with nora.page.expect_response("**/desk/unfurl/"):
        waiting[0].fulfill(body=body, content_type="application/json")
    expect(nora.text).to_have_text(f"{STORY} says so.")


def test_a_site_that_cannot_be_asked_leaves_a_plain_card_and_says_so(nora: Reporter) -> None:
    """By the server's own way out: this machine is not public, so nothing is asked."""
    nora.paste("", "http://127.0.0.1:9/story")
    expect(nora.page.locator(f"{COMPOSER} .card-block")).to_contain_text("http://127.0.0.1:9/story")
    expect(nora.page.locator("#told")).to_contain_text("The card holds only the address.")


def test_without_a_connection_the_link_stays(nora: Reporter) -> None:
    nora.page.route("**/desk/unfurl/", lambda route: route.abort())
    nora.paste("", STORY)
    expect(nora.page.locator("#told")).to_contain_text("The link stays a plain one.")
    expect(nora.text.locator(f'a[href="{STORY}"]')).to_have_text(STORY)


def test_the_dialog_fills_itself_and_keeps_what_was_typed(nora: Reporter) -> None:
    _finds(nora.page, CARD)
    nora.text.click()
    nora.page.get_by_role("button", name="Link card").first.click()
    dialog = nora.page.locator("dialog[open]")
    dialog.get_by_label("Name of the site").fill("Our words")
    dialog.get_by_label("Address of the page").fill(STORY)
    dialog.get_by_label("Address of the page").press("Tab")
    expect(dialog.get_by_label("Title")).to_have_value("The storm")
    expect(dialog.get_by_label("A line about it")).to_have_value("Gates shut.")
    expect(dialog.get_by_label("Name of the site")).to_have_value("Our words")
    dialog.get_by_role("button", name="Insert").click()
    expect(nora.page.locator(f"{COMPOSER} .card-block")).to_contain_text("The storm")


def test_an_embed_can_be_made_a_card(nora: Reporter) -> None:
    _finds(nora.page, EMBED)
    nora.paste("", FILM)
    nora.page.get_by_role("button", name="Make it a link card").click()
    expect(nora.page.locator(f"{COMPOSER} .card-block")).to_contain_text("The gate shuts")
    expect(nora.page.locator(f"{COMPOSER} .embed-block")).to_have_count(0)


def test_a_producer_switches_a_site_off_and_open_pages_follow(
    own_server: Server, new_window: NewWindow
) -> None:
    newsroom = Newsroom.at(own_server, own_server.add_staff(role="producer"))
    with newsroom.client:
        slug = newsroom.open("surge")
        newsroom.ask("POST", f"/liveblogs/{slug}/posts", document={"type": "doc", "content": [EMBED]})
    reader = new_window()
    reader.goto(f"{own_server.url}/live/{slug}")
    expect(reader.get_by_role("button", name="Show video from YouTube")).to_be_visible()
    producer = Reporter(new_window(), own_server, slug).open(EMAIL)
    producer.page.goto(f"{own_server.url}/desk/title/")
    producer.page.get_by_label("YouTube").uncheck()
    producer.page.get_by_role("button", name="Save", exact=True).click()
    expect(producer.page.get_by_label("YouTube")).not_to_be_checked()
    expect(reader.locator("a.card")).to_contain_text("The gate shuts")
    expect(reader.locator("figure.embed")).to_have_count(0)
