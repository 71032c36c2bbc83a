"""The line in Ropewalk yard: people as shapes against a pale sky, passing bags."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from stoppress.demo.drawing.ink import WIDTH, Layer, Point, Sheet, brush, clouds, gulls, mix

GROUND = 742
INK = "#23202c"


@dataclass(frozen=True, slots=True)
class Person:
    """One in the line. `turn`: -1 looks left, 1 right; `holds`: has the bag now; `head`: hat, hood, bun, bare."""

    x: float
    tall: float
    turn: int
    holds: bool
    head: str
    coat: float  # how far down it hangs, 0 to 1


LINE = (
    Person(92, 262, 1, True, "hat", 0.4),
    Person(196, 246, -1, False, "hood", 0.9),
    Person(292, 238, 1, True, "bun", 0.5),
    Person(394, 228, -1, False, "bare", 0.2),
    Person(492, 222, 1, False, "cap", 0.6),
    Person(586, 214, 1, True, "hood", 0.3),
    Person(684, 208, -1, False, "bun", 1.0),
    Person(778, 200, 1, True, "bare", 0.4),
    Person(868, 194, -1, False, "hat", 0.7),
    Person(956, 186, 1, True, "hood", 0.5),
    Person(1044, 178, -1, False, "cap", 0.3),
    Person(1128, 168, 1, True, "bun", 0.8),
    Person(1206, 158, -1, False, "bare", 0.4),
    Person(1282, 148, 1, False, "hood", 0.6),
)


def line_in_the_yard() -> Image.Image:
    """Fourteen people and a wall that is getting higher."""
    sheet = Sheet(
        [
            (0, "#8d8a86"),
            (0.2, "#b9ab8c"),
            (0.45, "#e6cd8e"),
            (0.68, "#f7e3a6"),
            (0.8, "#fbeebf"),
            (1, "#f0d99b"),
        ]
    )
    sheet.glow(980, 560, 560, "#fff8da", 0.9)
    clouds(sheet, band=(0, 210), colours=("#77767a", "#cdb98e"), count=10, seed=33, opacity=0.8)
    clouds(sheet, band=(240, 380), colours=("#b5a483", "#f4dfa2"), count=8, seed=35, opacity=0.6)
    _yard(sheet)
    _ground(sheet)
    _people(sheet)
    _wall(sheet)
    return sheet.finished(grain=0.05)


def _yard(sheet: Sheet) -> None:
    """Roofs, a tower crane over the new pool, the slip cranes."""
    for colour, blur, shift in (("#cdb787", 1.6, -36), ("#a8936f", 1.0, 0)):
        layer = Layer()
        chance = brush(50 + shift)
        x = -40.0
        while x < WIDTH + 60:
            wide, tall = chance.uniform(70, 150), chance.uniform(60, 150)
            top = 660 + shift - tall
            layer.polygon(
                [(x, 760), (x, top + 26), (x + wide / 2, top - 14), (x + wide, top + 26), (x + wide, 760)],
                colour,
            )
            if chance.random() < 0.5:
                layer.box(x + wide * 0.7, top - 24, x + wide * 0.7 + 11, top + 30, colour)
            x += wide * chance.uniform(0.82, 1.0)
        sheet.lay(layer, blur=blur)
    crane = Layer()
    _tower_crane(crane, 1360, "#8c7a5f")
    _slip_crane(crane, 210, "#8c7a5f")
    gulls(crane, [(600, 200), (650, 232), (720, 190), (1140, 260)], "#6f6350")
    sheet.lay(crane, blur=0.5)


def _tower_crane(layer: Layer, x: float, colour: str) -> None:
    layer.line([(x, 700), (x, 214)], colour, 5)
    layer.line([(x + 16, 700), (x + 16, 214)], colour, 5)
    for y in range(230, 690, 26):
        layer.line([(x, y), (x + 16, y + 26)], colour, 2)
    layer.line([(x - 330, 232), (x + 120, 232)], colour, 6)
    layer.line([(x - 330, 222), (x + 8, 180), (x + 120, 226)], colour, 2.4)
    layer.box(x + 84, 232, x + 122, 262, colour)
    layer.box(x - 10, 236, x + 26, 268, colour)
    layer.line([(x - 240, 232), (x - 240, 420)], colour, 1.6)
    layer.box(x - 252, 420, x - 228, 434, colour)


def _slip_crane(layer: Layer, x: float, colour: str) -> None:
    layer.line([(x - 40, 700), (x - 14, 420)], colour, 7)
    layer.line([(x + 40, 700), (x + 14, 420)], colour, 7)
    layer.line([(x - 27, 560), (x + 27, 560)], colour, 4)
    layer.box(x - 26, 392, x + 30, 426, colour)
    layer.line([(x + 10, 400), (x + 236, 268)], colour, 6)
    layer.line([(x - 20, 396), (x + 4, 330), (x + 236, 268)], colour, 2)
    layer.line([(x + 232, 270), (x + 232, 470)], colour, 1.6)


def _ground(sheet: Sheet) -> None:
    layer = Layer()
    layer.polygon([(0, GROUND - 12), (WIDTH, GROUND - 74), (WIDTH, 900), (0, 900)], "#7d6950")
    for step in range(18):
        share = step / 17
        layer.polygon(
            [(0, GROUND + 158 * share), (WIDTH, GROUND - 62 + 220 * share), (WIDTH, 900), (0, 900)],
            "#2f2622",
            0.055,
        )
    chance = brush(71)
    for _ in range(150):
        deep = chance.random() ** 1.3
        x, y = chance.uniform(0, WIDTH), GROUND - 50 + deep * 200
        layer.ellipse(
            x,
            y,
            chance.uniform(14, 80) * (0.4 + deep),
            0.7 + 2.2 * deep,
            chance.choice(("#9d8561", "#4c3f36", "#4c3f36")),
            0.3,
        )
    sheet.lay(layer, blur=0.8)
    sand = Layer()
    sand.polygon(SAND, "#c49f62")
    sand.polygon([(1322, 716), (1382, 668), (1444, 622), (1500, 594), (1470, 660), (1424, 720)], "#d9b877")
    sand.polygon(
        [(1322, 716), (1368, 690), (1420, 700), (1500, 690), (1640, 700), (1640, 726), (1330, 726)],
        "#a5834f",
        0.5,
    )
    sand.line([(1528, 600), (1566, 486)], INK, 5)
    sand.line([(1556, 484), (1576, 490)], INK, 5)
    sheet.lay(sand, blur=0.4)


SAND: list[Point] = [
    (1322, 716),
    (1352, 694),
    (1382, 668),
    (1444, 622),
    (1500, 594),
    (1560, 574),
    (1640, 562),
    (1640, 726),
    (1330, 726),
]


def _people(sheet: Sheet) -> None:
    shadows, layer = Layer(), Layer()
    for person in LINE:
        foot = _foot(person.x)
        shadows.polygon(
            [
                (person.x - 16, foot - 2),
                (person.x + 20, foot - 2),
                (person.x - 74, foot + 90),
                (person.x - 128, foot + 86),
            ],
            "#2f2622",
            0.45,
        )
    sheet.lay(shadows, blur=4)
    for number, person in enumerate(reversed(LINE)):
        _person(layer, person, number)
    sheet.lay(layer)


def _foot(x: float) -> float:
    """The line runs away from us: further right is further off."""
    return GROUND + 62 - x * 0.085


Measure = Callable[[float, float], Point]  # hundredths of a person's height, from where they stand


def _person(layer: Layer, person: Person, number: int) -> None:
    unit = person.tall / 100
    foot = _foot(person.x)
    tone = mix(INK, "#8a7458", person.x / WIDTH * 0.42)
    lean = 0.13 if person.holds else 0.03 + 0.03 * (number % 3)

    def at(along: float, up: float) -> Point:
        tilt = max(0, up - 46) * lean
        return person.x + (along + tilt) * unit * person.turn, foot - up * unit

    _legs(layer, at, tone, 3 + number % 3 * 2)
    hem, flare = 48 - 17 * person.coat, 3.5 * person.coat
    layer.polygon(
        [
            at(-9.5 - flare, hem),
            at(-9, 58),
            at(-10.5, 72),
            at(-9.5, 79),
            at(-5, 83.5),
            at(4, 83.8),
            at(8.5, 79.5),
            at(9.2, 70),
            at(9, 58),
            at(10 + flare, hem),
        ],
        tone,
    )
    layer.line([at(0, 81), at(1.6, 89)], tone, 6.2 * unit)
    layer.ellipse(*at(2.4, 91.6), 5.2 * unit, 6.3 * unit, tone)
    layer.polygon([at(6.6, 92.5), at(8.7, 90), at(6.8, 89.4)], tone)
    _head(layer, person.head, at, unit, tone)
    _arms(layer, person.holds, at, unit, tone)


def _legs(layer: Layer, at: Measure, tone: str, stride: float) -> None:
    for hip, knee, heel in ((-3.5, -3 - stride, -4.5 - stride), (3.5, 5 + stride * 0.7, 4 + stride)):
        thigh = [
            at(hip - 5, 50),
            at(knee - 4.3, 27),
            at(heel - 3.4, 3),
            at(heel + 3.6, 3),
            at(knee + 4.4, 27),
            at(hip + 5.4, 50),
        ]
        layer.polygon(thigh, tone)
        layer.polygon(
            [at(heel - 4, 0), at(heel - 4, 5), at(heel + 3.5, 5.4), at(heel + 9, 2.4), at(heel + 9.4, 0)],
            tone,
        )


def _head(layer: Layer, kind: str, at: Measure, unit: float, tone: str) -> None:
    if kind == "hat":
        layer.polygon(
            [at(-3.6, 93.4), at(-3.6, 97), at(-0.4, 100.6), at(4.6, 100.8), at(7.8, 97.4), at(8.2, 94)], tone
        )
        layer.ellipse(*at(2, 102), 1.9 * unit, 1.9 * unit, tone)
    elif kind == "hood":
        layer.polygon(
            [
                at(-8, 79),
                at(-6.4, 90),
                at(-4.4, 97.6),
                at(1, 100.4),
                at(6, 98.6),
                at(8.2, 94.6),
                at(6, 88),
                at(6.4, 80),
            ],
            tone,
        )
    elif kind == "bun":
        layer.ellipse(*at(-4.2, 96.6), 3.2 * unit, 3 * unit, tone)
        layer.polygon([at(-3, 96), at(-3.6, 86), at(0, 83), at(2, 92)], tone)
    elif kind == "cap":
        layer.polygon(
            [at(-3, 94.6), at(-1.4, 98.8), at(4.6, 99.2), at(8, 96), at(12.6, 95), at(12.2, 93.8)], tone
        )
    else:
        layer.polygon(
            [at(-3.6, 92), at(-2.6, 98), at(2, 99.6), at(6.4, 98.2), at(7.4, 95.4), at(3, 96.6)], tone
        )


def _arms(layer: Layer, holds: bool, at: Measure, unit: float, tone: str) -> None:  # noqa: FBT001 (with or without a bag)
    """Arms around a bag, or held out for the next one."""
    if not holds:
        for shoulder, elbow, hand in (((-5.5, 78), (0, 63), (15, 65)), ((5.5, 78), (12, 66), (25, 69))):
            layer.line([at(*shoulder), at(*elbow), at(*hand)], tone, 6.4 * unit)
            layer.ellipse(*at(hand[0] + 2, hand[1] + 0.6), 3 * unit, 2.4 * unit, tone)
        return
    layer.line([at(-6, 78), at(0, 60), at(10, 56)], tone, 6.8 * unit)
    bag = mix(tone, "#c2a46f", 0.42)
    _sack(layer, at(16, 57), 13.5 * unit, 6.8 * unit, bag)
    layer.line([at(6, 78), at(11, 64), at(19, 53)], mix(tone, "#000000", 0.25), 6.6 * unit)


def _sack(layer: Layer, middle: Point, wide: float, tall: float, tone: str) -> None:
    """A filled bag: a cushion with a tied end."""
    x, y = middle
    outline = [_cushion(turn / 40 * math.tau, wide, tall) for turn in range(40)]
    layer.polygon([(x + along, y + up) for along, up in outline], tone)
    layer.polygon(
        [
            (x + wide * 0.82, y - tall * 0.34),
            (x + wide * 1.18, y - tall * 0.78),
            (x + wide * 1.22, y + tall * 0.12),
            (x + wide * 0.86, y + tall * 0.3),
        ],
        tone,
    )


def _cushion(turn: float, wide: float, tall: float) -> Point:
    """A curve between an ellipse and a rectangle."""
    power = 0.62
    along, up = math.cos(turn), math.sin(turn)
    return math.copysign(abs(along) ** power, along) * wide, math.copysign(abs(up) ** power, up) * tall


def _wall(sheet: Sheet) -> None:
    """Bags in courses, each over the joint below, nearest at the left."""
    layer, chance = Layer(), brush(90)
    for course in range(4):
        x = -70.0 + (course % 2) * 56
        while x < 1_150 - course * 190:
            size = 1.2 - x / WIDTH * 0.56
            y = 904 - x * 0.108 - course * 33 * size
            tone = mix("#51453a", "#8b7455", chance.random() * 0.55 + x / WIDTH * 0.25)
            _wall_bag(layer, (x, y), size, tone, chance.uniform(-2, 2))
            x += 110 * size
    sheet.lay(layer)


def _wall_bag(layer: Layer, middle: Point, size: float, tone: str, tilt: float) -> None:
    x, y = middle[0], middle[1] + tilt
    wide, tall = 55 * size, 19 * size
    _sack(layer, (x, y + 3 * size), wide * 1.01, tall * 1.05, "#241d1b")
    _sack(layer, (x, y), wide, tall, tone)
    layer.ellipse(x - wide * 0.06, y - tall * 0.5, wide * 0.74, tall * 0.34, "#f0d9a0", 0.22)
    layer.ellipse(x, y + tall * 0.62, wide * 0.8, tall * 0.3, "#1c1614", 0.22)
    for along, dip in ((-0.5, 0.1), (-0.1, 0.24), (0.36, 0.08)):
        layer.line(
            [(x + wide * (along - 0.1), y + tall * (dip - 0.1)), (x + wide * (along + 0.12), y + tall * dip)],
            "#2f2723",
            1.6,
            0.45,
        )
