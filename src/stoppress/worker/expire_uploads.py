"""Throws away parts of pictures that nobody went on sending."""

from dataclasses import dataclass
from datetime import datetime

from stoppress.lib import clock, limits
from stoppress.liveblogs.actions import receive_parts


@dataclass(slots=True)
class _Look:
    """When this process last looked."""

    at: datetime | None = None


_last = _Look()


def expire_uploads() -> int:
    """Look once each `limits.FORGET_PAUSE`; returns how many uploads went."""
    now = clock.now()
    if not clock.is_due(_last.at, limits.FORGET_PAUSE, now):
        return 0
    _last.at = now
    return receive_parts.expire_uploads(at=now)
