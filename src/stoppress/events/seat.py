"""Who listens to a live blog's newsroom, as the desk's application tells it to the server before it. PURE.

Written by `desk/views/newsroom.py`, read by `edge/newsroom.py`. It holds no secret: knowing it helps
nobody, for only an answer of the desk's own application is believed.
"""

import re
from dataclasses import dataclass

HEADER = "Stoppress-Seat"
_SEAT = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})\.([0-9]{1,18})\.([A-Za-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Seat:
    """An account, the number of the sign-in it listens under, and the live blog by its number and its slug."""

    user_id: int
    session_id: int
    blog_id: int
    slug: str

    def __str__(self) -> str:
        return f"{self.user_id}.{self.session_id}.{self.blog_id}.{self.slug}"

    @classmethod
    def read(cls, text: str) -> "Seat | None":
        """The seat that `str` wrote down."""
        found = _SEAT.fullmatch(text)
        return cls(int(found[1]), int(found[2]), int(found[3]), found[4]) if found else None
