"""A title's looks: colours and typefaces, the address that says them, and the style sheet at that address.

The address holds the whole theme, so a sheet is a pure function of its address: nothing is stored or looked up, and
an address never comes to mean anything else. Called by `liveblogs` (on save), `render`, `edge` (the sheet, embedded
pages) and `desk`. Imports `colour` only. A theme that passes `faults` is readable (WCAG 2.2, AA) in light and dark.

    Theme(accent="#005689").address     → "/theme/1-fffefb-1c1b19-005689-151514-e9e6df-ff8b80-none-source-system.css"
    theme_named("1-fffefb-….css")       → Theme, or None
    sheet(theme)                        → custom properties, for `web/reader/reader.css`
"""

from dataclasses import dataclass, fields, replace
from typing import Final, Self

from stoppress.lib.colour import (
    BLACK,
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    WHITE,
    best_on,
    contrast,
    is_colour,
    luminance,
    mix,
    readable,
)

# Closed: a name and what it stands for. Every list ends with what each device has.
FONTS: Final = {
    "source": '"Source Serif", "Fitted Georgia", "Fitted Times", Georgia, "Times New Roman", serif',
    "georgia": 'Georgia, "Times New Roman", Tinos, serif',
    "charter": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, serif',
    "oldstyle": '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", sans-serif',
    "grotesque": '"Helvetica Neue", "Arial Nova", "Nimbus Sans", "Liberation Sans", Arial, sans-serif',
    "system": 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
}
FONT_NAMES: Final = {
    "source": "Source Serif (comes with the page)",
    "georgia": "Georgia",
    "charter": "Charter",
    "oldstyle": "Iowan and Palatino (old style)",
    "humanist": "Seravek and Gill Sans (humanist)",
    "grotesque": "Helvetica and Arial (grotesque)",
    "system": "The device’s own",
}
COLOURS: Final = ("paper", "ink", "accent", "paper_dark", "ink_dark", "accent_dark")
COLOUR_NAMES: Final = {
    "paper": "page",
    "ink": "text",
    "accent": "accent",
    "paper_dark": "page in the dark",
    "ink_dark": "text in the dark",
    "accent_dark": "accent in the dark",
    "masthead": "masthead",
}
_VERSION = "1"
_NO_COLOUR = "none"
_PARTS = 10
_FOCUS, _FOCUS_DARK = "#0b57d0", "#8ab4f8"
_GONE, _NEW = "#b0101c", "#1f7a34"  # behind words that were taken out or put in
_TINT = 0.045  # of ink in the page, behind boxes
_LIGHT_FROM, _DARK_TO = 0.4, 0.15  # luminance of a page that deserves the name


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of pages in light and in dark, the band at their top ("" = none), typefaces of text and of all else."""

    paper: str = "#fffefb"
    ink: str = "#1c1b19"
    accent: str = "#b0101c"
    paper_dark: str = "#151514"
    ink_dark: str = "#e9e6df"
    accent_dark: str = "#ff8b80"
    masthead: str = ""
    text: str = "source"
    interface: str = "system"

    @classmethod
    def stored(cls, values: dict[str, str]) -> Self:
        """From what was kept; what is not there is as the house has it."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    @property
    def name(self) -> str:
        """The last part of its address."""
        colours = [getattr(self, name)[1:] for name in COLOURS]
        parts = [_VERSION, *colours, self.masthead[1:] or _NO_COLOUR, self.text, self.interface]
        return f"{'-'.join(parts)}.css"

    @property
    def address(self) -> str:
        """Where its style sheet is."""
        return f"/theme/{self.name}"


HOUSE: Final = Theme()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a theme cannot be: the field, and a sentence with a value that would do."""

    field: str
    sentence: str


def theme_named(name: str) -> Theme | None:
    """The theme whose address ends in `name`; None when none does."""
    parts = name.removesuffix(".css").split("-")
    if not name.endswith(".css") or len(parts) != _PARTS or parts[0] != _VERSION:
        return None
    colours = [f"#{part}" for part in parts[1:7]]
    masthead = "" if parts[7] == _NO_COLOUR else f"#{parts[7]}"
    text, interface = parts[8:]
    known = all(map(is_colour, [*colours, *([masthead] if masthead else [])]))
    if not known or text not in FONTS or interface not in FONTS:
        return None
    told = dict(zip(COLOURS, colours, strict=True))
    return Theme(**told, masthead=masthead, text=text, interface=interface)


def faults(theme: Theme) -> list[Fault]:
    """What stands in the way of reading it, in the order of the fields."""
    found = _malformed(theme)
    if found:
        return found
    if luminance(theme.paper) < _LIGHT_FROM:
        found.append(
            Fault("paper", f"The page’s colour {theme.paper} is dark; the colours for the dark stand below.")
        )
    if luminance(theme.paper_dark) > _DARK_TO:
        sentence = f"{theme.paper_dark} is too light for readers who ask for the dark; #151514 would do."
        found.append(Fault("paper_dark", sentence))
    for name, ground in (
        ("ink", "paper"),
        ("accent", "paper"),
        ("ink_dark", "paper_dark"),
        ("accent_dark", "paper_dark"),
    ):
        found += _too_faint(theme, name, ground)
    return found


def readable_theme(theme: Theme) -> Theme:
    """The nearest theme that can be read: for colours that nobody looked at before, as an embedding page's."""
    for suffix in ("", "_dark"):
        paper = getattr(theme, f"paper{suffix}")
        names = (f"ink{suffix}", f"accent{suffix}")
        theme = replace(theme, **{name: _legible(getattr(theme, name), paper) for name in names})
    return theme


