"""Two people, two windows: a post that wants an editor's eye, and what one shift leaves the next."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.desk_page import DeskPage
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import EMAIL, PASSWORD, Server

pytestmark = pytest.mark.browser

PIA, MARCO = "pia.stage@example.org", "marco@example.org"
KYIV = ZoneInfo("Europe/Kyiv")
# Every promise was for long ago, and the page has just been taken out of a pocket.
TIME_GOES_BY = """() => {
    for (const time of document.querySelectorAll("time[data-due]")) time.dateTime = "2020-01-01T00:00:00Z";
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def people(server: Server, token: str) -> None:
    """Beside the editor Nora Quist: a producer, who sets the rules, and a reporter."""
    assert token
    server.add_staff(role="producer", email=PIA, name="Pia Stage")
    server.add_staff(role="reporter", email=MARCO, name="Marco Reyes")


def sign_in(page: Page, server: Server, email: str) -> DeskPage:
    return DeskPage.sign_in(page, server.url, email=email, password=PASSWORD)


def set_rule(desk: DeskPage, *, on: bool) -> None:
    """By the title's screen."""
    desk.page.goto(f"{desk.url}/desk/title/")
    desk.page.get_by_label("Two pairs of eyes").set_checked(on)
    desk.page.get_by_role("button", name="Save the rules").click()
    expect(desk.page.get_by_text("The house rules hold from now on")).to_be_visible()


@pytest.fixture
def _two_pairs(server: Server, people: None, new_window: NewWindow) -> Iterator[None]:  # noqa: ARG001 (makes them)
    producer = sign_in(new_window(), server, PIA)
    set_rule(producer, on=True)
    yield
    set_rule(producer, on=False)  # the other tests' reporters publish


@pytest.mark.usefixtures("_two_pairs")
def test_submit_return_mend_publish(server: Server, slug: str, new_window: NewWindow) -> None:
    marco = sign_in(new_window(), server, MARCO)
    nora = sign_in(new_window(), server, EMAIL)
    reader = ReaderPage.open(new_window(), server.url, slug)
    marco.open(slug)
    nora.open(slug)

    # Marco's Publish is Submit; Nora sees it without reloading.
    expect(marco.composer.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    marco.text.click()
    marco.page.keyboard.type("The bridge is shut.")
    marco.page.keyboard.press("Control+Enter")
    expect(marco.composer.locator("[data-status-line]")).to_contain_text("Submitted to an editor")
    mine = marco.card("The bridge is shut.")
    expect(mine).to_contain_text("Waits for an editor")
    queue = nora.page.get_by_role("region", name="Waiting for an editor")
    expect(queue).to_contain_text("The bridge is shut.")
    expect(reader.posts).to_have_count(0)

    # She reads it and returns it with a note, which he sees on his draft.
    queue.get_by_role("link").click()
    hers = nora.card("The bridge is shut.")
    expect(hers).to_be_focused()
    assert not axe_faults(nora.page)
    hers.locator("summary", has_text="Return").click()
    hers.get_by_label("What is to be mended?").fill("Who says so? Name them.")
    nora.press(hers, "Return the post")
    expect(mine).to_contain_text("Nora Quist returned it")
    expect(mine).to_contain_text("Who says so? Name them.")
    drafts = marco.page.get_by_role("region", name="My drafts")
    expect(drafts).to_contain_text("Who says so? Name them.")

    # He mends it where it stands and submits again; she publishes; a reader has it.
    marco.press(mine, "Go on writing")
    mine.locator("[contenteditable=true]").click()
    marco.page.keyboard.press("Control+End")
    marco.page.keyboard.type(" So say the police.")
    mine.get_by_role("button", name="Submit", exact=True).click()
    expect(mine).to_contain_text("Waits for an editor")
    hers = nora.card("So say the police.")
    expect(hers).to_contain_text("Waits for an editor")
    nora.press(hers, "Publish")
    expect(reader.posts).to_have_count(1)
    expect(reader.posts.first).to_contain_text("So say the police.")
    expect(reader.page.locator("main")).not_to_contain_text("Name them")
    expect(mine).to_contain_text("Published")
    expect(mine.get_by_role("button", name="Edit")).to_have_count(0)
    reader.expect_like_fresh(new_window())


@pytest.mark.usefixtures("people")
def test_handover_and_promises(server: Server, slug: str, new_window: NewWindow) -> None:
    marco = sign_in(new_window(), server, MARCO)
    marco.open(slug)
    page = marco.page
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_text("Leave a note for the next shift")).to_be_visible()
    soon = datetime.now(UTC).astimezone(KYIV) + timedelta(hours=2)
    marco.publish(f"We will have more at {soon:%H:%M}.")
    promises = page.get_by_role("region", name="Promises")
    expect(promises).to_contain_text(f"due {'' if soon.hour >= 2 else soon.strftime('%A ')}{soon:%H:%M}")

    # What is typed at the side stays while the side is made anew.
    promises.locator("summary", has_text="Write one down").click()
    promises.get_by_label("What is promised").fill("Ring the harbour master")
    page.get_by_text("Leave a note for the next shift").click()
    note = page.get_by_label("What must the next shift know?")
    note.fill("The pier is shut until six.")
    nora = sign_in(new_window(viewport=PHONE), server, EMAIL)
    nora.open(slug)
    nora.publish("Nora writes meanwhile.")
    expect(marco.card("Nora writes meanwhile.")).to_be_visible()
    expect(note).to_have_value("The pier is shut until six.")
    promises.get_by_role("button", name="Write it down").click()
    expect(promises.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="End my shift").click()

    # The next shift sees the note first, on a phone too, and is offered words for readers.
    nora.page.get_by_role("link", name="Live blog", exact=True).click()
    nora.page.get_by_role("button", name="Start my shift").click()
    nora.page.get_by_role("link", name="Posts", exact=True).click()
    note_first = nora.page.get_by_role("region", name=re.compile("Handover from Marco Reyes"))
    expect(note_first).to_contain_text("The pier is shut until six.")
    expect(note_first).to_contain_text("2 promises to keep")
    assert not axe_faults(nora.page)
    nora.page.get_by_role("button", name=re.compile("Start a post")).click()
    expect(nora.text).to_have_text("Nora Quist here, taking over from Marco Reyes.")
    expect(nora.cards.filter(has_text="taking over")).to_have_count(0)  # nothing went out by itself
    note_first.get_by_role("button", name="I have it").click()
    expect(note_first).to_have_count(0)

    # Readers see who is at it now and who was before.
    reader = ReaderPage.open(new_window(), server.url, slug)
    expect(reader.slot("byline")).to_contain_text("Nora Quist (now)")
    expect(reader.slot("byline")).to_contain_text("Marco Reyes (earlier)")

    # A promise turns late in words while the page stands open, and is ticked off.
    nora.page.get_by_role("link", name="Live blog", exact=True).click()
    nora.page.evaluate(TIME_GOES_BY)
    late = nora.page.locator(".promise.late")
    expect(late).to_contain_text("overdue")
    late.get_by_role("button").click()
    expect(nora.page.get_by_role("region", name="Promises").get_by_role("listitem")).to_have_count(1)


def test_a_time_that_comes_twice_is_asked_about(server: Server, slug: str, token: str, page: Page) -> None:
    assert token
    nora = sign_in(page, server, EMAIL)
    nora.open(slug)
    nora.text.click()
    page.keyboard.type("Good night.")
    nora.composer.locator("summary", has_text="Schedule").click()
    year = datetime.now(UTC).year + 1
    last_sunday = max(day for day in range(25, 32) if datetime(year, 10, day, tzinfo=UTC).weekday() == 6)
    field = nora.composer.get_by_label(re.compile("When, by the clock in Kyiv"))
    spring = max(day for day in range(25, 32) if datetime(year, 3, day, tzinfo=UTC).weekday() == 6)
    field.fill(f"{year}-03-{spring}T03:30")
    expect(nora.composer).to_contain_text("Clocks in Kyiv skip 03:30 on that day")
    field.fill(f"{year}-10-{last_sunday}T03:30")
    send = nora.composer.get_by_role("button", name="Schedule", exact=True)
    send.click()
    expect(nora.composer.locator("[data-status-line]")).to_contain_text("Say which of the two is meant")
    nora.composer.get_by_label(re.compile("The second, EET")).check()
    expect(nora.composer).to_contain_text("03:30 EET in Kyiv")
    send.click()
    expect(nora.card("Good night.")).to_contain_text("at 03:30 in Kyiv (EET)")
