"""Lines of text from foreign files: undone escapes, one line, names, bounds.

Called by `blocks.py`, `assemble.py` and `readers/`. May import `document`.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from stoppress.document.check import FORBIDDEN

_ENTITY: Final = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ESCAPED_ENTITY: Final = re.compile(
    r"&amp;(?=(?:amp;)*(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)"
)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_ESCAPES_MAX: Final = 3  # text escaped once for html, once for JSON in html, once by mistake

_BY: Final = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|przez|autor(?:in)?|author)(?:\s+|\s*:\s*)(?=\S)", re.IGNORECASE
)
_TURN: Final = re.compile(r"\s*\((?:now|earlier|and earlier)\)", re.IGNORECASE)
_AND: Final = re.compile(r"\s+(?:and|&|und|et|och|og|та|и)\s+")
# A comma before one of these adds a title to a name; it does not begin another name.
_TITLE: Final = re.compile(
    r"\b(?:editor|correspondent|reporter|journalist|writer|producer|analyst|columnist|chief|head|news|"
    r"redakteur(?:in)?|korrespondent(?:in)?|bbc|afp|dpa|reuters|press)\b",
    re.IGNORECASE,
)
_NAME_WORDS: Final = range(2, 5)


def unescaped(text: str) -> str:
    """Plain text with its html escapes undone, however often it was escaped."""
    for _ in range(_ESCAPES_MAX):
        if not _ENTITY.search(text):
            break
        text = unescape(text)
    return text


def html_unescaped(html: str) -> str:
    """Html in which an ampersand was escaped again: `&amp;quot;` becomes `&quot;`. The rest stays."""
    return _ESCAPED_ENTITY.sub("&", html) if "&amp;" in html else html


def one_line(text: str) -> str:
    """`text` without tags, escapes and characters that cannot be shown, on one line."""
    return " ".join(FORBIDDEN.sub(" ", _TAG.sub(" ", unescaped(text))).split())


def cut(text: str, most: int) -> str:
    """`text`, or its beginning up to a word's end and "…", at most `most` characters."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:-–—") + "…"


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Bylines as printed → names, in order, each once: "By A, B and C", "A (now) and B (earlier)"."""
    found: dict[str, None] = {}
    for value in values:
        line = _BY.sub("", _TURN.sub("", one_line(value)))
        for name in _split(line):
            if name and not name.startswith(("http://", "https://")):
                found[name] = None
    return tuple(found)


def _split(line: str) -> list[str]:
    parts = [part.strip(" ,;") for part in re.split(r"\s*;\s*", line)]
    return [name for part in parts for name in _split_at_and(part)]


def _split_at_and(line: str) -> list[str]:
    ended = _AND.split(line)
    commas = [part.strip() for part in ended[0].split(",")]
    several = len(commas) > 1 and all(_is_name(part) for part in (*commas, *ended[1:]))
    return [*(commas if several else [ended[0].strip(" ,")]), *(part.strip(" ,") for part in ended[1:])]


def _is_name(part: str) -> bool:
    return len(part.split()) in _NAME_WORDS and not _TITLE.search(part)
