"""Lists as Word puts them on the clipboard: paragraphs that say their level, with a drawn bullet or number.

Called by `html.py`.
"""

import re
from typing import Final

from stoppress.document.html_tree import Element, elements, words_of
from stoppress.document.nodes import Attributes
from stoppress.document.writer import Writer
from stoppress.lib import limits

_LEVEL = re.compile(r"mso-list:\s*[^;]*?\blevel(\d{1,2})", re.IGNORECASE)
_BULLET = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(\d{1,6}|[a-zA-Z]{1,4})[.)]")
_FRAMES_PER_LEVEL: Final = 2  # a list and its item


def is_bullet(element: Element) -> bool:
    """Whether it is the drawn bullet or number of a list paragraph, which the list draws itself."""
    return _BULLET.search(element.attrs.get("style", "")) is not None


def list_level(element: Element) -> int:
    """Which level of a list this paragraph is an item of; 0: of none."""
    found = _LEVEL.search(element.attrs.get("style", "")) if element.tag == "p" else None
    return min(int(found[1]), limits.LIST_LEVELS) if found else 0


class WordLists:
    """The list under way, from one list paragraph to the next."""

    __slots__ = ("_base", "_writer")

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._base: int | None = None

    def item(self, paragraph: Element, level: int) -> None:
        """Begin an item for `paragraph`, in the list of its level."""
        if self._base is None or self._writer.depth < self._base:
            self._base = self._writer.depth
        self._writer.close_to(min(self._writer.depth, self._base + _FRAMES_PER_LEVEL * level - 1))
        while self._writer.depth < self._base + _FRAMES_PER_LEVEL * level - 1:
            if (self._writer.depth - self._base) % _FRAMES_PER_LEVEL:
                self._writer.open("list_item")
            else:
                self._writer.open(*_kind(paragraph))
        self._writer.open("list_item")

    def end(self) -> None:
        """Something else than a list paragraph begins."""
        if self._base is not None and self._writer.depth > self._base:
            self._writer.close_to(self._base)
        self._base = None


def _kind(paragraph: Element) -> tuple[str, Attributes]:
    bullet = next((words_of(one) for one in elements(paragraph) if is_bullet(one)), "")
    number = _NUMBER.match(bullet.strip())
    if number is None:
        return "bullet_list", {}
    return "ordered_list", {"start": int(number[1])} if number[1].isdecimal() else {}
