"""Reporters at work, in a real browser on a real server: fast, together, and with nothing typed ever lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import LAPTOP, PHONE, NewWindow
from tests.e2e.reporter import COMPOSER, Reporter
from tests.e2e.server import EMAIL, Newsroom, Server

pytestmark = pytest.mark.browser

BO = "bo@example.org"
At = Callable[..., Reporter]


@pytest.fixture(scope="session")
def _reporter(server: Server) -> None:
    server.add_staff(role="reporter", email=BO, name="Bo Lind")


@pytest.fixture
def desk(server: Server, token: str, _reporter: None, slug: str, new_window: NewWindow) -> At:  # noqa: ARG001 (makes the people)
    """`desk()` → Nora, an editor, at the test's live blog; `desk(BO)` → a reporter beside her."""

    def sit(email: str = EMAIL, **window: object) -> Reporter:
        has_scripts = window.get("java_script_enabled") is not False
        return Reporter(new_window(**window), server, slug, has_scripts).open(email)

    return sit


def test_three_moves_from_fact_to_reader(desk: At, page: Page) -> None:
    nora = desk()
    page.goto(f"{nora.server.url}/live/{nora.slug}")
    nora.page.keyboard.press("n")
    nora.page.keyboard.type("The gate is shut.")
    nora.page.keyboard.press("Control+Enter")
    expect(page.locator("#posts article")).to_contain_text("The gate is shut.")
    expect(nora.post("The gate is shut.")).to_be_visible()
    expect(nora.text).to_have_text("")
    assert nora.kept() == []


def test_colleagues_see_each_other_without_reloading(desk: At) -> None:
    nora, bo = desk(), desk(BO)
    bo.write("A text of mine under way")
    nora.publish("Water is rising.")
    expect(bo.post("Water is rising.")).to_be_visible()
    expect(bo.text).to_have_text("A text of mine under way")
    nora.post("Water is rising.").get_by_role("button", name="Key event").click()
    expect(bo.page.locator("#side")).to_contain_text("Water is rising.")


def test_what_was_typed_is_there_after_a_reload(desk: At) -> None:
    nora = desk()
    nora.page.fill(f"{COMPOSER} [name=headline]", "A headline")
    nora.write("Half a sentence")
    expect(nora.said).to_contain_text("Kept on this device")
    nora.page.reload()
    expect(nora.text).to_have_text("Half a sentence")
    expect(nora.page.locator(f"{COMPOSER} [name=headline]")).to_have_value("A headline")
    nora.page.keyboard.press("Control+Enter")


def test_a_dead_server_loses_nothing_and_doubles_nothing(own_server: Server, new_window: NewWindow) -> None:
    newsroom = Newsroom.at(own_server, own_server.add_staff())
    with newsroom.client:
        slug = newsroom.open("storm")
    nora = Reporter(new_window(), own_server, slug).open(EMAIL)
    nora.write("Written while the server died.")
    own_server.kill()
    nora.page.keyboard.press("Control+Enter")
    expect(nora.said).to_contain_text("queued")
    expect(nora.waiting).to_contain_text("Written while the server died.")
    own_server.start()
    nora.page.get_by_role("button", name="Try now").click()
    expect(nora.waiting).to_have_count(0)
    expect(nora.post("Written while the server died.")).to_have_count(1)


def test_an_answer_that_was_lost_does_not_make_two_posts(desk: At) -> None:
    nora = desk()
    nora.page.route("**/posts/", lambda route: (route.fetch(), route.abort()))
    nora.write("The answer to this is lost.")
    nora.page.keyboard.press("Control+Enter")
    nora.waiting.get_by_role("button", name="Take it back to write").click()
    expect(nora.said).to_contain_text("as far as is known")
    nora.page.unroute("**/posts/")
    nora.write(" And more was typed.")
    nora.page.get_by_role("button", name="Try again").click()
    expect(nora.said).to_contain_text("Published")
    expect(nora.post("The answer to this is lost. And more was typed.")).to_have_count(1)
    expect(nora.page.locator("#timeline article")).to_have_count(1)


def test_two_versions_are_shown_and_mine_goes_on_top(desk: At) -> None:
    nora = desk()
    nora.publish("First words.")
    bo = desk()
    nora.edit("First words.", " Nora's.")
    bo.edit("First words.", " Bo's.")
    nora.page.keyboard.press("Control+Enter")
    expect(bo.inline).to_contain_text("A colleague saved this post meanwhile.")
    bo.page.keyboard.press("Control+Enter")
    expect(bo.inline.locator(".conflict")).to_contain_text("First words. Nora's.")
    expect(bo.inline.locator(".ProseMirror")).to_have_text("First words. Bo's.")
    bo.page.get_by_role("button", name="Put mine on top of theirs").click()
    expect(nora.post("First words. Bo's.")).to_be_visible()


