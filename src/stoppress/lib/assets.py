"""Addresses of the built browser files. Called by `edge` and `desk`; built by `make assets`."""

import json
from functools import cache
from pathlib import Path

from stoppress.lib.languages import spoken

FOLDER = Path(__file__).resolve().parent.parent / "static"


class AssetsMissing(RuntimeError):
    """The browser files have not been built."""


@cache
def _manifest() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text())
    except FileNotFoundError as missing:
        message = f"The browser files were expected in {FOLDER} and are not there; run `make assets`."
        raise AssetsMissing(message) from missing
    return names


def asset(name: str, language: str = "en") -> str:
    """The public path of `reader.js`, `reader.css`, `desk.js` or `desk.css`, with its content hash.

    A script that says something to readers is there once for each language (`reader.fr.js`): a page loads its own.
    """
    stem, _, kind = name.rpartition(".")
    names = _manifest()
    return f"/static/{names.get(f'{stem}.{spoken(language)}.{kind}') or names[name]}"


def asset_text(name: str) -> str:
    """What stands in the built file, for an address of its own (a service worker's scope is its folder)."""
    return (FOLDER / _manifest()[name]).read_text()
