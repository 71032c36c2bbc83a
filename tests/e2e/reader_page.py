"""A reader's window on one live blog. Called by the journeys; the only place that knows the page's markup."""

from dataclasses import dataclass
from typing import Self, cast

from playwright.sync_api import Locator, Page, expect

# What is the page, less what the script says about it: positions in the feed, the reader's own times.
AS_SHOWN = """() => {
    const main = document.querySelector("#live").cloneNode(true);
    main.querySelectorAll("#live-status, [data-script], button").forEach((node) => node.remove());
    for (const node of main.querySelectorAll("article")) {
        node.removeAttribute("aria-posinset");
        node.removeAttribute("aria-setsize");
        node.classList.remove("new", "changed", "arrived");
    }
    return [...main.querySelectorAll("[data-slot], article")].map(
        (node) => `${node.dataset.slot ?? node.id} ${node.textContent.replace(/\\s+/g, " ").trim()}`,
    );
}"""


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """`page` stands on `/live/{slug}`."""

    page: Page
    url: str

    @classmethod
    def open(cls, page: Page, server_url: str, slug: str) -> Self:
        """Go there, and wait until the script listens (without a script: until it is loaded)."""
        url = f"{server_url}/live/{slug}"
        page.goto(url)
        expect(page.locator("main#live")).to_be_visible()
        return cls(page, url)

    @property
    def posts(self) -> Locator:
        """The posts, newest first, without copies in the pinned slot."""
        return self.page.locator("#posts > article")

    def post(self, post_id: str) -> Locator:
        """One post by its id."""
        return self.page.locator(f"#post-{post_id}")

    def slot(self, name: str) -> Locator:
        """A named part above or below the posts."""
        return self.page.locator(f'[data-slot="{name}"]')

    @property
    def seq(self) -> int:
        """The newest number the page has taken in."""
        return int(self.page.locator("main#live").get_attribute("data-seq") or 0)

    @property
    def new_posts(self) -> Locator:
        """The button that waits above while the reader is further down."""
        return self.page.get_by_role("button", name="new post")

    def as_shown(self) -> list[str]:
        """Slots and posts as text, in order: equal for two windows that show the same page."""
        return cast("list[str]", self.page.evaluate(AS_SHOWN))

    def expect_like_fresh(self, fresh: Page) -> None:
        """What live updates made of this page is what a fresh load shows, at the address it has by now.

        A live blog that ends under a reader keeps its order, and says so in its address.
        """
        turned = self.page.evaluate("location.search")
        other = ReaderPage.open(fresh, self.url.split("/live/")[0], self.url.rsplit("/", 1)[1] + turned)
        expect(self.page.locator("main#live")).to_have_attribute("data-seq", str(other.seq))
        assert self.as_shown() == other.as_shown()
