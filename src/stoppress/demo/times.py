"""When the deeds of a story happen: a story's own minutes as real moments. Pure; called by `stage.py`.

Minutes count from midnight of the story's first day.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from stoppress.lib import limits


class Times(Protocol):
    """One way of living through a story."""

    def at(self, minute: int) -> datetime:
        """The moment at which `minute` happens, in UTC."""


@dataclass(frozen=True, slots=True)
class AsItHappened:
    """A story of a certain day, at the hours that it names."""

    day: date
    timezone: str

    def at(self, minute: int) -> datetime:
        """By the clock on the wall, there."""
        days, minutes = divmod(minute, 24 * 60)
        there = datetime.combine(
            self.day + timedelta(days=days), time(*divmod(minutes, 60)), ZoneInfo(self.timezone)
        )
        return there.astimezone(UTC)


class Replayed:
    """A story that goes on now: what came before `begins` at its own pace, what comes after `speed` times faster.

    No wait is longer than `limits.DEMO_GAP_MINUTES` of the story's: nobody watches a night pass.
    """

    def __init__(self, minutes: Iterable[int], *, begins: int, now: datetime, speed: float) -> None:
        self._now, self._begins = now, begins
        self._marks = [begins, *sorted({minute for minute in minutes if minute > begins})]
        self._seconds = [0.0]
        for before, after in zip(self._marks, self._marks[1:], strict=False):
            shortened = min(after - before, limits.DEMO_GAP_MINUTES)
            self._seconds.append(self._seconds[-1] + shortened * 60 / speed)
        self._speed = speed

    @property
    def duration(self) -> timedelta:
        """From the beginning to the last deed."""
        return timedelta(seconds=self._seconds[-1])

    def at(self, minute: int) -> datetime:
        """Planned, so that a text can name a moment that is still to come."""
        if minute <= self._begins:
            return self._now - timedelta(minutes=self._begins - minute)
        place = bisect_right(self._marks, minute) - 1
        return self._now + timedelta(seconds=self._seconds[place] + self._within(place, minute))

    def _within(self, place: int, minute: int) -> float:
        """How far the story has gone since the mark before `minute`, in real seconds."""
        since = minute - self._marks[place]
        if place + 1 == len(self._marks):
            return since * 60 / self._speed
        share = since / (self._marks[place + 1] - self._marks[place])
        return share * (self._seconds[place + 1] - self._seconds[place])
