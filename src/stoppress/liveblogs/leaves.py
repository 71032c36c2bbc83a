"""Which page a post is on. PURE: the rule of the elastic first page, used by `projection.py` and proved by tests.

Leaf 0 is the first page and holds the newest posts. When it reaches two pages' worth its older half is sealed as
the next leaf, for good: an older page's address never shifts while the live blog grows. A post placed in the past
joins the leaf of the post below it. So leaves are always runs of neighbours.
Source: docs/decisions/0012-sealed-older-pages.md
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime

from stoppress.lib import limits

Place = tuple[datetime, str]  # (first_published_at, post id); pages show the greatest first


class Leaves:
    """The leaf of every post, after posts appeared one by one."""

    def __init__(self, shown: Iterable[Place] = ()) -> None:
        self.sealed = 0
        self.leaf: dict[str, int] = {}
        self._order: list[Place] = []
        self._first_page = 0  # how many posts are on leaf 0
        for place in shown:
            self.add(place)

    def add(self, place: Place) -> None:
        """A post appears at `place`."""
        index = bisect_left(self._order, place)
        leaf = self._leaf_at(index)
        insort(self._order, place)
        self.leaf[place[1]] = leaf
        if leaf == 0:
            self._first_page += 1
        if self._first_page >= 2 * limits.PAGE_POSTS:
            self._seal()

    def _leaf_at(self, index: int) -> int:
        if index > 0:
            return self.leaf[self._order[index - 1][1]]
        if self._order:
            return self.leaf[self._order[0][1]]
        return 0

    def _seal(self) -> None:
        self.sealed += 1
        first = len(self._order) - self._first_page
        for _, post_id in self._order[first : first + limits.PAGE_POSTS]:
            self.leaf[post_id] = self.sealed
        self._first_page -= limits.PAGE_POSTS
