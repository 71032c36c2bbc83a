"""What came of it: each test's verdict kept as one line of a file, the table made of them, and the page in the docs.

`CHAOS_ROWS` names the file; without it nothing is kept. Called by `conftest.py` and `run.py`.
"""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.chaos.checker import Verdict

FROM, TO = "<!-- figures: written by make chaos -->", "<!-- end of figures -->"
COLUMNS = ("fault", "what was broken", "acknowledged", "kept", "lost", "doubled", "readers", "converged in")


def keep(verdict: Verdict, outcome: str) -> None:
    """Add a row; processes of pytest may do so at once."""
    path = os.environ.get("CHAOS_ROWS")
    if path:
        with Path(path).open("a") as file:
            file.write(json.dumps(asdict(verdict) | {"outcome": outcome}) + "\n")


def read(path: Path) -> list[dict[str, Any]]:
    """All rows, by the fault's number."""
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return sorted(
        rows, key=lambda row: (int(row["fault"].lstrip("F").split()[0].split(",")[0]), row["title"])
    )


def cells(row: dict[str, Any]) -> list[str]:
    """One row of the table."""
    compared = row["acknowledged"] or row["readers"]
    counts = [f"{row[name]:,}" if compared else "" for name in ("acknowledged", "kept", "lost", "doubled")]
    readers = f"{row['readers']:,}" if row["readers"] else ""
    converged = "" if row["converged"] is None else f"{row['converged']:.1f} s"
    state = "" if row["outcome"] == "passed" else f" – {row['outcome'].upper()}"
    broken = f"{row['broken']}; {row['note']}" if row["note"] else row["broken"]
    return [f"{row['fault']} {row['title']}{state}", broken, *counts, readers, converged]


def table(rows: Iterable[dict[str, Any]]) -> str:
    """The table in Markdown."""
    lines = [COLUMNS, ("---", "---", *["---:"] * (len(COLUMNS) - 2)), *(cells(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(page: Path, rows: list[dict[str, Any]], at: datetime, seed: int) -> None:
    """Put the table and the day between the markers of `page`; the rest stays as it is."""
    failed = sum(row["outcome"] != "passed" for row in rows)
    summary = (
        f"{at:%-d %B %Y}, long form, seed {seed}: {len(rows)} tests, {failed} failed. "
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}."
    )
    before, _, rest = page.read_text(encoding="utf-8").partition(FROM)
    _, _, after = rest.partition(TO)
    page.write_text(f"{before}{FROM}\n{summary}\n\n{table(rows)}\n{TO}{after}", encoding="utf-8")
