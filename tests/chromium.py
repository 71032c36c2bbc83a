"""The one Chromium of a test process.

Playwright's synchronous interface runs one loop in a thread, so every room's browser tests share this fixture.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Nothing of its own over the network, no sandbox (tests may run as root), no GPU.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def chromium() -> str | None:
    """Where Chromium is, or None."""
    named = os.environ.get("STOPPRESS_CHROMIUM")
    found = (shutil.which(name) for name in NAMES)
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; skips where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine; do: apt-get install chromium")
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield window
        window.close()
