"""Many writers at once in one live blog: by the API on both databases; and 4 by the desk's form beside the API.

Called by `bench/run.py`. Each writer at the desk is a person of their own, signed in or with a token, who sends the
next post as soon as the last is answered. The two ways take turns, so that a busy neighbour weighs on both. What counts
as kept is asked of the API afterwards, by the words in each post.
"""

import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import TypeAlias
from uuid import uuid4

import httpx
from bench import newsrooms
from bench.report import Outcome, Row, Say
from tests.e2e.server import PASSWORD, Newsroom, Server

POSTS = 500
WRITERS = 4
POSTS_EACH = 10
TURNS = 2  # of each way; a turn is WRITERS times half of POSTS_EACH
WARM_POSTS = 2  # of each writer and way, before anything counts
CROWDS = (4, 16, 64)  # writers at once, by the API
CROWD_POSTS_EACH = 6
WORDS = "The tide gauge at the harbour entrance reads 3.1 metres, ten centimetres more than at noon. " * 3
SECONDS = 60
CREATED = 201

Send: TypeAlias = Callable[[str], httpx.Response]  # the words of a post → the answer


@dataclass(slots=True)
class Way:
    """One way of publishing: how long each took, and how many of them are there afterwards."""

    name: str
    taken: list[float] = field(default_factory=list)
    sent: int = 0
    kept: int = 0

    def ms(self, percent: int) -> float:
        """A percentile of the time from sending to the answer, in milliseconds."""
        return quantiles(self.taken, n=100)[percent - 1] * 1e3


@dataclass(slots=True)
class Told:
    """What many writers sent to one live blog, and what is there afterwards."""

    seconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)  # the words of each
    refused: int = 0
    kept: int = 0
    gaps: int = 0


def measured(folder: Path, say: Say) -> Outcome:
    """All of it."""
    rows: list[Row] = []
    for database in newsrooms.DATABASES:
        with newsrooms.newsroom(folder / database, database) as (server, api, token):
            for writers in CROWDS:
                say(f"{writers} writers by the API on {database}")
                rows += _row(writers, database, _crowd(server, api, token, writers))
            if database == newsrooms.DATABASES[0]:
                say(f"{WRITERS} writers by the desk's form and by the API, {POSTS} posts there before")
                desk, by_api = measure(server, api)
    return Outcome(rows + _ways(desk, by_api), [_NOTE])


_NOTE = (
    f"Each of the writers sends {CROWD_POSTS_EACH} posts over a connection of its own, the next when the last is "
    "answered. Kept: acknowledged posts that the API lists afterwards, each once. Gaps: numbers that are missing in "
    "`stoppress tail`. Both databases wait for the disk."
)


def _row(writers: int, database: str, told: Told) -> list[Row]:
    sent = len(told.acknowledged)
    p99 = quantiles(told.seconds, n=100)[98] * 1e3
    return [
        Row(
            f"{writers} writers at once in one live blog, {database}: kept ÷ acknowledged; gaps",
            f"{told.kept} of {sent}; {told.gaps}",
            f"{told.refused} refused; answered p99 {p99:,.0f} ms",
            f"{told.kept / max(sent, 1):.3f}",
            "1.0; 0",
            (told.kept, told.gaps) == (sent, 0) and sent > 0,
        )
    ]


def _crowd(server: Server, api: Newsroom, token: str, writers: int) -> Told:
    slug = api.open(f"bench-{writers}-writers")
    told = Told()
    senders = [_by_api(server, slug, token) for _ in range(writers)]

    def write(place: int) -> list[tuple[str, float, int]]:
        made = []
        for number in range(CROWD_POSTS_EACH):
            mark = f"writer {place} post {number}."
            began = time.perf_counter()
            answer = senders[place](f"{mark} {WORDS}")
            made.append((mark, time.perf_counter() - began, answer.status_code))
        return made

    with ThreadPoolExecutor(writers) as pool:
        for mark, seconds, status in (one for made in pool.map(write, range(writers)) for one in made):
            told.seconds.append(seconds)
            if status == CREATED:
                told.acknowledged.append(mark)
            else:
                told.refused += 1
    there = _words_in(api, slug)
    told.kept = sum(there.count(mark) == 1 for mark in told.acknowledged)
    told.gaps = gaps(server.run("tail", slug, "--once"))
    return told


def gaps(log: str) -> int:
    """Numbers missing or doubled in the lines of `stoppress tail`."""
    seqs = [json.loads(line)["seq"] for line in log.splitlines()]
    return sum(later - earlier != 1 for earlier, later in zip([0, *seqs], seqs, strict=False))


