"""The water level at Fish Quay as a curve, up to the moment it is published."""

import math

from PIL import Image

from stoppress.demo.drawing.ink import HEIGHT, WIDTH, Layer, Point, Sheet
from stoppress.demo.drawing.lettering import dashed, face, smooth

LEFT, RIGHT, TOP, BOTTOM = 128, 1_330, 190, 790
HOURS, LOW, HIGH = 24.0, 0.0, 4.4  # the axes: the story's day, metres above datum
PAPER, TEXT, FAINT = "#fbf8f1", "#1f2a33", "#7b858c"
SEA, DEEP, ALARM, RECORD, CALM = "#1d5c83", "#143f5c", "#c8452f", "#8c2f23", "#7f97a6"

NOW = 17.9
OBSERVED = (
    (0, 1.02),
    (1.4, 0.74),
    (2.6, 0.72),
    (4, 1.24),
    (5.4, 1.86),
    (6.2, 2.16),
    (7.3, 2.62),
    (8.37, 2.87),
    (9.4, 2.72),
    (10.6, 2.28),
    (12, 1.78),
    (13.4, 1.48),
    (14.6, 1.42),
    (15.4, 1.58),
    (16.15, 1.98),
    (17.2, 2.56),
    (NOW, 2.89),
)
FORECAST = (
    (NOW, 2.89, 0.0),
    (18.8, 3.32, 0.07),
    (19.7, 3.78, 0.12),
    (20.6, 4.05, 0.15),
    (21.5, 3.86, 0.2),
    (22.6, 3.3, 0.26),
    (24, 2.6, 0.33),
)


def water_level() -> Image.Image:
    """Observed, forecast with its margin, and the tide as it would have been."""
    sheet = Sheet([(0, PAPER), (1, PAPER)])
    layer = Layer()
    _grid(layer)
    _calm_tide(layer)
    _forecast(layer)
    _observed(layer)
    _heights(layer)
    _words(layer)
    sheet.lay(layer)
    return sheet.finished()


def _at(hour: float, metres: float) -> Point:
    x = LEFT + (RIGHT - LEFT) * hour / HOURS
    return x, BOTTOM - (BOTTOM - TOP) * (metres - LOW) / (HIGH - LOW)


def _grid(layer: Layer) -> None:
    for metres in range(5):
        _, y = _at(0, metres)
        layer.line([(LEFT, y), (RIGHT, y)], "#e3ddd0" if metres else "#b9b3a6", 1.5)
        layer.text(
            LEFT - 16,
            y + 8,
            f"{metres}" + (" m" if metres == 4 else ""),
            face("sans", 23),
            colour=FAINT,
            anchor="rs",
        )
    for hour, words in ((8.37, "morning tide"), (14.6, "low water"), (20.6, "tonight’s tide")):
        x, _ = _at(hour, 0)
        layer.line([(x, BOTTOM), (x, BOTTOM + 10)], "#b9b3a6", 1.5)
        layer.text(x, BOTTOM + 40, words, face("sans", 24), colour=FAINT, anchor="ms")


def _calm_tide(layer: Layer) -> None:
    curve = [
        _at(hour / 8, 1.2 + 0.9 * math.cos((hour / 8 - 20.6) / 12.36 * math.tau))
        for hour in range(24 * 8 + 1)
    ]
    layer.line(curve, CALM, 2.6)
    x, y = _at(3.5, 0.2)
    layer.text(x, y + 10, "the tide without wind", face("italic", 26), colour="#5f7888")


def _forecast(layer: Layer) -> None:
    upper = smooth([_at(hour, level + margin) for hour, level, margin in FORECAST])
    lower = smooth([_at(hour, level - margin) for hour, level, margin in FORECAST])
    layer.polygon([*upper, *reversed(lower)], "#8fb8d0", 0.62)
    dashed(layer, smooth([_at(hour, level) for hour, level, _ in FORECAST], steps=3), SEA, width=3, dash=6)


def _observed(layer: Layer) -> None:
    curve = smooth([_at(*point) for point in OBSERVED])
    for step in range(14):
        layer.polygon(
            [*[(x, min(BOTTOM, y + step * 9)) for x, y in curve], (curve[-1][0], BOTTOM), (LEFT, BOTTOM)],
            "#1d5c83",
            0.022,
        )
    layer.line(curve, DEEP, 7)
    x, y = curve[-1]
    dashed(layer, [(x, y + 12), (x, BOTTOM)], FAINT, width=1.6, dash=5)
    layer.ellipse(x, y, 12, 12, PAPER)
    layer.ellipse(x, y, 9, 9, DEEP)


def _heights(layer: Layer) -> None:
    marks = (
        (2.10, "Ordinary spring tide", "2.10", FAINT),
        (3.10, "Alarm", "3.10", ALARM),
        (3.60, "Edge of the quay", "3.60", ALARM),
        (3.94, "Record of 1968", "3.94", RECORD),
        (4.20, "Top of the wall", "4.20", TEXT),
    )
    for metres, words, figure, colour in marks:
        _, y = _at(0, metres)
        dashed(layer, [(LEFT, y), (RIGHT, y)], colour, width=1.8 if metres != 3.94 else 2.6, dash=7)
        layer.text(RIGHT + 16, y + 8, figure, face("bold", 24), colour=colour)
        layer.text(RIGHT + 76, y + 8, words, face("sans", 21), colour=colour)


def _words(layer: Layer) -> None:
    layer.box(LEFT - 88, 62, LEFT - 82, 142, ALARM)
    layer.text(LEFT - 62, 96, "A metre more than the moon wanted", face("bold", 44), colour=TEXT)
    layer.text(
        LEFT - 62,
        138,
        "Water level at Fish Quay in metres above city datum, and the forecast for tonight",
        face("sans", 26),
        colour="#55606a",
    )
    for hour, metres, words, anchor, lift in (
        (8.37, 2.87, "2.87", "ms", 46),
        (14.6, 1.42, "1.42", "ms", 46),
        (NOW, 2.89, "2.89 now", "ls", 34),
    ):
        x, y = _at(hour, metres)
        layer.text(
            x + (16 if anchor == "ls" else 0), y + lift, words, face("bold", 27), colour=DEEP, anchor=anchor
        )
    x, y = _at(20.6, 4.05)
    layer.text(x, y - 66, "forecast 4.05", face("bold", 27), colour=SEA, anchor="ms")
    x, y = _at(14.6, 0.31)
    layer.text(x, y + 32, "0.31 expected", face("italic", 26), colour="#5f7888", anchor="ms")
    layer.text(
        LEFT - 62,
        HEIGHT - 26,
        "Source: Tide and Surge Service, gauge Fish Quay",
        face("sans", 20),
        colour=FAINT,
    )
    layer.text(WIDTH - 40, HEIGHT - 26, "The Harbour Ledger", face("italic", 24), colour=FAINT, anchor="rs")
