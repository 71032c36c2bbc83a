"""The desk in a window, as an editor uses it. Called by the journeys and by docs/images/take.py.

The only place in the browser tests that knows the desk's screens.
"""

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`page` is signed in. `url` is the server's."""

    page: Page
    url: str

    @classmethod
    def sign_in(cls, page: Page, url: str, *, email: str, password: str) -> Self:
        """Through the form; ends on the list of live blogs."""
        page.goto(f"{url}/desk/")
        page.locator('input[type="email"]').fill(email)
        page.locator('input[type="password"]').fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="Live blogs", level=1)).to_be_visible()
        return cls(page, url)

    def make_liveblog(self, headline: str) -> str:
        """A new live blog by the screen; returns its slug. It is a draft."""
        self.page.goto(f"{self.url}/desk/new/")
        self.page.locator('input[name="headline"]').fill(headline)
        self.page.get_by_role("button", name="Make the live blog").click()
        expect(self.composer).to_be_visible()
        return self.page.url.rstrip("/").rsplit("/", 1)[-1]

    def open(self, slug: str) -> None:
        """The desk of one live blog."""
        self.page.goto(f"{self.url}/desk/live/{slug}/")
        expect(self.page.locator("main[data-ready]")).to_be_attached()
        expect(self.composer).to_be_visible()

    @property
    def composer(self) -> Locator:
        """Where new posts are written."""
        return self.page.locator("form[data-composer]")

    @property
    def text(self) -> Locator:
        """The composer's text."""
        return self.composer.locator("[contenteditable=true]")

    @property
    def cards(self) -> Locator:
        """The posts of the timeline, newest first."""
        return self.page.locator("#timeline > [data-post]")

    def card(self, words: str) -> Locator:
        """The post that says so."""
        return self.cards.filter(has_text=words)

    def press(self, card: Locator, name: str) -> None:
        """One of the small deeds on a post."""
        card.get_by_role("button", name=name, exact=True).click()

    def publish(self, words: str, *, headline: str = "") -> Locator:
        """Write and publish with the keyboard; returns the post in the timeline."""
        if headline:
            self.composer.get_by_label("Headline").fill(headline)
        self.text.click()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Control+Enter")
        card = self.card(words)
        expect(card).to_be_visible()
        return card
