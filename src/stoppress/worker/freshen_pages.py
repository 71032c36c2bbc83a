"""Makes pages anew on which an older version wrote while both were at work (an upgrade over many machines)."""

from dataclasses import dataclass
from datetime import datetime

from stoppress.lib import clock, limits
from stoppress.liveblogs import queries
from stoppress.liveblogs.actions.rebuild_liveblog import rebuild_liveblog


@dataclass(slots=True)
class _Look:
    """When this process last looked."""

    at: datetime | None = None


_last = _Look()


def freshen_pages() -> int:
    """Look once each `limits.FRESHEN_PAUSE`; returns how many pages were made anew."""
    now = clock.now()
    if _last.at is not None and now - _last.at < limits.FRESHEN_PAUSE:
        return 0
    _last.at = now
    mixed = queries.mixed_pages()
    for blog_id, _slug in mixed:
        rebuild_liveblog(blog_id=blog_id, by="Stoppress", at=now)
    return len(mixed)
