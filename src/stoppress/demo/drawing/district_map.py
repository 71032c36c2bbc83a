"""The map of the districts: which water, which wall, who has been told to leave."""

from PIL import Image

from stoppress.demo.drawing.ink import HEIGHT, WIDTH, Layer, Point, Sheet, brush
from stoppress.demo.drawing.lettering import dashed, face, inside, smooth, spaced

LAND, WATER, DEPTH, PARK = "#f2ecdf", "#b7cfd8", "#9fbecb", "#dfe3cc"
TEXT, FAINT, SURGE, LEAVE = "#26303a", "#8a8577", "#c1272d", "#e2793b"

# The sea comes from the north-west; the Hael leaves the sheet in the south-east.
NORTH_BANK: list[Point] = [
    (-20, -20),
    (520, -20),
    (560, 70),
    (640, 132),
    (742, 176),
    (842, 208),
    (930, 252),
    (1008, 320),
    (1076, 392),
    (1164, 446),
    (1280, 486),
    (1420, 520),
    (1620, 560),
]
SOUTH_BANK: list[Point] = [
    (1620, 640),
    (1400, 592),
    (1262, 552),
    (1140, 512),
    (1056, 462),
    (974, 408),
    (900, 376),
    (822, 372),
    (748, 402),
    (660, 452),
    (560, 520),
    (430, 590),
    (250, 668),
    (90, 724),
    (-20, 750),
]
DYKE: list[Point] = [(748, 402), (660, 452), (560, 520), (430, 590), (250, 668), (90, 724), (-20, 750)]
TERN: list[Point] = [
    (238, 262),
    (286, 226),
    (350, 222),
    (404, 250),
    (420, 292),
    (382, 322),
    (318, 330),
    (262, 308),
]
QUAY: list[Point] = [(822, 372), (850, 398), (884, 410), (918, 404), (946, 420), (974, 408)]

NEW_POLDER: list[Point] = [
    (690, 470),
    (562, 552),
    (434, 620),
    (256, 700),
    (300, 850),
    (520, 880),
    (640, 770),
    (742, 640),
    (760, 540),
]
SALTMARKET: list[Point] = [
    (1000, 456),
    (1060, 500),
    (1136, 540),
    (1228, 572),
    (1200, 660),
    (1080, 640),
    (990, 560),
]
FISH_QUAY: list[Point] = [
    (760, 408),
    (822, 384),
    (852, 408),
    (884, 420),
    (916, 416),
    (904, 452),
    (824, 456),
    (768, 440),
]
ROPEWALK: list[Point] = [
    (1020, 318),
    (1088, 382),
    (1172, 432),
    (1262, 464),
    (1290, 372),
    (1190, 290),
    (1080, 262),
]
OLDBRIDGE: list[Point] = [(1268, 586), (1400, 614), (1520, 640), (1500, 760), (1360, 760), (1240, 680)]

STATION: list[Point] = [
    (430, 700),
    (300, 850),
    (520, 880),
    (640, 770),
    (760, 540),
    (880, 520),
    (860, 700),
    (760, 860),
]
# Each built-up quarter, and how its streets lie.
QUARTERS: tuple[tuple[list[Point], float], ...] = (
    (NEW_POLDER, 0.45),
    (SALTMARKET, 0.35),
    (FISH_QUAY, 0.1),
    (ROPEWALK, -0.55),
    (OLDBRIDGE, 0.2),
    (STATION, 0.45),
)


def districts() -> Image.Image:
    """Kesterhaven and its estuary."""
    sheet = Sheet([(0, WATER), (1, WATER)])
    _water(sheet)
    _land(sheet)
    _quarters(sheet)
    _left(sheet)
    _defences(sheet)
    _names(sheet)
    _key(sheet)
    return sheet.finished()


def _water(sheet: Sheet) -> None:
    layer = Layer()
    for inset in range(5):
        edge = 14 + inset * 13
        layer.line([(x, y + edge * 0.9) for x, y in smooth(NORTH_BANK)], DEPTH, 1.2, 0.5)
        layer.line([(x, y - edge * 0.9) for x, y in smooth(SOUTH_BANK)], DEPTH, 1.2, 0.5)
    layer.polygon(
        smooth(
            [
                (-20, 80),
                (180, 120),
                (420, 130),
                (620, 230),
                (780, 290),
                (640, 380),
                (420, 470),
                (160, 560),
                (-20, 590),
            ],
            closed=True,
        ),
        DEPTH,
        0.35,
    )
    sheet.lay(layer)


