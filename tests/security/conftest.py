"""The ground of the sweeps: names of built files without a build, and no memory of earlier tries to sign in."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from stoppress.lib import assets

BUILT = {
    name: f"{name.replace('.', '.TEST.')}" for name in ("desk.css", "desk.js", "reader.css", "reader.js")
}


@pytest.fixture
def built_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that need no browser."""
    monkeypatch.setattr(assets, "_manifest", lambda: BUILT)


@pytest.fixture(autouse=True)
def _no_tries_yet() -> Iterator[None]:
    """Every test begins with all tries, and leaves none used up."""
    cache.clear()
    yield
    cache.clear()
