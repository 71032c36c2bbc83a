"""Claims and summaries as a newsroom works with them: marked, settled from the list, seen without a reload."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.reporter import COMPOSER, Reporter
from tests.e2e.server import EMAIL, Newsroom, Server

pytestmark = pytest.mark.browser


@pytest.fixture
def nora(server: Server, token: str, slug: str, new_window: NewWindow) -> Reporter:  # noqa: ARG001 (makes her)
    return Reporter(new_window(), server, slug).open(EMAIL)


def claim(nora: Reporter, words: str, source: str) -> None:
    """Write `words` and mark them as what `source` says."""
    keys = nora.page.keyboard
    nora.write(words)
    for _ in words:
        keys.press("Shift+ArrowLeft")
    nora.page.locator(COMPOSER).get_by_role("button", name="Claim", exact=True).click()
    nora.page.get_by_label("Whose claim is it?").fill(source)
    nora.page.get_by_role("button", name="Mark as a claim").click()
    keys.press("End")
    keys.press("Enter")


def listed(page: Page, words: str) -> Locator:
    """The claim that says so, in whichever list the page shows."""
    return page.locator(".claim-entry", has_text=words)


def link(post: str, slug: str, words: str) -> str:
    return f"- [{words}](/live/{slug}/posts/{post})\n"


def test_a_claim_is_settled_from_the_list_and_every_page_says_so(
    nora: Reporter, page: Page, new_window: NewWindow
) -> None:
    reader = ReaderPage.open(page, nora.server.url, nora.slug)
    claim(nora, "The north gate is shut", "the harbour master")
    claim(nora, "Two people were hurt", "a caller")
    nora.page.keyboard.press("Control+Enter")
    post = reader.posts.first
    expect(post).to_contain_text("The north gate is shut (unverified, says the harbour master)")
    expect(nora.page.locator("#side .claim-entry")).to_have_count(2)

    listed(nora.page, "north gate").get_by_role("button", name="Confirmed", exact=True).click()
    expect(post).to_contain_text("The north gate is shut (confirmed; first said by the harbour master)")
    expect(post).to_contain_text("Two people were hurt (unverified, says a caller)")
    expect(nora.page.locator("#side .claim-entry")).to_have_count(1)
    expect(nora.post("north gate")).to_contain_text("(confirmed; first said by the harbour master)")

    hurt = listed(nora.page, "Two people")
    hurt.get_by_text("False, with a correction").click()
    hurt.get_by_label("What was wrong, what is right").fill("Nobody was hurt.")
    hurt.get_by_role("button", name="False, and say so").click()
    expect(post).to_contain_text("Two people were hurt (false; claimed by a caller)")
    expect(post.locator(".correction")).to_contain_text("Nobody was hurt.")
    expect(nora.page.locator("#side")).to_contain_text("Nothing waits to be checked.")

    page.goto(f"{reader.url}/claims")
    groups = page.locator("section.claims")
    expect(groups.locator("h3")).to_have_text(["False", "Confirmed"])
    expect(groups.last).to_contain_text("Before: unverified since")
    page.get_by_role("link", name=re.compile("^Post of")).first.click()
    page.get_by_role("link", name="See what changed").click()
    expect(page.locator("del", has_text="unverified")).not_to_have_count(0)

    _the_list_of_all(nora, new_window(viewport=PHONE))


def _the_list_of_all(nora: Reporter, phone: Page) -> None:
    """The page with filters, on a phone; without a script its buttons work as plain forms."""
    Reporter(phone, nora.server, nora.slug).open(EMAIL)
    phone.goto(f"{nora.server.url}/desk/live/{nora.slug}/claims/")
    expect(phone.locator("main")).to_contain_text("Nothing waits to be checked.")
    phone.get_by_role("link", name="False 1").click()
    assert not axe_faults(phone)
    listed(phone, "Two people").get_by_role("button", name="Disputed", exact=True).click()
    expect(phone.locator("main")).to_contain_text("None here.")
    phone.get_by_role("link", name="Open 1").click()
    expect(listed(phone, "Two people")).to_contain_text("Disputed claimed by a caller")


def test_a_copied_claim_is_one_of_its_own(nora: Reporter) -> None:
    claim(nora, "Two people were hurt", "a caller")
    html = nora.page.evaluate(f"document.querySelector('{COMPOSER} .claim').outerHTML")
    nora.paste(f"<p>{html}</p>", "Two people were hurt")
    names = nora.page.locator(f"{COMPOSER} .claim").evaluate_all("all => all.map((one) => one.dataset.claim)")
    assert len(names) == len(set(names)) == 2
    nora.page.keyboard.press("Control+Enter")
    expect(nora.page.locator("#side .claim-entry")).to_have_count(2)
    listed(nora.page, "Two people").first.get_by_role("button", name="False", exact=True).click()
    card = nora.post("Two people")
    expect(card).to_contain_text("(false; claimed by a caller)")
    expect(card).to_contain_text("(unverified, says a caller)")


def test_a_summary_begins_with_the_last_and_takes_over_what_has_changed(
    nora: Reporter, newsroom: Newsroom, page: Page
) -> None:
    gate = newsroom.publish(nora.slug, "The gate is shut.", headline="Gate shut", key_event=True)
    newsroom.publish(nora.slug, link(gate, nora.slug, "The gate is shut"), headline="So far", summary=True)
    newsroom.amend(nora.slug, gate, "The gate is open.", correction="It was open.")
    newsroom.publish(nora.slug, "The road is closed.", headline="Road closed", key_event=True)
    expect(nora.post("Road closed")).to_be_visible()

    nora.page.get_by_role("button", name="New summary").click()
    expect(nora.text).to_have_text("The gate is shut")
    expect(nora.page.locator(f"{COMPOSER} [name=headline]")).to_have_value("So far")
    since = nora.page.locator(f"{COMPOSER} .since")
    expect(since.locator(".since-row")).to_have_count(2)
    expect(since).to_contain_text("An item points at this post")
    assert not axe_faults(nora.page)
    for number in (0, 1):
        since.locator(".since-row").nth(number).get_by_role("button").click()
    expect(nora.text.locator("li")).to_have_text(
        ["Corrected: It was open.", "Road closed", "The gate is shut"]
    )
    expect(nora.post("Corrected: It was open.")).to_have_count(0)  # nothing goes out by itself

    nora.page.get_by_role("button", name="Publish", exact=True).click()
    expect(nora.said).to_contain_text("Published")
    expect(since).to_have_count(0)
    reader = ReaderPage.open(page, nora.server.url, nora.slug)
    items = reader.slot("summary").get_by_role("link", name="Road closed")
    expect(items).to_have_attribute("href", re.compile(rf"/live/{nora.slug}/posts/\w{{20}}$"))
    items.click()
    expect(page).to_have_url(re.compile(r"#post-\w{20}$"))  # the post is on this page

    nora.page.locator("#close-it > summary").click()
    nora.page.get_by_role("button", name="Write a closing summary first").click()
    expect(nora.page.locator(f"{COMPOSER} [name=headline]")).to_have_value("How it ended")
    expect(nora.text.locator("li")).to_have_count(3)
