"""Colours as six hexadecimal digits: contrast, mixing, and the nearest colour that can be read.

Called by `theme.py` and `cards`. Imports nothing of the project. Source of the sums: WCAG 2.2, definitions of
"relative luminance" and "contrast ratio".
"""

import re

WHITE, BLACK = "#ffffff", "#000000"
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA), text
SHAPE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11 (AA), what is no text
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 100  # from a colour to black or white, when the nearest readable one is looked for


def is_colour(value: str) -> bool:
    """Whether it is `#` and six lower-case hexadecimal digits."""
    return _HEX.fullmatch(value) is not None


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue: 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def best_on(ground: str) -> str:
    """Black or white, whichever is read better on `ground`; always at least 4.5 : 1."""
    return max(WHITE, BLACK, key=lambda ink: contrast(ink, ground))


def readable(colour: str, *grounds: str, least: float = TEXT_CONTRAST, end: str = "") -> str:
    """`colour`, moved towards `end` (black or white) only as far as `least` on each of `grounds` asks."""
    end = end or best_on(grounds[0])
    tried = (mix(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next((one for one in tried if min(contrast(one, ground) for ground in grounds) >= least), end)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 (sRGB)
