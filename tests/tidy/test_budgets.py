"""What a reader's page loads stays small: scripts in every language, and the style sheet, as browsers get them."""

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from stoppress.lib import assets

SCRIPT_BYTES, STYLE_BYTES = 15 * 1024, 12 * 1024
LANGUAGES = ("en", "es", "fr", "de", "uk", "ar")


def _packed(name: str, language: str = "") -> int:
    path = assets.asset(name, language) if language else assets.asset(name)
    return len(brotli.compress((assets.FOLDER / path.rpartition("/")[2]).read_bytes()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_row_33_both_scripts_of_a_page_are_small(language: str) -> None:
    sizes = {name: _packed(name, language) for name in ("reader.js", "reader-later.js")}
    assert sum(sizes.values()) <= SCRIPT_BYTES, sizes


def test_row_33_the_style_sheet_is_small() -> None:
    assert _packed("reader.css") <= STYLE_BYTES
