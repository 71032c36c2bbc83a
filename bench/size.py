"""What a live blog of some 5,000 posts costs beside one of 50: publishing, the page after it, the changes after it.

Called by `bench/run.py`. Both are imported from one template, so that their posts are alike, and hold as many posts on
their first page. They take turns post by post; medians are compared: of the time a client waits, and of the server's
CPU.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

import httpx
from bench.newsrooms import newsroom
from bench.pages import long_liveblog
from bench.processes import run_seconds
from bench.report import Goal, Outcome, Row, Say, ratio_row
from tests.e2e.server import Newsroom, Server

# The first page holds 20 to 39 posts, by the number of all: with these two it holds 30. An import takes 5,000.
SHORT, LONG = 50, 4_990
TEMPLATE = 50
TURNS = 60
WARM = 3
BEHIND = 5  # a reader who asks for changes has missed so many numbers
WORDS = "The tide gauge at the harbour entrance reads 3.1 metres, ten centimetres more than at noon. " * 4
_STEP = timedelta(seconds=30)  # between two posts
_PATIENCE_SECONDS = 60

_WHAT = {
    "page": "the page, first request after a post",
    "changes": "changes, first request after a post",
    "publish": "publishing through the API",
}

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Costs:
    """Of one live blog: what was done → seconds waited, and seconds of the server's CPU."""

    slug: str
    waited: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in _WHAT})
    cpu: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in _WHAT})


def measure(folder: Path, say: Say) -> Outcome:
    """See the head of this file."""
    with newsroom(folder, "SQLite") as (server, api, _):
        say(f"writing {TEMPLATE} posts, importing {SHORT + LONG:,}")
        long_liveblog(api, "template", TEMPLATE)
        template = json.loads(server.run("export", "template"))
        both = [_imported(server, folder, template, posts) for posts in (SHORT, LONG)]
        say(f"{TURNS} posts in each, in turn")
        with httpx.Client(base_url=server.url, timeout=_PATIENCE_SECONDS) as reader:
            for number in range(-WARM, TURNS):
                for costs in both:
                    _turn(costs, api, reader, server.pid, counts=number >= 0)
    return _outcome(*both)


def _imported(server: Server, folder: Path, template: dict[str, object], count: int) -> Costs:
    posts = template["posts"]
    assert isinstance(posts, list)  # noqa: S101 (the archive format has it so)
    newest = datetime.fromisoformat(posts[-1]["first_published_at"])
    slug = f"bench-{count}"
    made = [_like(posts[number % len(posts)], newest - _STEP * (count - number)) for number in range(count)]
    file = folder / f"{slug}.json"
    file.write_text(
        json.dumps(template | {"posts": made, "slug": slug, "opened_at": made[0]["first_published_at"]})
    )
    server.run("import", str(file), "--slug", slug, "--status", "live", "--format", "archive")
    return Costs(slug)


def _like(post: dict[str, object], at: datetime) -> dict[str, object]:
    """The post at another time, under an id of its own."""
    told = at.isoformat().replace("+00:00", "Z")
    revisions = post["revisions"]
    assert isinstance(revisions, list)  # noqa: S101 (same)
    last = [revisions[-1] | {"number": 1, "at": told}]
    return post | {"id": "", "first_published_at": told, "last_changed_at": told, "revisions": last}


def _turn(costs: Costs, api: Newsroom, reader: httpx.Client, pid: int, *, counts: bool) -> None:
    """Publish one post; read the page and the changes, which are made anew for the first who asks."""
    path = f"/live/{costs.slug}"

    def cost(name: str, action: Callable[[], Answer]) -> Answer:
        cpu, began = run_seconds((pid,)), time.perf_counter()
        answer = action()
        if counts:
            costs.waited[name].append(time.perf_counter() - began)
            costs.cpu[name].append(run_seconds((pid,)) - cpu)
        return answer

    answer = cost("publish", lambda: api.ask("POST", f"/liveblogs/{costs.slug}/posts", markdown=WORDS))
    after = int(str(answer["seq"])) - BEHIND
    cost("page", lambda: reader.get(path).raise_for_status())
    cost("changes", lambda: reader.get(f"{path}/changes?after={after}").raise_for_status())


def _outcome(short: Costs, long: Costs) -> Outcome:
    goal = Goal(most=1.2)
    rows: list[Row] = []
    for name, words in _WHAT.items():
        waited = (median(long.waited[name]) * 1e3, median(short.waited[name]) * 1e3)
        cpu = (median(long.cpu[name]) * 1e3, median(short.cpu[name]) * 1e3)
        rows += [
            ratio_row(f"{LONG:,} posts beside {SHORT}: {words}", "ms", waited, f"{SHORT} posts", goal),
            ratio_row("the same, server CPU", "ms", cpu, f"{SHORT} posts", Goal()),
        ]
    note = (
        f"SQLite, one process. {TURNS} posts in each, in turn; after each the page and the changes of a reader "
        f"{BEHIND} numbers behind, both made anew for that request. Medians."
    )
    return Outcome(rows, [note], {"publish_ms": median(long.waited["publish"]) * 1e3})
