"""What a password may not be, beside Django's own rules. Named in the settings."""

import re

from django.core.exceptions import ValidationError

_LETTERS_AT_LEAST = 4


class SiteWordsValidator:
    """Refuses passwords that are the site's own words with decorations: "Stoppress2026!"."""

    def __init__(self, words: tuple[str, ...]) -> None:
        parts = (part for word in words for part in re.findall(r"[a-z]+", word.lower()))
        self._words = sorted(
            {part for part in parts if len(part) >= _LETTERS_AT_LEAST}, key=len, reverse=True
        )

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 (Django's signature)
        """Raises: ValidationError when nothing but site words, digits and signs is in it."""
        letters = "".join(re.findall(r"[^\W\d_]+", password.lower()))
        rest = letters
        for word in self._words:
            rest = rest.replace(word, "")
        if letters and not rest:
            raise ValidationError(
                "This password is made of words of this site, which are guessed first.", "site_words"
            )

    def get_help_text(self) -> str:
        """One sentence for forms."""
        return "Your password cannot be made of this site's own words."
