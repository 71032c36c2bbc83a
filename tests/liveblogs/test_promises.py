"""What a post promises, by the event's clock; also when clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.lib import limits
from stoppress.liveblogs.promises import is_shown_twice, is_skipped, next_time, promises

KYIV = "Europe/Kyiv"
NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 12:00 in Kyiv


def due(text: str, timezone: str = KYIV, said_at: datetime = NOON) -> list[str]:
    """The moments promised, as clocks there show them."""
    zone = ZoneInfo(timezone)
    return [f"{one.due_at.astimezone(zone):%d %H:%M %Z}" for one in promises(text, timezone, said_at)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More at 15:00.", ["22 15:00 EET"]),
        ("We’ll have more at 3pm.", ["22 15:00 EET"]),
        ("We'll have more on this at 3.30 p.m. from the harbour.", ["22 15:30 EET"]),
        ("I’ll be back at 6 pm!", ["22 18:00 EET"]),
        ("The minister is expected to speak at around 14:00", ["22 14:00 EET"]),
        ("The first ferry is due at 16:45 and the second is due at 17:45.", ["22 16:45 EET", "22 17:45 EET"]),
        ("A result is expected by midnight.", ["23 00:00 EET"]),
        ("Next update at 1:05 PM", ["22 13:05 EET"]),
        ("Back at noon tomorrow.", ["23 12:00 EET"]),
        ("We are back tomorrow at 6am.", ["23 06:00 EET"]),
        ("More at 15:00 GMT.", ["22 17:00 EET"]),
        ("More at 15:00 (EET).", ["22 15:00 EET"]),
        ("More at 15:00. EU leaders meet.", ["22 15:00 EET"]),
        ("More at 15:00 EU leaders say.", ["22 15:00 EET"]),
        ("More at 15:00, and more at 15:00.", ["22 15:00 EET"]),
    ],
)
def test_what_is_a_promise(text: str, expected: list[str]) -> None:
    assert due(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The gate was shut at 15:00.",
        "More than 300 people had come at 15:00.",
        "More came at 11:00.",  # an hour ago
        "More at 3.",  # of the morning or the afternoon?
        "More at 15:00 EST.",  # another zone's clock, and which one is not certain
        "Back at 15:00 on Tuesday.",
        "The boat expected at 23:30 yesterday is lost.",
        "More at 25:00, more at 13pm, expected at 3.50 euros.",
        "There is more. At 15:00 the gate was shut.",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    assert due(text) == []


def test_the_sentence_is_kept_as_one_line() -> None:
    (promise,) = promises("All is calm.\nThe mayor\tspeaks; more at 15:00. Then we rest.", KYIV, NOON)
    assert promise.text == "The mayor speaks; more at 15:00."
    (promise,) = promises("x" * 300 + " more at 15:00", KYIV, NOON)
    assert len(promise.text) <= limits.REMINDER_CHARS
    many = " ".join(f"More at {hour}:00." for hour in range(13, 23))
    assert len(promises(many, KYIV, NOON)) == limits.PROMISES_PER_POST


# Vienna: on 29 March 02:00 becomes 03:00, on 25 October 03:00 becomes 02:00.
@pytest.mark.parametrize(
    ("text", "said", "utc"),
    [
        ("More at 02:30", "2026-03-28T23:00Z", "2026-03-29T01:30Z"),  # skipped: clocks show 03:30
        ("More at 04:00", "2026-03-28T23:00Z", "2026-03-29T02:00Z"),
        ("More at 02:30", "2026-10-24T22:00Z", "2026-10-25T00:30Z"),  # the first of two
        ("More at 02:30", "2026-10-25T00:45Z", "2026-10-25T01:30Z"),  # the first has passed
        ("More at 02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z"),  # said at that very moment
        ("More at 02:30 CET", "2026-10-25T00:45Z", "2026-10-25T01:30Z"),
        ("More at 04:00", "2026-10-24T22:00Z", "2026-10-25T03:00Z"),
        ("Back at 02:30 tomorrow", "2026-10-24T12:00Z", "2026-10-25T00:30Z"),
    ],
)
def test_when_clocks_change(text: str, said: str, utc: str) -> None:
    (promise,) = promises(text, "Europe/Vienna", datetime.fromisoformat(said))
    assert promise.due_at == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("text", "timezone", "expected"),
    [
        ("More at 3am", "Pacific/Kiritimati", "23 03:00 +14"),  # it is midnight there, a day ahead
        ("More at 3am", "Pacific/Pago_Pago", "22 03:00 SST"),  # it is 23:00 there, the day before
        ("More at 3am", "Asia/Kathmandu", "23 03:00 +0545"),
        ("More at 3pm", "UTC", "22 15:00 UTC"),
    ],
)
def test_far_from_greenwich(text: str, timezone: str, expected: str) -> None:
    assert due(text, timezone) == [expected]


ZONES = ("Europe/Vienna", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati", "UTC")


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None, fold=0)),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (bounds)
)
def test_the_next_time_shows_that_time(wall: time, timezone: str, after: datetime) -> None:
    zone = ZoneInfo(timezone)
    moment = next_time(wall, zone, after)
    assert after < moment <= after + timedelta(hours=26)
    shown = moment.astimezone(zone)
    assert shown.time().replace(fold=0) == wall or is_skipped(datetime.combine(shown.date(), wall), zone)


def test_twice_and_never() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    assert is_shown_twice(datetime(2026, 10, 25, 2, 30), vienna)  # noqa: DTZ001 (a wall clock)
    assert not is_shown_twice(datetime(2026, 10, 25, 3, 0), vienna)  # noqa: DTZ001 (a wall clock)
    assert is_skipped(datetime(2026, 3, 29, 2, 30), vienna)  # noqa: DTZ001 (a wall clock)
    assert not is_shown_twice(datetime(2026, 3, 29, 2, 30), vienna)  # noqa: DTZ001 (a wall clock)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for promise in promises(text + " more at 15:00", KYIV, NOON):
        assert promise.due_at > NOON


def test_a_long_text_takes_no_time() -> None:
    text = "more " + "word " * 20_000 + "at 15:00"
    assert promises(text, KYIV, NOON) == ()
    assert promises("more at " * 12_000, KYIV, NOON) == ()
