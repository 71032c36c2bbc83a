"""Words as they are looked for: case, accents and white space make no difference.

PURE. Called by `liveblogs` when it writes an index, and by `edge` when a reader asks one.
"""

import re
import unicodedata
from itertools import filterfalse

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """`text` without case, accents and repeated white space: "Kerčenský  most" → "kercensky most"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(filterfalse(unicodedata.combining, parts)).split())


def words_apart(text: str) -> list[str]:
    """The folded words of `text`, nothing between them: "L’État, 3.5" → ["l", "etat", "3", "5"]."""
    return _WORD.findall(folded(text))
