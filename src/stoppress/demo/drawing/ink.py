"""A sheet of paper and what is drawn with: gradients, layers, glows, water, clouds, rain.

Called by the pictures of this room. Coordinates are those of the finished picture, 1,600 by 900; everything
is drawn twice as large and made smaller at the end, which makes edges smooth. `Random` here is a brush with a
seed, never a secret: the same code draws the same picture.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1_600, 900
SCALE = 2
SIZE = (WIDTH * SCALE, HEIGHT * SCALE)
CLEAR = (0, 0, 0, 0)

Point = tuple[float, float]
Colour = tuple[int, int, int]
Stops = Sequence[tuple[float, str]]  # where (0 to 1), which colour


def rgb(colour: str) -> Colour:
    """`#2b2440` as numbers."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def mix(one: str, other: str, share: float) -> str:
    """A colour between two: `share` 0 is the first, 1 the second."""
    first, second = rgb(one), rgb(other)
    parts = [round(a + (b - a) * share) for a, b in zip(first, second, strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def brush(seed: int) -> Random:
    """Chance that repeats itself."""
    return Random(seed)  # noqa: S311 (a brush, not a secret)


def gradient(stops: Stops, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture that goes from colour to colour, top to bottom."""
    column = Image.new("RGB", (1, 512))
    for row in range(512):
        column.putpixel((0, row), rgb(_at(stops, row / 511)))
    return column.resize(size, Image.Resampling.BICUBIC)


def _at(stops: Stops, place: float) -> str:
    before = max((stop for stop in stops if stop[0] <= place), key=lambda stop: stop[0])
    after = min((stop for stop in stops if stop[0] >= place), key=lambda stop: stop[0])
    span = after[0] - before[0]
    return mix(before[1], after[1], (place - before[0]) / span if span else 0)


def _large(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


Stroke = Callable[[ImageDraw.ImageDraw, Callable[[Sequence[Point]], list[Point]]], None]
ROUND_ENDS_FROM = 2  # thinner lines need no ends


def _alpha(opacity: float) -> int:
    return round(255 * opacity)


class Layer:
    """A transparent sheet to draw on, laid over the picture when it is done."""

    def __init__(self) -> None:
        self.image = Image.new("RGBA", SIZE, CLEAR)
        self._draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], colour: str, opacity: float = 1) -> None:
        """A filled shape."""
        large = _large(points)
        self._put(
            large, 0, opacity, lambda draw, at: draw.polygon(at(large), fill=(*rgb(colour), _alpha(opacity)))
        )

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: str, opacity: float = 1
    ) -> None:
        """A filled rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour, opacity)

    def ellipse(
        self, x: float, y: float, across: float, down: float, colour: str, opacity: float = 1
    ) -> None:
        """A filled ellipse around a centre."""
        sides = _large([(x - across, y - down), (x + across, y + down)])
        self._put(
            sides, 0, opacity, lambda draw, at: draw.ellipse(at(sides), fill=(*rgb(colour), _alpha(opacity)))
        )

    def line(self, points: Sequence[Point], colour: str, width: float = 1, opacity: float = 1) -> None:
        """A line with round joints and ends."""
        large, ink, wide = _large(points), (*rgb(colour), _alpha(opacity)), max(1, round(width * SCALE))
        self._put(
            large, wide, opacity, lambda draw, at: draw.line(at(large), fill=ink, width=wide, joint="curve")
        )
        if width > ROUND_ENDS_FROM and opacity == 1:
            for x, y in (points[0], points[-1]):
                self.ellipse(x, y, width / 2, width / 2, colour)

    def _put(self, points: Sequence[Point], margin: float, opacity: float, stroke: "Stroke") -> None:
        """Draw at once what is opaque; else on a patch of its own, which is then laid over (ink replaces ink)."""
        if opacity >= 1:
            stroke(self._draw, list)
            return
        left, top = (round(min(point[axis] for point in points) - margin) - 1 for axis in (0, 1))
        right, bottom = (round(max(point[axis] for point in points) + margin) + 2 for axis in (0, 1))
        patch = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)), CLEAR)
        stroke(ImageDraw.Draw(patch), lambda places: [(x - left, y - top) for x, y in places])
        if left < SIZE[0] and top < SIZE[1] and right > 0 and bottom > 0:
            self.image.alpha_composite(*_inside(patch, left, top))

    def text(
        self, x: float, y: float, words: str, font: ImageFont.FreeTypeFont, *, colour: str, anchor: str = "ls"
    ) -> None:
        """Lettering; `anchor` as Pillow names them ("ls": left end of the baseline)."""
        self._draw.text((x * SCALE, y * SCALE), words, font=font, fill=rgb(colour), anchor=anchor)


