"""Runs the stages of `make test` and `make check`, all of them, and closes with what ran and what did not.

A stage that fails does not keep the next from running. The last line is `N passed, N failed, N skipped`.
Called by the Makefile: `python tests/suite.py STAGE…`. Imports only the standard library.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest")
QUIET = ("-q", "--no-header", "--color=auto")
WORKERS = ("-n", str(min(os.cpu_count() or 1, 4)))  # more than four wait for the same disk
AGAIN_AT_MOST = 3  # tests of one stage; more than that is no accident
REASON_LINES = 24  # of what a test said that failed once
# Its import takes a second in each process; only tests/api needs it, which runs on both databases.
WITHOUT_SCHEMATHESIS = ("-p", "no:schemathesis")
NODE_COUNT = re.compile(r"^\S (pass|fail|skipped) (\d+)$", re.MULTILINE)


@dataclass(slots=True)
class Outcome:
    """What came of one stage.

    `left_out`: sentences for what it could not run here. `failing`: the tests that failed, as pytest addresses them,
    and the end of what each said. `unsteady`: those that failed, and passed when run again alone.
    """

    title: str
    status: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    left_out: tuple[str, ...] = ()
    unsteady: dict[str, str] = field(default_factory=dict)
    failing: dict[str, str] = field(default_factory=dict)


def sqlite() -> Outcome:
    """Everything in Python that needs neither a browser nor real processes, on SQLite."""
    return _pytest("Python on SQLite", *WORKERS, "-m", "not browser and not faults")


def fast() -> Outcome:
    """What a change is likely to break: few examples for each property, and nothing that takes seconds.

    The sweeps over all routes, the demo, backups and the project's own order are left to `make test` and `make check`.
    """
    few = [f"--ignore=tests/{room}" for room in ("property", "security", "demo", "backup", "docs", "tidy")]
    marks = ("-m", "not browser and not faults and not long")
    return _pytest("Python on SQLite", *WORKERS, "--hypothesis-profile", "fast", *few, *marks)


def postgres() -> Outcome:
    """What stands on the database, again, on a PostgreSQL of its own."""
    command = (sys.executable, str(ROOT / "tests/postgres.py"), *PYTEST)
    few = ("--hypothesis-profile", "again")
    return _pytest(
        "Python on PostgreSQL",
        *WORKERS,
        *few,
        "-m",
        "database and not browser and not faults",
        *_files_with("database"),
        command=command,
    )


def faults() -> Outcome:
    """Real processes, started and killed."""
    words = ("-m", "faults and not browser", *WITHOUT_SCHEMATHESIS, *_files_with("faults"))
    outcome = _twice("Faults", *WORKERS, *words)
    outcome.left_out = tuple(_missing("tests/servers.sh").values())
    return outcome


def browser() -> Outcome:
    """Journeys in Chromium, the HTML checker and axe."""
    missing = _missing("tests/e2e/tools.sh")
    if "BROWSER" in missing:
        return Outcome("Browser", left_out=tuple(missing.values()))
    # A file stays with one worker, so that what it fills or starts for itself is made once.
    words = ("--dist", "loadfile", "-m", "browser", *WITHOUT_SCHEMATHESIS, *_files_with("browser"))
    outcome = _twice("Browser", *WORKERS, *words)
    outcome.left_out = tuple(missing.values())
    return outcome


def web() -> Outcome:
    """The reader's and the editor's TypeScript, under Node's test runner."""
    outcome = Outcome("Web")
    output = _streamed(outcome, "npm", "test", "--silent")
    counts = {word: int(number) for word, number in NODE_COUNT.findall(output)}
    outcome.passed, outcome.failed = counts.get("pass", 0), counts.get("fail", 0)
    outcome.skipped = counts.get("skipped", 0)
    return outcome


def lint() -> Outcome:
    """Ruff's rules, on everything."""
    return _plain("Lint", sys.executable, "-m", "ruff", "check", "--output-format=concise")


def format_() -> Outcome:
    """Ruff's layout, on everything."""
    return _plain("Format", sys.executable, "-m", "ruff", "format", "--check")


def types() -> Outcome:
    """Mypy, strict, on source, tests and bench."""
    return _plain("Types", sys.executable, "-m", "mypy")


def web_types() -> Outcome:
    """The TypeScript compiler, strict."""
    return _plain("Web types", "npm", "run", "--silent", "check")


def docs() -> Outcome:
    """The two rooms of tests that read the project itself: its documentation and its order."""
    return _pytest("Docs and tidiness", "tests/docs", "tests/tidy", "-m", "not browser and not faults")


STAGES: dict[str, Callable[[], Outcome]] = {
    "sqlite": sqlite,
    "fast": fast,
    "postgres": postgres,
    "web": web,
    "faults": faults,
    "browser": browser,
    "lint": lint,
    "format": format_,
    "types": types,
    "web-types": web_types,
    "docs": docs,
}


def _files_with(mark: str) -> tuple[str, ...]:
    """The files of tests that carry `mark`: reading all the others only to leave them out takes seconds each time."""
    word = re.compile(rf"\bmark\.{mark}\b")
    files = sorted((ROOT / "tests").glob("*/test_*.py"))
    return tuple(str(path.relative_to(ROOT)) for path in files if word.search(path.read_text("utf-8")))


