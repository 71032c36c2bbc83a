"""Writes the sums in docs/explanation/scale.md from bench/figures.json. Called by `bench/run.py`.

The prices and the event are assumptions and stand here, at the top, with their date; `python -m bench.scale` writes
the page anew after one was changed.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import report
from bench.report import Measured
from bench.sums import Polling, Storm, Streaming, edges_for

PAGE = report.ROOT / "docs/explanation/scale.md"
BEGIN, END = "<!-- sums: begin -->", "<!-- sums: end -->"

# --- assumptions: change them and run `python -m bench.scale` -------------------------------------------------------

PRICES_OF = "November 2026"
PRICES_KIND = "public list prices of large clouds on demand, rounded by hand; no quotation, no discount"
MACHINE = "4 cores, 16 GB"
MACHINE_HOUR = 0.16  # dollars
EDGES_PER_MACHINE = 3  # one core is left to the system and its network
GIGABYTE_OUT = 0.05  # dollars, of a machine's own traffic
CDN_GIGABYTE = 0.02  # dollars, at a large event's volume
CDN_MILLION_REQUESTS = 0.60  # dollars

HOURS = 2.0
POSTS_PER_HOUR = 60  # a busy match; each is one event to each reader
STREAMS_PER_EDGE = 20_000  # two thirds of limits.STREAMS_PER_PROCESS: room for the readers of one that dies
POLL_SECONDS = 10.0  # as web/reader asks
CDN_SECONDS = 1.0  # how long `changes` is kept (limits.PAGE_SHARED_SECONDS)
CDN_NODES = 50  # places that ask us, without a shield between
RETURN_SECONDS = 5.0  # browsers come back within it (limits.RETRY_MS_MAX)
OPEN_SECONDS = 200e-6  # of CPU, to open one stream: connection, request, page's number
CROWDS = (100_000, 1_000_000, 10_000_000)

_NEEDED = (
    "cpu_us_per_delivery",
    "memory_kb_per_reader",
    "way_last_p99_ms",
    "way_event_bytes",
    "poll_bytes",
    "page_bytes",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, in seconds and bytes."""

    delivery: float
    reader_bytes: float
    before: float
    event_bytes: float
    poll_bytes: float
    page_bytes: float


def figures_of(parts: Mapping[str, Measured]) -> Figures | None:
    """From all parts; None while one that is needed was not measured."""
    found = {name: value for part in parts.values() for name, value in part.outcome.figures.items()}
    if any(name not in found for name in _NEEDED):
        return None
    delivery = found["cpu_us_per_delivery"] / 1e6
    # What the whole way takes beyond the fan-out itself: request, transaction, wake-up.
    before = max(0.0, found["way_last_p99_ms"] / 1e3 - found["readers"] * delivery)
    return Figures(
        delivery,
        found["memory_kb_per_reader"] * 1000,
        before,
        found["way_event_bytes"],
        found["poll_bytes"],
        found["page_bytes"],
    )


def write(parts: Mapping[str, Measured], page: Path = PAGE) -> bool:
    """Put the sums between the page's marks; whether all that they need was measured."""
    figures = figures_of(parts)
    if figures is None:
        return False
    days = " and ".join(sorted({part.day for part in parts.values() if part.outcome.figures}))
    text = block(figures, days)
    page.write_text(report.put_between(page.read_text(), BEGIN, END, text))
    return True


def block(figures: Figures, days: str) -> str:
    """The generated part of the page."""
    return "\n\n".join((_inputs(figures, days), _streams(figures), _deaths(), _polls(figures), _mix(figures)))


def _inputs(figures: Figures, days: str) -> str:
    rows = [
        ("measured", f"CPU per delivery {figures.delivery * 1e6:.1f} µs", days),
        ("measured", f"memory per idle reader {figures.reader_bytes / 1000:.1f} KB", days),
        (
            "measured",
            f"request, transaction and wake-up before the fan-out {figures.before * 1e3:.0f} ms (p99)",
            days,
        ),
        (
            "measured",
            _wire(figures),
            days,
        ),
        ("assumed", f"an event of {HOURS:g} hours, {POSTS_PER_HOUR} posts an hour", "ours"),
        (
            "assumed",
            f"{STREAMS_PER_EDGE:,} streams a process, {EDGES_PER_MACHINE} processes a machine",
            "ours",
        ),
        ("assumed", f"a machine of {MACHINE}: ${MACHINE_HOUR:.2f} an hour", PRICES_OF),
        ("assumed", f"a gigabyte out of a machine: ${GIGABYTE_OUT:.2f}", PRICES_OF),
        (
            "assumed",
            f"a CDN: ${CDN_GIGABYTE:.2f} a gigabyte, ${CDN_MILLION_REQUESTS:.2f} a million requests",
            PRICES_OF,
        ),
    ]
    lines = ["### What goes in", "| | | from |", "|---|---|---|"]
    lines += [f"| {kind} | {what} | {source} |" for kind, what, source in rows]
    return "\n".join([*lines, "", f"Prices: {PRICES_KIND}. They are inputs at the top of `bench/scale.py`."])


