"""The ground of the desk's tests: names of built files without a build."""

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache

from stoppress.lib import assets


class _Built(dict[str, str]):
    """The names of built files where nothing was built."""

    def __missing__(self, name: str) -> str:
        return name.replace(".", ".TEST.")


BUILT = _Built()


@pytest.fixture(autouse=True)
def _built_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_manifest", lambda: BUILT)


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    """allauth's counters of one test are not the next one's. Those in a table are rolled back by themselves."""
    if isinstance(caches["default"], LocMemCache):
        cache.clear()
