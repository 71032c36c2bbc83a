"""Takes the documentation's pictures from a running demo: `make pictures`.

The demo's day is played fast until a good part of it has happened; then Chromium looks at the page and the desk.
"""

import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.chromium import FLAGS, chromium
from tests.e2e.desk_page import DeskPage
from tests.e2e.server import COMMAND, environment, free_port

HERE = Path(__file__).resolve().parent
EDITOR = "hanneke@harbourledger.example"
SPEED = "120"  # slow enough that posts stand minutes apart
POSTS = 45  # taken when so many have been published
GIVE_UP_SECONDS = 900
LAPTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 760}


def wait_for_posts(url: str) -> None:
    """Until the live page's feed has seen POSTS posts."""
    until = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < until:
        with suppress(httpx.ConnectError):  # it says where it is a moment before it answers there
            seen = re.search(r'data-seq="(\d+)"', httpx.get(url).text)
            if seen and int(seen.group(1)) >= POSTS:
                return
        time.sleep(1)
    raise TimeoutError(f"The demo did not publish {POSTS} posts in {GIVE_UP_SECONDS} s.")


def open_window(browser: Browser, viewport: dict[str, int]) -> Page:
    """A window without transitions, so that pictures are of a state and not of a movement."""
    place = {"locale": "en-GB", "timezone_id": "Europe/Amsterdam"}
    context = browser.new_context(viewport=viewport, reduced_motion="reduce", **place)  # type: ignore[arg-type]  # width and height
    return context.new_page()


def take(url: str, slug: str, password: str) -> None:
    """page.png, desk.png, page-phone.png, desk-phone.png."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, viewport in (("", LAPTOP), ("-phone", PHONE)):
            reader = open_window(browser, viewport)
            reader.goto(f"{url}/live/{slug}")
            reader.wait_for_load_state("load")
            reader.screenshot(path=HERE / f"page{name}.png")
            desk = DeskPage.sign_in(open_window(browser, viewport), url, email=EDITOR, password=password)
            desk.open(slug)
            expect(desk.page.get_by_text("Up to date")).to_be_attached()  # by then its side is filled
            desk.page.screenshot(path=HERE / f"desk{name}.png")
        browser.close()


def main() -> None:
    """See the head of this file."""
    with tempfile.TemporaryDirectory(prefix="stoppress-pictures-") as name:
        data, port = Path(name) / "data", free_port()
        log = Path(name) / "log"
        command = (COMMAND, "demo", "--data", str(data), "--port", str(port), "--speed", SPEED)
        with log.open("wb") as words:
            demo = subprocess.Popen(command, env=environment(data), stdout=words, stderr=words)
        try:
            url = f"http://127.0.0.1:{port}"
            while "Desk" not in log.read_text() and demo.poll() is None:
                time.sleep(0.5)
            told = log.read_text()
            slug = re.search(r"Live now\s+\S+/live/(\S+)", told)
            password = re.search(r"password\s+(\S+)", told)
            if not slug or not password:
                sys.exit(f"The demo did not say where it is:\n{told}")
            wait_for_posts(f"{url}/live/{slug.group(1)}")
            take(url, slug.group(1), password.group(1))
        finally:
            demo.terminate()
            demo.wait(20)


if __name__ == "__main__":
    main()