class Sheet:
    """The picture under way."""

    def __init__(self, stops: Stops) -> None:
        self.image = gradient(stops).convert("RGBA")

    def lay(self, layer: Layer, *, blur: float = 0, opacity: float = 1) -> None:
        """Put a layer on top."""
        image = _blurred(layer.image, blur) if blur else layer.image
        if opacity < 1:
            image.putalpha(image.getchannel("A").point(lambda value: round(value * opacity)))
        self.image.alpha_composite(image)

    def lay_masked(self, layer: Layer, mask: Image.Image) -> None:
        """The same, only where `mask` is light."""
        layer.image.putalpha(ImageChops.multiply(layer.image.getchannel("A"), mask))
        self.image.alpha_composite(layer.image)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """Light around a point, falling off to nothing."""
        side = round(radius * 2 * SCALE)
        fall = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda value: round(255 * (max(0, value - 74) / 181) ** 1.8 * strength)
        )
        light = Image.new("RGBA", (side, side), (*rgb(colour), 0))
        light.putalpha(fall.resize((side, side), Image.Resampling.BICUBIC))
        self.image.alpha_composite(*_inside(light, round((x - radius) * SCALE), round((y - radius) * SCALE)))

    def mirror(
        self, line: float, depth: float, *, dim: str, strength: float, ripple: float, seed: int
    ) -> None:
        """Water below `line` shows what stands above it, broken up by ripples that widen towards us."""
        above = self.image.crop((0, round((line - depth) * SCALE), SIZE[0], round(line * SCALE)))
        below = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        chance = brush(seed)
        shaken = Image.new("RGBA", below.size, (*rgb(dim), 255))
        row, phase = 0, chance.random() * 6
        while row < below.height:
            deep = row / below.height
            thick = max(2, round((2 + 7 * deep) * SCALE))
            shift = round(math.sin(phase + row / (9 * SCALE)) * ripple * SCALE * (0.3 + 1.7 * deep))
            strip = below.crop((0, row, below.width, min(row + thick, below.height)))
            shaken.paste(ImageChops.offset(strip, shift + chance.randint(-3, 3) * SCALE, 0), (0, row))
            row += thick
        tint = Image.new("RGBA", below.size, (*rgb(dim), round(255 * (1 - strength))))
        shaken.alpha_composite(tint)
        self.image.paste(shaken.filter(ImageFilter.GaussianBlur(1.2 * SCALE)), (0, round(line * SCALE)))

    def finished(self, *, grain: float = 0) -> Image.Image:
        """The picture in its own size. `grain`: a breath of paper, which keeps gradients from showing steps."""
        small = self.image.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        if not grain:
            return small
        noise = Image.effect_noise((WIDTH // 2, HEIGHT // 2), 24).resize(
            (WIDTH, HEIGHT), Image.Resampling.BICUBIC
        )
        return Image.blend(small, ImageChops.overlay(small, Image.merge("RGB", [noise] * 3)), grain)


def _blurred(image: Image.Image, radius: float) -> Image.Image:
    """Soft edges that keep their colour: blurred with the opacity multiplied in, or they would turn grey."""
    return image.convert("RGBa").filter(ImageFilter.GaussianBlur(radius * SCALE)).convert("RGBA")


def _inside(image: Image.Image, left: int, top: int) -> tuple[Image.Image, tuple[int, int]]:
    """The part of `image` that falls on the sheet, and where."""
    cut = image.crop((max(0, -left), max(0, -top), image.width, image.height))
    return cut, (max(0, left), max(0, top))


def clouds(
    sheet: Sheet,
    *,
    band: tuple[float, float],
    colours: tuple[str, str],
    count: int,
    seed: int,
    opacity: float = 0.9,
) -> None:
    """Heaped clouds between two heights, dark above and lit from below; large ones high, thin ones low."""
    chance = brush(seed)
    top, bottom = band
    for number in range(count):
        share = number / max(1, count - 1)
        y = top + (bottom - top) * share + chance.uniform(-14, 14)
        x = chance.uniform(-150, WIDTH + 150)
        long = chance.uniform(300, 620) * (1.2 - 0.75 * share)
        tall = long * chance.uniform(0.13, 0.2) * (1.15 - 0.6 * share)
        lit, dark, deep = Layer(), Layer(), Layer()
        for _ in range(44):
            along = max(-1, min(1, chance.gauss(0, 0.46)))
            lift = (1 - along * along) * tall * chance.uniform(0, 1)
            wide, high = long * chance.uniform(0.05, 0.17), tall * chance.uniform(0.2, 0.5)
            at = x + along * long
            lit.ellipse(at, y - lift * 0.5 + tall * 0.2, wide, high * 0.8, colours[1])
            dark.ellipse(at + 6, y - lift - tall * 0.06, wide, high, mix(colours[0], colours[1], 0.22))
            deep.ellipse(at, y - lift * 0.8 - tall * 0.2, wide * 0.95, high * 0.8, colours[0])
        soft = 9 - 6 * share
        sheet.lay(lit, blur=soft * 0.7, opacity=opacity * 0.75)
        sheet.lay(dark, blur=soft, opacity=opacity)
        sheet.lay(deep, blur=soft * 1.7, opacity=opacity * 0.8)


def ripples(
    layer: Layer,
    *,
    band: tuple[float, float],
    colours: Sequence[str],
    count: int,
    seed: int,
    opacity: float = 0.35,
) -> None:
    """Flat lens-shaped strokes, small and close far away, long and apart near by."""
    chance = brush(seed)
    top, bottom = band
    for _ in range(count):
        deep = chance.random() ** 1.6
        y = top + (bottom - top) * deep
        x = chance.uniform(-60, WIDTH + 60)
        long, thick = chance.uniform(10, 46) * (0.5 + 2.6 * deep), (0.6 + 3.4 * deep) * chance.uniform(0.5, 1)
        lens = [(x - long, y), (x - long * 0.3, y - thick), (x + long, y), (x + long * 0.2, y + thick * 0.7)]
        layer.polygon(lens, chance.choice(colours), opacity * chance.uniform(0.4, 1))


@dataclass(frozen=True, slots=True)
class Swell:
    """One row of seas. `y`: of the troughs; `phase`: where along its length it begins."""

    y: float
    height: float
    length: float
    phase: float

    def crest(self, x: float) -> float:
        """How high the water stands at `x`."""
        small = math.sin(x / (self.length * 0.37) + self.phase * 2.1)
        return self.y - self.height * (_sea(x / self.length + self.phase) + 0.35 * small)

    def fill(self, layer: Layer, colour: str) -> None:
        """From the crest line down to the foot of the sheet."""
        crest = [(x, self.crest(x)) for x in range(-20, WIDTH + 40, 6)]
        layer.polygon([*crest, (WIDTH + 40, HEIGHT + 10), (-20, HEIGHT + 10)], colour)

    def whitecaps(self, layer: Layer, *, colour: str, count: int, seed: int) -> None:
        """Torn foam, most of it just behind the tops."""
        chance = brush(seed)
        for _ in range(count):
            long, drop = chance.uniform(0.2, 0.75) * self.length, chance.random() ** 2 * self.height * 1.1
            start, thick = chance.uniform(-60, WIDTH), self.height * chance.uniform(0.03, 0.11)
            steps = [start + long * step / 14 for step in range(15)]
            upper = [(x, self.crest(x) + drop) for x in steps]
            lower = [
                (
                    x,
                    self.crest(x)
                    + drop
                    + thick * math.sin((x - start) / long * math.pi) * chance.uniform(0.5, 1.5),
                )
                for x in reversed(steps)
            ]
            layer.polygon([*upper, *lower], colour, chance.uniform(0.12, 0.5))


def _sea(turn: float) -> float:
    """A sine with sharper tops and flatter troughs."""
    return math.pow(abs(math.sin(turn * math.pi)), 1.5)


def rain(sheet: Sheet, *, colour: str, count: int, slant: float, seed: int, opacity: float = 0.25) -> None:
    """Fine streaks, all one way."""
    chance, layer = brush(seed), Layer()
    for _ in range(count):
        x, y, long = chance.uniform(-100, WIDTH + 100), chance.uniform(-50, HEIGHT), chance.uniform(18, 60)
        layer.line([(x, y), (x + long * slant, y + long)], colour, 1, opacity * chance.uniform(0.3, 1))
    sheet.lay(layer, blur=0.6)


def gulls(layer: Layer, places: Sequence[Point], colour: str) -> None:
    """Birds a long way off."""
    for number, (x, y) in enumerate(places):
        wing = 9 + 4 * (number % 3)
        left = [(x - wing, y - wing * 0.25), (x - wing * 0.5, y - wing * 0.45), (x, y)]
        right = [(x, y), (x + wing * 0.55, y - wing * 0.5), (x + wing, y - wing * 0.2)]
        layer.line(left, colour, 1.6, 0.85)
        layer.line(right, colour, 1.6, 0.85)
