"""Pages in other languages than English, as their readers have them."""

import re

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import PHONE, NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

# Texts without a letter: whatever letters a page shows are ours, or a name of the lists below.
HEADLINE, TEXT = "1 / 2 / 3", "4 5 6"
NAMES = re.compile(
    r"\b(?:Newsroom|Search|Atom|RSS|JSON Feed|OpenStreetMap|cookie|EES?T|GMT|UTC|URL|Kyiv|Europe)\b|[+]\d"
)
SAID = """() => {
    const own = (element) => !element.closest("[lang]:not(html)");
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [document.title];
    while (walk.nextNode()) {
        const { parentElement, data } = walk.currentNode;
        const isRead = own(parentElement) && !parentElement.closest("script, style, noscript");
        if (data.trim() && isRead) found.push(data.trim());
    }
    for (const name of ["aria-label", "title", "alt", "placeholder", "data-empty"])
        for (const element of document.querySelectorAll(`[${name}]`))
            if (own(element)) found.push(element.getAttribute(name));
    return found;
}"""
CLAIM = {"type": "claim", "attrs": {"source": "7", "state": "unverified"}}


def document(text: str) -> dict[str, object]:
    said = [{"type": "text", "text": text}, {"type": "text", "text": " 8", "marks": [CLAIM]}]
    poll = {
        "id": "poll0001",
        "question": "9?",
        "options": [{"id": "a", "text": "10"}, {"id": "b", "text": "11"}],
    }
    return {
        "type": "doc",
        "content": [{"type": "paragraph", "content": said}, {"type": "poll", "attrs": poll}],
    }


@pytest.fixture(scope="module")
def places(newsroom: Newsroom) -> dict[str, dict[str, str]]:
    """By language: each kind of page."""

    def make(language: str) -> dict[str, str]:
        slug = newsroom.open(f"spoken-{language}", headline=HEADLINE, standfirst=TEXT, language=language)
        names = {"byline": ["12", "13"]}
        post = str(
            newsroom.ask(
                "POST",
                f"/liveblogs/{slug}/posts",
                headline="14",
                document=document(TEXT),
                key_event=True,
                **names,
            )["id"]
        )
        newsroom.ask("PATCH", f"/liveblogs/{slug}/posts/{post}", markdown="4 5 7", correction="15")
        newsroom.publish(slug, "* 16", summary=True, **names)
        gone = newsroom.publish(slug, "17", **names)
        newsroom.ask("POST", f"/liveblogs/{slug}/posts/{gone}/withdraw", reason="18")
        newsroom.ask("POST", f"/liveblogs/{slug}/posts", document=document("19"), **names)
        here = f"/live/{slug}"
        return {
            "live": here,
            "post": f"{here}/posts/{post}",
            "withdrawn": f"{here}/posts/{gone}",
            "history": f"{here}/posts/{post}/history",
            "corrections": f"{here}/corrections",
            "claims": f"{here}/claims",
            "oldest first": f"{here}?order=oldest",
        }

    return {language: make(language) for language in ("uk", "ar")}


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_row_32_no_word_is_left_in_english(
    server: Server, places: dict[str, dict[str, str]], new_window: NewWindow, language: str
) -> None:
    page = new_window(locale=language, timezone_id="America/Bogota")
    english = []
    for name, path in places[language].items():
        page.goto(server.url + path)
        if name == "live":
            expect(page.locator(".share").first).to_be_visible()  # the script has said its words
        told = page.evaluate(SAID)
        english += [f"{name}: {line}" for line in told if re.search("[A-Za-z]{2}", NAMES.sub("", line))]
    assert not english, "\n".join(english)


def test_row_32_an_arabic_page_runs_from_the_right_and_grows_as_it_was_served(
    server: Server, newsroom: Newsroom, new_window: NewWindow
) -> None:
    slug = newsroom.open("from-the-right", headline="عاصفة تضرب الساحل", language="ar")
    first = newsroom.publish(slug, "بلغت المياه الرصيف.", byline=["ليلى حداد", "John Smith"])
    page = new_window(viewport=PHONE, locale="ar", timezone_id="Europe/Kyiv")
    page.goto(f"{server.url}/live/{slug}")
    expect(page.locator(f"#post-{first} .share")).to_have_text("مشاركة")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    time, text = page.locator(f"#post-{first} .clock"), page.locator(f"#post-{first} .post-body")
    assert time.bounding_box()["x"] > page.viewport_size["width"] / 2  # type: ignore[index]  # it is shown
    expect(text).to_have_css("text-align", "start")
    expect(page.locator(f"#post-{first} .byline")).to_have_text("ليلى حداد وJohn Smith")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    second = newsroom.publish(slug, "The ferry **waits** outside.", language="en", headline="Ferry waits")
    shown = page.locator(f"#post-{second}")
    expect(shown.locator("h2")).to_have_attribute("dir", "ltr")
    expect(shown.locator(".post-body")).to_have_css("direction", "ltr")
    ReaderPage(page, f"{server.url}/live/{slug}").expect_like_fresh(
        new_window(viewport=PHONE, locale="ar", timezone_id="Europe/Kyiv")
    )
