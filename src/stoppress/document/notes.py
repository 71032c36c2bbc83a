"""What a reading of foreign text could not keep, counted, then said in sentences.

Called by `writer.py`, `html.py` and its neighbours. Imports nothing of the project.
"""

from typing import Final


class Notes:
    """Counts losses by kind and name; `sentences` tells them in the order they were first met."""

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, kind: str, name: str = "") -> None:
        """Note one more loss of `kind` (a key of the table below); `name`: a site or a scheme."""
        self._counts[kind, name] = self._counts.get((kind, name), 0) + 1

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each kind and name."""
        return tuple(
            _SENTENCES[kind][0 if count == 1 else 1].format(count=count, name=name)
            for (kind, name), count in self._counts.items()
        )


_SENTENCES: Final = {
    "script": ("A script was left out.", "{count} scripts were left out."),
    "embed": (
        "An embed from {name} became a link card.",
        "{count} embeds from {name} became link cards.",
    ),
    "embedded post": (
        "A post from {name} became a quote and a link card.",
        "{count} posts from {name} became quotes and link cards.",
    ),
    "lost embed": (
        "An embed without a web address was left out.",
        "{count} embeds without a web address were left out.",
    ),
    "link": (
        "A link that is not a full web or mail address ({name}) became plain text.",
        "{count} links that are not full web or mail addresses ({name}) became plain text.",
    ),
    "caption link": (
        "A link in a caption became plain text.",
        "{count} links in captions became plain text.",
    ),
    "picture": (
        "A picture without a web address ({name}) was left out; upload it.",
        "{count} pictures without a web address ({name}) were left out; upload them.",
    ),
    "icon": ("A small picture (an icon) was left out.", "{count} small pictures (icons) were left out."),
    "formula": ("A formula was left out.", "{count} formulas were left out."),
    "struck": (
        "Struck-out words are plain text now; check them.",
        "Struck-out words are plain text now, in {count} places; check them.",
    ),
    "moved": (
        "A picture, embed or table that stood inside a list, quote or table now stands below it.",
        "{count} pictures, embeds or tables that stood inside a list, quote or table now stand below it.",
    ),
    "table": (
        "A table that is too large became lines of text.",
        "{count} tables that are too large became lines of text.",
    ),
    "characters": (
        "Invisible control characters were left out.",
        "Invisible control characters were left out, in {count} places.",
    ),
    "shortened": (
        "A text ({name}) was too long and was cut.",
        "{count} texts ({name}) were too long and were cut.",
    ),
    "cut": (
        "There was more than one post can hold; it was cut at its end.",
        "There was more than one post can hold; it was cut at its end.",
    ),
}
