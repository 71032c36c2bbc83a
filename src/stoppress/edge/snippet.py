"""A few lines of a post around what was looked for, with the words marked. PURE; escaped by construction.

Called by `title_frame.py`. May import `lib`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from stoppress.lib import limits

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_BEFORE = limits.FOUND_SNIPPET_CHARS // 4  # of the snippet stands before the first word that was found


def marked(text: str, words: Sequence[str]) -> str:
    """All of `text` as html, the words in `<mark>`. `words` are folded; the last one may be the beginning of a word."""
    parts: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if not _is_one_of(match[0], words):
            continue
        parts.append(escape(text[end : match.start()], quote=False))
        parts.append(f"<mark>{escape(match[0], quote=False)}</mark>")
        end = match.end()
    parts.append(escape(text[end:], quote=False))
    return "".join(parts)


def snippet(text: str, words: Sequence[str]) -> str:
    """About limits.FOUND_SNIPPET_CHARS of `text` as html, from shortly before the first word that was found."""
    line = " ".join(text.split())
    first = next((match.start() for match in _WORD.finditer(line) if _is_one_of(match[0], words)), 0)
    start = _word_start(line, max(0, first - _BEFORE))
    end = start + limits.FOUND_SNIPPET_CHARS
    shown = line[start:end]
    if end < len(line):
        shown = shown.rsplit(" ", 1)[0] if " " in shown else shown
    return f"{'… ' if start else ''}{marked(shown, words)}{' …' if start + len(shown) < len(line) else ''}"


def _word_start(line: str, at: int) -> int:
    """The beginning of the first whole word from `at` on."""
    if at == 0:
        return 0
    blank = line.find(" ", at - 1)
    return at if blank < 0 or blank - at > _BEFORE else blank + 1


def _is_one_of(word: str, words: Sequence[str]) -> bool:
    if not words:
        return False
    plain = _plain(word)
    return plain.startswith(words[-1]) or plain in words


def _plain(word: str) -> str:
    return "".join(_uncombined(unicodedata.normalize("NFKD", word.casefold())))


def _uncombined(text: str) -> Iterable[str]:
    return (char for char in text if not unicodedata.combining(char))
