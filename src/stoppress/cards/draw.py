"""One card: ink on paper, as on the page. Called by `views.py`; pure, but for the typeface's files.

What cannot be set in our typeface is left out; the card is then colours and what can be set.
"""

from io import BytesIO

from PIL import Image, ImageDraw

from stoppress.cards.typeface import BOLD, REGULAR, can_set, runs, width
from stoppress.lib.colour import best_on, mix, readable
from stoppress.lib.theme import Theme
from stoppress.render.card import HEIGHT, Card
from stoppress.render.shapes import WIDTH

_SIDE = 72
_BAND = 104
_FOOT = 64  # from the lower edge to the last line
_ROOM = WIDTH - 2 * _SIDE
_TITLE_SIZES = (88, 78, 68, 60, 54, 48)
_TITLE_LINES = {88: 3, 78: 3, 68: 4, 60: 4, 54: 5, 48: 5}  # of the least high card; others have room for more
_SMALL, _LEAST_BREAK = 30, 1
_LINE_ROOM = 100  # a line more for so many pixels more of height
_COLOURS = 64  # of paper, inks and what lies between; a palette is a third of the size


def png(card: Card, theme: Theme) -> bytes:
    """The picture as a file."""
    image = Image.new("RGB", (WIDTH, card.height), theme.paper)
    pen = ImageDraw.Draw(image)
    _band(pen, card, theme)
    top = _mark(pen, card, theme)
    _under(pen, card, theme)
    _title(pen, card, theme, top)
    file = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def lines(words: str, size: int, weight: int, room: float = _ROOM) -> list[str]:
    """`words` in lines no wider than `room`, broken between words, or within one that fits no line."""
    set_lines: list[str] = []
    for word in words.split():
        longer = f"{set_lines[-1]} {word}" if set_lines else word
        if set_lines and width(longer, size, weight) <= room:
            set_lines[-1] = longer
            continue
        set_lines += _pieces(word, size, weight, room)
    return set_lines


def _pieces(word: str, size: int, weight: int, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, weight) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _band(pen: ImageDraw.ImageDraw, card: Card, theme: Theme) -> None:
    """The masthead, as on the page."""
    if theme.masthead:
        pen.rectangle((0, 0, WIDTH, _BAND), fill=theme.masthead)
    else:
        rule = mix(theme.paper, theme.ink, 0.2)
        pen.rectangle((0, _BAND - 2, WIDTH, _BAND), fill=rule)
        pen.rectangle((0, _BAND + 4, WIDTH, _BAND + 5), fill=rule)
    ink = best_on(theme.masthead) if theme.masthead else theme.ink
    _line(pen, (_SIDE, 68), _cut(card.publisher, 38, BOLD), 38, BOLD, ink)


def _mark(pen: ImageDraw.ImageDraw, card: Card, theme: Theme) -> int:
    """What stands above the title; returns where that begins."""
    words = card.mark.upper() if card.is_marked else card.mark
    if not words or not can_set(words):
        return _BAND + 60
    base = _BAND + 82
    if card.is_marked:
        wide = width(words, _SMALL, BOLD)
        pen.rounded_rectangle((_SIDE, base - 36, _SIDE + wide + 36, base + 16), 6, fill=theme.accent)
        _line(pen, (_SIDE + 18, base), words, _SMALL, BOLD, best_on(theme.accent))
    else:
        _line(pen, (_SIDE, base), words, _SMALL, REGULAR, _soft(theme))
    return base + 46


def _title(pen: ImageDraw.ImageDraw, card: Card, theme: Theme, top: int) -> None:
    words = next((one for one in (card.title, card.publisher) if one and can_set(one)), "")
    room = card.height - _FOOT - 70 - top
    more = (card.height - HEIGHT) // _LINE_ROOM
    for size in _TITLE_SIZES:
        set_lines = lines(words, size, BOLD)
        high = round(size * 1.12)
        if len(set_lines) <= _TITLE_LINES[size] + more and high * len(set_lines) <= room:
            break
    else:
        set_lines = set_lines[: max(room // high, 1)]
        set_lines[-1] = _cut(f"{set_lines[-1]}…", size, BOLD)
    for number, line in enumerate(set_lines):
        _line(pen, (_SIDE, top + round(size * 0.86) + number * high), line, size, BOLD, theme.ink)


def _under(pen: ImageDraw.ImageDraw, card: Card, theme: Theme) -> None:
    foot = card.height - _FOOT
    pen.rectangle((_SIDE, foot - 54, _SIDE + 96, foot - 49), fill=theme.accent)
    _line(pen, (_SIDE, foot), _cut(card.under, _SMALL, REGULAR), _SMALL, REGULAR, _soft(theme))


def _cut(words: str, size: int, weight: int) -> str:
    """As much as fits one line."""
    if not can_set(words):
        return ""
    if width(words, size, weight) <= _ROOM:
        return words
    while len(words) > _LEAST_BREAK and width(f"{words}…", size, weight) > _ROOM:
        words = words[:-1]
    return f"{words.rstrip('… ')}…"


def _line(  # noqa: PLR0917 (where, what and how, as with the pen itself)
    pen: ImageDraw.ImageDraw, place: tuple[float, int], words: str, size: int, weight: int, ink: str
) -> None:
    across, base = place
    for font, run in runs(words, size, weight):
        pen.text((across, base), run, fill=ink, font=font, anchor="ls")
        across += font.getlength(run)


def _soft(theme: Theme) -> str:
    return readable(mix(theme.paper, theme.ink, 0.68), theme.paper)
