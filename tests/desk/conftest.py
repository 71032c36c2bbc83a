"""The ground of the desk's tests: names of built files without a build."""

import pytest

from stoppress.lib import assets

BUILT = {
    name: f"{name.replace('.', '.TEST.')}" for name in ("desk.css", "desk.js", "reader.css", "reader.js")
}


@pytest.fixture(autouse=True)
def _built_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_manifest", lambda: BUILT)
