"""Words of the interface in the reader's or the newsroom's language, by gettext; English is what the code says.

    say = words_in("fr-CA")
    say("Key events")                                              → "Temps forts"
    say("Ended {day}", day="22 novembre")                          → "Terminé le 22 novembre"
    say.many("{count} post", "{count} posts", count=3)             → "3 billets"

Called by `render`, `edge` and `desk`. Imports nothing of the project. Catalogues stand in `locale/`.
"""

from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "stoppress"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words. A sentence that is not translated comes in English."""

    catalogue: NullTranslations

    def __call__(self, sentence: str, **values: object) -> str:
        """The sentence, `values` put in by name."""
        said = self.catalogue.gettext(sentence)
        return said.format(**values) if values else said

    def many(self, one: str, more: str, *, count: int, **values: object) -> str:
        """By the language's own plural rule; `{count}` stands in the sentence."""
        return self.catalogue.ngettext(one, more, count).format(count=count, **values)


@lru_cache(maxsize=64)  # no more languages than a newsroom writes in; a bound all the same
def words_in(language: str) -> Words:
    """The words of `language` (a BCP 47 tag): its own, else those of its first part, else English."""
    names = [language.replace("-", "_"), language.split("-", maxsplit=1)[0].lower()]
    return Words(translation(DOMAIN, LOCALE, languages=names, fallback=True))
