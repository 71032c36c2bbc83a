"""A person's name as it may stand in a byline. PURE. Called by the actions that take one."""

import unicodedata

from stoppress.lib import limits
from stoppress.newsroom.refusals import NewsroomRefused

_ORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printed_name(raw: str) -> str:
    """`raw` in its composed form, with single blanks. Raises: NewsroomRefused (empty, too long, hidden characters)."""
    name = " ".join(unicodedata.normalize("NFC", raw).split())
    if not name:
        raise NewsroomRefused("A name is needed: it is printed in the byline.")
    if len(name) > limits.NAME_CHARS:
        raise NewsroomRefused(f"A name may have {limits.NAME_CHARS} characters; shorten it.")
    if any(char in _ORDERING or unicodedata.category(char) == "Cc" for char in name):
        raise NewsroomRefused("The name holds hidden characters that change how text is shown; type it anew.")
    return name
