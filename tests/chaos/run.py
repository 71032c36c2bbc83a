"""The long form, all of it, with its table: `make chaos`, or `python -m tests.chaos.run [what pytest takes]`.

Written to `build/chaos/` (rows and table) and into docs/explanation/faults.md. With words for pytest, such as
`-k killed` or `tests/chaos/test_slow.py`, the rows of the other faults stay there as they are. Ctrl+C ends what is
under way, and its processes with it.
"""

import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tests.chaos import report
from tests.chaos.form import SEED

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/explanation/faults.md"
FOLDER = ROOT / "build/chaos"


def main() -> int:
    """Run pytest on this room in the long form; returns its exit status."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = FOLDER / f"rows-{secrets.token_hex(4)}.jsonl"
    told = {"CHAOS_FORM": "long", "CHAOS_SEED": str(SEED), "CHAOS_ROWS": str(rows), "PYTHONUNBUFFERED": "1"}
    words = sys.argv[1:]
    where = () if any(word.startswith("tests/") for word in words) else ("tests/chaos",)
    sys.stdout.write(f"Long form, CHAOS_SEED={SEED}; about three quarters of an hour. Rows: {rows}\n")
    sys.stdout.flush()
    pytest = (
        sys.executable,
        "-m",
        "pytest",
        *where,
        "-v",
        "-s",
        "--no-header",
        "-p",
        "no:randomly",
        *words,
    )
    with subprocess.Popen(pytest, cwd=ROOT, env=os.environ | told) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
        signal.signal(signal.SIGINT, lambda *_: None)  # pytest has it too, and ends what it started
        status = process.wait()
    found = report.read(rows)
    _print(found)
    (FOLDER / "table.md").write_text(report.table(map(report.cells, found)), encoding="utf-8")
    if found:
        report.write(PAGE, found)
        sys.stdout.write(f"Written to {PAGE.relative_to(ROOT)}.\n")
    return status


def _print(rows: list[dict[str, object]]) -> None:
    shown = Table(title=f"What was broken, and what came of it (CHAOS_SEED={SEED})")
    for number, column in enumerate(report.COLUMNS):
        shown.add_column(column, justify="left" if number < 2 else "right")
    for row in rows:
        shown.add_row(*report.cells(row))
    Console(width=None if sys.stdout.isatty() else 160).print(shown)


if __name__ == "__main__":
    sys.exit(main())
