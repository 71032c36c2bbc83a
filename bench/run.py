"""`make bench`: measures, prints one table with ratios taken in one run, writes the documentation's figures.

Starts its own server and peers on free loopback ports, stops by itself in under four minutes. `--no-write`
leaves docs/explanation/performance.md alone. Exit status 1 when a goal is missed.
"""

import resource
import sys
import tempfile
from pathlib import Path

from bench import fanout, pages, writers
from bench.report import Row, show, write
from tests.e2e.server import Newsroom, Server

KB = 1024
DELIVERY_RATIO = 4.0  # times less server CPU per delivery than the peer
PAGE_RATIO = 0.8  # of the bare function's requests a second
PAGE_BYTES = 60 * KB
SCRIPT_BYTES = 15 * KB
DESCRIPTORS = 8 * 1024  # two ends of a thousand streams, and room


def main() -> int:
    """See the head of this file."""
    _allow_descriptors()
    with tempfile.TemporaryDirectory(prefix="stoppress-bench-") as name:
        folder = Path(name)
        with Server(folder / "data") as server:
            newsroom = Newsroom.at(server, server.add_staff())
            rows, notes = _streams(server, newsroom)
            page_rows = _pages(server, newsroom, folder)
            writer_rows = _writers(server, newsroom)
    rows += page_rows + writer_rows
    show(rows, notes)
    if "--no-write" not in sys.argv:
        write(rows, notes)
    return 1 if any(row.met is False for row in rows) else 0


def _allow_descriptors() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(DESCRIPTORS, most), most))


def _streams(server: Server, newsroom: Newsroom) -> tuple[list[Row], list[str]]:
    ours, theirs = fanout.measure(server, newsroom)
    ratio, whole = theirs.cpu_us / ours.cpu_us, theirs.whole_us / ours.whole_us
    spoiled = ours.lost + ours.duplicated + ours.disordered
    rows = [
        Row(
            f"server CPU per delivery, {fanout.STREAMS:,} streams, taking each post in",
            f"{ours.whole_us:.1f} µs",
            f"{theirs.name}: {theirs.whole_us:.1f} µs ({whole:.1f}×)",
            f"≥ {DELIVERY_RATIO:.0f}× less",
            whole >= DELIVERY_RATIO,
        ),
        Row(
            "the same of the thread that serves readers",
            f"{ours.cpu_us:.1f} µs",
            f"{theirs.name}: {theirs.cpu_us:.1f} µs ({ratio:.1f}×)",
        ),
        *(
            Row(
                f"publish → last reader, p{percent}",
                f"{ours.ms(percent):.0f} ms",
                f"{theirs.name}: {theirs.ms(percent):.0f} ms",
            )
            for percent in (50, 99)
        ),
        Row("lost · duplicated · out of order", _spoiled(ours), _spoiled(theirs), "0 · 0 · 0", spoiled == 0),
    ]
    return rows, _stream_notes(ours, theirs)


def _spoiled(tally: fanout.Tally) -> str:
    return f"{tally.lost} · {tally.duplicated} · {tally.disordered}"


def _stream_notes(ours: fanout.Tally, theirs: fanout.Tally) -> list[str]:
    return [
        (
            f"Streams: {ours.expected:,} deliveries each, {fanout.POSTS} posts a turn, one every "
            f"{fanout.PACE_SECONDS:.0f} s, in {fanout.ROUNDS} turns, through the API of the same process, on SQLite "
            "with synchronous=FULL."
        ),
        (
            "The whole server also takes each post in: checking, rendering, the transaction, "
            f"{ours.post_ms:.1f} ms a post, paid once however many read. The peer has one thread, and checks, "
            "renders and stores nothing."
        ),
        (
            f"The load client runs on the same cores and spends {ours.client_us:.0f} µs a frame "
            f"({theirs.client_us:.0f} µs with the peer); it is in no figure above but delays both servers."
        ),
    ]


def _pages(server: Server, newsroom: Newsroom, folder: Path) -> list[Row]:
    ours, bare, sizes = pages.measure(server, newsroom, folder)
    ratio = ours.rate / bare.rate
    return [
        Row(
            f"first page of a {pages.POSTS}-post live blog, requests a second",
            f"{ours.rate:,.0f}",
            f"{bare.name}: {bare.rate:,.0f} ({ratio:.2f}×)",
            f"≥ {PAGE_RATIO}×",
            ratio >= PAGE_RATIO,
        ),
        Row("the same, server CPU a request", f"{ours.cost:.0f} µs", f"{bare.name}: {bare.cost:.0f} µs"),
        _size("first page, brotli", sizes.page, PAGE_BYTES),
        _size("reader script, brotli", sizes.script, SCRIPT_BYTES),
        _size("reader style sheet, brotli", sizes.style, None),
    ]


def _writers(server: Server, newsroom: Newsroom) -> list[Row]:
    desk, api = writers.measure(server, newsroom)
    what = f"{writers.WRITERS} writers at once in a live blog of {writers.POSTS} posts, by the desk’s form"
    return [
        *(
            Row(f"{what}, p{percent}", f"{desk.ms(percent):.0f} ms", f"API: {api.ms(percent):.0f} ms")
            for percent in (50, 99)
        ),
        Row(
            "the same, posts kept, each once",
            f"{desk.kept} of {desk.sent}",
            f"API: {api.kept} of {api.sent}",
            f"{desk.sent} of {desk.sent}",
            (desk.kept, api.kept) == (desk.sent, api.sent),
        ),
    ]


def _size(what: str, size: int, goal: int | None) -> Row:
    if goal is None:
        return Row(what, f"{size / KB:.1f} KB")
    return Row(what, f"{size / KB:.1f} KB", goal=f"≤ {goal // KB} KB", met=size <= goal)


if __name__ == "__main__":
    sys.exit(main())
