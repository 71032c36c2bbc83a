"""A browser with a folder of its own, that can be killed as a flat battery would and opened again."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext
from tests.chromium import FLAGS, chromium

START_SECONDS = 40  # a cold Chromium on a busy machine


@dataclass(slots=True)
class Profile:
    """`folder` is all that stays when the browser is killed. `by` drives it."""

    folder: Path
    by: Browser
    process: subprocess.Popen[bytes] | None = None

    def open(self) -> BrowserContext:
        """Start a browser on the folder."""
        told = self.folder / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        flags = [*FLAGS, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={self.folder}"]
        self.process = subprocess.Popen(
            [chromium() or "chromium", *flags, "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while not (told.exists() and told.read_text().strip()):
            assert time.monotonic() < until, "Chromium did not say where it can be driven."
            time.sleep(0.05)
        port = told.read_text().split()[0]
        return self.by.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0]

    def kill(self) -> None:
        """No last words: every process of this browser ends at once."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
