from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.archive.dates import NOTHING, Habits, read_when

MORNING = datetime(2024, 7, 18, 6, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-18T07:06:00+01:00",
        "2024-07-18T07:06:00+0100",
        "2024-07-18T06:06Z",
        "2024-07-18 06:06:00 UTC",
        "20240718T060600Z",
        "2024-07-18T07:06:00+01:00[Europe/London]",
        "2024-07-18T07:06:00[Europe/London]",
        "Thu, 18 Jul 2024 06:06:00 GMT",
        "Thu Jul 18 2024 07:06:00 GMT+0100 (British Summer Time)",
        "18 July 2024 7:06am BST",
        "July 18, 2024 at 2:06 AM EDT",
        "Updated 2:06 a.m. ET, July 18, 2024",
        "18.07.2024, 8:06 Uhr MESZ",
        "2024年7月18日 15:06 JST",
        "2024년 7월 18일 15:06 JST",
        "١٨ يوليو ٢٠٢٤ ٠٦:٠٦ UTC",
        "18 ביולי 2024 06:06 UTC",
        "18 juillet 2024 à 8 h 06 CEST",
        "/Date(1721282760000)/",
        1721282760,
        1721282760000,
        "1721282760",
        "1721282760000",
    ],
)
def test_stated_moments(text: object) -> None:
    assert read_when(text).at(timezone(timedelta(hours=9))) == MORNING


@pytest.mark.parametrize(
    "text",
    [
        "28.09.2020, 19:30 Uhr",
        "28.09.20 19.30",
        "28. September 2020 um 19.30 Uhr",
        "Veröffentlicht am 28. September 2020, 19:30",
        "28 września 2020, 19:30",
        "28 вересня 2020, 19:30",
        "28 settembre 2020 alle 19:30",
        "28 septembre 2020 à 19h30",
        "28 de septiembre de 2020 - 19:30",
        "2020/09/28 19:30",
        "9/28/2020 7:30 PM",
        "20200928193000",
    ],
)
def test_local_moments_leave_the_zone_open(text: str) -> None:
    when = read_when(text)
    assert (when.day, when.clock, when.zone) == (date(2020, 9, 28), time(19, 30), None)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("19:30", time(19, 30)),
        ("19.30 Uhr", time(19, 30)),
        ("14h05", time(14, 5)),
        ("7pm", time(19)),
        ("12 am", time(0)),
    ],
)
def test_times_of_day(text: str, clock: time) -> None:
    when = read_when(text)
    assert (when.day, when.clock) == (None, clock)


def test_a_date_alone_has_no_time() -> None:
    assert read_when("2020-09-28").day == date(2020, 9, 28)
    assert read_when("2020-09-28").at(UTC) is None


def test_a_missing_year_is_the_pages() -> None:
    habits = Habits(year=2020)
    assert read_when("28-09 20:27", habits).day == date(2020, 9, 28)
    assert read_when("28.09. 20:27", habits).day == date(2020, 9, 28)
    assert read_when("20.27", habits) == read_when("20:27")
    assert read_when("28-09 20:27") == NOTHING


def test_american_order_only_where_it_is_known() -> None:
    assert read_when("3/4/2024").day == date(2024, 4, 3)
    assert read_when("3/4/2024", Habits(month_first=True)).day == date(2024, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two hours ago",
        "31.02.2024 10:00",
        "2024-13-01",
        "25:99",
        "0001-01-01T00:00:00Z",
        "9999999999999",
        "65.06 sec.",
        "1 : 5",
        "The match ended 3:30 after a long delay and much rain on the pitch",
        None,
        True,
        float("1e300"),
        [],
        "x" * 10_000,
    ],
)
def test_what_is_no_date(text: object) -> None:
    assert read_when(text) == NOTHING


@given(st.one_of(st.text(max_size=80), st.integers(), st.floats(allow_nan=False)))
def test_anything_is_a_date_or_none(value: object) -> None:
    read_when(value).at(UTC)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 (the strategy adds the zone)
def test_iso_text_comes_back(moment: datetime) -> None:
    assert read_when(moment.isoformat()).at(UTC) == moment
