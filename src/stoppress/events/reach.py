"""How many read each live blog, as the server before the desk's application tells it with a request. PURE.

Written by `edge/app.py`, which lets no such word of a browser's through; read by `desk/views/liveblogs.py`. Nothing is
decided by it: it is shown.
"""

import re
from collections.abc import Mapping

from stoppress.lib.ids import BlogId

HEADER = "Stoppress-Reach"
_PAIR = re.compile(r"([0-9]{1,18})=([0-9]{1,9})")


def written(readers: Mapping[BlogId, int]) -> str:
    """Readers by the live blog's number, as a header: "12=340,13=2"."""
    return ",".join(f"{blog_id}={count}" for blog_id, count in readers.items())


def read(text: str) -> dict[int, int]:
    """What `written` wrote down; what is no pair is left out."""
    pairs = map(_PAIR.fullmatch, text.split(","))
    return {int(pair[1]): int(pair[2]) for pair in pairs if pair}