def test_taking_theirs_puts_mine_aside(desk: At) -> None:
    nora = desk()
    nora.publish("First words.")
    bo = desk()
    bo.edit("First words.", " Mine.")
    nora.edit("First words.", " Theirs.")
    nora.page.keyboard.press("Control+Enter")
    expect(nora.inline).to_have_count(0)
    bo.page.keyboard.press("Control+Enter")
    bo.page.get_by_role("button", name="Take theirs").click()
    expect(bo.inline.locator(".ProseMirror")).to_have_text("First words. Theirs.")
    bo.inline.get_by_role("button", name="Cancel").click()
    expect(bo.page.locator("#device")).to_contain_text("First words. Mine.")
    bo.page.get_by_role("button", name="Take it up").click()
    expect(bo.inline.locator(".ProseMirror")).to_have_text("First words. Mine.")


def test_signing_out_tells_of_texts_that_would_be_lost(desk: At) -> None:
    nora = desk()
    nora.write("Only on this device.")
    expect(nora.said).to_contain_text("Kept on this device")
    nora.page.goto(f"{nora.server.url}/desk/account/logout/")
    expect(nora.page.locator("[data-kept-warning]")).to_contain_text("Only on this device.")
    nora.page.get_by_role("link", name="Stay").click()
    assert nora.go().kept() == ["Only on this device."]
    nora.page.goto(f"{nora.server.url}/desk/account/logout/")
    nora.page.get_by_role("button", name="Sign out").click()
    nora.page.wait_for_url("**/login/")
    assert nora.kept() == []


def test_a_draft_is_gone_on_with_where_it_stands(desk: At) -> None:
    nora = desk()
    nora.write("Unfinished")
    nora.page.keyboard.press("Control+s")
    expect(nora.said).to_contain_text("Draft saved")
    nora.page.get_by_role("button", name="New post").click()
    expect(nora.text).to_have_text("")
    nora.page.locator("#coming").get_by_role("link", name="Unfinished").click()
    nora.inline.locator(".ProseMirror").click()
    nora.page.keyboard.press("Control+End")
    nora.page.keyboard.type(" no more.")
    nora.page.keyboard.press("Control+Enter")
    expect(nora.post("Unfinished no more.").locator(".chip")).to_have_text("Published")
    expect(nora.inline).to_have_count(0)


def test_a_picture_needs_its_alt_text(desk: At, tmp_path: Path) -> None:
    nora = desk()
    Image.new("RGB", (900, 600), "navy").save(tmp_path / "wall.png")
    nora.page.set_input_files(f"{COMPOSER} input[type=file]", tmp_path / "wall.png")
    expect(nora.page.locator(f"{COMPOSER} .picture-block img")).to_be_visible()
    nora.page.get_by_role("button", name="Publish", exact=True).click()
    expect(nora.said).to_contain_text("alt text")
    nora.page.keyboard.type("The harbour wall at night")  # the cursor stands in the field
    nora.page.keyboard.press("Control+Enter")
    expect(nora.page.locator("#timeline img")).to_have_attribute("alt", "The harbour wall at night")


WORD = """<html xmlns:o="urn:x"><head><style>p {color: red}</style></head><body lang=EN>
<p class=MsoNormal>A <b>bold</b> claim<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1'><span style='mso-list:Ignore'>·&nbsp;</span>one</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1'><span style='mso-list:Ignore'>·&nbsp;</span>two</p>
</body></html>"""
DOCS = """<b style="font-weight:normal" id="docs-internal-guid-1"><h1><span>Title</span></h1>
<p><span style="font-weight:700">Bold</span><span style="font-style:italic"> leaning</span></p></b>"""
EVIL = """<p>Fine <img src=x onerror="window.evil=1"><a href="javascript:evil=1">words</a><script>evil=1</script></p>"""


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        (WORD, "<p>A <strong>bold</strong> claim</p><ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        (DOCS, "<h3>Title</h3><p><strong>Bold</strong><em> leaning</em></p>"),
        (EVIL, "<p>Fine words</p>"),
    ],
    ids=["word", "google-docs", "hostile"],
)
def test_what_is_pasted_comes_in_clean(html: str, clean: str, desk: At) -> None:
    nora = desk()
    nora.paste(html, "plain")
    assert nora.text.inner_html().replace('<br class="ProseMirror-trailingBreak">', "") == clean
    assert nora.page.evaluate("window.evil") is None


