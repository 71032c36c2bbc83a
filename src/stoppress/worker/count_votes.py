"""Shows readers what was voted in polls under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stoppress.audience.actions import count_votes as action
from stoppress.lib import clock, limits


@dataclass(slots=True)
class _Look:
    """When this process last counted."""

    at: datetime | None = None


_last = _Look()


def count_votes() -> int:
    """Count once each `limits.POLL_COUNT_SECONDS`; returns how many posts changed."""
    now = clock.now()
    if not clock.is_due(_last.at, timedelta(seconds=limits.POLL_COUNT_SECONDS), now):
        return 0
    _last.at = now
    return action.count_votes(at=now)
