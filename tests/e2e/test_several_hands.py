"""Several hands at one live blog, in windows of their own on a real server: seen, leased, met, talked to."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import httpx
import pytest
from playwright.sync_api import Locator, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reporter import Reporter
from tests.e2e.server import EMAIL, Newsroom, Server

pytestmark = pytest.mark.browser

OLENA, MARCO = "olena@example.org", "marco@example.org"
At = Callable[..., Reporter]


@pytest.fixture(scope="module")
def _colleagues(server: Server) -> None:
    server.add_staff(email=OLENA, name="Olena Hrytsenko")
    server.add_staff(role="reporter", email=MARCO, name="Marco Vidal")


@pytest.fixture
def desk(server: Server, token: str, _colleagues: None, slug: str, new_window: NewWindow) -> At:  # noqa: ARG001 (makes the people)
    """`desk()` → Nora, an editor, at the test's live blog; `desk(OLENA)` → a colleague beside her."""

    def sit(email: str = EMAIL, **window: object) -> Reporter:
        return Reporter(new_window(**window), server, slug).open(email)

    return sit


def here(someone: Reporter) -> Locator:
    """Who is here, as this person sees it."""
    return someone.page.locator("#here")


def lapse(server: Server, post: str) -> None:
    """Let a lease run out, as 90 seconds without a sign of life would."""
    with closing(connect(Path(server.data) / "stoppress.sqlite3", timeout=10)) as database, database:
        database.execute(
            "UPDATE lease SET until = '2020-01-01 00:00:00', tab = 'gone' WHERE post_id = ?", (post,)
        )


def test_who_is_here_and_what_each_is_writing(desk: At) -> None:
    nora, marco = desk(), desk(MARCO)
    expect(here(nora)).to_contain_text("Marco Vidal")
    marco.write("Half a sentence")
    expect(here(nora)).to_contain_text("writing a new post")
    marco.page.keyboard.press("Control+Enter")
    expect(marco.said).to_contain_text("Published")
    expect(here(nora)).not_to_contain_text("writing a new post")
    marco.edit("Half a sentence", " and the rest.")
    expect(here(nora)).to_contain_text("editing “Half a sentence”")
    expect(nora.post("Half a sentence")).to_contain_text("Marco Vidal has this open since")
    marco.page.close()
    expect(here(nora)).not_to_contain_text("Marco Vidal")
    expect(nora.post("Half a sentence")).not_to_contain_text("has this open")


def test_a_lease_is_asked_about_lapses_and_two_versions_meet(
    desk: At, newsroom: Newsroom, server: Server
) -> None:
    nora, olena = desk(), desk(OLENA)
    post = newsroom.publish(nora.slug, "The outer gates are shut.", headline="Harbour gates closed")
    olena.edit("gates are shut", " Olena's.")
    expect(nora.post("gates are shut")).to_contain_text("Olena Hrytsenko has this open")

    nora.post("gates are shut").get_by_role("button", name="Edit").click()
    question = nora.page.get_by_role("dialog", name="Olena Hrytsenko has this post open")
    assert axe_faults(nora.page) == []
    question.get_by_role("button", name="Leave it to Olena").click()
    expect(nora.inline).to_have_count(0)

    nora.post("gates are shut").get_by_role("button", name="Edit").click()
    question.get_by_role("button", name="Take it over").click()
    expect(olena.inline).to_contain_text("Nora Quist took this post over")
    nora.inline.locator(".ProseMirror").click()
    nora.page.keyboard.press("Control+End")
    nora.page.keyboard.type(" Nora's.")
    nora.page.keyboard.press("Control+Enter")
    expect(olena.inline).to_contain_text("A colleague saved this post meanwhile.")

    olena.inline.locator(".ProseMirror").click()
    olena.page.keyboard.press("Control+Enter")
    both = olena.inline.locator(".conflict")
    expect(both.locator("mark.only-mine")).to_have_text("Olena's.")
    expect(both.locator("mark.only-theirs")).to_have_text("Nora's.")
    assert axe_faults(olena.page) == []
    olena.page.get_by_role("button", name="Take both, by hand").click()
    text = olena.inline.locator(".ProseMirror")
    expect(text).to_contain_text("Olena's.")
    expect(text).to_contain_text("Nora's.")
    olena.page.keyboard.press("Control+Enter")
    expect(nora.post("Olena's.")).to_contain_text("Nora's.")

    olena.edit("Olena's.", " More.")
    expect(nora.post("Olena's.")).to_contain_text("has this open")
    olena.page.context.set_offline(True)
    lapse(server, post)
    expect(nora.post("Olena's.")).not_to_contain_text("has this open")
    nora.edit("Olena's.", " Free again.")
    expect(nora.inline).to_have_count(1)


