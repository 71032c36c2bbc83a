"""The bench's table, on the screen and in docs/explanation/performance.md. Called by `bench/run.py`."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

PAGE = Path(__file__).resolve().parent.parent / "docs/explanation/performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, what came, what it is held against, the goal and whether it is met."""

    what: str
    ours: str
    beside: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """In one word."""
        return {None: "", True: "met", False: "MISSED"}[self.met]


def show(rows: Iterable[Row], notes: Iterable[str]) -> None:
    """Print the table; plain text when nobody looks."""
    table = Table(title=f"Stoppress on {machine()}", title_justify="left")
    for name in ("", "Stoppress", "beside it", "goal", ""):
        table.add_column(name)
    for row in rows:
        style = "bold red" if row.met is False else None
        table.add_row(row.what, row.ours, row.beside, row.goal, row.verdict, style=style)
    console = Console(width=None if os.isatty(1) else 140)
    console.print(table)
    for note in notes:
        console.print(f"- {note}")


def write(rows: Iterable[Row], notes: Iterable[str]) -> None:
    """Put the table between the page's two marks; what stands around them is written by people."""
    day = datetime.now(UTC).date().isoformat()
    lines = [f"Measured on {day}: {machine()}.", ""]
    lines += ["| | Stoppress | beside it | goal | |", "|---|---|---|---|---|"]
    lines += [f"| {row.what} | {row.ours} | {row.beside} | {row.goal} | {row.verdict} |" for row in rows]
    lines += ["", *(f"- {note}" for note in notes)]
    block = "\n".join([BEGIN, "", *lines, "", END])
    text = PAGE.read_text()
    PAGE.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: block, text, flags=re.DOTALL))


def machine() -> str:
    """Cores, processor, kernel and Python: what a reader needs to compare figures."""
    cpuinfo = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    kernel = platform.release().split("-")[0]
    processor = model.group(1) if model else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores of {processor}, Linux {kernel}, Python {platform.python_version()}"
