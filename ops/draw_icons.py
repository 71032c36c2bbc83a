"""Draws the icons in web/icons: lines of a running text under the mark of what is live. Run once, by hand.

    python ops/draw_icons.py

192 and 512 are for home screens; `maskable` keeps its drawing in the middle, so that a system may cut it to any shape.
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "web/icons"
PAPER, INK, RED = "#fffefb", "#1c1b19", "#b0101c"
GRID = 64  # the drawing's own units
FINE = 8  # drawn so many times larger, then made smaller
# x, y, length, height of each line of text; the first is the newest, and bold.
LINES = ((26, 15, 26, 8), (12, 30, 40, 4), (12, 39, 40, 4), (12, 48, 27, 4))
DOT = (12, 14, 10)  # x, y, width


def icon(size: int, *, room: float, round_by: float) -> Image.Image:
    """`room`: how much of the side the drawing takes. `round_by`: of the corners, in parts of the side."""
    side = size * FINE
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), side * round_by, fill=PAPER)
    unit = side * room / GRID
    start = (side - GRID * unit) / 2

    def place(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        return start + x * unit, start + y * unit, start + (x + width) * unit, start + (y + height) * unit

    x, y, width = DOT
    pen.ellipse(place(x, y, width, width), fill=RED)
    for line in LINES:
        pen.rounded_rectangle(place(*line), unit, fill=INK)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the files."""
    for name, size, room, round_by in (
        ("icon-192", 192, 1.0, 0.16),
        ("icon-512", 512, 1.0, 0.16),
        ("icon-maskable-512", 512, 0.7, 0.0),
        ("icon-touch-180", 180, 0.86, 0.0),
    ):
        drawn = icon(size, room=room, round_by=round_by).quantize(64, dither=Image.Dither.NONE)
        drawn.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
