"""The ground of these tests: names of built files without a build."""

import pytest

from stoppress.lib import assets


@pytest.fixture(autouse=True)
def _built_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_manifest", lambda: {"reader.css": "reader.TEST.css"})
