"""What came of it: each test's verdict kept as one line of a file, the table made of them, and the page in the docs.

`CHAOS_ROWS` names the file; without it nothing is kept. Called by `conftest.py` and `run.py`.
"""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.chaos.checker import Verdict
from tests.chaos.form import SEED

FROM, TO = "<!-- figures: written by make chaos -->", "<!-- end of figures -->"
COLUMNS = (
    "fault",
    "what was broken",
    "acknowledged",
    "kept",
    "lost",
    "doubled",
    "readers",
    "converged in",
    "took",
    "tried on",
)
FAILED = " – FAILED"


def keep(verdict: Verdict, outcome: str) -> None:
    """Add a row; processes of pytest may do so at once."""
    path = os.environ.get("CHAOS_ROWS")
    if path:
        told = {"outcome": outcome, "tried": f"{datetime.now(UTC):%Y-%m-%d}, seed {SEED}"}
        with Path(path).open("a") as file:
            file.write(json.dumps(asdict(verdict) | told) + "\n")


def read(path: Path) -> list[dict[str, Any]]:
    """All rows, in the order in which they were kept."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def cells(row: dict[str, Any]) -> list[str]:
    """One row of the table."""
    compared = row["acknowledged"] or row["readers"]
    counts = [f"{row[name]:,}" if compared else "" for name in ("acknowledged", "kept", "lost", "doubled")]
    readers = f"{row['readers']:,}" if row["readers"] else ""
    converged = "" if row["converged"] is None else f"{row['converged']:.1f} s"
    state = "" if row["outcome"] == "passed" else FAILED
    broken = f"{row['broken']}; {row['note']}" if row["note"] else row["broken"]
    took = f"{row['seconds']:.0f} s"
    return [f"{row['fault']} {row['title']}{state}", broken, *counts, readers, converged, took, row["tried"]]


def table(rows: Iterable[list[str]]) -> str:
    """The table in Markdown."""
    lines = [COLUMNS, ("---", "---", *["---:"] * (len(COLUMNS) - 3), "---"), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def merged(page: str, rows: list[dict[str, Any]]) -> list[list[str]]:
    """Rows of the table that `page` shall hold: these, and those it has of faults that were not tried this time."""
    _, _, rest = page.partition(FROM)
    lines = [
        line.strip("| ").split(" | ") for line in rest.partition(TO)[0].splitlines() if line.startswith("| F")
    ]
    new = [cells(row) for row in rows]
    tried = {_name(row) for row in new}
    kept = [line for line in lines if len(line) == len(COLUMNS) and _name(line) not in tried]
    return sorted(kept + new, key=lambda line: (int(line[0].split()[0].lstrip("F")), line[0]))


def _name(line: list[str]) -> str:
    return line[0].removesuffix(FAILED)


def write(page: Path, rows: list[dict[str, Any]]) -> None:
    """Put the table between the markers of `page`; the rest, and rows of faults not tried now, stay as they are."""
    text = page.read_text(encoding="utf-8")
    lines = merged(text, rows)
    failed = sum(line[0].endswith(FAILED) for line in lines)
    took = (line[COLUMNS.index("took")].removesuffix(" s") for line in lines)
    minutes = sum(int(seconds) for seconds in took if seconds) / 60
    summary = (
        f"Long form: {len(lines)} tests, {failed} failed, {minutes:.0f} minutes. "
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}."
    )
    before, _, rest = text.partition(FROM)
    _, _, after = rest.partition(TO)
    page.write_text(f"{before}{FROM}\n{summary}\n\n{table(lines)}\n{TO}{after}", encoding="utf-8")
