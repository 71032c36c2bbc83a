"""The ways through a live blog's pages: the switch between both orders, and the links from page to page.

Called by `frame.py`. May import `order.py` and `lib`. Links in an order that is not the status's own say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from stoppress.edge.order import ORDERS, Order, usual_order
from stoppress.lib.languages import words_in

_MARKED = ' aria-current="true"'


@dataclass(frozen=True, slots=True)
class Turning:
    """Where a page stands among the others, as `frame.LivePage` says it."""

    slug: str
    language: str
    status: str
    leaf: int
    order: Order
    newer_from: str | None = None
    older_from: str | None = None

    @property
    def opens(self) -> bool:
        """Whether this page has what belongs above the first post that is read: a pinned post, a form."""
        return self.leaf == 0 or (self.order == "oldest" and self.leaf == 1)

    @property
    def label(self) -> str:
        """What listeners are told of the posts."""
        say = words_in(self.language)  # escaped by the frame
        return say("Posts, oldest first") if self.order == "oldest" else say("Posts, newest first")

    def switch(self) -> str:
        """Both orders, the present one marked, and all posts on one page."""
        say = self._said
        names = {"oldest": say("Oldest first"), "newest": say("Newest first")}
        orders = "".join(
            f'<a href="/live/{self.slug}?order={order}"{_MARKED if order == self.order else ""}>{names[order]}</a>'
            for order in ORDERS
        )
        whole = f'<a class="whole" href="/live/{self.slug}/print">{say("All on one page")}</a>'
        return f'<nav class="order" aria-label="{say("Order of the posts")}">{orders}{whole}</nav>'

    def above(self) -> str:
        """The links over the posts; none where reading begins."""
        begins = self.older_from is None if self.order == "oldest" else self.leaf == 0
        return "" if begins else self.below()

    def below(self) -> str:
        """The links under the posts. Of the first page, newest first, they are the slot `older`'s."""
        links = self._oldest_first() if self.order == "oldest" else self._newest_first()
        return self._nav(list(links))

    def _nav(self, links: Sequence[str]) -> str:
        if not links:
            return ""
        return f'<nav class="pager" aria-label="{self._said("Pages")}">{"".join(links)}</nav>'

    def _said(self, sentence: str) -> str:
        """Our own words in the page's language, ready to stand in html."""
        return escape(words_in(self.language)(sentence))

    def _newest_first(self) -> Iterator[str]:
        say = self._said
        if self.leaf == 0:
            return
        yield self._link(None, "", say("Newest posts"))
        if self.newer_from:
            yield self._link(self.newer_from, "prev", say("Newer posts"))
        if self.older_from:
            yield self._link(self.older_from, "next", say("Older posts"))

    def _oldest_first(self) -> Iterator[str]:
        say = self._said
        if self.older_from:
            yield self._link(None, "", say("From the beginning"))
            yield self._link(self.older_from, "prev", say("Earlier posts"))
        if self.newer_from:
            yield self._link(self.newer_from, "next", say("Later posts"))

    def _link(self, post_id: str | None, relation: str, name: str) -> str:
        asked = [f"from={post_id}"] if post_id else []
        if self.order != usual_order(self.status):
            asked.append(f"order={self.order}")
        query = f"?{'&amp;'.join(asked)}" if asked else ""
        marked = f' rel="{relation}"' if relation else ""
        return f'<a href="/live/{self.slug}{query}"{marked}>{name}</a>'
