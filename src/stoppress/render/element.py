"""Html elements that cannot be written unescaped: the builder `post.py` and `page.py` stand on.

`Html` is text that is markup already; everything else goes through `text`. Attribute values are always
escaped here. May import `lib`.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NewType

from stoppress.lib.languages import direction

Html = NewType("Html", str)
NOTHING = Html("")

_VOID = frozenset({"br", "img", "input", "link", "meta", "source"})

# Most attributes say the same on every post: what they look like is kept, for so many of them.
_ATTRIBUTES_REMEMBERED = 1_024

# What an attribute may be: text, a flag (True writes the bare name), or absent (None, False).
Value = str | int | bool | None


def text(words: str) -> Html:
    """Plain words, escaped."""
    return Html(escape(words, quote=False))


def filled(sentence: str, **parts: Html) -> Html:
    """Plain words with markup in the places that they name: `filled(say("Updated at {time}"), time=…)`."""
    return Html(text(sentence).format(**parts))


def element(tag: str, attributes: dict[str, Value] | None = None, *children: Html) -> Html:
    """One element. Attributes keep their order; those that are None or False are left out."""
    written = "".join([_attribute(name, value) for name, value in attributes.items()]) if attributes else ""
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{''.join(children)}</{tag}>")


def tongue(language: str, around: str) -> dict[str, Value]:
    """`lang` and `dir` for what is in another language than what it stands in; nothing when it is the same."""
    if not language or language == around:
        return {}
    return {"lang": language, "dir": direction(language)}


def join(parts: Iterable[Html], between: str = "") -> Html:
    """The parts in order, with plain words between them."""
    return Html(text(between).join(parts))


@lru_cache(_ATTRIBUTES_REMEMBERED, typed=True)  # typed: True is written otherwise than 1
def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    return f' {name}="{escape(str(value))}"'
