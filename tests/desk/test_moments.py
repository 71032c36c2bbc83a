"""Times in words: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from stoppress.desk import moments
from stoppress.liveblogs.refusals import InvalidInput

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # 22:30 in Kyiv


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        (NOW, "Europe/Kyiv", "22:30"),
        (NOW - timedelta(hours=23), "Europe/Kyiv", "yesterday 23:30"),
        (NOW - timedelta(days=3), "Europe/Kyiv", "19 November, 22:30"),
        (NOW - timedelta(days=400), "UTC", "18 October 2025, 20:30"),
        (NOW, "Asia/Tokyo", "05:30"),
    ],
)
def test_clock_words(at: datetime, zone: str, words: str) -> None:
    assert moments.clock_words(at, zone, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (7200, "2 h ago"),
        (86_400, "1 day ago"),
        (200_000, "2 days ago"),
    ],
)
def test_age_words(seconds: int, words: str) -> None:
    assert moments.age_words(NOW - timedelta(seconds=seconds), NOW) == words


def test_schedule_words_name_day_place_and_zone() -> None:
    assert (
        moments.schedule_words(NOW + timedelta(hours=1), "Europe/Kyiv", NOW) == "today at 23:30 in Kyiv (EET)"
    )
    assert (
        moments.schedule_words(NOW + timedelta(hours=2), "Europe/Kyiv", NOW)
        == "tomorrow at 00:30 in Kyiv (EET)"
    )
    later = moments.schedule_words(NOW + timedelta(days=3), "Asia/Dubai", NOW)
    assert later == "on Thursday 26 November at 00:30 in Dubai (UTC+04)"


def test_the_events_clock_and_back() -> None:
    at = moments.moment_of("2026-11-22T18:30", "Europe/Kyiv")
    assert at.astimezone(UTC) == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert moments.local_form(at, "Europe/Kyiv") == "2026-11-22T18:30"
    assert moments.local_form(None, "UTC") == ""


def test_the_hour_that_comes_twice_is_the_first() -> None:
    at = moments.moment_of("2026-10-25T02:30", "Europe/Vienna")
    assert at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("local", ["2026-03-29T02:30", "", "18:30", "2026-11-22 18:30", "2026-13-01T00:00"])
def test_what_is_no_moment(local: str) -> None:
    with pytest.raises(InvalidInput):
        moments.moment_of(local, "Europe/Vienna")
