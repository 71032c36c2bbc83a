"""The typefaces of the map and the chart, and lines that are dashed or hatched."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from stoppress.demo.drawing.ink import SCALE, SIZE, Layer, Point

_FILES = {
    "sans": "LiberationSans-Regular.ttf",
    "bold": "LiberationSans-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
}


@cache
def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """A face in the size it has on the finished picture. Raises: OSError (fonts-liberation is not installed)."""
    return ImageFont.truetype(_FILES[name], round(size * SCALE))


def spaced(layer: Layer, x: float, y: float, words: str, *, size: float, colour: str, gap: float) -> None:
    """Letters with room between them, around a middle: names of waters."""
    font = face("italic", size)
    widths = [font.getlength(letter) / SCALE for letter in words]
    at = x - (sum(widths) + gap * (len(words) - 1)) / 2
    for letter, width in zip(words, widths, strict=True):
        layer.text(at, y, letter, font, colour=colour)
        at += width + gap


def dashed(layer: Layer, points: Sequence[Point], colour: str, *, width: float, dash: float) -> None:
    """A broken line through the points."""
    for (x1, y1), (x2, y2) in pairwise(points):
        long = math.hypot(x2 - x1, y2 - y1)
        for step in range(int(long / dash / 2) + 1):
            start, end = step * 2 * dash / long, min(1, (step * 2 + 1) * dash / long)
            if start < 1:
                layer.line(
                    [
                        (x1 + (x2 - x1) * start, y1 + (y2 - y1) * start),
                        (x1 + (x2 - x1) * end, y1 + (y2 - y1) * end),
                    ],
                    colour,
                    width,
                )


def inside(points: Sequence[Point]) -> Image.Image:
    """A mask that is light inside the shape."""
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)
    return mask


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 12) -> list[Point]:
    """A curve through all the points (Catmull and Rom's)."""
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    curve: list[Point] = []
    for p0, p1, p2, p3 in zip(around, around[1:], around[2:], around[3:], strict=False):
        curve += [_between(p0, p1, p2, p3, step / steps) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        )

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])