def _land(sheet: Sheet) -> None:
    layer = Layer()
    layer.polygon([*smooth(NORTH_BANK), (1640, -40), (520, -40)], LAND)
    layer.polygon([*smooth(SOUTH_BANK), (-40, 940), (1640, 940)], LAND)
    layer.polygon(smooth(TERN, closed=True), LAND)
    layer.line(smooth(NORTH_BANK), "#8fa9b3", 2)
    layer.line(smooth(SOUTH_BANK), "#8fa9b3", 2)
    layer.line([*smooth(TERN, closed=True), TERN[0]], "#8fa9b3", 2)
    layer.polygon(
        smooth([(1370, 800), (1460, 780), (1560, 810), (1580, 880), (1440, 900)], closed=True), PARK
    )
    layer.polygon(smooth([(640, 20), (760, 10), (800, 90), (700, 110)], closed=True), PARK)
    layer.polygon([(852, 330), (962, 372), (956, 386), (846, 342)], LAND)
    layer.line([(700, 302), (846, 340)], "#8f8a7c", 5)
    layer.line([(742, 392), (700, 352)], "#8f8a7c", 5)
    sheet.lay(layer)


def _quarters(sheet: Sheet) -> None:
    """Streets as fine lines inside each built-up quarter."""
    for number, (shape, tilt) in enumerate(QUARTERS):
        built, streets = Layer(), Layer()
        outline = smooth(shape, closed=True)
        built.polygon(outline, "#e4dac6")
        sheet.lay(built)
        chance = brush(number)
        for step in range(-80, 120):
            along = step * 22 + chance.uniform(-4, 4)
            streets.line([(0, along * 1.2), (WIDTH, along * 1.2 + WIDTH * tilt)], "#f8f4ea", 2.6)
            streets.line([(along * 1.6, 0), (along * 1.6 - HEIGHT * tilt, HEIGHT)], "#f8f4ea", 2.2)
        sheet.lay_masked(streets, inside(outline))
    roads = Layer()
    for road in (
        [(1640, 760), (1380, 690), (1180, 690), (980, 660), (860, 520), (700, 640), (560, 900)],
        [(1150, 940), (1180, 690), (1244, 560), (1210, 452), (1160, 300), (1120, -20)],
    ):
        roads.line(smooth(road), "#cfc4ac", 6)
        roads.line(smooth(road), "#fffdf6", 3.6)
    rail = smooth([(600, 940), (740, 760), (820, 600), (900, 560), (1080, 720), (1320, 790), (1640, 830)])
    roads.line(rail, "#8d8676", 3)
    dashed(roads, rail[::2], "#f2ecdf", width=1.4, dash=4)
    sheet.lay(roads)


def _left(sheet: Sheet) -> None:
    """Hatching over what has been told to leave."""
    for shape in (NEW_POLDER, FISH_QUAY, TERN):
        outline = smooth(shape, closed=True)
        wash, hatch = Layer(), Layer()
        wash.polygon(outline, LEAVE, 0.34)
        sheet.lay(wash)
        for step in range(-80, 170):
            hatch.line([(step * 11, 0), (step * 11 + HEIGHT * 0.8, HEIGHT)], "#b9501f", 1.4, 0.75)
        sheet.lay_masked(hatch, inside(outline))
        edge = Layer()
        edge.line([*outline, outline[0]], "#b9501f", 2)
        sheet.lay(edge)


