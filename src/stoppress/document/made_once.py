"""What many ask of the same document is made once and stays with it.

PURE. For functions that give the same for the same document. A post goes out as a page, a card, three feeds and
structured data, in one transaction: they ask for its words nine times, for its name as often, for its html five times.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from stoppress.document.schema import Document

Made = TypeVar("Made")
How = ParamSpec("How")  # in what way it is made: a number of characters, say; little that can be told apart


def made_once(
    make: Callable[Concatenate[Document, How], Made],
) -> Callable[Concatenate[Document, How], Made]:
    """`make`, called once for each document and way. What it gives belongs to all who ask: nobody may change it."""

    @wraps(make)
    def made(document: Document, /, *how: How.args, **named: How.kwargs) -> Made:
        key = (make, how, *named.items())
        if key not in document.made:
            document.made[key] = make(document, *how, **named)
        return cast("Made", document.made[key])

    return made
