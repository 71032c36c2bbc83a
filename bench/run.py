"""`make bench`: measures, prints tables of ratios taken in one run, and writes the documentation's figures.

Starts its own servers and peers on free loopback ports, ends them, and stops by itself within `MINUTES`. Names of
parts choose: `make bench BENCH="crowd pages"`; `--no-write` leaves bench/figures.json, performance.md and scale.md
alone. Exit status 1 when a goal is missed.
"""

import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from bench import by_way, fanout, pages, report, scale, size, streams, writers
from bench.compiled import NotMeasured
from bench.report import Measured, Outcome, Row, Say, measured, show
from rich.console import Console

MINUTES = 15
FILES_LEAST = 4_096  # what the smallest part needs open at once

# In the order of the page: name → title, what measures it.
PARTS: dict[str, tuple[str, Callable[[Path, Say], Outcome]]] = {
    "crowd": ("A crowd on one process", streams.measure),
    "way": ("From the API to the last reader", by_way.measure),
    "pages": ("Pages and polls", pages.measured),
    "size": ("A long live blog beside a short one", size.measure),
    "writers": ("Many writers at once", writers.measured),
    "streams": ("A thousand streams, everything in one process", fanout.measured),
}


def main() -> int:
    """See the head of this file."""
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")] or list(PARTS)
    unknown = [word for word in wanted if word not in PARTS]
    if unknown:
        sys.stderr.write(f"Expected parts out of {', '.join(PARTS)}; came {', '.join(unknown)}.\n")
        return 2
    _bound()
    parts = {name: _measured(name, wanted) for name in PARTS if name in wanted}
    show(parts.values())
    if "--no-write" not in sys.argv:
        there = report.load()
        kept = {name: (there | parts)[name] for name in PARTS if name in there | parts}
        report.save(kept)
        report.write(kept)
        scale.write(kept)
    return 1 if any(row.met is False for part in parts.values() for row in part.outcome.rows) else 0


def _measured(name: str, wanted: list[str]) -> Measured:
    """One part in a folder of its own. What is not on this machine is said in its place."""
    title, measure = PARTS[name]
    began = time.monotonic()
    console = Console(stderr=True)
    place = f"{[part for part in PARTS if part in wanted].index(name) + 1} of {len(wanted)}"

    def say(what: str) -> None:
        console.print(f"[{place}, {time.monotonic() - began:3.0f} s] {what}", markup=False, highlight=False)

    say(title)
    with tempfile.TemporaryDirectory(prefix=f"stoppress-bench-{name}-", ignore_cleanup_errors=True) as folder:
        try:
            outcome = measure(Path(folder), say)
        except NotMeasured as why:
            outcome = Outcome([report.not_measured(title, "", str(why))])
        except Exception as fault:  # noqa: BLE001 (whatever it is: what the other parts measured is not lost with it)
            console.print_exception()
            outcome = Outcome([Row(title, f"failed: {_last_words(fault)}", met=False)])
    return measured(title, outcome)


def _last_words(fault: Exception) -> str:
    return (str(fault).strip() or repr(fault)).splitlines()[-1].strip()


def _bound() -> None:
    """As many open files as we may have; told to stop, or too late, we end what we started and go."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY and most < FILES_LEAST:
        sys.exit(f"Expected {FILES_LEAST} open files or more to be allowed; came {most}. Raise `ulimit -Hn`.")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, _stop)
    signal.alarm(MINUTES * 60)


def _stop(number: int, _: FrameType | None) -> None:
    why = f"The bench took longer than {MINUTES} minutes" if number == signal.SIGALRM else "Told to stop"
    sys.exit(f"{why}; nothing was written.")


if __name__ == "__main__":
    sys.exit(main())