def _ways(desk: "Way", by_api: "Way") -> list[Row]:
    what = f"{WRITERS} writers at once in a live blog of {POSTS} posts, by the desk’s form"
    return [
        *(
            Row(f"{what}, p{percent}", f"{desk.ms(percent):.0f} ms", f"API: {by_api.ms(percent):.0f} ms")
            for percent in (50, 99)
        ),
        Row(
            "the same, posts kept, each once",
            f"{desk.kept} of {desk.sent}",
            f"API: {by_api.kept} of {by_api.sent}",
            goal=f"{desk.sent} of {desk.sent}",
            met=(desk.kept, by_api.kept) == (desk.sent, by_api.sent),
        ),
    ]


def measure(server: Server, newsroom: Newsroom) -> tuple[Way, Way]:
    """The desk's form and the API, each by WRITERS people at once."""
    slug = newsroom.open("bench-writers")
    for number in range(POSTS):
        newsroom.publish(slug, f"{WORDS}({number})")
    people = [_person(server, slug, number) for number in range(WRITERS)]
    desk, api = Way("desk"), Way("api")
    ways = ((desk, [person[0] for person in people]), (api, [person[1] for person in people]))
    for _, senders in ways:
        _together(senders, WARM_POSTS)
    for _ in range(TURNS):
        for way, senders in ways:
            _turn(way, senders)
    there = _words_in(newsroom, slug)
    for way, _ in ways:
        way.kept = sum(there.count(f"{way.name} {number}.") == 1 for number in range(way.sent))
    return desk, api


def _turn(way: Way, senders: list[Send]) -> None:
    each = POSTS_EACH // TURNS
    numbers = iter(range(way.sent, way.sent + each * len(senders)))
    for taken in _together(senders, each, lambda: f"{way.name} {next(numbers)}. {WORDS}"):
        way.taken += taken
    way.sent += each * len(senders)


def _together(senders: list[Send], each: int, words: Callable[[], str] = lambda: WORDS) -> list[list[float]]:
    told = [[words() for _ in range(each)] for _ in senders]
    with ThreadPoolExecutor(len(senders)) as writers:
        return list(writers.map(_written, senders, told))


def _written(send: Send, texts: list[str]) -> list[float]:
    taken = []
    for words in texts:
        began = time.perf_counter()
        answer = send(words)
        taken.append(time.perf_counter() - began)
        if answer.status_code != CREATED:
            raise RuntimeError(f"Expected 201; came {answer.status_code}: {answer.text[:300]}")
    return taken


def _person(server: Server, slug: str, number: int) -> tuple[Send, Send]:
    """A new member of staff: publishing by the desk, signed in as a browser is; and by the API."""
    email = f"writer{number}@example.org"
    token = server.add_staff(role="editor", email=email, name=f"Writer {number}")
    return _by_desk(server, slug, email), _by_api(server, slug, token)


def signed_in(server: Server, slug: str, email: str) -> httpx.Client:
    """A new member of staff in a browser: signed in, and once on the live blog's page of the desk."""
    server.add_staff(role="editor", email=email, name=email.partition("@")[0].title())
    return _sign_in(server, slug, email)[0]


def _sign_in(server: Server, slug: str, email: str) -> tuple[httpx.Client, str]:
    """Their client, and the token that the desk's forms carry."""
    client = httpx.Client(base_url=server.url, timeout=SECONDS, follow_redirects=True)
    fields = {
        "csrfmiddlewaretoken": _csrf(client.get("/desk/account/login/")),
        "login": email,
        "password": PASSWORD,
    }
    client.post("/desk/account/login/", data=fields).raise_for_status()
    return client, _csrf(client.get(f"/desk/live/{slug}/").raise_for_status())


def _by_desk(server: Server, slug: str, email: str) -> Send:
    client, token = _sign_in(server, slug, email)
    headers = {"Accept": "application/json", "X-CSRFToken": token, "Referer": server.url}

    def send(words: str) -> httpx.Response:
        block = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
        post = {"key": uuid4().hex, "intent": "publish", "document": {"type": "doc", "content": [block]}}
        return client.post(f"/desk/live/{slug}/posts/", json=post, headers=headers)

    return send


def _csrf(page: httpx.Response) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', page.text)
    if found is None:
        raise RuntimeError(
            f"Expected a page of the desk with its token at {page.url}; came {page.text[:200]}"
        )
    return found[1]


def _by_api(server: Server, slug: str, token: str) -> Send:
    headers = {"Authorization": f"Bearer {token}"}
    client = httpx.Client(base_url=f"{server.url}/api/v1", headers=headers, timeout=SECONDS)

    def send(words: str) -> httpx.Response:
        key = {"Idempotency-Key": uuid4().hex}
        return client.post(f"/liveblogs/{slug}/posts", json={"markdown": words}, headers=key)

    return send


def _words_in(newsroom: Newsroom, slug: str) -> str:
    """Every post of the live blog as the API tells it."""
    told, cursor = [], ""
    while True:
        part = newsroom.ask("GET", f"/liveblogs/{slug}/posts?limit=100&cursor={cursor}")
        told.append(str(part["items"]))
        if not part["next_cursor"]:
            return "\n".join(told)
        cursor = str(part["next_cursor"])
