"""What many ask of the same document is made once and stays with it.

PURE. For functions that give the same for the same document. A post goes out as a page, a card, three feeds and
structured data, in one transaction: they ask for its words nine times and for its html five times.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from stoppress.document.schema import Document

Made = TypeVar("Made")


def made_once(make: Callable[[Document], Made]) -> Callable[[Document], Made]:
    """`make`, called once for each document. What it gives belongs to all who ask: nobody may change it."""

    @wraps(make)
    def made(document: Document) -> Made:
        if make not in document.made:
            document.made[make] = make(document)
        return cast("Made", document.made[make])

    return made
