"""`make lighthouse`: the desk's page of a live blog on a phone profile, measured by Lighthouse.

Starts its own server with a live blog of 60 posts, signs in as a producer in a Chromium of its own, and lets
Lighthouse (bench/lighthouse, installed by the Makefile) load the page in it, with an empty cache. The median of
three runs counts, as Lighthouse's own documentation advises. Exit status 1 when a goal is missed.
"""

import sys
import tempfile
from pathlib import Path

from bench.scores import Score, load, shown
from playwright.sync_api import sync_playwright
from tests.chromium import FLAGS, chromium
from tests.e2e.server import PASSWORD, Newsroom, Server, free_port

GOALS = {"performance": 95, "accessibility": 95}
RUNS = 3
POSTS = 60
PRODUCER = "producer@example.org"


def main() -> int:
    """See the head of this file."""
    with tempfile.TemporaryDirectory(prefix="stoppress-lighthouse-") as name:
        folder = Path(name)
        with Server(folder / "data") as server:
            scores = _measured(server, folder)
    return 0 if shown("desk's page", scores, GOALS) else 1


def _measured(server: Server, folder: Path) -> list[Score]:
    newsroom = Newsroom.at(server, server.add_staff(role="producer", email=PRODUCER, name="Pia Stage"))
    newsroom.open("storm")
    for number in range(POSTS):
        newsroom.publish("storm", f"The gauge at the lock reads **{number / 10} metres**.\n\n> We are ready.")
    port = free_port()
    with sync_playwright() as playwright:
        window = playwright.chromium.launch_persistent_context(
            str(folder / "profile"),
            executable_path=chromium(),
            args=[*FLAGS, f"--remote-debugging-port={port}"],
        )
        page = window.new_page()
        page.goto(f"{server.url}/desk/account/login/")
        page.fill("input[name=login]", PRODUCER)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/desk/")
        page.goto("about:blank")
        url = f"{server.url}/desk/live/storm/"
        scores = [load(url, port, folder / "report.json", tuple(GOALS)) for _ in range(RUNS)]
        window.close()
    return scores


if __name__ == "__main__":
    sys.exit(main())
