"""A theme is readable in light and dark, or says what would be; its address says all of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoppress.lib.colour import best_on, contrast, readable
from stoppress.lib.theme import COLOURS, FONTS, HOUSE, Theme, faults, readable_theme, sheet, theme_named

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
themes = st.builds(
    Theme,
    **dict.fromkeys(COLOURS, colours),
    masthead=st.one_of(st.just(""), colours),
    text=st.sampled_from(sorted(FONTS)),
    interface=st.sampled_from(sorted(FONTS)),
)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert best_on("#b0101c") == "#ffffff"
    assert readable("#777777", "#ffffff") == "#767676"


def test_the_house_can_be_read() -> None:
    assert faults(HOUSE) == []


@given(themes)
def test_an_address_says_the_whole_theme_and_nothing_else(theme: Theme) -> None:
    assert theme_named(theme.address.removeprefix("/theme/")) == theme
    assert re.fullmatch(r"/theme/[0-9a-z-]+\.css", theme.address)
    assert not re.search(r"[<>@\\]|url|import", sheet(theme).replace("@media", ""))


@given(themes)
def test_the_nearest_readable_theme_is_readable(theme: Theme) -> None:
    mended = readable_theme(theme)
    scheme_faults = {fault.field for fault in faults(mended)} - {"paper", "paper_dark"}  # light stays light
    assert not scheme_faults
    assert (mended.paper, mended.paper_dark) == (theme.paper, theme.paper_dark)
    if not faults(theme):
        assert mended == theme


@given(themes)
def test_what_is_small_print_can_be_read_in_every_theme_that_is_taken(theme: Theme) -> None:
    mended = readable_theme(theme)
    for block in re.findall(r":root[^{]*\{([^}]*--paper[^}]*)\}", sheet(mended)):
        told = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", block))
        assert contrast(told["--soft"], told["--paper"]) >= 4.5
        assert contrast(told["--soft"], told["--tint"]) >= 4.5
        assert contrast(told["--on-red"], told["--red-fill"]) >= 4.5
        assert contrast(told["--focus"], told["--paper"]) >= 3


def test_a_faint_accent_is_answered_with_one_that_would_do() -> None:
    found = faults(replace(HOUSE, accent="#ffcc00"))
    assert [fault.field for fault in found] == ["accent"]
    assert "has a contrast of 1.3 to 1; words need 4.5 to 1." in found[0].sentence
    (would_do,) = re.findall(r"(#[0-9a-f]{6}) would do", found[0].sentence)
    assert faults(replace(HOUSE, accent=would_do)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"paper": "red"},
        {"paper": "#FFFFFF"},
        {"ink": "#12345"},
        {"accent": "#123456;}body{"},
        {"paper": "#101010", "ink": "#ffffff", "accent": "#ffffff"},
        {"paper_dark": "#ffffff"},
        {"text": "Comic Sans"},
        {"masthead": "url(x)"},
    ],
)
def test_what_is_no_theme_is_not_taken(change: dict[str, str]) -> None:
    assert faults(replace(HOUSE, **change))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1.css",
        HOUSE.name.removesuffix(".css"),
        HOUSE.name.replace("1-", "2-", 1),
        HOUSE.name.replace("source", "papyrus"),
        HOUSE.name.replace("none", "nine"),
        HOUSE.name.replace("fffefb", "FFFEFB"),
        HOUSE.name.replace("fffefb", "fff"),
        HOUSE.name + ".css",
    ],
)
def test_other_names_name_no_theme(name: str) -> None:
    assert theme_named(name) is None
