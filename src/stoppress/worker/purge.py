"""Tells a cache, a CDN or one of our own, to throw away what it keeps of what changed (STOPPRESS_PURGE_URL).

What is forgotten here does no harm: caches that obey our headers throw it away by themselves within five seconds, and
throwing away twice is the same as once. So the place in the logs is only remembered by the process; one that starts
names what changed within limits.PURGE_BACK once more, and any number of workers may do the same work.

May import `liveblogs`, `websub.senders`, `lib`. Source: docs/decisions/0030.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.conf import settings

from stoppress.lib import clock, limits
from stoppress.lib.cache_keys import SITE, live_key
from stoppress.lib.http_out import OUTSIDE, Message, NotFetched, Outside
from stoppress.liveblogs.queries import changed_pages
from stoppress.websub.senders import Senders

log = structlog.get_logger("stoppress.worker")

_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to say it, and one header line that proves who says so ("" when there is none)."""

    url: str
    header: str = ""


@dataclass(slots=True)
class _Due:
    """A key that is to be thrown away at `at`, after so many failures."""

    at: datetime
    failures: int = 0
    is_out: bool = False


@dataclass(slots=True)
class Purger:
    """One worker's part in it. Tests give their own way out."""

    target: Target
    outside: Outside = OUTSIDE
    looked_at: datetime | None = None
    known: dict[int, int] = field(default_factory=dict)
    due: dict[str, _Due] = field(default_factory=dict)
    senders: Senders[str, bool] = field(init=False)

    def __post_init__(self) -> None:
        self.senders = Senders(lambda key: purged(key, self.target, self.outside))

    def turn(self, at: datetime) -> int:
        """Returns how many keys were named. Waits for nobody."""
        for key, is_done in self.senders.came():
            self._settle(key, at, is_done=is_done)
        self._look(at)
        ready = [key for key, due in self.due.items() if due.at <= at and not due.is_out]
        for key in ready[: self.senders.room]:
            self.due[key].is_out = True
            self.senders.send(key)
        return len(ready)

    def _look(self, at: datetime) -> None:
        since = (self.looked_at or at - limits.PURGE_BACK) - limits.PURGE_MARGIN
        self.looked_at = at
        for number, seq, slug in changed_pages(since):
            if self.known.get(number) != seq:
                self.known[number] = seq
                for key in (live_key(slug), SITE):  # the front page tells of it, too
                    self._add(key, at)

    def _add(self, key: str, at: datetime) -> None:
        """Due at once; a moment later where it is being thrown away just now: that one may come too early."""
        under_way = self.due.get(key)
        if under_way is None:
            self.due[key] = _Due(at)
        elif under_way.is_out:
            self.due[key] = _Due(at + limits.PURGE_PAUSE)
        else:
            under_way.at, under_way.failures = min(under_way.at, at), 0

    def _settle(self, key: str, at: datetime, *, is_done: bool) -> None:
        due = self.due.get(key)
        if due is None or not due.is_out:
            return  # something more has changed since, and is due by itself
        if is_done:
            del self.due[key]
            return
        due.is_out = False
        due.failures += 1
        wait = limits.PURGE_RETRY * 2 ** min(due.failures - 1, limits.PURGE_DOUBLINGS)
        due.at = at + wait
        log.warning("a cache did not throw away; trying again", key=key, seconds=wait / timedelta(seconds=1))


def purged(key: str, target: Target, outside: Outside) -> bool:
    """Name one key to the cache, in every way that CDNs understand. Never raises for what the other side does."""
    headers = {"Content-Type": "application/json", "Surrogate-Key": key, "Cache-Tag": key}
    if target.header:
        name, _, value = target.header.partition(":")
        headers[name.strip()] = value.strip()
    body = json.dumps({"tags": [key]}).encode()
    try:
        reply = outside.send(target.url.replace("{key}", key), Message(body, headers))
    except NotFetched:
        return False
    return reply.status in _OK


@dataclass(slots=True)
class _Part:
    """This process's purger, once there is one."""

    purger: Purger | None = None


_part = _Part()


def purge() -> int:
    """One turn; nothing where no cache is named."""
    if not settings.PURGE_URL:
        return 0
    if _part.purger is None:
        target = Target(settings.PURGE_URL, settings.PURGE_HEADER)
        _part.purger = Purger(target, Outside(networks=settings.PURGE_NETWORKS))
    return _part.purger.turn(clock.now())
