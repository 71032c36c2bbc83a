"""One JSON object of an archive, asked for its fields one by one; what is wrong is refused by its path.

Called by `codec.py`. May import `document` and `lib`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import NoReturn
from zoneinfo import available_timezones

from stoppress.archive.format import UnreadableArchive
from stoppress.document.parse import InvalidDocument, parse_document
from stoppress.document.schema import Document
from stoppress.lib import limits

# RFC 3339 section 5.6, as `codec.dumps` writes it or another program may.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WHOLE_MAX = 2**31 - 1  # both databases' integer
_SHOWN_CHARS = 60  # of a wrong value, in the message
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def unreadable(where: str, expected: str, came: str, todo: str) -> NoReturn:
    """Raise UnreadableArchive in the house's three parts."""
    raise UnreadableArchive(f"In the archive, {where} must be {expected}; it is {came}. To mend it, {todo}.")


class Fields:
    """The fields of one object. Getters raise UnreadableArchive; `end` refuses what nobody asked for."""

    def __init__(self, value: object, path: str) -> None:
        self._path = path
        if not isinstance(value, dict):
            unreadable(path or "the file", "a JSON object", _shown(value), "export it again")
        self._values: dict[str, object] = value
        self._asked: set[str] = set()

    def refuse(self, name: str, expected: str, came: str, todo: str) -> NoReturn:
        """Say what is wrong with field `name`."""
        unreadable(f"{self._path}.{name}".lstrip("."), expected, came, todo)

    def end(self) -> None:
        """Refuse unknown fields: they would be lost without a word."""
        for name in self._values.keys() - self._asked:
            self.refuse(
                str(name), "a field of this version", "unknown", "remove it, or use a newer Stoppress"
            )

    def text(self, name: str, most: int, *, empty: bool = True) -> str:
        value = self._get(name)
        if not isinstance(value, str):
            self.refuse(name, "text", _shown(value), "write it as a JSON string")
        if not empty and not value.strip():
            self.refuse(name, "text", "empty", "write it")
        if len(value) > most:
            self.refuse(name, f"at most {most:,} characters", f"{len(value):,} long", "shorten it")
        if _NOT_TEXT.search(value):
            self.refuse(name, "plain text", "text with control characters", "remove them")
        return value

    def names(self, name: str) -> tuple[str, ...]:
        value = self._list(name, limits.BYLINE_NAMES)
        for each in value:
            if not isinstance(each, str) or not each.strip() or len(each) > limits.BYLINE_NAME_CHARS:
                expected = f"a list of names of at most {limits.BYLINE_NAME_CHARS} characters"
                self.refuse(name, expected, _shown(each), "write each name as it is printed")
        return tuple(str(each) for each in value)

    def texts_if_there(self, name: str, most: int, chars: int) -> tuple[str, ...]:
        """A field that archives of earlier days lack: nothing, then."""
        if name not in self._values:
            return ()
        value = self._list(name, most)
        for each in value:
            if not isinstance(each, str) or not each.strip() or len(each) > chars or _NOT_TEXT.search(each):
                self.refuse(
                    name, f"a list of texts of at most {chars} characters", _shown(each), "correct it"
                )
        return tuple(str(each) for each in value)

    def flag(self, name: str) -> bool:
        value = self._get(name)
        if not isinstance(value, bool):
            self.refuse(name, "true or false", _shown(value), "choose one")
        return value

    def whole(self, name: str, *, least: int = 0, most: int = _WHOLE_MAX) -> int:
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(name, f"a whole number from {least} to {most}", _shown(value), "correct it")
        return value

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self._get(name)
        if not isinstance(value, str) or value not in allowed:
            self.refuse(name, f"one of {', '.join(allowed)}", _shown(value), "choose one")
        return value

    def moment(self, name: str) -> datetime:
        """Aware, in UTC."""
        value = self._get(name)
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            try:
                return datetime.fromisoformat(value.upper().replace(" ", "T")).astimezone(UTC)
            except (ValueError, OverflowError):
                pass
        example = "a time like 2026-11-22T18:05:00Z"
        return self.refuse(name, example, _shown(value), "write date, time and offset")

    def moment_or_none(self, name: str) -> datetime | None:
        return None if self._get(name) is None else self.moment(name)

    def moment_if_there(self, name: str) -> datetime | None:
        """A field that archives of earlier days lack."""
        return self.moment_or_none(name) if name in self._values else None

    def object_if_there(self, name: str) -> "Fields | None":
        """The same; null is nothing."""
        value = self._values.get(name)
        self._asked.add(name)
        return None if value is None else Fields(value, f"{self._path}.{name}".lstrip("."))

    def slug(self, name: str) -> str:
        value = self.text(name, limits.SLUG_CHARS)
        if value and not _SLUG.fullmatch(value):
            self.refuse(
                name, "small letters, digits and single hyphens, or empty", _shown(value), "correct it"
            )
        return value

    def timezone(self, name: str) -> str:
        value = self.text(name, limits.TIMEZONE_CHARS)
        if value not in _zone_names():
            self.refuse(
                name, 'a name of the IANA time zone list, such as "Europe/Kyiv"', _shown(value), "correct it"
            )
        return value

    def language(self, name: str) -> str:
        value = self.text(name, limits.LANGUAGE_CHARS)
        if not _LANGUAGE.fullmatch(value):
            self.refuse(name, 'a language tag such as "en" or "pt-BR"', _shown(value), "correct it")
        return value

    def document(self, name: str) -> Document:
        value = self._get(name)
        try:
            return parse_document(value)
        except InvalidDocument as fault:
            self.refuse(name, "a document", f"not one ({str(fault).rstrip('.')})", "correct that place")

    def items(self, name: str, most: int) -> Iterator["Fields"]:
        """Each object of a list, with its own path."""
        for index, value in enumerate(self._list(name, most)):
            yield Fields(value, f"{self._path}.{name}[{index}]".lstrip("."))

    def _list(self, name: str, most: int) -> list[object]:
        value = self._get(name)
        if not isinstance(value, list):
            self.refuse(name, "a list", _shown(value), "write it as a JSON array")
        if len(value) > most:
            self.refuse(name, f"a list of at most {most:,}", f"{len(value):,} long", "split the live blog")
        return value

    def _get(self, name: str) -> object:
        self._asked.add(name)
        if name not in self._values:
            self.refuse(name, "there", "missing", "add it, or export the live blog again")
        return self._values[name]


@cache
def _zone_names() -> set[str]:
    """Looked up once: it walks through hundreds of files."""
    return available_timezones()


def _shown(value: object) -> str:
    """A wrong value, short enough to read."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"
