"""The reader's serif, for drawing: the same files that browsers get, one for each script. Called by `draw.py`.

FreeType reads woff2 itself. A letter that none of the files has cannot be drawn (`can_set`), nor can scripts whose
letters join or run from right to left. Source of the ranges: unicode.json of @fontsource-variable/source-serif-4.
"""

from functools import lru_cache
from itertools import groupby
from typing import Final

from PIL import ImageFont

from stoppress.lib import assets

BOLD, REGULAR = 700, 420
_FONTS_KEPT = 64  # scripts by sizes by weights
# In order: the first file that has the letter.
_RANGES: Final = {
    "latin": (
        (0x20, 0x7E),
        (0xA0, 0xFF),
        (0x131, 0x131),
        (0x152, 0x153),
        (0x2010, 0x2027),
        (0x2030, 0x205E),
        (0x20AC, 0x20AC),
        (0x2122, 0x2122),
        (0x2212, 0x2212),
    ),
    "latin-ext": ((0x100, 0x2BA), (0x1E00, 0x1E9F), (0x1EF2, 0x1EFF), (0x20A0, 0x20AB), (0x2113, 0x2113)),
    "cyrillic": ((0x400, 0x45F), (0x490, 0x491), (0x4B0, 0x4B1), (0x2116, 0x2116)),
    "cyrillic-ext": ((0x460, 0x48F), (0x492, 0x4AF), (0x4B2, 0x52F), (0x20B4, 0x20B4)),
    "greek": ((0x370, 0x377), (0x37A, 0x37F), (0x384, 0x3FF)),
    "vietnamese": ((0x1EA0, 0x1EF1),),
}


def can_set(words: str) -> bool:
    """Whether every letter can be drawn."""
    return all(_script(letter) for letter in words)


def width(words: str, size: int, weight: int) -> float:
    """In pixels."""
    return sum(font.getlength(run) for font, run in runs(words, size, weight))


def runs(words: str, size: int, weight: int) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """`words` in pieces, each with the font that has its letters."""
    return [(_font(script, size, weight), "".join(run)) for script, run in groupby(words, _script) if script]


def _script(letter: str) -> str:
    code = ord(letter)
    for name, ranges in _RANGES.items():
        if any(first <= code <= last for first, last in ranges):
            return name
    return ""


@lru_cache(maxsize=_FONTS_KEPT)
def _font(script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Raises: AssetsMissing."""
    found = next(assets.FOLDER.glob(f"source-serif-4-{script}-wght-normal.*.woff2"), None)
    if found is None:
        message = f"The typeface for {script} was expected in {assets.FOLDER}; run `make assets`."
        raise assets.AssetsMissing(message)
    font = ImageFont.truetype(found, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font
