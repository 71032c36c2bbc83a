"""Tells those who follow feeds. Threads of their own go out beside the loop: a slow subscriber holds up nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from stoppress.lib import clock, limits
from stoppress.websub.actions.settle import forget_ended
from stoppress.websub.hub import Hub


@dataclass(slots=True)
class _Part:
    """This process's part in it, and when it last looked for ended leases."""

    hub: Hub = field(default_factory=Hub)
    looked_at: datetime | None = None


_part = _Part()


def tell_subscribers() -> int:
    """One turn at the hub; returns how many were asked or told."""
    now = clock.now()
    if clock.is_due(_part.looked_at, limits.FORGET_PAUSE, now):
        _part.looked_at = now
        forget_ended(now)
    return _part.hub.turn(now)
