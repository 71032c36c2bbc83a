"""What a live blog of some 5,000 posts costs beside one of 50: publishing, the page after it, the changes after it.

Called by `bench/run.py`. Both are imported from one template, so that their posts are alike, and hold as many posts on
their first page. They take turns post by post; medians of the times are compared.
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
from bench.report import Goal, Outcome, Row, Say, ratio_row
from tests.e2e.server import Newsroom, Server

# The first page holds 20 to 39 posts, by the number of all: with these two it holds 30. An import takes 5,000.
SHORT, LONG = 50, 4_990
TEMPLATE = 50
TURNS = 40
WARM = 3
BEHIND = 5  # a reader who asks for changes has missed so many numbers
WORDS = "The tide gauge at the harbour entrance reads 3.1 metres, ten centimetres more than at noon. " * 4
_STEP = timedelta(seconds=30)  # between two posts
_PATIENCE_SECONDS = 60

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Times:
    """Seconds, of one live blog."""

    slug: str
    publish: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)


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
                for times in both:
                    _turn(times, api, reader, counts=number >= 0)
    return _outcome(*both)


def _imported(server: Server, folder: Path, template: dict[str, object], count: int) -> Times:
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
    return Times(slug)


def _like(post: dict[str, object], at: datetime) -> dict[str, object]:
    """The post at another time, under an id of its own."""
    told = at.isoformat().replace("+00:00", "Z")
    revisions = post["revisions"]
    assert isinstance(revisions, list)  # noqa: S101 (same)
    last = [revisions[-1] | {"number": 1, "at": told}]
    return post | {"id": "", "first_published_at": told, "last_changed_at": told, "revisions": last}


def _turn(times: Times, api: Newsroom, reader: httpx.Client, *, counts: bool) -> None:
    """Publish one post; read the page and the changes, which are made anew for the first who asks."""
    path = f"/live/{times.slug}"
    publish, answer = _timed(lambda: api.ask("POST", f"/liveblogs/{times.slug}/posts", markdown=WORDS))
    seq = int(str(answer["seq"]))
    page, _ = _timed(lambda: reader.get(path).raise_for_status())
    changes, _ = _timed(lambda: reader.get(f"{path}/changes?after={seq - BEHIND}").raise_for_status())
    if counts:
        times.publish.append(publish)
        times.page.append(page)
        times.changes.append(changes)


def _timed(action: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.perf_counter()
    answer = action()
    return time.perf_counter() - began, answer


def _outcome(short: Times, long: Times) -> Outcome:
    goal = Goal(most=1.2)
    rows: list[Row] = []
    for name in ("page", "changes", "publish"):
        values = (median(getattr(long, name)) * 1e3, median(getattr(short, name)) * 1e3)
        what = f"{LONG:,} posts beside {SHORT}: {_WHAT[name]}"
        rows.append(ratio_row(what, "ms", values, f"{SHORT} posts", goal))
    note = (
        f"SQLite, one process. {TURNS} posts in each, in turn; after each the page and the changes of a reader "
        f"{BEHIND} numbers behind, both made anew for that request. Medians of what the client waits."
    )
    return Outcome(rows, [note], {"publish_ms": median(long.publish) * 1e3})


_WHAT = {
    "page": "the page, first request after a post",
    "changes": "changes, first request after a post",
    "publish": "publishing through the API",
}
