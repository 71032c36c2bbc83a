"""From fact to reader without leaving the keys: menu, texts, links, search, own keys, paste; and all by one thumb."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import NewWindow
from tests.e2e.reporter import COMPOSER, PASTE, Reporter
from tests.e2e.server import EMAIL, Newsroom, Server

pytestmark = pytest.mark.browser

CLIPBOARD = Path(__file__).parents[1] / "document" / "clipboard"
SIX_IN_KYIV = "2026-11-22T16:00:00Z"
DOCUMENT = f"document.querySelector('{COMPOSER} .ProseMirror').pmViewDesc.node.toJSON()"
SMALL = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TARGET = 44  # CSS pixels: WCAG 2.2, 2.5.5


At = Callable[..., Reporter]


@pytest.fixture
def desk(server: Server, token: str, slug: str, new_window: NewWindow) -> At:
    """`desk()` → Nora, an editor, at the test's live blog."""
    assert token  # the account is made with it

    def sit(**window: object) -> Reporter:
        return Reporter(new_window(**window), server, slug).open(EMAIL)

    return sit


def box_of(locator: Locator) -> FloatRect:
    """Where it stands; asked again when it was just replaced by its newer self."""
    for _ in range(50):
        expect(locator).to_be_visible()
        if found := locator.bounding_box():
            return found
    raise AssertionError(f"{locator} has no place on the page")


def option(page: Page, name: str) -> Locator:
    """A line of the list that is open."""
    return page.locator('[role="option"]:visible', has_text=name)


def test_a_post_is_put_together_on_the_keys(desk: At, newsroom: Newsroom, page: Page) -> None:
    nora = desk()
    assert not axe_faults(nora.page)  # without a post
    linked = newsroom.publish(nora.slug, "The gate is shut.", headline="Flood gate shut")
    newsroom.publish(nora.slug, "A secret gate.", headline="Gate draft", draft=True)
    keys = nora.page.keyboard
    nora.page.clock.set_fixed_time(SIX_IN_KYIV)
    nora.page.keyboard.press("n")
    expect(nora.text).to_have_attribute("spellcheck", "true")
    expect(nora.text).to_have_attribute("lang", "en")

    keys.type("/")
    expect(option(nora.page, "Where things stand")).to_be_visible()
    expect(nora.post("A secret gate.")).to_be_visible()
    assert not axe_faults(nora.page)
    keys.type("where")
    chosen = option(nora.page, "Where things stand")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(nora.text).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    keys.press("Enter")
    expect(nora.text).to_contain_text("It’s 6pm in Kyiv. Here’s where we stand:")
    expect(nora.text).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(nora.page.locator(f"{COMPOSER} [name=headline]")).to_have_value("Where things stand")
    expect(nora.page.locator(f"{COMPOSER} [name=summary]")).to_be_checked()

    keys.type("See [[gate")  # the cursor stands in the first point
    expect(option(nora.page, "Flood gate shut")).to_be_visible()
    expect(option(nora.page, "Gate draft")).to_have_count(0)
    keys.press("Enter")
    keys.type(".")
    keys.press("Control+Enter")

    page.goto(f"{nora.server.url}/live/{nora.slug}")
    link = page.locator("#posts article").first.get_by_role("link", name="Flood gate shut")
    expect(link).to_have_attribute("href", f"/live/{nora.slug}/posts/{linked}")
    link.click()
    expect(page.locator(f"#post-{linked}")).to_be_focused()  # it stands on this page: no other is loaded
    page.goto(f"{nora.server.url}/live/{nora.slug}/posts/{linked}")
    expect(page.locator("article")).to_contain_text("The gate is shut.")


def test_the_menu_goes_when_it_is_not_wanted(desk: At) -> None:
    nora = desk()
    keys = nora.page.keyboard
    nora.text.click()
    keys.type("/quo")
    keys.press("Escape")
    expect(option(nora.page, "Quote")).to_have_count(0)
    keys.type("te")
    expect(nora.text).to_have_text("/quote")
    keys.press("Control+a")
    keys.type("and/or 3/4 /table")  # a slash within a line is a slash
    expect(nora.page.locator('[role="listbox"]:visible')).to_have_count(0)
    keys.press("Enter")
    keys.type("/num")
    expect(option(nora.page, "Numbered list")).to_be_visible()
    keys.press("ArrowDown")  # round to the same one
    keys.press("Tab")
    keys.type("First")
    expect(nora.text.locator("ol li")).to_have_text("First")
    keys.press("Control+a")
    keys.press("Backspace")


