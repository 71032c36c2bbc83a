"""Requests a second for the page of a long live blog and for an idle poll, beside nginx and a bare ASGI function.

Called by `bench/run.py`. nginx serves the same bytes as a static file, one worker; the bare function answers from
memory under Stoppress's own server. Turns alternate, so that a busy neighbour weighs on all; medians are compared.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from bench import nginx
from bench.compiled import NotMeasured
from bench.hammer import CONNECTIONS, Target, Turns, take_turns
from bench.processes import peer
from bench.report import Goal, Outcome, Row, Say, not_measured, ratio_row
from tests.e2e.server import Newsroom, Server

from stoppress import demo

POSTS = 300
TURNS = 5
KB = 1024
PAGE_BYTES = 60 * KB
SCRIPT_BYTES = 15 * KB
# Words a post: the lengths of real posts at p10, p25, p50, p75, p90.
WORD_COUNTS = (29, 55, 97, 170, 300)
STORIES = Path(demo.__file__).parent / "stories"  # real prose: it compresses as real posts do
NGINX = "nginx, same bytes"
_BROTLI = {"Accept-Encoding": "br"}
_HEADERS = ("Accept-Encoding: br",)
_UNLIKE = ("X-Number: ########",)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes on the wire, brotli."""

    page: int
    script: int
    style: int


@dataclass(frozen=True, slots=True)
class Peers:
    """The same bytes from others. `nginx` is None where there is none: `why`."""

    bare: Target
    page: Target | None
    poll: Target | None
    why: str = ""


def measured(folder: Path, say: Say) -> Outcome:
    """The page of POSTS posts and the poll of an up-to-date reader, beside the same bytes from others."""
    with Server(folder / "data") as server:
        newsroom = Newsroom.at(server, server.add_staff())
        say(f"writing {POSTS} posts")
        slug = long_liveblog(newsroom, "bench-page", POSTS)
        page, poll = f"/live/{slug}", f"/live/{slug}/changes?after={_number(server, slug)}"
        sizes = _sizes(server, page)
        ours = (
            Target("Stoppress", server.port, page, server.pid),
            Target("Stoppress", server.port, poll, server.pid),
            Target("Stoppress", server.port, page, server.pid, _UNLIKE),
            Target("Stoppress", server.port, poll, server.pid, _UNLIKE),
        )
        with _peers(server, folder, page, poll) as peers:
            say(f"page and poll, {TURNS} turns")
            targets = [*ours, peers.bare, *(one for one in (peers.page, peers.poll) if one)]
            turns = take_turns(targets, TURNS, _HEADERS)
    return _outcome(turns, peers.why, sizes)


def long_liveblog(newsroom: Newsroom, slug: str, posts: int) -> str:
    """A live blog of so many posts as long as posts are; returns its slug."""
    newsroom.open(slug, standfirst="Posts as long as posts are.")
    words = " ".join(path.read_text() for path in sorted(STORIES.glob("*.story"))).split()
    start = 0
    for number in range(posts):
        count = WORD_COUNTS[number % len(WORD_COUNTS)]
        told = [words[place % len(words)] for place in range(start, start + count)]
        start += count
        newsroom.publish(slug, " ".join(told), headline=f"Post number {number}", key_event=number % 4 == 0)
    return slug


def _number(server: Server, slug: str) -> str:
    return httpx.get(f"{server.url}/live/{slug}").headers["stoppress-seq"]


@contextmanager
def _peers(server: Server, folder: Path, page: str, poll: str) -> Iterator[Peers]:
    answer = httpx.get(server.url + page, headers=_BROTLI)
    kept = [(name, value) for name, value in answer.headers.items() if name not in {"date", "server"}]
    file = folder / "answer"
    page_bytes, poll_bytes = _compressed(server.url + page), _compressed(server.url + poll)
    file.write_bytes(json.dumps(kept).encode() + b"\n" + page_bytes)
    with peer("bare", str(file)) as (port, pid):
        bare = Target("bare ASGI function", port, "/", pid)
        try:
            with nginx.static(folder / "nginx", {"page": page_bytes, "poll": poll_bytes}) as (
                its_port,
                its_pid,
            ):
                page_file = Target("nginx static", its_port, "/page", its_pid)
                yield Peers(bare, page_file, Target("nginx static", its_port, "/poll", its_pid))
        except NotMeasured as why:
            yield Peers(bare, None, None, str(why))


def _outcome(turns: list[Turns], why: str, sizes: Sizes) -> Outcome:
    page, poll, page_unlike, poll_unlike, bare, *static = turns
    what = f"first page of a {POSTS}-post live blog, requests a second"
    half = Goal(least=0.5)
    rows: list[Row] = []
    for one, unlike, name, place in (
        (page, page_unlike, what, 0),
        (poll, poll_unlike, "idle poll of changes, requests a second", 1),
    ):
        if static:
            beside = static[place]
            rows += [
                ratio_row(name, "", (one.rate, beside.rate), NGINX, half),
                ratio_row("the same, server CPU a request", "µs", (one.cost, beside.cost), NGINX, Goal()),
                ratio_row("the same, no two requests alike", "", (unlike.rate, beside.rate), NGINX, Goal()),
            ]
        else:
            rows.append(not_measured(name, f"{one.rate:,.0f}", why, str(half)))
    rows += [
        ratio_row(what, "", (page.rate, bare.rate), bare.target.name, Goal(least=0.8)),
        ratio_row("the same, server CPU a request", "µs", (page.cost, bare.cost), bare.target.name, Goal()),
        _size("first page, brotli", sizes.page, PAGE_BYTES),
        _size("reader script, brotli", sizes.script, SCRIPT_BYTES),
        _size("reader style sheet, brotli", sizes.style, None),
    ]
    figures = {
        "page_per_second": page.rate,
        "page_cpu_us": page.cost,
        "page_bytes": float(sizes.page),
        "poll_per_second": poll.rate,
        "poll_cpu_us": poll.cost,
        "poll_bytes": float(poll.answer_bytes),
    }
    note = (
        f"{CONNECTIONS} connections, the next request on each when the answer before is whole (bench/hammer.c); "
        "brotli; one process each, nginx with one worker and sendfile. All ask with the same bytes, as browsers of one "
        "kind do; where no two requests are alike, each has a header with its number."
    )
    return Outcome(rows, [note], figures)


def _sizes(server: Server, page: str) -> Sizes:
    html = httpx.get(server.url + page).text
    raw = len(_compressed(server.url + page))
    return Sizes(raw, _asset(server, html, ".js"), _asset(server, html, ".css"))


def _asset(server: Server, html: str, suffix: str) -> int:
    path = next(part for part in html.split('"') if part.startswith("/static/") and part.endswith(suffix))
    return len(_compressed(server.url + path))


def _compressed(url: str) -> bytes:
    """The body as it travels."""
    with httpx.stream("GET", url, headers=_BROTLI) as answer:
        return b"".join(answer.iter_raw())


def _size(what: str, size: int, goal: int | None) -> Row:
    if goal is None:
        return Row(what, f"{size / KB:.1f} KB")
    return Row(what, f"{size / KB:.1f} KB", goal=f"≤ {goal // KB} KB", met=size <= goal)
