"""Words of the interface in the reader's or the newsroom's language, by gettext; English is what the code says.

    say = words_in("fr-CA")
    say("Key events")                                              → "Temps forts"
    say("Ended {day}", day="22 novembre")                          → "Terminé le 22 novembre"
    say.many("{count} post", "{count} posts", count=3)             → "3 billets"
    say.names(["Ana", "Bo"])                                       → "Ana et Bo"

Called by `document`, `render`, `edge` and `desk`. Imports nothing of the project. Catalogues stand in `locale/` as the
translators' text files (`make words`): they are read when a language is first spoken, so nothing need be compiled.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "stoppress"

# The languages of the interface, each by its own name. Live blogs may be written in any other.
LANGUAGES: Final = {
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "uk": "Українська",
    "ar": "العربية",
}

# Right-to-left by language, or by script where the tag names one. Source: CLDR character order.
_RTL_LANGUAGES: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_RTL_SCRIPTS: Final = frozenset({"arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_SCRIPT_CHARS: Final = 4
_WEIGHT: Final = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)")
_ACCEPTED_MAX: Final = 20  # of a header that may be as long as heads may be

# Other digits than 0 to 9, where a tag names the region that writes them. Source: CLDR numbering systems.
_DIGITS: Final = {
    "arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words. A sentence that is not translated comes in English."""

    catalogue: NullTranslations
    language: str = "en"

    def __call__(self, sentence: str, **values: object) -> str:
        """The sentence, `values` put in by name."""
        said = self.catalogue.gettext(sentence)
        return said.format(**values) if values else said

    def many(self, one: str, more: str, *, count: int, **values: object) -> str:
        """By the language's own plural rule; `{count}` stands in the sentence."""
        return self.catalogue.ngettext(one, more, count).format(count=self.number(count), **values)

    def names(self, names: Sequence[str]) -> str:
        """As the language lists them: "A", "A and B", "A, B and C"."""
        return format_list(names, locale=locale_of(self.language))

    def number(self, count: int) -> str:
        """With the language's marks between thousands, and its digits."""
        return digits(format_decimal(count, locale=locale_of(self.language)), self.language)


def later(sentence: str) -> str:
    """`sentence` as it is: marks for `make words` what is kept somewhere first and said elsewhere."""
    return sentence


@lru_cache(maxsize=64)  # no more languages than a newsroom writes in; a bound all the same
def words_in(language: str) -> Words:
    """The words of `language` (a BCP 47 tag) or of its first part; English where there are none."""
    return Words(_catalogue(spoken(language)), language)


def spoken(language: str) -> str:
    """The language of the interface that serves `language`: its first part, or "en"."""
    base = language.split("-", maxsplit=1)[0].lower()
    return base if base in LANGUAGES else "en"


def accepted(header: str) -> str:
    """The language of the interface that an Accept-Language header likes best; English when it names none.

    Source: RFC 9110 section 12.5.4.
    """
    liked: list[tuple[float, str]] = []
    for part in header.split(",")[:_ACCEPTED_MAX]:
        tag, _, weight = part.partition(";")
        base = tag.strip().split("-", maxsplit=1)[0].lower()
        known = _WEIGHT.fullmatch(weight.strip())
        if base in LANGUAGES:
            liked.append((float(known[1]) if known else 1.0, base))
    best, language = max(liked, key=lambda one: one[0], default=(0.0, "en"))
    return language if best else "en"


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(name: str) -> NullTranslations:
    file = LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=name))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """How `language` writes dates, numbers and lists. English of no region is Britain's: 22 November 2026.

    Where nothing is known of the language, the words are English, and so is the rest.
    """
    try:
        known = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        known = None
    if known is None or (known.language == "en" and not known.territory):
        return Locale("en", "GB")
    return known


def digits(written: str, language: str) -> str:
    """`written` in the digits of the tag's region. A tag without one keeps 0 to 9: all who read Arabic know them."""
    locale = locale_of(language)
    table = _DIGITS.get(locale.default_numbering_system) if locale.territory else None
    return written.translate(table) if table else written


def direction(language: str) -> str:
    """Which way the language is written, by its tag: `rtl` or `ltr`."""
    primary, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_CHARS and part.isalpha()), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"
