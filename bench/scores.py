"""One page loaded by Lighthouse on its phone profile. Called by `desk_page.py` and `reader_page.py`.

The median of several runs counts, as Lighthouse's own documentation advises.
"""

import json
import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "bench/lighthouse/node_modules/lighthouse/cli/index.js"
SECONDS = 180
_MEASURES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


@dataclass(frozen=True, slots=True)
class Score:
    """One run: points of each category, what they come from, and the audits that failed."""

    points: dict[str, int]
    measures: dict[str, float]
    below: tuple[str, ...]


def load(url: str, port: int, report: Path, categories: tuple[str, ...]) -> Score:
    """One load in the browser that listens on `port`. Lighthouse empties the cache first and keeps cookies."""
    asked = ("--output=json", f"--output-path={report}", f"--port={port}", "--quiet")
    only = f"--only-categories={','.join(categories)}"
    subprocess.run(("node", str(LIGHTHOUSE), url, *asked, only), check=True, timeout=SECONDS)  # noqa: S607 (in .venv)
    told = json.loads(report.read_text())
    if told["finalDisplayedUrl"] != url:
        raise RuntimeError(f"Expected {url}; Lighthouse was sent to {told['finalDisplayedUrl']}.")
    audits = told["audits"]
    return Score(
        points={name: round(100 * told["categories"][name]["score"]) for name in categories},
        measures={name: audits[name]["numericValue"] for name in _MEASURES if name in audits},
        below=tuple(
            audit["id"]
            for name in categories
            if name != "performance"
            for audit in told["categories"][name]["auditRefs"]
            if audits[audit["id"]]["score"] == 0
        ),
    )


def shown(page: str, scores: list[Score], goals: Mapping[str, int]) -> bool:
    """Print them; whether every goal is met."""
    met = True
    print(page)
    for name, goal in goals.items():
        points = [score.points[name] for score in scores]
        median = statistics.median(points)
        met = met and median >= goal
        print(f"  {name:<14} {median:>5.0f}  of {points}; goal: {goal} or more")
    for score in scores:
        print(" ", {name: round(value, 3) for name, value in score.measures.items()}, *score.below)
    return met
