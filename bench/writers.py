"""Four writers at once in one live blog of 500 posts: by the desk's form, and beside it by the API.

Called by `bench/run.py`. Each writer is a person of their own, signed in or with a token, who sends the next post as
soon as the last is answered. The two ways take turns, so that a busy neighbour weighs on both. What counts as kept
is asked of the API afterwards, by the words in each post.
"""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles
from typing import TypeAlias
from uuid import uuid4

import httpx
from tests.e2e.server import PASSWORD, Newsroom, Server

POSTS = 500
WRITERS = 4
POSTS_EACH = 10
TURNS = 2  # of each way; a turn is WRITERS times half of POSTS_EACH
WARM_POSTS = 2  # of each writer and way, before anything counts
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


def _by_desk(server: Server, slug: str, email: str) -> Send:
    client = httpx.Client(base_url=server.url, timeout=SECONDS, follow_redirects=True)
    fields = {
        "csrfmiddlewaretoken": _csrf(client.get("/desk/account/login/")),
        "login": email,
        "password": PASSWORD,
    }
    client.post("/desk/account/login/", data=fields).raise_for_status()
    token = _csrf(client.get(f"/desk/live/{slug}/").raise_for_status())
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
