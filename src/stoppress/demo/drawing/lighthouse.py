"""Tern Light in the night of the surge."""

from PIL import Image

from stoppress.demo.drawing.ink import Layer, Point, Sheet, Swell, brush, clouds, mix, rain

LAMP: Point = (470, 236)
STONE = "#c9cdcb"
NIGHT = "#0a1220"


def tern_light() -> Image.Image:
    """The tower, its beam over the sea, and the windows on the island's hill."""
    sheet = Sheet(
        [
            (0, "#070d18"),
            (0.3, "#0d1a2b"),
            (0.55, "#152a3e"),
            (0.68, "#1f3b4f"),
            (0.72, "#16303f"),
            (1, "#0a1420"),
        ]
    )
    clouds(sheet, band=(-20, 330), colours=("#0a1320", "#1d3145"), count=13, seed=52, opacity=0.85)
    _beam(sheet)
    _far_sea(sheet)
    _island(sheet)
    _tower(sheet)
    _near_sea(sheet)
    rain(sheet, colour="#9fb6c4", count=700, slant=-0.55, seed=3, opacity=0.26)
    _lamp(sheet)
    return sheet.finished(grain=0.06)


def _beam(sheet: Sheet) -> None:
    """Two arms of light; each is many thin wedges, so that it fades along its length and at its edges."""
    for side, reach, lift in ((1, 1_250, -96), (-1, 620, 62)):
        light = Layer()
        for step in range(26):
            share = step / 25
            spread = 20 + 74 * share
            tip = LAMP[0] + side * reach * (1 - 0.55 * share)
            y = LAMP[1] + lift * (1 - 0.55 * share)
            light.polygon(
                [
                    (LAMP[0], LAMP[1] - 5),
                    (tip, y - spread * 0.8),
                    (tip, y + spread * 0.8),
                    (LAMP[0], LAMP[1] + 5),
                ],
                "#ffe9ad",
                0.034,
            )
        sheet.lay(light, blur=9)


def _far_sea(sheet: Sheet) -> None:
    rows = (
        (Swell(626, 10, 90, 0.0), "#1b3648"),
        (Swell(642, 15, 120, 0.37), "#183144"),
        (Swell(664, 20, 150, 0.74), "#142a3b"),
    )
    _rows(sheet, rows, caps=46, seed=80)


def _rows(sheet: Sheet, rows: tuple[tuple[Swell, str], ...], *, caps: int, seed: int) -> None:
    for number, (sea, colour) in enumerate(rows):
        layer = Layer()
        sea.fill(layer, colour)
        sea.whitecaps(layer, colour="#a9c2c9", count=caps, seed=seed + number)
        sheet.lay(layer, blur=0.7)


def _island(sheet: Sheet) -> None:
    layer = Layer()
    rock = "#0b141d"
    layer.polygon(
        [
            (210, 720),
            (262, 672),
            (318, 648),
            (380, 628),
            (440, 618),
            (520, 616),
            (584, 630),
            (650, 652),
            (760, 660),
            (860, 640),
            (940, 604),
            (1016, 572),
            (1096, 556),
            (1190, 560),
            (1268, 584),
            (1350, 622),
            (1440, 660),
            (1500, 720),
        ],
        rock,
    )
    for x, y, wide, tall in ((1004, 574, 54, 34), (1120, 556, 92, 36), (1226, 570, 46, 28)):
        layer.box(x, y - tall, x + wide, y + 16, "#101c27")
        layer.polygon(
            [(x - 5, y - tall), (x + wide / 2, y - tall - wide * 0.34), (x + wide + 5, y - tall)], "#0c161f"
        )
    layer.box(1082, 470, 1106, 570, "#101c27")
    layer.polygon([(1078, 472), (1094, 426), (1110, 472)], "#0c161f")
    layer.line([(1094, 426), (1094, 412)], "#101c27", 2)
    layer.line([(1088, 417), (1100, 417)], "#101c27", 2)
    chance = brush(6)
    for _ in range(26):
        foot = chance.uniform(700, 1380)
        layer.polygon([(foot, 668), (foot + 4, 650), (foot + 9, 668)], rock)
    lit = ((1014, 556), (1034, 556), (1134, 536), (1154, 536), (1174, 536), (1192, 536), (1239, 554))
    for x, y in lit:
        layer.box(x, y, x + 10, y + 14, "#ffd27a")
    layer.box(1090, 500, 1098, 520, "#ffd27a", 0.8)
    sheet.lay(layer)
    for x, y in lit:
        sheet.glow(x + 5, y + 7, 36, "#ffc562", 0.4)