def test_a_withdrawal_under_ones_hands_leaves_a_draft(desk: At, newsroom: Newsroom) -> None:
    nora = desk()
    post = newsroom.publish(nora.slug, "Three people are missing.")
    nora.edit("Three people", " Nora knows more.")
    newsroom.withdraw(nora.slug, post, "It was wrong.")
    nora.page.keyboard.press("Control+Enter")
    expect(nora.inline).to_contain_text("kept as a draft of yours")
    nora.page.get_by_role("link", name="Open the draft").click()
    expect(nora.inline.locator(".ProseMirror")).to_contain_text("Three people are missing. Nora knows more.")
    page = httpx.get(f"{nora.server.url}/live/{nora.slug}").text
    assert "missing" not in page


def test_the_desk_talks_to_itself_and_knows_who_reads(
    desk: At, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    newsroom.publish(slug, "The gate is shut.")
    nora, marco = desk(), desk(MARCO, viewport=PHONE)
    nora.page.fill("#chat textarea", "Lock keeper: see https://harbour.example/staff.")
    nora.page.keyboard.press("Enter")
    log = nora.page.locator(".chat-log")
    expect(log).to_contain_text("Lock keeper")
    expect(log.get_by_role("link")).to_have_attribute("href", "https://harbour.example/staff")
    expect(nora.page.locator("#chat textarea")).to_have_value("")
    expect(marco.page.locator("[data-chat-count]")).to_have_text("1")
    marco.go()
    expect(marco.page.locator("[data-chat-count]")).to_have_text("1")
    marco.page.locator("[data-panel-link=about]").click()
    expect(marco.page.locator(".chat-log")).to_contain_text("Lock keeper")
    expect(marco.page.locator("[data-chat-count]")).to_be_hidden()
    marco.go()
    expect(marco.page.locator(".chat-log")).to_contain_text("Lock keeper")
    expect(marco.page.locator("[data-chat-count]")).to_be_hidden()
    marco.page.locator("[data-panel-link=about]").click()
    marco.page.fill("#chat textarea", "<b>Thanks</b>")
    marco.page.get_by_role("button", name="Send").click()
    expect(log).to_contain_text("<b>Thanks</b>")
    page = new_window()
    page.goto(f"{nora.server.url}/live/{nora.slug}")
    expect(nora.page.locator("[data-readers]")).to_have_text("1")
    newsroom.publish(slug, "And the bridge is open.")
    expect(nora.page.locator("#reach")).to_contain_text("was on its way to all of them within")
    assert axe_faults(nora.page) == []
    assert axe_faults(marco.page) == []
    for path in ("", "/changes?after=0", "/feed.json"):
        assert "Lock keeper" not in httpx.get(f"{nora.server.url}/live/{nora.slug}{path}").text


def test_without_a_stream_the_page_asks(desk: At, new_window: NewWindow, server: Server) -> None:
    marco = desk(MARCO)
    window = new_window()
    window.route("**/newsroom/events/", lambda route: route.abort())
    nora = Reporter(window, server, marco.slug).open(EMAIL)
    marco.write("Half a sentence")
    expect(here(nora)).to_contain_text("writing a new post")


def test_signing_out_cuts_the_stream(desk: At, server: Server) -> None:
    nora, olena = desk(), desk(OLENA)
    expect(here(nora)).to_contain_text("Olena Hrytsenko")
    cookies = {one["name"]: one["value"] for one in olena.page.context.cookies()}
    address = f"{server.url}/desk/live/{nora.slug}/newsroom/events/"
    with httpx.stream("GET", address, cookies=cookies, timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(line for line in lines if line.startswith("event:")) == "event: newsroom"
        olena.page.goto(f"{server.url}/desk/account/logout/")
        olena.page.get_by_role("button", name="Sign out").click()
        olena.page.wait_for_url("**/login/**")
        list(lines)  # it ends
    assert httpx.get(address, cookies=cookies).status_code == 302


def test_a_form_opened_on_a_post_stays_while_the_post_changes(desk: At, newsroom: Newsroom) -> None:
    nora = desk()
    post = newsroom.publish(nora.slug, "A rumour.")
    card = nora.post("A rumour.")
    card.locator("summary", has_text="Withdraw").click()
    reason = card.get_by_label("Why is it taken down?")
    reason.focus()
    newsroom.amend(nora.slug, post, "A rumour. Heard twice.")
    expect(card).to_contain_text("Heard twice.")
    expect(reason).to_be_focused()
    nora.page.keyboard.type("It was not confirmed.")
    card.get_by_role("button", name="Withdraw the post").click()
    expect(nora.page.locator("#timeline")).to_contain_text("It was not confirmed.")
