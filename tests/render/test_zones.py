"""One moment in every form that leaves the house: clocks that change, half hours, both sides of the date line."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from tests.render.outside import blog, plain_post

from stoppress.render import feeds
from stoppress.render.jsonld import post_json_ld
from stoppress.render.post import post_html
from stoppress.render.times import clock_time, full_words, local_date, post_time, time_since

FOLD = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Vienna, for the first time that night
ZONES = (
    *("Europe/Vienna", "Europe/Kyiv", "America/New_York", "America/St_Johns", "Asia/Kathmandu"),
    *(
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Pacific/Apia",
        "Africa/Casablanca",
        "UTC",
    ),
)


def shown(at: datetime, timezone: str) -> str:
    return full_words(at, timezone, "en")


def test_the_two_half_past_two_of_autumn_are_told_apart() -> None:
    second = FOLD + timedelta(hours=1)
    assert shown(FOLD, "Europe/Vienna") == "25 October 2026, 02:30 CEST"
    assert shown(second, "Europe/Vienna") == "25 October 2026, 02:30 CET"
    assert clock_time(FOLD, "Europe/Vienna", "en") != clock_time(second, "Europe/Vienna", "en")
    # Where clocks go back by half an hour, and zones have numbers for names.
    lord_howe = datetime(2026, 4, 4, 14, 45, tzinfo=UTC)
    assert shown(lord_howe, "Australia/Lord_Howe") == "5 April 2026, 01:45 UTC+11"
    assert shown(lord_howe + timedelta(minutes=30), "Australia/Lord_Howe") == "5 April 2026, 01:45 UTC+10:30"


def test_spring_jumps_over_an_hour() -> None:
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert shown(before, "Europe/Vienna") == "29 March 2026, 01:59 CET"
    assert shown(before + timedelta(minutes=1), "Europe/Vienna") == "29 March 2026, 03:00 CEST"
    assert shown(before, "Europe/London") == "29 March 2026, 00:59 GMT"
    assert shown(before + timedelta(minutes=1), "Europe/London") == "29 March 2026, 02:00 BST"


def test_both_sides_of_the_date_line() -> None:
    at = datetime(2026, 12, 31, 10, 30, tzinfo=UTC)
    assert shown(at, "Pacific/Kiritimati") == "1 January 2027, 00:30 UTC+14"
    assert shown(at, "Pacific/Pago_Pago") == "30 December 2026, 23:30 SST"
    assert shown(at, "Asia/Kathmandu") == "31 December 2026, 16:15 UTC+5:45"
    assert shown(at, "UTC") == "31 December 2026, 10:30 UTC"
    days = {zone: local_date(at, zone) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")}
    assert (days["Pacific/Kiritimati"] - days["Pacific/Pago_Pago"]).days == 2


def test_a_later_time_carries_its_day_where_that_is_another_there() -> None:
    first, later = datetime(2026, 12, 31, 9, 30, tzinfo=UTC), datetime(2026, 12, 31, 10, 30, tzinfo=UTC)
    assert "December" not in time_since(later, first, "UTC", "en")
    assert "1 January 2027, 00:30" in time_since(later, first, "Pacific/Kiritimati", "en")


def test_a_night_that_is_an_hour_longer_stays_in_order() -> None:
    half_hours = [FOLD + timedelta(minutes=30 * step) for step in range(-2, 5)]
    words = [shown(at, "Europe/Vienna")[-10:].strip() for at in half_hours]
    assert words == [
        *("01:30 CEST", "02:00 CEST", "02:30 CEST", "02:00 CET", "02:30 CET", "03:00 CET", "03:30 CET"),
    ]
    assert len({clock_time(at, "Europe/Vienna", "en") for at in half_hours}) == len(half_hours)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (bounds)
    st.sampled_from(ZONES),
)
def test_every_form_names_the_same_moment(at: datetime, timezone: str) -> None:
    at = at.replace(microsecond=0)
    post, around = plain_post(first_published_at=at, last_changed_at=at), blog(timezone=timezone)
    html = post_html(post, around.slug, timezone, "en")
    stamps = set(re.findall(r'<time datetime="([^"]+)"', html))
    assert {datetime.fromisoformat(stamp) for stamp in stamps} == {at}
    item = fromstring(f"<x xmlns:dc='d' xmlns:content='c'>{feeds.rss_item(post, around)}</x>")
    assert parsedate_to_datetime(item.findtext(".//pubDate") or "") == at
    entry = fromstring(f"<x>{feeds.atom_entry(post, around)}</x>")
    assert datetime.fromisoformat(entry.findtext(".//published") or "") == at
    assert datetime.fromisoformat(json.loads(feeds.json_feed_item(post, around))["date_published"]) == at
    assert datetime.fromisoformat(json.loads(post_json_ld(post, around))["datePublished"]) == at


@pytest.mark.parametrize("timezone", ZONES)
def test_the_zone_goes_along_for_the_script(timezone: str) -> None:
    html = post_time(FOLD, timezone, "en")
    assert f'datetime="2026-10-25T00:30:00Z" data-zone="{timezone}"' in html
