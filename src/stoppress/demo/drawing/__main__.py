"""Draws every picture of the demonstration into `demo/pictures`; names given as arguments draw only those."""

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from stoppress.demo.drawing import chart, district_map, gate, harbour, lighthouse, sandbags

FOLDER = Path(__file__).resolve().parent.parent / "pictures"
BYTES_MAX = 60_000  # all seven travel in the wheel
PICTURES: dict[str, Callable[[], Image.Image]] = {
    "harbour-morning": harbour.before_the_tide,
    "sandbags": sandbags.line_in_the_yard,
    "district-map": district_map.districts,
    "flood-gate": gate.barrier,
    "gauge-curve": chart.water_level,
    "lighthouse-night": lighthouse.tern_light,
    "dawn-after": harbour.morning_after,
}


def draw(name: str) -> Path:
    """Draw one picture and keep it in the best quality that fits."""
    picture, path = PICTURES[name](), FOLDER / f"{name}.webp"
    for quality in range(88, 40, -4):
        picture.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= BYTES_MAX:
            break
    return path


if __name__ == "__main__":
    for chosen in sys.argv[1:] or PICTURES:
        drawn = draw(chosen)
        sys.stdout.write(f"{drawn.name}: {drawn.stat().st_size:,} bytes\n")