def _twice(title: str, *arguments: str) -> Outcome:
    """Run tests of real processes; the few that fail run once more, alone, and are named at the end either way.

    What fails twice has failed. What fails once on a crowded machine is a fault of the test or of the product too,
    and is said loudly; but it does not hide what the other tests found.
    """
    outcome = _pytest(title, *arguments)
    failed = outcome.failing
    if not failed or len(failed) != outcome.failed or len(failed) > AGAIN_AT_MOST:
        return outcome
    again = _pytest(f"{title}, again: {len(failed)} that failed", "-p", "no:randomly", *failed)
    outcome.seconds += again.seconds
    if again.failed or again.passed != len(failed):
        return outcome
    outcome.status, outcome.failed, outcome.failing = 0, 0, {}
    outcome.passed += again.passed
    outcome.unsteady = failed
    return outcome


def _pytest(title: str, *arguments: str, command: tuple[str, ...] = PYTEST) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="stoppress-suite-") as folder:
        report = Path(folder) / "report.xml"
        words = (*command, *QUIET, *arguments, f"--junitxml={report}")
        outcome = _plain(title, *words, environment=_own_environment(Path(folder) / "data"))
        outcome.failed = 0
        if not report.exists():
            outcome.failed, outcome.passed = 1, 0
            return outcome
        suite = ET.parse(report).getroot()[0]  # noqa: S314 (pytest wrote it a moment ago)
    count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    outcome.failed = count["failures"] + count["errors"]
    outcome.skipped = count["skipped"]
    outcome.failing = {_address(case): _reason(case) for case in suite.iter("testcase") if _has_failed(case)}
    outcome.passed = max(0, count["tests"] - outcome.failed - outcome.skipped)
    return outcome


def _has_failed(case: ET.Element) -> bool:
    return case.find("failure") is not None or case.find("error") is not None


def _reason(case: ET.Element) -> str:
    """The end of what pytest says of a failed test: the line it stood at, and what came instead."""
    said = "".join(fault.text or "" for kind in ("failure", "error") for fault in case.iter(kind))
    return "\n".join(said.splitlines()[-REASON_LINES:])


def _address(case: ET.Element) -> str:
    """How pytest is told to run this test and no other. It is written down as `tests.room.test_file`, and the test."""
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name', '')}"


def _own_environment(data: Path) -> dict[str, str]:
    """Ours without a newsroom that the caller's variables may name; only where Chromium is stays.

    Nor may they forbid to keep compiled files: else each of hundreds of processes compiles everything anew.
    """
    astray = ("STOPPRESS_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(astray)}
    chromium = os.environ.get("STOPPRESS_CHROMIUM")
    return kept | {"STOPPRESS_DATA": str(data)} | ({"STOPPRESS_CHROMIUM": chromium} if chromium else {})


def _plain(title: str, *command: str, environment: dict[str, str] | None = None) -> Outcome:
    """Run `command` with our own output; it counts as one that passed or failed."""
    outcome = Outcome(title)
    began = _announce(title)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL) as process:
        try:
            outcome.status = process.wait()
        finally:
            process.terminate()  # when we are told to stop, so is the stage
    outcome.seconds = time.monotonic() - began
    outcome.passed, outcome.failed = (0, 1) if outcome.status else (1, 0)
    return outcome


def _streamed(outcome: Outcome, *command: str) -> str:
    """Run `command`, show its output line by line as it comes, and return it."""
    began = _announce(outcome.title)
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            lines.append(line)
    outcome.status = process.returncode
    outcome.seconds = time.monotonic() - began
    return "".join(lines)


def _announce(title: str) -> float:
    sys.stdout.write(f"\n── {title} {'─' * (76 - len(title))}\n")
    sys.stdout.flush()
    return time.monotonic()


def _missing(script: str) -> dict[str, str]:
    # It says, one line each, what is not there and why: `BROWSER sentence`, `HTML-CHECKER sentence`.
    lines = subprocess.run(
        ("/bin/sh", ROOT / script, "--missing"), capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {line.split()[0]: f"{line.split()[0]} TESTS NOT RUN: {line.split(None, 1)[1]}" for line in lines}


def _close(outcomes: list[Outcome]) -> int:
    write = sys.stdout.write
    write(f"\n── What ran {'─' * 68}\n")
    for one in outcomes:
        state = "FAILED " if one.status or one.failed else ("ok     " if one.passed else "NOT RUN")
        counts = f"{one.passed:>6} passed {one.failed:>4} failed {one.skipped:>4} skipped"
        write(f"{state}  {one.title:<22}{counts}  {one.seconds:>6.1f} s\n")
    for sentence in (sentence for one in outcomes for sentence in one.left_out):
        write(f"\n{'!' * 80}\n!! {sentence}\n{'!' * 80}\n")
    for name, reason in (pair for one in outcomes for pair in one.unsteady.items()):
        write(f"\n!! UNSTEADY: {name} failed among the others and passed alone. Mend it.\n{reason}\n")
    failed = sum(max(one.failed, 1 if one.status else 0) for one in outcomes)
    passed, skipped = sum(one.passed for one in outcomes), sum(one.skipped for one in outcomes)
    write(f"\n{passed} passed, {failed} failed, {skipped} skipped\n")
    return 1 if failed else 0


def main() -> int:
    """Run the stages named on the command line, in that order."""
    unknown = [name for name in sys.argv[1:] if name not in STAGES]
    if unknown or len(sys.argv) == 1:
        sys.stderr.write(
            f"Expected stages out of {', '.join(STAGES)}; came {', '.join(unknown) or 'none'}.\n"
        )
        return 2
    # Whoever runs us in the background has Ctrl+C ignored, and children would inherit that: some tests send it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    return _close([STAGES[name]() for name in sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
