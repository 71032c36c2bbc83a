"""`make lighthouse`: the desk's page of a live blog on a phone profile, measured by Lighthouse.

Starts its own server with a live blog of 60 posts, signs in as a producer in a Chromium of its own, and lets
Lighthouse (bench/lighthouse, installed by the Makefile) load the page in it, with an empty cache. The median of
three runs counts, as Lighthouse's own documentation advises. Exit status 1 when a goal is missed.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.chromium import FLAGS, chromium
from tests.e2e.server import PASSWORD, Newsroom, Server, free_port

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "bench/lighthouse/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility")
GOAL = 95
RUNS = 3
POSTS = 60
SECONDS = 180
PRODUCER = "producer@example.org"


@dataclass(frozen=True, slots=True)
class Score:
    """One run: points of each category, and what they come from."""

    points: dict[str, int]
    seconds: dict[str, float]
    below: tuple[str, ...]


def main() -> int:
    """See the head of this file."""
    with tempfile.TemporaryDirectory(prefix="stoppress-lighthouse-") as name:
        folder = Path(name)
        with Server(folder / "data") as server:
            scores = _measured(server, folder)
    return _shown(scores)


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
        scores = [_run(f"{server.url}/desk/live/storm/", port, folder / "report.json") for _ in range(RUNS)]
        window.close()
    return scores


def _run(url: str, port: int, report: Path) -> Score:
    """One load. Lighthouse empties the cache first and keeps the session's cookie."""
    asked = ("--output=json", f"--output-path={report}", f"--port={port}", "--quiet")
    only = f"--only-categories={','.join(CATEGORIES)}"
    subprocess.run(("node", str(LIGHTHOUSE), url, *asked, only), check=True, timeout=SECONDS)  # noqa: S607 (in .venv)
    told = json.loads(report.read_text())
    if told["finalDisplayedUrl"] != url:
        raise RuntimeError(f"Expected {url}; Lighthouse was sent to {told['finalDisplayedUrl']}.")
    audits = told["audits"]
    return Score(
        points={name: round(100 * told["categories"][name]["score"]) for name in CATEGORIES},
        seconds={
            name: audits[name]["numericValue"] for name in ("largest-contentful-paint", "total-blocking-time")
        }
        | {"cumulative-layout-shift": audits["cumulative-layout-shift"]["numericValue"]},
        below=tuple(
            audit["id"]
            for audit in told["categories"]["accessibility"]["auditRefs"]
            if audits[audit["id"]]["score"] == 0
        ),
    )


def _shown(scores: list[Score]) -> int:
    met = True
    for name in CATEGORIES:
        points = [score.points[name] for score in scores]
        median = statistics.median(points)
        met = met and median >= GOAL
        print(f"{name:<14} {median:>5.0f}  of {points}; goal: {GOAL} or more")
    for score in scores:
        print({name: round(value, 3) for name, value in score.seconds.items()}, *score.below)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
