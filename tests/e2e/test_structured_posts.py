"""Structured posts in real browsers: written in the composer, read, voted on, asked and answered."""

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reporter import Reporter
from tests.e2e.server import EMAIL, Newsroom, Server

pytestmark = pytest.mark.browser

POLL = {
    "type": "poll",
    "attrs": {
        "id": "k3v9x0q2m1za",
        "question": "Who was best?",
        "options": [{"id": "a", "text": "Vanat"}, {"id": "b", "text": "Sudakov"}],
    },
}


def insert(desk: Reporter, name: str) -> None:
    """Choose a block from the menu, on a new line at the end."""
    desk.text.locator("> p").last.click()
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.type(f"/{name}")
    desk.page.get_by_role("option", name=name, exact=True).click()


def ask(newsroom: Newsroom, slug: str, *blocks: object) -> str:
    answer = newsroom.ask(
        "POST", f"/liveblogs/{slug}/posts", document={"type": "doc", "content": list(blocks)}
    )
    return str(answer["id"])


def test_every_block_is_written_in_the_composer(
    page: Page, server: Server, newsroom: Newsroom, slug: str
) -> None:
    newsroom.publish(slug, "Kick-off.")
    desk = Reporter(page, server, slug).open(EMAIL)
    keys = page.keyboard

    insert(desk, "Score line")
    expect(desk.text.get_by_label("Home")).to_be_focused()
    for label, words in [("Home", "Dynamo Kyiv"), ("Away", "Shakhtar"), ("Minute or period", "67'")]:
        desk.text.get_by_label(label).fill(words)
    for number, score in enumerate("21"):
        desk.text.get_by_label("Score", exact=True).nth(number).fill(score)

    insert(desk, "Fact box")
    desk.text.get_by_label("Title").fill("The derby")
    desk.text.locator(".fact-box-block .inside").click()
    keys.type("They have met 229 times.")

    insert(desk, "Map point")
    desk.text.get_by_label("What is there").fill("Podil, Kyiv")
    desk.text.get_by_label("Where it is").fill("https://www.openstreetmap.org/#map=15/50.4657/30.5143")
    expect(desk.text.locator(".map-point-block")).to_contain_text("50.4657° north, 30.5143° east")

    insert(desk, "Poll")
    keys.type("Who was best?")
    desk.text.get_by_label("Answer 1", exact=True).fill("Vanat")
    keys.press("Control+Enter")
    expect(desk.said).to_contain_text("two answers")  # half a poll stays here
    desk.text.get_by_label("Answer 2", exact=True).fill("Sudakov")
    keys.press("Enter")  # another answer
    keys.type("Nobody")

    insert(desk, "Question and answer")
    keys.type("Who scored?")
    desk.text.locator(".qa-block .inside").click()
    keys.type("Vanat, twice.")
    assert not axe_faults(page)
    keys.press("Control+Enter")
    expect(desk.said).to_contain_text("Published")

    page.goto(f"{server.url}/live/{slug}")
    post = page.locator("#posts article").first
    expect(post.locator(".score-line")).to_have_text("Dynamo Kyiv 2–1 Shakhtar, 67'")
    expect(post.locator(".fact-box")).to_contain_text("They have met 229 times.")
    expect(post.get_by_role("link", name="Open in OpenStreetMap")).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=50.4657&mlon=30.5143#map=15/50.4657/30.5143"
    )
    expect(post.get_by_role("radio")).to_have_count(3)
    expect(post.locator(".qa")).to_contain_text("Vanat, twice.")


