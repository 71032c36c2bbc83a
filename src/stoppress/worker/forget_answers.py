"""Forgets the answers that were kept for repeats, once nobody will repeat them, and texts left lying for long."""

from dataclasses import dataclass
from datetime import datetime

from stoppress.lib import clock, limits
from stoppress.liveblogs.actions.keep_answer import forget_old_answers
from stoppress.liveblogs.actions.keep_copy import forget_old_copies


@dataclass(slots=True)
class _Look:
    """When this process last looked."""

    at: datetime | None = None


_last = _Look()


def forget_answers() -> int:
    """Delete what is older than its days, looking once each `limits.FORGET_PAUSE`; returns how many."""
    now = clock.now()
    if not clock.is_due(_last.at, limits.FORGET_PAUSE, now):
        return 0
    _last.at = now
    return forget_old_answers(at=now) + forget_old_copies(at=now)
