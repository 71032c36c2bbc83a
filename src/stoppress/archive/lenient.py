"""JSON as found in pages: wrapped, with line ends in strings, trailing commas, comments or unescaped quotes.

Called by `readers/jsonld.py`. Imports nothing of the project. Repairs what loses nothing; anything else is
refused with the reason, for `skipped`.
"""

import json
import re
from html import unescape
from typing import Final

# What old publishing systems put round a script's content, as it begins and as it ends.
_OPENINGS: Final = (
    "<!--",
    "//<![CDATA[",
    "// <![CDATA[",
    "/*<![CDATA[*/",
    "/* <![CDATA[ */",
    "<![CDATA[",
    "-->",
)
_ENDINGS: Final = ("-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "<!--", "//")
_REMARK: Final = re.compile(r"<!--(?!\s*[\[{]).*?-->", re.DOTALL)  # that holds no JSON itself
_BEGINNING: Final = re.compile(r"\s*(?=[\[{])")
_BLANK: Final = " \t\r\n\f\v;\ufeff\xa0"
_SPECIAL: Final = re.compile(r'["/,]')
_CLOSING: Final = re.compile(r"\s*[}\],]")  # behind a comma: it separates nothing
_IN_STRING: Final = re.compile(r'[^"\\]+|\\.|"', re.DOTALL)
_AFTER_STRING: Final = re.compile(r'\s*(?:$|[:}\]]|/[/*]|,\s*(?:["{\[}\],\d-]|/[/*]|true|false|null|$))')
_ESCAPES: Final = frozenset('"\\/bfnrtu')
_REPAIRS_CHARS: Final = 8_000_000  # a repair looks at every character; the largest script seen has 900,000


class BrokenJson(ValueError):
    """It cannot be read. The message says why."""


def parse(text: str) -> list[object]:
    """Every JSON value in `text`, one after the other. Raises: BrokenJson."""
    bare = _unwrapped(text)
    if not bare:
        return []
    try:
        return _values(bare)
    except BrokenJson as first:
        if bare.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
            bare = unescape(bare)
        try:
            return _values(_repaired(bare))
        except BrokenJson:
            raise first from None


def value_at(text: str, place: int) -> object | None:
    """The object or list that begins at `place`, whatever follows it; None when none does."""
    begin = _BEGINNING.match(text, place)
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, begin.end())[0] if begin else None
    except (ValueError, RecursionError):
        return None


def _values(text: str) -> list[object]:
    decoder = json.JSONDecoder(strict=False)  # strings may hold line ends and tabs as they are
    found: list[object] = []
    place = 0
    try:
        while place < len(text):
            value, place = decoder.raw_decode(text, place)
            found.append(value)
            while place < len(text) and text[place] in " \t\r\n,;":
                place += 1
    except RecursionError:
        raise BrokenJson("the JSON is nested too deeply") from None
    except ValueError as error:
        raise BrokenJson(f"the JSON cannot be read: {error}") from None
    return found


def _unwrapped(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = text.strip(_BLANK)
        if remark := _REMARK.match(text):
            text = text[remark.end() :]
        if text.endswith("-->") and (words := text.rpartition("<!--")[0].rstrip())[-1:] in {"}", "]"}:
            text = words
        for opening in _OPENINGS:
            text = text.removeprefix(opening)
        for ending in _ENDINGS:
            text = text.removesuffix(ending)
    return text


def _repaired(text: str) -> str:
    """`text` without comments and trailing commas, and with its strings made whole."""
    if len(text) > _REPAIRS_CHARS:
        raise BrokenJson("the JSON is broken and too long to repair")
    parts: list[str] = []
    place = 0
    while found := _SPECIAL.search(text, place):
        parts.append(text[place : found.start()])
        place = found.end()
        if found[0] == '"':
            string, place = _string(text, place)
            parts.append(string)
        elif found[0] == "/":
            place = _behind_comment(text, place)
        elif not _CLOSING.match(text, place):
            parts.append(",")
    return "".join(parts) + text[place:]


def _behind_comment(text: str, place: int) -> int:
    """Where what begins with a slash before `place` ends; to the end when nothing ends it."""
    mark, skip = ("*/", 2) if text.startswith("*", place) else ("\n", 1)
    end = text.find(mark, place)
    return len(text) if end < 0 else end + skip


def _string(text: str, place: int) -> tuple[str, int]:
    """The string that begins at `place`, as valid JSON, and the place behind it.

    A quote that nothing of JSON's grammar follows belongs to the words.
    """
    parts = ['"']
    while place < len(text):
        piece = _IN_STRING.match(text, place)
        if piece is None:
            break
        place = piece.end()
        if piece[0] == '"':
            if _AFTER_STRING.match(text, place):
                return "".join(parts) + '"', place
            parts.append('\\"')
        elif piece[0].startswith("\\"):
            parts.append(piece[0] if piece[0][1] in _ESCAPES else piece[0][1].replace("\\", "\\\\"))
        else:
            parts.append(piece[0])
    raise BrokenJson("the JSON ends inside a text: it was cut off")