def test_readers_vote_once_and_others_see_it_live(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow, browser: Browser
) -> None:
    post_id = ask(newsroom, slug, POLL)
    voter, watcher = new_window(), new_window(viewport=PHONE, color_scheme="dark")
    for page in (voter, watcher):
        page.goto(f"{server.url}/live/{slug}")
    watcher.get_by_label("Sudakov").check()  # chosen, not sent
    watcher.get_by_text("Results so far").click()
    watcher.get_by_label("Sudakov").focus()

    voter.get_by_label("Vanat").check()
    voter.get_by_role("button", name="Vote").click()
    expect(voter.get_by_text("Your vote: Vanat")).to_be_focused()
    expect(voter.get_by_role("radio")).to_have_count(0)

    for page in (voter, watcher):
        expect(page.locator(".poll")).to_contain_text("100% (1 vote)")
    expect(watcher.get_by_label("Sudakov")).to_be_checked()  # new numbers took nothing away
    expect(watcher.get_by_label("Sudakov")).to_be_focused()
    assert not axe_faults(watcher)
    assert not axe_faults(voter)

    voter.reload()
    expect(voter.get_by_text("Your vote: Vanat")).to_be_visible()
    assert voter.context.cookies() == []

    # Without a script: the form comes back to its post, and the second time says so.
    plain = browser.new_context(java_script_enabled=False).new_page()
    for said in ("Thank you, your vote is in.", "This device has voted in this poll before"):
        plain.goto(f"{server.url}/live/{slug}")
        plain.get_by_label("Sudakov").check()
        plain.get_by_role("button", name="Vote").click()
        plain.wait_for_url(f"**/live/{slug}/posts/{post_id}#*")
        expect(plain.get_by_text(said)).to_be_visible()
    plain.context.close()

    newsroom.change(slug, status="closed")
    for page in (voter, watcher):
        expect(page.locator(".poll")).to_contain_text("votes in all")
        expect(page.get_by_role("button", name="Vote")).to_have_count(0)
    if have_java():
        assert not html_faults({"poll": httpx.get(f"{server.url}/live/{slug}").text})


def test_a_question_is_asked_passed_on_and_answered(server: Server, slug: str, new_window: NewWindow) -> None:
    reader, desk = new_window(viewport=PHONE), Reporter(new_window(), server, slug).open(EMAIL)
    questions = f"{server.url}/desk/live/{slug}/questions/"
    reader.goto(f"{server.url}/live/{slug}")
    desk.page.goto(questions)
    desk.page.get_by_role("button", name="Let readers ask").click()

    _show(reader.get_by_text("Ask the newsroom"))  # it comes to the open page by itself
    reader.get_by_label("Your question").fill("When does the gate open?")
    reader.get_by_label("Your name").fill("Marta")
    if have_java():
        assert not html_faults({"questions": httpx.get(f"{server.url}/live/{slug}").text})
    assert not axe_faults(reader)
    reader.get_by_role("button", name="Send").click()
    expect(reader.locator(".ask-told")).to_be_focused()
    expect(reader.get_by_label("Your question")).to_have_value("")

    desk.page.goto(questions)
    assert not axe_faults(desk.page)
    assert "gate open" not in httpx.get(f"{server.url}/live/{slug}").text
    desk.page.get_by_role("button", name="Pass on").click()
    desk.page.get_by_role("link", name="Passed on").click()
    desk.page.get_by_role("link", name="Answer").click()
    expect(desk.text.get_by_label("Question", exact=True)).to_have_value("When does the gate open?")
    expect(desk.text.get_by_label("Asked by")).to_have_value("Marta")
    assert "gate open" not in httpx.get(f"{server.url}/live/{slug}").text
    desk.text.locator(".qa-block .inside").click()
    desk.page.keyboard.type("At six.")
    desk.page.keyboard.press("Control+Enter")
    expect(desk.said).to_contain_text("Published")

    expect(reader.locator("#posts .qa")).to_contain_text("When does the gate open?")
    expect(reader.locator("#posts .qa")).to_contain_text("Asked by Marta")
    desk.page.goto(f"{questions}?state=passed_on")
    expect(desk.page.get_by_role("link", name="Answered")).to_be_visible()


def _show(summary: Locator) -> None:
    expect(summary).to_be_visible()
    summary.click()
