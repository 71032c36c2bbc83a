"""One person at work in one live blog, in a browser. Called by `test_reporters_at_work.py`."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect
from tests.e2e.server import PASSWORD, Server

# What is pasted: a paste event with its own clipboard, for the page may not write the real one.
PASTE = """([selector, html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    const target = document.querySelector(selector);
    target.focus();
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
# Every row of the device's database, read by a connection of the test's own.
ROWS = """() => new Promise((settle, fail) => {
    const open = indexedDB.open("stoppress-desk", 1);
    open.onerror = () => fail(open.error);
    open.onupgradeneeded = () => open.result.createObjectStore("rows", {keyPath: "key"});
    open.onsuccess = () => {
        const all = open.result.transaction("rows").objectStore("rows").getAll();
        all.onsuccess = () => { open.result.close(); settle(all.result); };
        all.onerror = () => fail(all.error);
    };
})"""
COMPOSER = "form[data-composer]"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def sign_in(url: str, email: str) -> list[dict[str, str]]:
    """A session of its own, as the cookies that a browser would have."""
    with httpx.Client(base_url=url, timeout=30) as browser:
        form = TOKEN.search(browser.get("/desk/account/login/").text)
        assert form, "The page to sign in has no form."
        told = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": form[1]}
        answer = browser.post("/desk/account/login/", data=told)
        assert answer.headers.get("Location") == "/desk/", answer.text[:2_000]
        return [{"name": name, "value": value, "url": url} for name, value in browser.cookies.items()]


@dataclass(frozen=True, slots=True)
class Reporter:
    """One person's window on one live blog."""

    page: Page
    server: Server
    slug: str
    has_scripts: bool = True

    def open(self, email: str) -> "Reporter":
        """Sign in, without looking at the form, and go to the live blog."""
        self.page.context.add_cookies(sign_in(self.server.url, email))  # type: ignore[arg-type]  # plain words
        return self.go()

    def go(self) -> "Reporter":
        """(Re)load the live blog."""
        self.page.goto(f"{self.server.url}/desk/live/{self.slug}/")
        if self.has_scripts:
            expect(self.page.locator("main[data-ready]")).to_be_attached()
        return self

    @property
    def text(self) -> Locator:
        """Where a new post is written."""
        return self.page.locator(f"{COMPOSER} .ProseMirror")

    @property
    def said(self) -> Locator:
        """What the composer says of itself."""
        return self.page.locator(f"{COMPOSER} [data-status-line]")

    @property
    def waiting(self) -> Locator:
        """The writes that wait on this device to be sent."""
        return self.page.locator("#outbox li")

    @property
    def inline(self) -> Locator:
        """The post that is edited in place."""
        return self.page.locator("[data-post-editor]")

    def post(self, words: str) -> Locator:
        """The post in the timeline that holds these words."""
        return self.page.locator("#timeline article", has_text=words)

    def write(self, words: str) -> None:
        """Type into the composer."""
        self.text.click()
        self.page.keyboard.type(words)

    def publish(self, words: str) -> None:
        """Write and publish by the keys."""
        self.write(words)
        self.page.keyboard.press("Control+Enter")
        expect(self.said).to_contain_text("Published")

    def edit(self, words: str, more: str) -> None:
        """Open the post that holds `words` and type `more` at its end."""
        self.post(words).get_by_role("button", name="Edit").click()
        self.inline.locator(".ProseMirror").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(more)

    def paste(self, html: str, text: str) -> None:
        """Paste into the composer."""
        self.text.wait_for()
        self.page.evaluate(PASTE, [f"{COMPOSER} .ProseMirror", html, text])

    def kept(self) -> list[str]:
        """The words of the texts that are kept on this device."""
        return [str(row["kept"]["words"]) for row in self.rows("stoppress:text")]

    def rows(self, start: str) -> list[dict[str, Any]]:
        """What the device's database holds under names that begin so, in their order."""
        rows: list[dict[str, Any]] = self.page.evaluate(ROWS)
        return [row for row in rows if str(row["key"]).startswith(start)]