def test_withdrawing_takes_two_presses_and_a_reason(desk: At, page: Page) -> None:
    nora = desk()
    nora.publish("This was wrong.")
    page.goto(f"{nora.server.url}/live/{nora.slug}")
    post = nora.post("This was wrong.")
    post.locator("summary", has_text="Withdraw").click()
    post.get_by_label("Why is it taken down?").fill("The gate is intact.")
    post.get_by_role("button", name="Withdraw the post").click()
    expect(page.locator("#posts article.withdrawn")).to_contain_text("The gate is intact.")
    expect(page.locator("body")).not_to_contain_text("This was wrong.")
    expect(nora.page.locator("#timeline")).not_to_contain_text("This was wrong.")


def test_keys_act_on_the_post_in_focus_and_never_while_typing(desk: At) -> None:
    nora = desk()
    nora.publish("Older post.")
    nora.publish("Newer post.")
    nora.write("pke")
    expect(nora.text).to_have_text("pke")
    nora.post("Older post.").focus()
    nora.page.keyboard.press("p")
    expect(nora.post("Older post.")).to_contain_text("Pinned")
    nora.page.keyboard.press("e")
    expect(nora.inline).to_have_count(1)
    nora.inline.get_by_role("button", name="Cancel").click()
    nora.page.keyboard.press("?")
    expect(nora.page.get_by_role("dialog")).to_contain_text("Write a post")


def test_a_draft_live_blog_follows_without_a_stream(desk: At, newsroom: Newsroom) -> None:
    newsroom.ask("POST", "/liveblogs", headline="Not open yet", slug="not-open", status="draft")
    nora = Reporter(desk().page, desk().server, "not-open").go()
    other = Reporter(desk(BO).page, nora.server, "not-open").go()
    nora.publish("Ready to go.")
    expect(other.post("Ready to go.")).to_be_visible()
    nora.page.get_by_role("button", name="Open to readers").click()
    expect(other.page.locator("#side")).to_contain_text("Public page")


def test_without_javascript_everything_but_writing_works(desk: At, newsroom: Newsroom) -> None:
    nora = desk(java_script_enabled=False)
    newsroom.publish(nora.slug, "Water is rising.")
    nora.go()
    nora.post("Water is rising.").get_by_role("button", name="Pin").click()
    expect(nora.page.locator(".messages")).to_contain_text("Pinned above the posts.")
    nora.page.get_by_role("button", name="Start my shift").click()
    expect(nora.page.get_by_role("button", name="End my shift")).to_be_visible()


# Colours do not depend on the width, nor lines on the colours: each stands once beside the other.
@pytest.mark.parametrize(
    ("colours", "viewport"),
    [("light", LAPTOP), ("dark", PHONE), ("light", {"width": 360, "height": 740})],
    ids=["light-laptop", "dark-phone", "light-small"],
)
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    desk: At, newsroom: Newsroom, colours: str, viewport: dict[str, int]
) -> None:
    touch = viewport["width"] < LAPTOP["width"]
    nora = desk(viewport=viewport, color_scheme=colours, has_touch=touch, reduced_motion="reduce")
    newsroom.publish(nora.slug, "A line.", headline="A headline", key_event=True)
    newsroom.publish(nora.slug, "A draft.", draft=True)
    nora.publish("Water is rising.")
    page = nora.page
    found: list[str] = []
    stops: dict[str, Callable[[], object]] = {
        "live blog": nora.go,
        "editing": lambda: nora.edit("Water is rising.", " Fast."),
        "post": lambda: nora.go().post("Water is rising.").get_by_role("link", name="History").click(),
        "list": lambda: page.goto(f"{nora.server.url}/desk/"),
        "new": lambda: page.goto(f"{nora.server.url}/desk/new/"),
        "settings": lambda: page.goto(f"{nora.server.url}/desk/live/{nora.slug}/settings/"),
        "nowhere": lambda: page.goto(f"{nora.server.url}/desk/nowhere/"),
        "sign out": lambda: page.goto(f"{nora.server.url}/desk/account/logout/"),
    }
    for name, reach in stops.items():
        reach()
        page.wait_for_load_state()
        page.evaluate("scrollTo(0, 0)")  # what is half under the bar counts as half as large
        found += [f"{name}: {fault}" for fault in axe_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}: wider than the window")
    assert not found, "\n".join(found)


def test_html_is_valid(desk: At, newsroom: Newsroom) -> None:
    if not have_java():
        pytest.skip("no Java on this machine; do: apt-get install default-jre-headless")
    nora = desk()
    post = newsroom.publish(nora.slug, "Water **is** rising.", headline="Rising", key_event=True)
    newsroom.publish(nora.slug, "Later.", draft=True)
    base = f"{nora.server.url}/desk/"
    paths = {
        "list": "",
        "new": "new/",
        "live": f"live/{nora.slug}/",
        "post": f"live/{nora.slug}/posts/{post}/",
    }
    paths["settings"] = f"live/{nora.slug}/settings/"
    pages = {name: nora.page.request.get(base + path).text() for name, path in paths.items()}
    assert not html_faults(pages)
