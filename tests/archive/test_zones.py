from datetime import UTC, datetime, timedelta, timezone

import pytest

from stoppress.archive.zones import country_of, fixed_zone, offset_fits, zone_of_country


@pytest.mark.parametrize(
    ("language", "locale", "url", "country"),
    [
        ("pl", "pl_PL", "https://a.example/x", "PL"),
        ("de-AT", "", "", "AT"),
        ("en", "en_US", "https://a.co.uk/x", "GB"),
        ("en", "", "https://a.co.nz/x", "NZ"),
        ("en", "", "https://a.tv/x", ""),
        ("en", "", "https://a.com/x", ""),
        ("", "", "", ""),
    ],
)
def test_the_country_of_a_page(language: str, locale: str, url: str, country: str) -> None:
    assert country_of(language, locale, url) == country


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("PL", "Europe/Warsaw"),
        ("DE", "Europe/Berlin"),
        ("UA", "Europe/Kyiv"),
        ("ES", "Europe/Madrid"),
        ("US", ""),
        ("XX", ""),
    ],
)
def test_a_country_has_a_zone_or_too_many(country: str, zone: str) -> None:
    assert zone_of_country(country) == zone


def test_an_offset_has_a_name_when_it_is_whole() -> None:
    assert fixed_zone(timedelta(hours=2)) == "Etc/GMT-2"
    assert fixed_zone(timedelta(hours=-5)) == "Etc/GMT+5"
    assert fixed_zone(timedelta(hours=5, minutes=30)) == "UTC"
    assert fixed_zone(timedelta()) == "UTC"


def test_offsets_are_compared_on_the_day() -> None:
    summer = datetime(2024, 7, 18, 6, 6, tzinfo=UTC)
    assert offset_fits("Europe/London", summer, timezone(timedelta(hours=1)))
    assert not offset_fits("Europe/London", summer, UTC)