def _wire(figures: Figures) -> str:
    return (
        f"a post on the wire {figures.event_bytes:,.0f} bytes, an idle poll {figures.poll_bytes:,.0f}, "
        f"the page {figures.page_bytes:,.0f} (brotli)"
    )


def _streams(figures: Figures) -> str:
    lines = [
        "### By stream",
        "| readers | processes | machines | last reader after | core load at 1 post/s | traffic at its peak | cost |",
        "|---|---|---|---|---|---|---|",
    ]
    for readers in CROWDS:
        edges = edges_for(readers, STREAMS_PER_EDGE)
        plan = Streaming(readers, edges, figures.delivery, figures.before)
        machines = edges_for(edges, EDGES_PER_MACHINE)
        burst = figures.event_bytes * 8 / figures.delivery * EDGES_PER_MACHINE / 1e9
        lines.append(
            f"| {readers:,} | {edges:,} | {machines:,} | {plan.last_seconds * 1e3:.0f} ms | {plan.load(1.0):.0%} "
            f"| {burst:.1f} Gbit/s a machine | ${stream_cost(figures, readers):,.0f} |"
        )
    gigabytes = CROWDS[-2] * figures.event_bytes * POSTS_PER_HOUR * HOURS / 1e9
    told = (
        f"Of that, traffic: a post of {figures.event_bytes:,.0f} bytes to a million readers "
        f"{POSTS_PER_HOUR * HOURS:.0f} times is {gigabytes:,.0f} GB. Memory is no bound: "
        f"{STREAMS_PER_EDGE:,} readers take {STREAMS_PER_EDGE * figures.reader_bytes / 1e6:,.0f} MB of a process, "
        "and about as much again of the kernel. The peak is what an edge could send if the network took it; a slower "
        "one spreads the same bytes over more time."
    )
    return "\n".join([*lines, "", told])


def stream_cost(figures: Figures, readers: int) -> float:
    """Dollars for the event, by stream."""
    machines = edges_for(edges_for(readers, STREAMS_PER_EDGE), EDGES_PER_MACHINE)
    gigabytes = readers * (figures.event_bytes * POSTS_PER_HOUR * HOURS) / 1e9
    return machines * MACHINE_HOUR * HOURS + gigabytes * GIGABYTE_OUT


def _deaths() -> str:
    lines = [
        "### When a process dies",
        "| readers | come back | streams opened a second, by each of the others | back after | left polling |",
        "|---|---|---|---|---|",
    ]
    for readers in CROWDS:
        edges = edges_for(readers, STREAMS_PER_EDGE)
        plan = Storm(readers, edges, STREAMS_PER_EDGE * 3 // 2, RETURN_SECONDS, OPEN_SECONDS)
        lines.append(
            f"| {readers:,} | {plan.lost:,.0f} | {plan.opens_per_second:,.0f} | {plan.back_seconds:.0f} s "
            f"| {plan.polling:,.0f} |"
        )
    return "\n".join(lines)


def _polls(figures: Figures) -> str:
    lines = [
        "### By poll through a CDN",
        "| readers | requests/s at the CDN | requests/s at Stoppress, at most | a reader hears after | cost |",
        "|---|---|---|---|---|",
    ]
    for readers in CROWDS:
        plan = Polling(readers, POLL_SECONDS, CDN_SECONDS, CDN_NODES)
        origin = plan.origin_per_second(POSTS_PER_HOUR / 3600)
        lines.append(
            f"| {readers:,} | {plan.per_second:,.0f} | {origin:,.0f} | {plan.mean_seconds:.1f} s, at most "
            f"{plan.last_seconds:.0f} s | ${poll_cost(figures, readers):,.0f} |"
        )
    return "\n".join(lines)


def poll_cost(figures: Figures, readers: int) -> float:
    """Dollars for the event, by poll; Stoppress itself stays one machine."""
    requests = readers / POLL_SECONDS * 3600 * HOURS
    told = figures.event_bytes * POSTS_PER_HOUR * HOURS
    gigabytes = (requests * figures.poll_bytes + readers * told) / 1e9
    return requests / 1e6 * CDN_MILLION_REQUESTS + gigabytes * CDN_GIGABYTE + MACHINE_HOUR * HOURS


def _mix(figures: Figures) -> str:
    by_stream, by_poll = (cost(figures, CROWDS[-2]) for cost in (stream_cost, poll_cost))
    cheaper, factor = (
        ("stream", by_poll / by_stream) if by_stream < by_poll else ("poll", by_stream / by_poll)
    )
    return (
        f"With these prices a million readers cost ${by_stream:,.0f} by stream and ${by_poll:,.0f} by poll: by "
        f"{cheaper} is {factor:.1f} times cheaper. Polls are paid by the hour, streams by the post: "
        "the fewer posts, the better for streams."
    )


def main() -> int:
    """See the head of this file."""
    if write(report.load()):
        return 0
    sys.stderr.write(f"Expected figures for {', '.join(_NEEDED)} in bench/figures.json; run: make bench\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
