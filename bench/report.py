"""The bench's table: on the screen, in bench/figures.json, and from there in docs/explanation/performance.md.

Called by `bench/run.py`; the parts of the bench make `Row`s and `Outcome`s. A part that was measured alone replaces
its own rows and no others; each says when it was measured.
"""

import json
import os
import platform
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/explanation/performance.md"
FIGURES = ROOT / "bench/figures.json"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
_COLUMNS = ("", "Stoppress", "beside it", "ratio", "goal", "")

Say: TypeAlias = Callable[[str], None]  # what is being measured now


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, what came, what it is held against, the goal and whether it is met."""

    what: str
    ours: str
    beside: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """In one word."""
        return {None: "", True: "met", False: "MISSED"}[self.met]

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table's columns have them."""
        return self.what, self.ours, self.beside, self.ratio, self.goal, self.verdict


@dataclass(frozen=True, slots=True)
class Goal:
    """What a ratio must keep to; None: nothing."""

    most: float | None = None
    least: float | None = None

    def __str__(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g}"
        return "" if self.least is None else f"≥ {self.least:g}"

    def is_met(self, value: float) -> bool | None:
        """Whether `value` keeps to it; None when there is no goal."""
        if self.most is not None:
            return value <= self.most
        return None if self.least is None else value >= self.least


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one part of the bench found. `figures` are for sums (`scale.py`)."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """An outcome with its part's title, when it was measured and on what."""

    title: str
    day: str
    machine: str
    outcome: Outcome


def number(value: float, unit: str = "") -> str:
    """With as many digits as anybody reads."""
    digits = 0 if abs(value) >= 100 else 1  # noqa: PLR2004 (three digits)
    return f"{value:,.{digits}f} {unit}".strip()


def ratio_row(what: str, unit: str, values: tuple[float, float], peer: str, goal: Goal) -> Row:
    """Ours and a peer's value of the same thing, and ours ÷ theirs, which the goal is about."""
    ours, theirs = values
    ratio = ours / theirs if theirs else float("inf")
    return Row(
        what,
        number(ours, unit),
        f"{peer}: {number(theirs, unit)}",
        f"{ratio:.2f}",
        str(goal),
        goal.is_met(ratio),
    )


def bound_row(what: str, unit: str, value: float, goal: Goal, beside: str = "") -> Row:
    """One value that keeps to a bound of its own."""
    bound = f"{goal} {unit}" if str(goal) else ""
    return Row(what, number(value, unit), beside, goal=bound, met=goal.is_met(value))


def not_measured(what: str, ours: str, why: str, goal: str = "") -> Row:
    """A row whose other half is not on this machine."""
    return Row(what, ours, f"not measured: {why}", goal=goal)


def show(parts: Iterable[Measured]) -> None:
    """Print the table; plain text when nobody looks."""
    console = Console(width=None if os.isatty(1) else 160)
    for part in parts:
        table = Table(title=part.title, title_justify="left")
        for name in _COLUMNS:
            table.add_column(name)
        for row in part.outcome.rows:
            table.add_row(*row.cells, style="bold red" if row.met is False else None)
        console.print(table)
        for note in part.outcome.notes:
            console.print(f"- {note}", markup=False)


def load(file: Path = FIGURES) -> dict[str, Measured]:
    """What was measured so far, by part."""
    if not file.exists():
        return {}
    kept = json.loads(file.read_text())
    return {name: _measured(part) for name, part in kept.items()}


def _measured(part: dict[str, object]) -> Measured:
    outcome = part["outcome"]
    assert isinstance(outcome, dict)  # noqa: S101 (we wrote it)
    rows = [Row(**row) for row in outcome["rows"]]
    made = Outcome(rows, list(outcome["notes"]), dict(outcome["figures"]))
    return Measured(str(part["title"]), str(part["day"]), str(part["machine"]), made)


def save(parts: Mapping[str, Measured], file: Path = FIGURES) -> None:
    """Keep them for the next run, and for sums."""
    kept = {name: asdict(part) for name, part in parts.items()}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def put_between(text: str, begin: str, end: str, block: str) -> str:
    """`text` with `block` between two marks; what stands around them is written by people."""
    made = f"{begin}\n\n{block}\n\n{end}"
    if not re.search(f"{begin}.*{end}", text, flags=re.DOTALL):
        raise ValueError(f"Expected the marks {begin} and {end} in the page; put them where figures belong.")
    return re.sub(f"{begin}.*{end}", lambda _: made, text, flags=re.DOTALL)


def write(parts: Mapping[str, Measured], page: Path = PAGE) -> None:
    """Put the tables between the page's two marks."""
    page.write_text(put_between(page.read_text(), BEGIN, END, "\n\n".join(map(_block, parts.values()))))


def _block(part: Measured) -> str:
    lines = [f"### {part.title}", f"Measured on {part.day}: {part.machine}.", ""]
    lines += [f"| {' | '.join(_COLUMNS)} |".replace("|  |", "| |"), "|" + "---|" * len(_COLUMNS)]
    lines += [f"| {' | '.join(row.cells)} |" for row in part.outcome.rows]
    lines += ["", *(f"- {note}" for note in part.outcome.notes)] if part.outcome.notes else []
    return "\n".join(lines)


def measured(title: str, outcome: Outcome) -> Measured:
    """An outcome of now, on this machine."""
    return Measured(title, datetime.now(UTC).date().isoformat(), machine(), outcome)


def machine() -> str:
    """Cores, processor, kernel and Python: what a reader needs to compare figures."""
    cpuinfo = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    kernel = platform.release().split("-")[0]
    processor = model.group(1) if model else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores of {processor}, Linux {kernel}, Python {platform.python_version()}"
