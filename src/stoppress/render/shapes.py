"""The shapes in which structured data names a picture, and what of a picture each of them shows. PURE.

Called by `jsonld.py`, `card.py` and, with the same numbers, by `cards`. May import `facts.py`.
Source: https://developers.google.com/search/docs/appearance/structured-data/article (three shapes, whole pixels).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from stoppress.render.facts import WidestFacts

SHAPES: Final[Mapping[str, tuple[int, int]]] = {"1x1": (1, 1), "4x3": (4, 3), "16x9": (16, 9)}
WIDTH: Final = 1200
# Raise when files come out differently for the same picture.
_CUTTING = "1"
_HASH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Cut:
    """A picture in one shape, for the live blog `slug`: as large as it is cut, up to WIDTH; never enlarged."""

    slug: str
    shape: str
    picture: WidestFacts

    @property
    def size(self) -> tuple[int, int]:
        """In pixels; (0, 0) for a picture that is smaller than the shape's own numbers."""
        across, down = SHAPES[self.shape]
        times = min(self.picture.width // across, self.picture.height // down, WIDTH // across)
        return times * across, times * down

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the part that is shown: the largest, with what matters in its middle."""
        across, down = SHAPES[self.shape]
        wide, high = self.picture.width, self.picture.height
        box_wide = min(wide, high * across / down)
        box_high = min(high, wide * down / across)
        left = _within(wide * self.picture.focus_x / 100 - box_wide / 2, wide - box_wide)
        top = _within(high * self.picture.focus_y / 100 - box_high / 2, high - box_high)
        return left, top, min(wide, left + box_wide), min(high, top + box_high)

    @property
    def file(self) -> str:
        """Its name in the address: another picture, or another focal point, is another name."""
        said = f"{_CUTTING} {self.picture.src} {self.picture.focus_x} {self.picture.focus_y}"
        return f"{blake2b(said.encode(), digest_size=_HASH_BYTES).hexdigest()}-{self.shape}.jpg"

    @property
    def path(self) -> str:
        """Where it is, on this site."""
        return f"/cards/{self.slug}/{self.file}"


def drawn_height(shape: str) -> int:
    """Of a card of this shape, WIDTH wide."""
    across, down = SHAPES[shape]
    return WIDTH * down // across


def _within(wanted: float, most: float) -> float:
    return min(max(wanted, 0.0), max(most, 0.0))
