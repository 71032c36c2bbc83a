"""The barrier from the water: one gate on the sill, one on its way down."""

from PIL import Image

from stoppress.demo.drawing.ink import HEIGHT, WIDTH, Layer, Sheet, brush, clouds, gulls, mix, rain, ripples

SEA = 668  # the water at the piers
DECK = 214  # the bridge over them
CONCRETE = "#6d756f"
STEEL = "#38525a"
DARK = "#1f2b30"
PIERS = (40, 580, 1120, 1660)  # left edges
PIER_WIDE = 120


def barrier() -> Image.Image:
    """Two gates between piers, people on the bridge, weather."""
    sheet = Sheet(
        [
            (0, "#55625f"),
            (0.3, "#7d8880"),
            (0.55, "#a9aa93"),
            (0.72, "#c9c29d"),
            (0.76, "#b9b491"),
            (1, "#3c4c4c"),
        ]
    )
    clouds(sheet, band=(10, 250), colours=("#46534f", "#8b9486"), count=11, seed=12)
    sheet.glow(850, 640, 420, "#eadfae", 0.6)
    _far_bank(sheet)
    _water(sheet)
    _gates(sheet)
    _piers(sheet)
    _bridge(sheet)
    _spray(sheet)
    rain(sheet, colour="#dfe3d3", count=420, slant=-0.42, seed=7, opacity=0.3)
    return sheet.finished(grain=0.05)


def _far_bank(sheet: Sheet) -> None:
    """The sea beyond the open gate, and a ship that waits outside with a tug at each end."""
    far = Layer()
    far.box(0, 640, WIDTH, 672, "#8f9684")
    ship = "#76807a"
    far.polygon([(800, 624), (812, 640), (962, 640), (976, 622)], ship)
    far.box(938, 600, 958, 624, ship)
    far.box(944, 590, 950, 602, ship)
    for x in (826, 852, 878, 904):
        far.line([(x, 624), (x, 612)], ship, 2)
    for x in (756, 1010):
        far.polygon([(x - 14, 632), (x - 10, 640), (x + 12, 640), (x + 15, 630)], ship)
        far.box(x - 4, 622, x + 6, 632, ship)
    far.line([(770, 632), (804, 627)], ship, 1)
    far.line([(972, 626), (998, 632)], ship, 1)
    sheet.lay(far, blur=0.8)


def _water(sheet: Sheet) -> None:
    water = Layer()
    for y in range(SEA - 24, HEIGHT + 4, 4):
        water.box(0, y, WIDTH, y + 4, mix("#87907d", "#223236", min(1, (y - SEA + 24) / 190)))
    ripples(water, band=(SEA - 16, HEIGHT), colours=("#c3c3a2", "#9aa18e"), count=300, seed=4, opacity=0.34)
    ripples(water, band=(SEA, HEIGHT), colours=("#18262a", "#223438"), count=420, seed=5, opacity=0.5)
    sheet.lay(water, blur=0.5)


def _gates(sheet: Sheet) -> None:
    layer = Layer()
    _gate(layer, 160, 580, foot=SEA + 42)
    _gate(layer, 700, 1120, foot=560)
    _gate(layer, 1240, 1660, foot=350)
    sheet.lay(layer)


def _gate(layer: Layer, left: float, right: float, *, foot: float) -> None:
    """A wall of ribbed steel hung between two piers; `foot` is its lower edge."""
    head = foot - 212
    layer.box(left, head, right, foot, STEEL)
    for rib in range(1, 10):
        x = left + (right - left) * rib / 10
        layer.box(x - 5, head + 14, x + 5, foot - 12, mix(STEEL, "#8aa0a0", 0.28))
        layer.box(x + 5, head + 14, x + 9, foot - 12, DARK, 0.45)
    for share in (0.0, 0.34, 0.68, 1.0):
        y = head + (foot - head - 12) * share
        layer.box(left, y, right, y + 12, mix(STEEL, "#9db1ae", 0.36))
        layer.box(left, y + 12, right, y + 17, DARK, 0.4)
    chance = brush(round(left))
    for _ in range(46):
        x, y = chance.uniform(left + 6, right - 6), foot - chance.uniform(0, 1) ** 2 * 150
        layer.box(x, y, x + chance.uniform(2, 5), min(foot, y + chance.uniform(16, 60)), "#7c4b34", 0.26)
    layer.box(left, foot - 40, right, foot, "#26352f", 0.5)
    for cable in (left + 60, right - 60):
        layer.line([(cable, DECK), (cable, head)], DARK, 4)
        layer.line([(cable + 12, DECK), (cable + 12, head)], DARK, 4)
        layer.box(cable - 12, head - 18, cable + 24, head + 4, DARK)


def _piers(sheet: Sheet) -> None:
    layer = Layer()
    for number, left in enumerate(PIERS):
        right = left + PIER_WIDE
        layer.box(left, DECK - 6, right, SEA + 60, CONCRETE)
        layer.box(left, DECK - 6, left + 26, SEA + 60, mix(CONCRETE, "#cfd2bf", 0.35))
        layer.box(right - 30, DECK - 6, right, SEA + 60, mix(CONCRETE, DARK, 0.45))
        layer.polygon(
            [
                (left - 16, SEA + 40),
                (left, SEA - 30),
                (right, SEA - 30),
                (right + 16, SEA + 40),
                (right + 16, SEA + 62),
                (left - 16, SEA + 62),
            ],
            mix(CONCRETE, DARK, 0.25),
        )
        _stains(layer, left, right, number)
        _scale_board(layer, left + 42)
        _tower(layer, left, right)
    sheet.lay(layer)
    for left in PIERS[:3]:
        sheet.glow(left + PIER_WIDE / 2, 40, 60, "#ff5a3c", 0.8)


