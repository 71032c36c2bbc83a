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


def test_what_is_older_than_a_month_has_a_date() -> None:
    assert moments.age_or_date(NOW - timedelta(days=31), NOW) == "31 days ago"
    assert moments.age_or_date(NOW.replace(year=2021, month=3, day=5), NOW) == "5 March 2021"


def test_schedule_words_name_day_place_and_zone() -> None:
    assert (
        moments.schedule_words(NOW + timedelta(hours=1), "Europe/Kyiv", NOW) == "today at 23:30 in Kyiv (EET)"
    )
    assert (
        moments.schedule_words(NOW + timedelta(hours=2), "Europe/Kyiv", NOW)
        == "tomorrow at 00:30 in Kyiv (EET)"
    )
    later = moments.schedule_words(NOW + timedelta(days=3), "Asia/Dubai", NOW)
    assert later == "on Thursday 26 November at 00:30 in Dubai (UTC+4)"


def test_the_events_clock_and_back() -> None:
    at = moments.moment_of("2026-11-22T18:30", "Europe/Kyiv")
    assert at.astimezone(UTC) == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert moments.local_form(at, "Europe/Kyiv") == "2026-11-22T18:30"
    assert moments.local_form(None, "UTC") == ""


def test_an_hour_that_comes_twice_is_asked_about() -> None:
    with pytest.raises(InvalidInput, match="twice on that day, first in CEST, then in CET"):
        moments.moment_of("2026-10-25T02:30", "Europe/Vienna")
    with pytest.raises(InvalidInput, match="first in UTC\\+11, then in UTC\\+10:30"):
        moments.moment_of("2026-04-05T01:45", "Australia/Lord_Howe")
    with pytest.raises(InvalidInput, match="do not fit"):
        moments.moment_of("2026-10-25T02:30+03:00", "Europe/Vienna")
    for offset, hour in (("+02:00", 0), ("+01:00", 1)):
        at = moments.moment_of(f"2026-10-25T02:30{offset}", "Europe/Vienna")
        assert at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        assert moments.local_form(at, "Europe/Vienna") == f"2026-10-25T02:30{offset}"


def test_the_two_of_an_hour_are_told_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert moments.clock_words(first, "Europe/Vienna", second) == "02:30 CEST"
    assert moments.clock_words(second, "Europe/Vienna", second) == "02:30 CET"
    assert moments.clock_words(second + timedelta(hours=1), "Europe/Vienna", second) == "03:30"
    words = moments.schedule_words(second, "Europe/Vienna", first)
    assert words == "today at 02:30 in Vienna (CET)"


def test_a_skipped_hour_is_named() -> None:
    with pytest.raises(InvalidInput, match="Clocks in Vienna skip 02:30 on that day"):
        moments.moment_of("2026-03-29T02:30", "Europe/Vienna")
    assert moments.moment_of("2026-03-29T03:00", "Europe/Vienna") == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local", "words"),
    [
        ("Pacific/Kiritimati", "2026-11-23T10:30", "today at 10:30 in Kiritimati (UTC+14)"),
        ("Pacific/Pago_Pago", "2026-11-22T09:30", "today at 09:30 in Pago Pago (SST)"),
        ("Asia/Kathmandu", "2026-11-23T02:15", "today at 02:15 in Kathmandu (UTC+5:45)"),
        ("UTC", "2026-11-22T20:30", "today at 20:30 in UTC (UTC)"),
        ("America/St_Johns", "2026-11-22T17:00", "today at 17:00 in St Johns (NST)"),
    ],
)
def test_the_same_moment_everywhere(zone: str, local: str, words: str) -> None:
    assert moments.moment_of(local, zone) == NOW
    assert moments.local_form(NOW, zone) == local
    assert moments.schedule_words(NOW, zone, NOW) == words
    assert moments.clock_words(NOW, zone, NOW) == local[-5:]


def test_a_promise_says_when_and_how_late() -> None:
    due = NOW + timedelta(minutes=12)
    clock = moments.due_clock(due, "Europe/Kyiv", NOW)
    assert moments.due_words(due, clock, NOW) == "due 22:42 EET, in 12 min"
    assert moments.due_words(due, clock, NOW - timedelta(hours=2)) == "due 22:42 EET, in 2 h 12 min"
    assert moments.due_words(due, clock, due) == "overdue: 22:42 EET, just now"
    assert moments.due_words(due, clock, due + timedelta(minutes=3)) == "overdue: 22:42 EET, 3 min ago"
    assert moments.due_words(due, clock, due - timedelta(seconds=9)) == "due 22:42 EET, in less than a minute"
    assert moments.due_clock(NOW + timedelta(hours=2), "Europe/Kyiv", NOW) == "Monday 00:30 EET"


@pytest.mark.parametrize("local", ["2026-03-29T02:30", "", "18:30", "2026-11-22 18:30", "2026-13-01T00:00"])
def test_what_is_no_moment(local: str) -> None:
    with pytest.raises(InvalidInput):
        moments.moment_of(local, "Europe/Vienna")


def test_a_zone_that_is_only_a_distance_is_told_as_people_count_it() -> None:
    assert [moments.city(zone) for zone in ("Europe/Kyiv", "America/Argentina/Buenos_Aires", "UTC")] == [
        "Kyiv",
        "Buenos Aires",
        "UTC",
    ]
    assert [moments.city(zone) for zone in ("Etc/GMT-3", "Etc/GMT+11")] == ["UTC+3", "UTC-11"]