def _tower(sheet: Sheet) -> None:
    """White with two red bands, lit by its own lantern from above."""
    layer, (x, top) = Layer(), LAMP

    def half(y: float) -> float:
        return 31 + (y - 268) * 0.078

    for low, high, colour in (
        (268, 344, STONE),
        (344, 428, "#9c3a32"),
        (428, 516, STONE),
        (516, 592, "#9c3a32"),
        (592, 640, STONE),
    ):
        shade = mix(colour, NIGHT, 0.30 + (low - 268) / 900)
        layer.polygon(
            [(x - half(low), low), (x + half(low), low), (x + half(high), high), (x - half(high), high)],
            shade,
        )
        layer.polygon(
            [
                (x + half(low) * 0.25, low),
                (x + half(low), low),
                (x + half(high), high),
                (x + half(high) * 0.25, high),
            ],
            NIGHT,
            0.36,
        )
        layer.polygon(
            [
                (x - half(low), low),
                (x - half(low) * 0.6, low),
                (x - half(high) * 0.6, high),
                (x - half(high), high),
            ],
            "#ffffff",
            0.07,
        )
    for y in (320, 404, 488, 566):
        layer.box(x - 7, y, x + 5, y + 20, "#ffd27a" if y == 320 else "#101a26")
    layer.polygon([(x - 42, 268), (x + 42, 268), (x + 36, 258), (x - 36, 258)], "#222f3b")
    for step in range(-4, 5):
        layer.line([(x + step * 10, 258), (x + step * 10, 240)], "#2d3b48", 1.6)
    layer.line([(x - 42, 240), (x + 42, 240)], "#2d3b48", 2)
    layer.box(x - 21, top - 22, x + 21, 258, "#ffe7a6")
    for bar in (-21, -7, 7, 19):
        layer.box(x + bar, top - 22, x + bar + 2, 258, "#3a4650")
    layer.polygon([(x - 29, top - 22), (x - 18, top - 46), (x + 18, top - 46), (x + 29, top - 22)], "#6f2b27")
    layer.ellipse(x, top - 50, 6, 6, "#6f2b27")
    layer.line([(x, top - 54), (x, top - 78)], "#2d3b48", 2)
    layer.polygon([(x - 92, 640), (x - 92, 604), (x - 60, 584), (x - 30, 604), (x - 30, 640)], "#18242f")
    layer.box(x - 72, 612, x - 58, 628, "#ffd27a")
    sheet.lay(layer)
    sheet.glow(x - 65, 620, 40, "#ffc562", 0.45)


def _near_sea(sheet: Sheet) -> None:
    rows = (
        (Swell(700, 30, 190, 0.2), "#122736"),
        (Swell(750, 40, 250, 0.73), "#0f2130"),
        (Swell(812, 52, 330, 1.26), "#0c1b28"),
        (Swell(884, 60, 420, 1.79), "#081420"),
    )
    _rows(sheet, rows, caps=34, seed=90)
    spray, chance = Layer(), brush(14)
    for _ in range(900):
        lift = abs(chance.gauss(0, 52))
        drop = chance.uniform(0.6, 2.1)
        spray.ellipse(
            262 + chance.gauss(0, 34 + lift * 0.3) + lift * 0.55,
            690 - lift * 1.5,
            drop,
            drop,
            "#cfdfe2",
            chance.uniform(0.1, 0.6),
        )
    for _ in range(90):
        lift = abs(chance.gauss(0, 30))
        spray.ellipse(
            262 + chance.gauss(0, 48) + lift * 0.4,
            694 - lift,
            chance.uniform(10, 34),
            chance.uniform(5, 16),
            "#b9cfd4",
            0.07,
        )
    sheet.lay(spray, blur=0.7)
    glint = Layer()
    for _ in range(70):
        y = chance.uniform(690, 880)
        glint.ellipse(
            LAMP[0] + chance.gauss(0, 30 + (y - 690) * 0.35),
            y,
            chance.uniform(6, 30),
            chance.uniform(0.8, 2.6),
            "#ffe2a0",
            chance.uniform(0.08, 0.34),
        )
    sheet.lay(glint, blur=1)


def _lamp(sheet: Sheet) -> None:
    sheet.glow(*LAMP, 230, "#ffe5a3", 0.55)
    sheet.glow(*LAMP, 70, "#fff6d8", 0.95)
