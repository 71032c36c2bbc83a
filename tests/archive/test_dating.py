"""Where every update stands in time."""

from datetime import UTC, datetime

import pytest
import time_machine
from tests.archive.shapes import headlines, live_blog, page, read, times, update, whys

from stoppress.archive.detect import read_file


def at(value: object, number: int = 1) -> dict[str, object]:
    return update(number, datePublished=value)


@pytest.mark.parametrize(
    "date",
    [
        "2026-01-02T08:30:00Z",
        "2026-01-02T09:30:00+01:00",
        1767342600000,
        1767342600,
        "Fri, 02 Jan 2026 08:30:00 GMT",
    ],
)
def test_dates_with_a_zone(date: object) -> None:
    reading = read([at(date)])
    assert reading.archive.posts[0].first_published_at == datetime(2026, 1, 2, 8, 30, tzinfo=UTC)
    assert whys(reading, "times") == ""


def test_dates_without_a_zone_take_the_countrys_and_say_so() -> None:
    reading = read_file(page(live_blog([at("2026-01-02T09:30:00")], inLanguage="pl-PL")))
    assert times(reading) == ["08:30:00"]
    assert reading.archive.timezone == "Europe/Warsaw"
    assert "Europe/Warsaw was assumed" in whys(reading, "times")


def test_dates_without_a_zone_take_the_offset_of_the_others() -> None:
    start = "2026-01-02T07:00:00-03:00"
    reading = read([at("2026-01-02T05:30:00")], coverageStartTime=start)
    assert times(reading) == ["08:30:00"]
    assert reading.archive.timezone == "Etc/GMT+3"


def test_dates_without_any_hint_are_utc() -> None:
    reading = read([at("2026-01-02T08:30:00")])
    assert times(reading) == ["08:30:00"]
    assert "UTC was assumed" in whys(reading, "times")


def test_the_undated_stand_between_their_neighbours() -> None:
    reading = read([at("2026-01-02T08:40:00Z", 4), at(None, 3), at("", 2), at("2026-01-02T08:10:00Z", 1)])
    assert times(reading) == ["08:10:00", "08:20:00", "08:30:00", "08:40:00"]
    assert headlines(reading)[1:3] == ["Gate 2 is shut", "Gate 3 is shut"]
    assert "update 2: It has no date of its own; 2026-01-02T08:30:00Z" in whys(reading)


def test_the_undated_at_the_ends_stand_seconds_away() -> None:
    reading = read([at(None, 3), at("2026-01-02T08:10:00Z", 2), at(None, 1)])
    assert times(reading) == ["08:09:59", "08:10:00", "08:10:01"]


def test_no_date_at_all_takes_the_pages() -> None:
    reading = read([at(None, 2), at(None, 1)])
    assert times(reading) == ["08:00:00", "08:00:01"]
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut"]
    assert "the page's own date stands for all" in whys(reading, "updates")


def test_no_date_anywhere_takes_now() -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, 0, tzinfo=UTC), tick=False):
        reading = read([at(None, 2), at(None, 1)], coverageStartTime=None)
    assert times(reading) == ["11:59:58", "11:59:59"]


def test_bare_clocks_belong_to_the_pages_day_and_go_round_midnight() -> None:
    updates = [at("00:20", 3), at("23:50", 2), at("21:00", 1)]
    reading = read(updates, coverageStartTime="2026-01-02T20:00:00Z")
    moments = [post.first_published_at for post in reading.archive.posts]
    assert moments == [
        datetime(2026, 1, 2, 21, 0, tzinfo=UTC),
        datetime(2026, 1, 2, 23, 50, tzinfo=UTC),
        datetime(2026, 1, 3, 0, 20, tzinfo=UTC),
    ]


