"""`make lighthouse`: the reader's page of a live blog of 300 posts with pictures, on a phone, measured by Lighthouse.

Starts its own server and a Chromium of its own. Exit status 1 when a goal is missed.
"""

import sys
import tempfile
from pathlib import Path

from bench.scores import ROOT, Score, load, shown
from playwright.sync_api import sync_playwright
from tests.chromium import FLAGS, chromium
from tests.e2e.server import Newsroom, Server, free_port

GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
POSTS = 300
PICTURE_EVERY = 5
PICTURES = ("harbour-morning.webp", "flood-gate.webp", "district-map.webp")
TEXT = (
    "The gauge at the lock reads **{metres} metres**, the harbour office says.\n\n"
    "> We are ready for what the night brings.\n\nThe next reading is due within the half hour."
)


def main() -> int:
    """See the head of this file."""
    with tempfile.TemporaryDirectory(prefix="stoppress-lighthouse-") as name:
        folder = Path(name)
        with Server(folder / "data") as server:
            _write(server)
            scores = _measured(f"{server.url}/live/storm", folder)
    return 0 if shown("reader's page", scores, GOALS) else 1


def _write(server: Server) -> None:
    newsroom = Newsroom.at(server, server.add_staff())
    newsroom.open("storm", standfirst="Water at the north gate has passed two metres.")
    pictures = [_picture(newsroom, name) for name in PICTURES]
    for number in range(POSTS):
        marks = {"key_event": number % 30 == 0, "summary": number == POSTS - 40}
        newsroom.publish("storm", TEXT.format(metres=number / 100), headline=f"Reading {number}", **marks)
        if number % PICTURE_EVERY == 0:
            document = {"type": "doc", "content": [pictures[number % len(pictures)]]}
            newsroom.ask("POST", "/liveblogs/storm/posts", document=document)


def _picture(newsroom: Newsroom, name: str) -> dict[str, object]:
    data = (ROOT / "src/stoppress/demo/pictures" / name).read_bytes()
    words = {"alt": "Water at a gate", "caption": "The gate this morning", "credit": "Marit Aas"}
    told = newsroom.client.post("/media", files={"file": (name, data)}, data=words).raise_for_status().json()
    node: dict[str, object] = told["node"]
    return node


def _measured(url: str, folder: Path) -> list[Score]:
    port = free_port()
    with sync_playwright() as playwright:
        window = playwright.chromium.launch_persistent_context(
            str(folder / "profile"),
            executable_path=chromium(),
            args=[*FLAGS, f"--remote-debugging-port={port}"],
        )
        scores = [load(url, port, folder / "report.json", tuple(GOALS)) for _ in range(RUNS)]
        window.close()
    return scores


if __name__ == "__main__":
    sys.exit(main())
