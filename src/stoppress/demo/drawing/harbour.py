"""The harbour front, twice: under a bruised sky before the tide, and at dawn when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageFilter

from stoppress.demo.drawing.ink import SCALE, WIDTH, Layer, Sheet, Stops, brush, clouds, gulls, mix, ripples

QUAY = 596  # where water meets stone


@dataclass(frozen=True, slots=True)
class Light:
    """What the hour does to the same houses."""

    sky: Stops
    haze: str
    walls: Sequence[str]
    roof: str
    trim: str
    windows: Sequence[str]
    lit_share: float
    stone: str
    dark: str


BRUISED = Light(
    sky=[
        (0, "#241f38"),
        (0.25, "#43335a"),
        (0.45, "#83506b"),
        (0.57, "#cf7d5f"),
        (0.66, "#f2b87a"),
        (1, "#f2c48c"),
    ],
    haze="#7d4f66",
    walls=("#33283f", "#3d2c40", "#2b2438", "#463043", "#382a3a"),
    roof="#221c30",
    trim="#5a4152",
    windows=("#1d1829", "#241d30"),
    lit_share=0.13,
    stone="#2a2233",
    dark="#171322",
)
DAWN = Light(
    sky=[
        (0, "#7fa3b8"),
        (0.22, "#a9bfc4"),
        (0.4, "#e3cfc0"),
        (0.54, "#f6cfae"),
        (0.66, "#fde6bd"),
        (1, "#fdebc9"),
    ],
    haze="#c9aeb0",
    walls=("#b4745c", "#d9b48a", "#8f5a50", "#cf9570", "#e4cfae"),
    roof="#70504f",
    trim="#f3e6d0",
    windows=("#5f6a78", "#74808a"),
    lit_share=0.05,
    stone="#9a8880",
    dark="#5b4a4d",
)


def before_the_tide() -> Image.Image:
    """Fish Quay, water nearly level with the stone."""
    sheet = Sheet(BRUISED.sky)
    sheet.glow(330, 560, 620, "#ffd9a0", 0.75)
    clouds(sheet, band=(-10, 250), colours=("#261f3a", "#a2596a"), count=11, seed=5)
    clouds(sheet, band=(280, 470), colours=("#54395a", "#f0a06a"), count=10, seed=15, opacity=0.8)
    _town(sheet, BRUISED)
    _boats(sheet, BRUISED, hulls=("#1f2a3a", "#5a2430"))
    sheet.mirror(QUAY + 8, 300, dim="#2b2138", strength=0.72, ripple=5, seed=3)
    water = Layer()
    ripples(water, band=(QUAY + 14, 900), colours=("#f2b87a", "#d98a66"), count=330, seed=8, opacity=0.34)
    ripples(water, band=(QUAY + 14, 900), colours=("#1a1526", "#241d33"), count=420, seed=9, opacity=0.42)
    sheet.lay(water, blur=0.4)
    birds = Layer()
    gulls(birds, [(250, 210), (310, 246), (352, 196), (470, 300), (520, 282), (180, 330)], "#1a1526")
    sheet.lay(birds)
    return sheet.finished(grain=0.05)


def morning_after() -> Image.Image:
    """The same quay, the water shallow on the stone, one broom."""
    sheet = Sheet(DAWN.sky)
    sheet.glow(330, 570, 700, "#fff3d0", 0.95)
    sun = Layer()
    sun.ellipse(330, 548, 44, 44, "#fffaea")
    sheet.lay(sun, blur=1)
    sheet.glow(330, 548, 170, "#fffbe8", 0.9)
    streaks = Layer()
    for x, y, long in ((1080, 120, 340), (640, 190, 260), (1330, 220, 220), (240, 150, 200), (900, 268, 180)):
        streaks.ellipse(x, y, long, 6, "#fdeadb", 0.8)
        streaks.ellipse(x + 90, y + 16, long * 0.6, 4, "#f6cdb8", 0.8)
        streaks.ellipse(x - 120, y - 12, long * 0.4, 3, "#fdeadb", 0.6)
    sheet.lay(streaks, blur=5)
    _town(sheet, DAWN)
    sheet.mirror(QUAY + 8, 300, dim="#e9cdb4", strength=0.6, ripple=1.2, seed=4)
    _wet_stones(sheet)
    _sweeper(sheet, 1010, 792)
    birds = Layer()
    gulls(birds, [(520, 190), (560, 214), (610, 176)], "#7a6a70")
    sheet.lay(birds)
    return sheet.finished(grain=0.04)


def _town(sheet: Sheet, light: Light) -> None:
    far = Layer()
    _skyline(far, light)
    sheet.lay(far, blur=1.2, opacity=0.75)
    front, glows = Layer(), list[tuple[float, float]]()
    chance = brush(21)
    x = 560.0
    for number in range(16):
        wide = chance.uniform(64, 92)
        glows += _house(front, x, wide, chance.uniform(210, 330), number, light)
        x += wide + 1
    front.box(520, QUAY - 6, WIDTH, QUAY + 8, light.stone)
    front.box(520, QUAY - 8, WIDTH, QUAY - 5, light.trim, 0.6)
    for place in range(600, WIDTH, 118):
        front.box(place, QUAY - 20, place + 9, QUAY - 6, light.dark)
        front.ellipse(place + 4.5, QUAY - 20, 7, 4, light.dark)
    _lamps(front, light)
    sheet.lay(front)
    for left, top in glows:
        sheet.glow(left, top, 34, "#ffcf7a", 0.5)


def _skyline(layer: Layer, light: Light) -> None:
    """What stands further up the river: roofs, a spire, cranes."""
    colour = light.haze
    layer.box(0, 566, 600, QUAY + 10, colour)
    for left, wide, tall in (
        (0, 90, 44),
        (84, 60, 62),
        (150, 110, 36),
        (270, 70, 58),
        (345, 120, 40),
        (470, 120, 66),
    ):
        layer.polygon(
            [
                (left, 570),
                (left, 570 - tall * 0.6),
                (left + wide / 2, 570 - tall),
                (left + wide, 570 - tall * 0.6),
                (left + wide, 570),
            ],
            colour,
        )
    layer.box(418, 452, 440, 570, colour)
    layer.polygon([(414, 454), (429, 352), (444, 454)], colour)
    for foot, tall in ((112, 150), (218, 186)):
        layer.line([(foot, 570), (foot + 14, 570 - tall)], colour, 5)
        layer.line([(foot + 40, 570), (foot + 14, 570 - tall)], colour, 5)
        layer.line([(foot + 14, 570 - tall), (foot + 128, 570 - tall * 1.22)], colour, 4)
        layer.line([(foot + 14, 570 - tall), (foot - 30, 570 - tall * 0.86)], colour, 4)
        layer.line([(foot + 120, 570 - tall * 1.2), (foot + 120, 570 - tall * 0.72)], colour, 1.4)


def _house(
    layer: Layer, left: float, wide: float, tall: float, number: int, light: Light
) -> list[tuple[float, float]]:
    """One narrow house; returns where its lit windows are."""
    chance = brush(100 + number)
    wall = light.walls[number % len(light.walls)]
    top, right = QUAY - tall, left + wide
    layer.box(left, top, right, QUAY, wall)
    _gable(layer, left, right, top, number % 4, light, wall)
    layer.box(left, QUAY - 52, right, QUAY - 49, light.trim, 0.5)
    lit: list[tuple[float, float]] = []
    columns = 3 if wide > 80 else 2
    step = wide / columns
    for row in range(int((tall - 60) // 54)):
        y = top + 22 + row * 54
        for column in range(columns):
            x = left + step * column + step / 2
            if _window(layer, x, y, chance.random() < light.lit_share, light):
                lit.append((x, y + 16))
    _door(layer, left + wide * (0.3 if number % 2 else 0.66), light)
    return lit


def _window(layer: Layer, x: float, y: float, lit: bool, light: Light) -> bool:  # noqa: FBT001 (a window is lit or not)
    pane = "#ffd48a" if lit else light.windows[round(x) % len(light.windows)]
    layer.box(x - 10, y, x + 10, y + 32, light.trim, 0.75)
    layer.box(x - 8, y + 2, x + 8, y + 30, pane)
    layer.box(x - 8, y + 12, x + 8, y + 13.4, light.trim, 0.8)
    layer.box(x - 0.7, y + 2, x + 0.7, y + 30, light.trim, 0.8)
    return lit


def _door(layer: Layer, x: float, light: Light) -> None:
    layer.box(x - 11, QUAY - 42, x + 11, QUAY - 6, light.dark)
    layer.box(x - 8, QUAY - 40, x + 8, QUAY - 34, light.trim, 0.6)


def _gable(layer: Layer, left: float, right: float, top: float, kind: int, light: Light, wall: str) -> None:
    wide, middle = right - left, (left + right) / 2
    if kind == 0:  # steps
        for step in range(4):
            inset, y = wide * 0.11 * step, top - 15 * step
            layer.box(left + inset, y - 15, right - inset, y + 1, wall)
            layer.box(left + inset, y - 15, right - inset, y - 12.5, light.trim, 0.55)
        layer.box(middle - 3, top - 76, middle + 3, top - 58, wall)
    elif kind == 1:  # plain, with a hoist beam
        layer.polygon([(left, top), (middle, top - wide * 0.72), (right, top)], wall)
        layer.line([(left, top), (middle, top - wide * 0.72), (right, top)], light.trim, 2, 0.55)
        layer.box(middle - 3, top - wide * 0.5, middle + 3, top - wide * 0.5 + 5, light.dark)
    elif kind == 2:  # neck
        neck = wide * 0.24
        layer.polygon(
            [
                (left, top),
                (middle - neck, top - 20),
                (middle - neck, top - 58),
                (middle + neck, top - 58),
                (middle + neck, top - 20),
                (right, top),
            ],
            wall,
        )
        layer.polygon(
            [(middle - neck - 5, top - 57), (middle, top - 78), (middle + neck + 5, top - 57)],
            light.trim,
            0.7,
        )
        layer.box(middle - 5, top - 44, middle + 5, top - 26, light.windows[0])
    else:  # a roof seen from its long side
        layer.polygon(
            [(left - 3, top), (left + 9, top - 44), (right - 9, top - 44), (right + 3, top)], light.roof
        )
        layer.box(left + 10, top - 66, left + 22, top - 38, wall)
        layer.box(middle - 9, top - 30, middle + 9, top - 6, wall)


def _lamps(layer: Layer, light: Light) -> None:
    for x in (676, 980, 1290):
        layer.line([(x, QUAY - 6), (x, QUAY - 92)], light.dark, 2.6)
        layer.polygon(
            [(x - 7, QUAY - 108), (x + 7, QUAY - 108), (x + 4, QUAY - 92), (x - 4, QUAY - 92)], light.dark
        )


def _boats(sheet: Sheet, light: Light, hulls: tuple[str, str]) -> None:
    layer = Layer()
    for (x, size), hull in zip(((300, 1.25), (800, 1.0)), hulls, strict=True):
        _boat(layer, x, size, hull, light)
    sheet.lay(layer)
    sheet.glow(300 + 60 * 1.25, QUAY - 62 * 1.25, 46, "#ffd48a", 0.55)


def _boat(layer: Layer, x: float, size: float, hull: str, light: Light) -> None:
    """A cutter, bow to the left, lines to the quay."""

    def at(along: float, up: float) -> tuple[float, float]:
        return x + along * size, QUAY + 10 - up * size

    layer.polygon([at(-150, 58), at(-128, 0), at(112, 0), at(128, 40), at(20, 32), at(-70, 36)], hull)
    layer.polygon(
        [
            at(-150, 58),
            at(-147, 51),
            at(-70, 29),
            at(20, 25),
            at(127, 33),
            at(128, 40),
            at(20, 32),
            at(-70, 36),
        ],
        mix(light.trim, "#e8d2b4", 0.5),
    )
    layer.polygon([at(26, 30), at(30, 92), at(92, 92), at(98, 34)], mix(hull, light.trim, 0.5))
    layer.box(*at(36, 84), *at(56, 66), "#ffd48a")
    layer.box(*at(64, 84), *at(86, 66), "#ffd48a", 0.75)
    layer.box(*at(22, 98), *at(100, 91), light.dark)
    for along, up in ((-40, 190), (74, 150)):
        layer.line([at(along, 30), at(along + 3, up)], light.dark, 4 * size)
    layer.line([at(-38, 60), at(28, 128)], light.dark, 2.6 * size)
    for start, end in (
        ((-148, 58), (-37, 188)),
        ((-37, 188), (76, 150)),
        ((76, 150), (126, 40)),
        ((-37, 188), (30, 92)),
    ):
        layer.line([at(*start), at(*end)], light.dark, 1.1 * size, 0.85)
    for along in (-100, -40, 70):
        layer.ellipse(*at(along, 14), 7 * size, 9 * size, light.dark)
    layer.line([at(126, 40), at(170, 24), at(220, 22)], light.dark, 1.4 * size)


def _wet_stones(sheet: Sheet) -> None:
    """The quay: cobbles in rows that widen towards us, with pools between that still hold the sky."""
    stones = Layer()
    stones.box(0, QUAY + 40, WIDTH, 900, "#b09a8c")
    chance, y, row = brush(17), QUAY + 42.0, 0
    while y < 910:
        tall = 3.2 + (y - QUAY) * 0.052
        wide = tall * 2.5
        for column in range(-2, round(WIDTH / wide) + 2):
            x = 800 + (column - WIDTH / wide / 2 + (row % 2) / 2) * wide
            tone = mix("#bba595", "#8f7b72", chance.random())
            stones.ellipse(x, y, wide * 0.46, tall * 0.44, tone)
        y, row = y + tall * 0.93, row + 1
    sheet.lay_masked(stones, _pools())
    water = Layer()
    ripples(water, band=(QUAY + 16, 900), colours=("#fff2d8", "#ffe3b8"), count=90, seed=31, opacity=0.35)
    sheet.lay(water, blur=0.8)
    left = Layer()
    for x, y, size in ((430, 742, 1.1), (1380, 826, 1.5)):
        _crate(left, x, y, size)
    left.line([(1120, 858), (1262, 842)], "#6e5144", 5)
    left.polygon([(1256, 846), (1300, 834), (1310, 840), (1264, 851)], "#7d5e4c")
    for x, y in ((560, 806), (770, 860), (250, 834), (1180, 742)):
        for _ in range(16):
            left.ellipse(
                x + chance.gauss(0, 24),
                y + chance.gauss(0, 4),
                chance.uniform(6, 15),
                chance.uniform(1.4, 3.4),
                chance.choice(("#4c5640", "#5c6348", "#3f4a3b")),
                0.9,
            )
    sheet.lay(left)


def _pools() -> Image.Image:
    """Light where stone shows, dark where water lies; more stone the nearer it is."""
    mask = Layer()
    mask.box(0, 0, WIDTH, 900, "#000000")
    chance = brush(29)
    for _ in range(70):
        deep = chance.random()
        y = QUAY + 70 + deep * 230
        mask.ellipse(
            chance.uniform(-60, WIDTH + 60),
            y,
            chance.uniform(60, 260) * (0.5 + deep),
            (5 + 20 * deep) * chance.uniform(0.5, 1),
            "#ffffff",
        )
    grey = mask.image.convert("L").filter(ImageFilter.GaussianBlur(9 * SCALE))
    return grey.point(lambda value: min(235, max(0, round((value - 96) * 3.4))))


def _crate(layer: Layer, x: float, y: float, size: float) -> None:
    layer.polygon(
        [
            (x - 34 * size, y),
            (x - 30 * size, y - 22 * size),
            (x + 26 * size, y - 26 * size),
            (x + 33 * size, y - 2 * size),
        ],
        "#8a6549",
    )
    layer.polygon(
        [
            (x - 30 * size, y - 22 * size),
            (x - 14 * size, y - 33 * size),
            (x + 40 * size, y - 36 * size),
            (x + 26 * size, y - 26 * size),
        ],
        "#4c3a33",
    )
    layer.polygon(
        [
            (x + 33 * size, y - 2 * size),
            (x + 26 * size, y - 26 * size),
            (x + 40 * size, y - 36 * size),
            (x + 46 * size, y - 13 * size),
        ],
        "#6d4f3d",
    )
    for slat in (7, 14):
        layer.line([(x - 32 * size, y - slat * size), (x + 30 * size, y - (slat + 2) * size)], "#5d463d", 1.6)


def _sweeper(sheet: Sheet, x: float, y: float) -> None:
    """Somebody with a broom, leaning into it, and their reflection."""
    for flip, opacity, blur in ((-1, 0.3, 2.4), (1, 1.0, 0.0)):
        layer = Layer()

        def at(along: float, up: float, flip: int = flip) -> tuple[float, float]:
            return x + along * 1.12, y - up * flip * 1.12

        coat, shade, dark, skin = "#b8472d", "#98381f", "#36303c", "#8a5f4c"
        layer.line([at(-6, 66), at(-12, 34), at(-10, 4)], dark, 17)
        layer.line([at(8, 66), at(16, 36), at(24, 5)], dark, 17)
        layer.polygon([at(-28, 0), at(-20, 11), at(-2, 11), at(-2, 0)], "#20242c")
        layer.polygon([at(10, 0), at(16, 12), at(33, 12), at(34, 0)], "#20242c")
        layer.line([at(8, 112), at(-8, 94), at(-34, 96)], shade, 14)
        layer.line([at(-6, 142), at(-82, 12)], "#5b4637", 4)
        layer.polygon(
            [
                at(-19, 56),
                at(-20, 96),
                at(-16, 120),
                at(-4, 130),
                at(9, 127),
                at(18, 112),
                at(21, 84),
                at(23, 56),
            ],
            coat,
        )
        layer.polygon([at(6, 56), at(12, 90), at(18, 112), at(21, 84), at(23, 56)], shade)
        layer.line([at(-6, 128), at(-9, 136)], skin, 10)
        layer.ellipse(*at(-12, 143), 12, 14, skin)
        layer.polygon([at(-25, 145), at(-24, 154), at(-16, 160), at(-4, 158), at(2, 148), at(1, 140)], dark)
        layer.line([at(6, 116), at(-18, 84), at(-44, 74)], coat, 15)
        layer.ellipse(*at(-47, 73), 7, 7, skin)
        layer.ellipse(*at(-34, 96), 6.5, 6.5, skin)
        layer.polygon([at(-106, 0), at(-94, 19), at(-72, 14), at(-68, 0)], "#a07c4e")
        layer.line([at(-95, 19), at(-72, 14)], "#5b4637", 4)
        sheet.lay(layer, blur=blur, opacity=opacity)
