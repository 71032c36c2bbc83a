"""Moments as people there write them."""

from datetime import UTC, datetime

import pytest

from stoppress.render.times import brief_time, clock_time, day_time, full_time, post_time, time_since

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)


def words(html: str) -> str:
    return html.removesuffix("</time>").rpartition(">")[2].replace("\u202f", " ")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Kyiv", "20:05 EET"),
        ("UTC", "18:05 UTC"),
        ("America/New_York", "13:05 EST"),
        ("Asia/Dubai", "22:05 UTC+4"),
        ("Asia/Kathmandu", "23:50 UTC+5:45"),
        ("America/Sao_Paulo", "15:05 UTC-3"),
        ("Australia/Lord_Howe", "05:05 UTC+11"),
    ],
)
def test_the_zone_is_named(zone: str, shown: str) -> None:
    assert words(clock_time(AT, zone, "en")) == shown


def test_the_machine_reads_utc_and_the_zone() -> None:
    assert clock_time(AT, "Europe/Kyiv", "en") == (
        '<time datetime="2026-11-22T18:05:00Z" data-zone="Europe/Kyiv" data-form="clock">20:05 EET</time>'
    )


@pytest.mark.parametrize(
    ("language", "full", "brief"),
    [
        ("en", "22 November 2026, 20:05 EET", "22 Nov, 20:05 EET"),
        ("en-GB", "22 November 2026, 20:05 EET", "22 Nov, 20:05 EET"),
        ("en-US", "November 22, 2026, 20:05 EET", "Nov 22, 20:05 EET"),
        ("es", "22 de noviembre de 2026, 20:05 EET", "22 nov, 20:05 EET"),
        ("fr", "22 novembre 2026, 20:05 EET", "22 nov., 20:05 EET"),
        ("de", "22. November 2026, 20:05 OEZ", "22. Nov., 20:05 OEZ"),
        ("uk", "22 листопада 2026 р., 20:05 EET", "22 лист., 20:05 EET"),  # noqa: RUF001 (Ukrainian)
        ("ar", "22 نوفمبر 2026، 20:05 EET", "22 نوفمبر، 20:05 EET"),
        ("ar-EG", "٢٢ نوفمبر ٢٠٢٦، ٢٠:٠٥ EET", "٢٢ نوفمبر، ٢٠:٠٥ EET"),  # noqa: RUF001 (Egypt's digits)
        ("pl", "22 listopada 2026, 20:05 EET", "22 lis, 20:05 EET"),
        ("tlh", "22 November 2026, 20:05 EET", "22 Nov, 20:05 EET"),
    ],
)
def test_row_32_dates_are_the_languages_own(language: str, full: str, brief: str) -> None:
    assert words(full_time(AT, "Europe/Kyiv", language)) == full
    assert words(brief_time(AT, "Europe/Kyiv", language)) == brief
    assert full.startswith(words(day_time(AT, "Europe/Kyiv", language)))


def test_a_posts_time_has_three_parts() -> None:
    html = post_time(AT, "Europe/Kyiv", "en")
    for name, text in (("clock", "20:05"), ("zone", "EET"), ("day", "22 November 2026")):
        assert f'<span class="{name}">{text}</span>' in html


def test_midnight_is_midnight_there() -> None:
    late = AT.replace(hour=22, minute=30)
    assert words(time_since(late, AT, "Europe/Kyiv", "en")) == "23 November 2026, 00:30 EET"
    assert words(time_since(late, AT, "UTC", "en")) == "22:30 UTC"
