"""In which order a live blog is read, and where the reading begins. PURE. Called by `store.py`, `pages.py`, `frame.py`.

While it is live the newest post comes first; once it is closed it is a story, and stories begin at the beginning.
Either way the other order has an address of its own. A page is a leaf in one order: a closing changes which page
the plain address answers, never the page that somebody has open.
Source: docs/decisions/0027-oldest-first-once-closed.md
"""

from typing import Final, Literal, TypeAlias

Order: TypeAlias = Literal["newest", "oldest"]
ORDERS: Final[tuple[Order, ...]] = ("oldest", "newest")


def usual_order(status: str) -> Order:
    """The order of addresses that name none."""
    return "oldest" if status == "closed" else "newest"


def opening_leaf(order: Order, leaves: int) -> int:
    """The leaf on which reading in `order` begins, of a live blog with this many sealed ones."""
    return 1 if order == "oldest" and leaves else 0


def order_named(name: str | None) -> Order | None:
    """What an address asks for; None when it names no order that there is."""
    return next((order for order in ORDERS if order == name), None)