def _stains(layer: Layer, left: float, right: float, number: int) -> None:
    chance = brush(60 + number)
    for joint in range(DECK + 60, SEA, 74):
        layer.box(left, joint, right, joint + 2, DARK, 0.3)
    for _ in range(16):
        x, y = chance.uniform(left, right - 5), chance.uniform(DECK + 10, SEA - 130)
        layer.box(x, y, x + chance.uniform(2, 6), y + chance.uniform(40, 150), DARK, 0.12)
    layer.box(left, SEA - 96, right, SEA - 30, "#39473b", 0.45)
    layer.box(left, SEA - 58, right, SEA - 30, "#27352c", 0.5)


def _scale_board(layer: Layer, left: float) -> None:
    """The gauge on the pier: metres in black and yellow."""
    layer.box(left, SEA - 236, left + 28, SEA - 24, "#e0c64a")
    for step in range(0, 212, 20):
        layer.box(left, SEA - 34 - step, left + (28 if step % 100 == 0 else 16), SEA - 24 - step, "#23282a")


def _tower(layer: Layer, left: float, right: float) -> None:
    """The hoist house."""
    layer.box(left + 4, 86, right - 4, DECK, mix(CONCRETE, "#d7d6c4", 0.22))
    layer.box(right - 34, 86, right - 4, DECK, mix(CONCRETE, DARK, 0.3))
    layer.polygon([(left - 8, 88), (left + 12, 64), (right - 12, 64), (right + 8, 88)], DARK)
    for window in range(3):
        x = left + 18 + window * 30
        layer.box(x, 114, x + 18, 142, "#f0d588" if window != 1 else "#3b4a4c")
    layer.box((left + right) / 2 - 2, 42, (left + right) / 2 + 2, 66, DARK)
    layer.ellipse((left + right) / 2, 40, 5, 5, "#ff6a48")


def _bridge(sheet: Sheet) -> None:
    layer = Layer()
    layer.box(0, DECK - 8, WIDTH, DECK + 26, "#2c3a3f")
    layer.box(0, DECK - 8, WIDTH, DECK - 2, "#5d6f70")
    for x in range(0, WIDTH, 36):
        layer.polygon(
            [
                (x, DECK + 26),
                (x + 18, DECK + 48),
                (x + 36, DECK + 26),
                (x + 32, DECK + 26),
                (x + 18, DECK + 43),
                (x + 4, DECK + 26),
            ],
            "#2c3a3f",
        )
    layer.box(0, DECK + 46, WIDTH, DECK + 53, "#2c3a3f")
    for x in (250, 282, 450, 806, 838, 874, 1010, 1330, 1370):
        _worker(layer, x, brush(x).random())
    for y in (DECK - 40, DECK - 25):
        layer.box(0, y, WIDTH, y + 2.4, "#37474b")
    for x in range(8, WIDTH, 28):
        layer.box(x, DECK - 40, x + 2, DECK - 8, "#37474b")
    for left in PIERS:
        _tower(layer, left, left + PIER_WIDE)
    gulls(layer, [(640, 330), (690, 352), (1000, 300)], "#2a3638")
    sheet.lay(layer)


def _worker(layer: Layer, x: float, chance: float) -> None:
    """Somebody in an orange jacket and a white helmet; one holds up a flat hand."""
    foot = DECK - 8
    layer.box(x - 6, foot - 24, x - 1, foot, "#26323a")
    layer.box(x + 1, foot - 24, x + 6, foot, "#26323a")
    layer.polygon([(x - 9, foot - 22), (x - 8, foot - 48), (x + 8, foot - 48), (x + 9, foot - 22)], "#e2691f")
    layer.box(x - 9, foot - 36, x + 9, foot - 32, "#f3e6a8")
    layer.ellipse(x, foot - 54, 5.5, 6.5, "#8d6550")
    layer.polygon([(x - 7, foot - 56), (x - 5, foot - 63), (x + 5, foot - 63), (x + 7, foot - 56)], "#f2f0e6")
    if chance < 0.4:
        layer.line([(x + 7, foot - 46), (x + 16, foot - 54), (x + 18, foot - 68)], "#e2691f", 5)
    else:
        layer.line([(x - 8, foot - 46), (x - 12, foot - 34), (x - 6, foot - 28)], "#c9571a", 5)


def _spray(sheet: Sheet) -> None:
    """White water where the sea still runs through the open gate, and at the foot of the piers."""
    foam, chance = Layer(), brush(44)
    for _ in range(520):
        x, down = chance.uniform(690, 1130), chance.random() ** 1.7
        y = SEA - 14 + down * 130
        wide = chance.uniform(8, 40) * (0.5 + down)
        foam.ellipse(x, y, wide, 1 + 3.4 * down, "#e9ecdc", chance.uniform(0.08, 0.4))
    for left in PIERS:
        for _ in range(90):
            x = left + PIER_WIDE / 2 + chance.gauss(0, 62)
            foam.ellipse(
                x,
                SEA + 62 + chance.gauss(0, 7),
                chance.uniform(5, 20),
                chance.uniform(1, 3.4),
                "#dfe3d2",
                chance.uniform(0.1, 0.5),
            )
    sheet.lay(foam, blur=1.2)