def sheet(theme: Theme) -> str:
    """The properties that `reader.css` begins with, anew. `data-scheme` on the root element goes before the device."""
    light = _light(theme)
    dark = _dark(theme)
    always = {"--serif": FONTS[theme.text], "--sans": FONTS[theme.interface]}
    if theme.masthead:
        always |= {"--masthead": theme.masthead, "--on-masthead": best_on(theme.masthead)}
    return "\n".join(
        (
            _rule(":root", always | light),
            f"@media (prefers-color-scheme: dark) {{ {_rule(':root', dark)} }}",
            _rule(':root[data-scheme="light"]', {"color-scheme": "light"} | light),
            _rule(':root[data-scheme="dark"]', {"color-scheme": "dark"} | dark),
            "@media (prefers-contrast: more) { :root:root { --soft: var(--ink); --rule: currentcolor; } }",
            "",
        )
    )


# --- pieces -----------------------------------------------------------------------------------------


def _malformed(theme: Theme) -> list[Fault]:
    found = []
    for name in (*COLOURS, "masthead"):
        value = getattr(theme, name)
        if not is_colour(value) and (value or name != "masthead"):
            sentence = (
                f"The colour of the {COLOUR_NAMES[name]} is written as # and six digits, as in #b0101c."
            )
            found.append(Fault(name, sentence))
    found += [
        Fault(name, f"A typeface is one of {', '.join(FONTS)}.")
        for name in ("text", "interface")
        if getattr(theme, name) not in FONTS
    ]
    return found


def _too_faint(theme: Theme, name: str, ground: str) -> list[Fault]:
    colour, paper = getattr(theme, name), getattr(theme, ground)
    reached = min(contrast(colour, paper), contrast(colour, _tint(paper)))
    if reached >= TEXT_CONTRAST:
        return []
    would_do = _legible(colour, paper)
    # Shown rounded down: 4.48 is not 4.5.
    sentence = (
        f"The {COLOUR_NAMES[name]} {colour} on {paper} has a contrast of {int(reached * 10) / 10} to 1;"
        f" words need {TEXT_CONTRAST} to 1. {would_do} would do."
    )
    return [Fault(name, sentence)]


def _tint(paper: str) -> str:
    """Behind boxes: a shade nearer to the ink, or, on a page of middling colour, further from it."""
    nearer = mix(paper, best_on(paper), _TINT)
    if contrast(best_on(paper), nearer) >= TEXT_CONTRAST:
        return nearer
    return mix(paper, BLACK if best_on(paper) == WHITE else WHITE, _TINT)


def _legible(colour: str, paper: str) -> str:
    """The nearest colour that can be read on the page and in its boxes."""
    return readable(colour, paper, _tint(paper), end=best_on(paper))


def _light(theme: Theme) -> dict[str, str]:
    return _ground(theme.paper, theme.ink, _FOCUS) | {
        "--red": theme.accent,
        "--red-fill": theme.accent,
        "--on-red": best_on(theme.accent),
    }


def _dark(theme: Theme) -> dict[str, str]:
    """A mark is filled with the light accent: the dark one is light itself, and would shine."""
    return _ground(theme.paper_dark, theme.ink_dark, _FOCUS_DARK) | {
        "--red": theme.accent_dark,
        "--red-fill": theme.accent,
        "--on-red": WHITE if contrast(WHITE, theme.accent) >= TEXT_CONTRAST else best_on(theme.accent),
    }


def _ground(paper: str, ink: str, focus: str) -> dict[str, str]:
    return {
        "--paper": paper,
        "--tint": _tint(paper),
        "--ink": ink,
        "--soft": _legible(mix(paper, ink, 0.7), paper),
        "--rule": mix(paper, ink, 0.16),
        "--focus": focus if contrast(focus, paper) >= SHAPE_CONTRAST else ink,
        "--out": mix(paper, _GONE, 0.18),
        "--in": mix(paper, _NEW, 0.18),
    }


def _rule(selector: str, properties: dict[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'{name}: {value};' for name, value in properties.items())} }}"