def test_keys_are_the_reporters_own(desk: At) -> None:
    nora = desk()
    page, keys = nora.page, nora.page.keyboard
    nora.publish("Older post.")
    nora.publish("Newer post.")
    nora.post("Older post.").focus()
    for key, shows in (("k", "Key event"), ("p", "Pinned")):
        keys.press(key)
        expect(nora.post("Older post.").locator(".chip", has_text=shows)).to_be_visible()
    keys.press("e")
    expect(nora.inline).to_have_count(1)
    nora.inline.get_by_role("button", name="Cancel").click()

    keys.press("?")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Change the key to write a post").click()
    keys.press("e")
    expect(dialog.get_by_role("status")).to_contain_text("taken")
    keys.press("w")
    dialog.get_by_role("button", name="Change the key to publish").click()
    keys.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Change the key to save a draft").click()
    keys.press("Control+d")
    expect(dialog.get_by_role("status")).to_contain_text("on this device")
    assert not axe_faults(page)
    dialog.get_by_role("button", name="Close").click()
    page.reload()
    page.locator("h2", has_text="Timeline").click()
    keys.press("n")
    expect(nora.text).not_to_be_focused()
    keys.press("w")
    expect(nora.text).to_be_focused()
    keys.type("w n e p k ? and no more")
    expect(nora.text).to_have_text("w n e p k ? and no more")
    keys.press("Control+d")
    expect(nora.said).to_contain_text("Draft saved")
    page.locator("h2", has_text="Timeline").click()
    keys.press("?")
    dialog.get_by_role("button", name="Back to the usual keys").click()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    keys.press("n")
    expect(nora.text).not_to_be_focused()
    assert page.evaluate("localStorage['stoppress:keys']") is None


def test_the_slash_key_searches_every_post_and_draft(desk: At, newsroom: Newsroom) -> None:
    nora = desk()
    newsroom.publish(nora.slug, "Kerčenský most is closed.", headline="Bridge closed", draft=True)
    newsroom.publish(nora.slug, "Ferries wait.")
    keys = nora.page.keyboard
    keys.press("/")
    panel = nora.page.get_by_role("dialog", name="Search")
    keys.type(f"KERCENSKY {nora.slug}")
    expect(panel.get_by_role("link")).to_have_text("Bridge closed")
    assert not axe_faults(nora.page)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(nora.page.locator("article.card")).to_contain_text("Kerčenský most is closed.")
    nora.page.goto(f"{nora.server.url}/desk/search/?q=most&state=draft")
    expect(nora.page.locator(".result-link")).to_have_text("Bridge closed")
    assert not axe_faults(nora.page)
    for path in ("snippets/", "snippets/new/?instead_of=closing"):
        nora.page.goto(f"{nora.server.url}/desk/{path}")
        assert not axe_faults(nora.page), path


def _in_no_language_of_its_own(node: dict[str, Any]) -> dict[str, Any]:
    """The node without `language` where it says nothing, which is the live blog's own."""
    attrs = {
        name: value for name, value in node.get("attrs", {}).items() if (name, value) != ("language", "")
    }
    inside = [_in_no_language_of_its_own(each) for each in node.get("content", [])]
    rest = {name: value for name, value in node.items() if name not in ("attrs", "content")}
    return rest | ({"attrs": attrs} if attrs else {}) | ({"content": inside} if inside else {})


def test_what_programs_put_on_the_clipboard_comes_in_clean(desk: At) -> None:
    nora = desk()
    expect(nora.text).to_be_visible()
    for path in sorted(CLIPBOARD.glob("*.json")):
        wanted = json.loads(path.read_text())
        nora.page.evaluate(PASTE, [f"{COMPOSER} .ProseMirror", path.with_suffix(".html").read_text(), "x"])
        came = _in_no_language_of_its_own(nora.page.evaluate(DOCUMENT))
        while came["content"][-1] == {"type": "paragraph"}:  # room to go on below a table
            came["content"].pop()
        assert came == wanted, path.stem
        nora.page.keyboard.press("Control+z")
        assert nora.page.evaluate(DOCUMENT)["content"] == [{"type": "paragraph"}], path.stem
    nora.write("Before. ")
    nora.paste("<p>Pasted <b>words</b></p>", "Pasted words")
    nora.page.keyboard.type(" after")
    for left in ("Before. Pasted words", "Before. "):
        nora.page.keyboard.press("Control+z")
        assert nora.text.text_content() == left
    address = "https://news.example.org/a?id=7&utm_source=x&fbclid=y"
    nora.paste("", address)
    expect(nora.text.get_by_role("link")).to_have_attribute("href", "https://news.example.org/a?id=7")


def test_one_thumb_is_enough(desk: At, newsroom: Newsroom, slug: str) -> None:
    newsroom.publish(slug, "Ferries wait.")
    nora = desk(**SMALL)
    page = nora.page
    nora.text.tap()
    low = page.locator(f"{COMPOSER} .composer-bar")
    for name in ("Insert", "Picture", "Publish", "Save draft"):
        button = low.get_by_role("button", name=name, exact=True)
        box = box_of(button)
        assert min(box["width"], box["height"]) >= TARGET, name
        assert box["y"] + box["height"] > SMALL["viewport"]["height"] / 2, name  # type: ignore[index]  # as it is above
    low.get_by_role("button", name="Insert").tap()
    line = option(page, "Bullet list")
    expect(line).to_be_visible()
    box = box_of(line)
    assert box["height"] >= TARGET
    assert box["y"] > SMALL["viewport"]["height"] / 2 - TARGET  # type: ignore[index]  # as it is above
    assert not axe_faults(page)
    line.tap()
    page.keyboard.type("By thumb")
    expect(nora.text.locator("ul li")).to_have_text("By thumb")
    page.get_by_label("Key event").first.check()
    low.get_by_role("button", name="Publish", exact=True).tap()
    card = nora.post("By thumb")
    expect(card.locator(".chip", has_text="Key event")).to_be_visible()
    for name in ("Edit", "Pin", "Key event", "Summary"):
        box = box_of(card.get_by_role("button", name=name))
        assert box["height"] >= TARGET, name
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["viewport"]["width"]  # type: ignore[index]  # as it is above