def _defences(sheet: Sheet) -> None:
    layer = Layer()
    dyke = smooth(DYKE)
    layer.line(dyke, "#fffaf0", 11)
    layer.line(dyke, SURGE, 6)
    wall: list[Point] = [(748, 402), (770, 446), (826, 462), (908, 458), (946, 424), (974, 408)]
    layer.line(wall, "#fffaf0", 11)
    layer.line(wall, SURGE, 6)
    for left, top in ((780, 449), (826, 462), (868, 460), (908, 458)):
        layer.ellipse(left, top, 5, 5, "#fffaf0")
    barrier: list[Point] = [(974, 408), (1012, 322)]
    layer.line(barrier, "#fffaf0", 19)
    layer.line(barrier, SURGE, 13)
    for step in range(7):
        x, y = 974 + 38 * step / 6, 408 - 86 * step / 6
        layer.line([(x - 9, y - 4), (x + 9, y + 4)], "#fffaf0", 2.4)
    layer.ellipse(396, 254, 6, 6, TEXT)
    layer.ellipse(396, 254, 2.6, 2.6, "#fff3b0")
    layer.ellipse(466, 586, 8, 8, "#fffaf0")
    layer.ellipse(466, 586, 6, 6, TEXT)
    sheet.lay(layer)


def _names(sheet: Sheet) -> None:
    layer = Layer()
    for x, y, words in (
        (560, 716, "NEW POLDER"),
        (1106, 602, "SALTMARKET"),
        (1166, 372, "ROPEWALK"),
        (1396, 700, "OLDBRIDGE"),
    ):
        _haloed(layer, x, y, words, size=24, anchor="mm")
    _haloed(layer, 330, 282, "TERN ISLAND", size=21, anchor="mm")
    _haloed(layer, 836, 434, "FISH QUAY", size=18, anchor="mm")
    layer.text(408, 240, "Tern Light", face("italic", 23), colour=TEXT)
    _haloed(layer, 484, 604, "Post 14", size=19, anchor="ls")
    _haloed(layer, 1030, 302, "Hael Barrier", size=26, anchor="ls", colour=SURGE)
    _haloed(layer, 236, 648, "Polder Dyke", size=26, anchor="rs", colour=SURGE)
    _haloed(layer, 850, 502, "Harbour wall", size=24, anchor="ms", colour=SURGE)
    spaced(layer, 250, 170, "North-west approach", size=30, colour="#4e7788", gap=2)
    spaced(layer, 560, 330, "Hael estuary", size=34, colour="#4e7788", gap=7)
    spaced(layer, 1352, 562, "Hael", size=27, colour="#4e7788", gap=6)
    layer.text(782, 362, "outer harbour", face("italic", 20), colour="#4e7788", anchor="ms")
    layer.text(1480, 838, "Cathedral Hill", face("italic", 24), colour="#6b7358", anchor="ms")
    layer.text(660, 806, "railway", face("italic", 21), colour=FAINT)
    sheet.lay(layer)


def _haloed(
    layer: Layer, x: float, y: float, words: str, *, size: float, anchor: str, colour: str = TEXT
) -> None:
    font = face("bold", size)
    for dx in (-2, 0, 2):
        for dy in (-2, 0, 2):
            layer.text(x + dx, y + dy, words, font, colour="#fbf7ec", anchor=anchor)
    layer.text(x, y, words, font, colour=colour, anchor=anchor)


def _key(sheet: Sheet) -> None:
    layer = Layer()
    layer.box(1178, 36, 1576, 222, "#fffdf6", 0.94)
    layer.line([(1210, 76), (1266, 76)], SURGE, 6)
    layer.text(1286, 84, "Surge line: wall, barrier, dyke", face("sans", 21), colour=TEXT)
    layer.box(1210, 104, 1266, 134, LEAVE, 0.5)
    for step in range(6):
        layer.line([(1212 + step * 9, 104), (1220 + step * 9, 134)], "#b9501f", 1.6)
    layer.text(1286, 127, "Told to leave", face("sans", 21), colour=TEXT)
    layer.text(1210, 176, "Ground floors to be cleared: Saltmarket", face("sans", 19), colour=FAINT)
    layer.line([(1210, 202), (1330, 202)], TEXT, 3)
    layer.text(1344, 208, "1 kilometre", face("sans", 18), colour=FAINT)
    layer.polygon([(88, 60), (100, 108), (88, 98), (76, 108)], TEXT)
    layer.text(88, 52, "N", face("bold", 22), colour=TEXT, anchor="ms")
    layer.line([(92, 186), (176, 232)], "#4e7788", 7)
    layer.polygon([(194, 242), (158, 238), (174, 210)], "#4e7788")
    layer.text(36, HEIGHT - 24, "The Harbour Ledger", face("italic", 24), colour=FAINT)
    sheet.lay(layer)
