"""The story's minutes as real moments: in order, at their own pace before, faster after, never a long wait."""

import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stoppress.demo.times import AsItHappened, Replayed
from stoppress.lib import limits

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
MINUTES = st.lists(st.integers(0, 3_000), min_size=1, max_size=40)
SPEEDS = st.floats(0.5, 10_000)


def test_the_past_keeps_its_own_pace() -> None:
    times = Replayed([500, 560], begins=480, now=NOW, speed=60)
    assert times.at(480) == NOW
    assert times.at(420) == NOW - timedelta(hours=1)


def test_the_rest_is_faster_and_long_waits_are_cut() -> None:
    times = Replayed([486, 1_086], begins=480, now=NOW, speed=60)
    assert times.at(486) == NOW + timedelta(seconds=6)
    assert times.at(1_086) == NOW + timedelta(seconds=6 + limits.DEMO_GAP_MINUTES)
    assert times.at(786) == NOW + timedelta(seconds=6 + limits.DEMO_GAP_MINUTES / 2)
    assert times.duration == timedelta(seconds=6 + limits.DEMO_GAP_MINUTES)
    assert times.at(1_146) == NOW + timedelta(seconds=6 + limits.DEMO_GAP_MINUTES + 60)


@given(MINUTES, st.integers(0, 3_000), SPEEDS)
def test_time_never_runs_back(minutes: list[int], begins: int, speed: float) -> None:
    times = Replayed(minutes, begins=begins, now=NOW, speed=speed)
    moments = [times.at(minute) for minute in range(0, 3_100, 7)]
    assert moments == sorted(moments)


@given(MINUTES, st.integers(0, 3_000), SPEEDS)
def test_no_wait_is_longer_than_the_bound(minutes: list[int], begins: int, speed: float) -> None:
    times = Replayed(minutes, begins=begins, now=NOW, speed=speed)
    ahead = sorted({begins, *(minute for minute in minutes if minute > begins)})
    bound = timedelta(minutes=limits.DEMO_GAP_MINUTES) / speed + timedelta(milliseconds=1)
    assert all(times.at(b) - times.at(a) <= bound for a, b in itertools.pairwise(ahead))


def test_a_day_of_the_calendar_is_told_by_the_clock_on_the_wall() -> None:
    times = AsItHappened(date(2026, 10, 24), "Europe/Amsterdam")  # the clocks go back that night
    assert times.at(16 * 60) == datetime(2026, 10, 24, 14, 0, tzinfo=UTC)
    assert times.at(24 * 60 + 4 * 60) == datetime(2026, 10, 25, 3, 0, tzinfo=UTC)
