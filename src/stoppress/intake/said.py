"""What came, in one form for all tools.

PURE. Made by `readers/`, used by `take.py` and `actions/`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A picture that came along."""

    filename: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody wrote something, or changed it (`is_edit`).

    `message` names it within the channel; `said_at` (seconds since 1970) is its first moment, `version` grows
    with each change. `html` is what was said, uncleaned. `proven`: the tool vouches for the sender; `doubt` says
    in words why it does not, or "".
    """

    message: str
    places: tuple[str, ...]
    sender: str
    html: str
    headline: str = ""
    version: int = 0
    said_at: int = 0
    is_edit: bool = False
    pictures: tuple[Attached, ...] = ()
    notes: tuple[str, ...] = ()
    proven: bool = True
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """Somebody took back what they wrote. `sender` is "" when the tool does not say who."""

    message: str
    places: tuple[str, ...]
    sender: str = ""


Came = Said | Deleted