def test_bare_clocks_never_lie_in_the_future() -> None:
    with time_machine.travel(datetime(2026, 1, 3, 9, 0, tzinfo=UTC), tick=False):
        reading = read([at("23:50", 1)], coverageStartTime=None, dateModified="2026-01-03T00:10:00Z")
    assert reading.archive.posts[0].first_published_at == datetime(2026, 1, 2, 23, 50, tzinfo=UTC)


def test_dates_in_the_future_are_not_used() -> None:
    reading = read([at("2099-01-01T00:00:00Z", 2), at("2026-01-02T08:10:00Z", 1)])
    assert times(reading) == ["08:10:00", "08:10:01"]
    assert "lies in the future" in whys(reading, "update 1")


def test_unreadable_dates_are_named() -> None:
    assert "could not be read: 'soon after'" in whys(
        read([at("soon after", 2), at("2026-01-02T08:10:00Z", 1)])
    )


def test_a_date_of_change_stands_for_a_missing_one() -> None:
    reading = read([update(1, datePublished=None, dateModified="2026-01-02T08:30:00Z")])
    assert times(reading) == ["08:30:00"]
    assert "last change stands for it" in whys(reading)


def test_one_date_for_all_keeps_the_pages_order() -> None:
    same = "2026-01-02T08:30:00Z"
    reading = read([at(same, 3), at(same, 2), at(same, 1)])
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut", "Gate 3 is shut"]
    assert len({post.first_published_at for post in reading.archive.posts}) == 3
    assert "one and the same date" in whys(reading, "updates")


def test_oldest_first_pages_are_understood() -> None:
    reading = read([at("2026-01-02T08:10:00Z", 1), at(None, 2), at("2026-01-02T08:30:00Z", 3)])
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut", "Gate 3 is shut"]


def test_own_dates_beat_the_pages_order() -> None:
    reading = read(
        [at("2026-01-02T08:30:00Z", 3), at("2026-01-02T08:10:00Z", 1), at("2026-01-02T08:20:00Z", 2)]
    )
    assert headlines(reading) == ["Gate 1 is shut", "Gate 2 is shut", "Gate 3 is shut"]


def test_changes_are_kept_and_never_before_publication() -> None:
    reading = read(
        [
            update(1, dateModified="2026-01-02T08:30:00Z"),
            update(2, dateModified="2026-01-01T08:30:00Z"),
            update(3, dateModified="2099-01-01T00:00:00Z"),
        ]
    )
    changed = [post.last_changed_at.strftime("%H:%M") for post in reading.archive.posts]
    assert changed == ["08:30", "08:02", "08:03"]


def test_the_pages_date_of_change_is_not_every_updates() -> None:
    reading = read([update(each, dateModified="2026-01-02T12:00:00Z") for each in (1, 2, 3)])
    assert all(post.last_changed_at == post.first_published_at for post in reading.archive.posts)
    assert "page's date of change" in whys(reading)


# --- the live blog's own times ----------------------------------------------------------------------


def test_the_start_is_never_after_the_first_update() -> None:
    reading = read([update(1)], coverageStartTime="2026-01-02T16:00:00Z")
    assert reading.archive.opened_at == reading.archive.posts[0].first_published_at
    assert "after the first update" in whys(reading, "start")


def test_an_earlier_start_is_kept() -> None:
    assert read([update(5)]).archive.opened_at == datetime(2026, 1, 2, 8, 0, tzinfo=UTC)


def test_the_end_is_never_before_the_last_update() -> None:
    reading = read([update(1), update(9)], coverageEndTime="2026-01-02T08:05:00Z")
    assert reading.archive.closed_at == reading.archive.posts[-1].first_published_at
    assert "before the last update" in whys(reading, "end")


def test_closed_unless_the_end_is_to_come() -> None:
    assert read([update(1)]).archive.status == "closed"
    assert read([update(1)], coverageEndTime="2026-01-02T10:00:00Z").archive.status == "closed"
    to_come = read([update(1)], coverageEndTime="2099-01-01T00:00:00Z").archive
    assert (to_come.status, to_come.closed_at) == ("live", None)
