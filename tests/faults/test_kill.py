"""kill -9 of the whole server at random moments: everything acknowledged is there, once (F1, short form)."""

import random
import re
import threading
import time
from pathlib import Path

import httpx
import pytest
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.faults

KILLS, SEED = 6, 20260314
POST = re.compile(r'id="post-([0-9a-z]{20})".*?<div class="post-body"><p>(.*?)</p>', re.DOTALL)
OLDER = re.compile(r'from=([0-9a-z]{20})" rel="next"|data-from="([0-9a-z]{20})"')


def publish_until_told(server: Server, token: str, ledger: dict[str, str], stop: threading.Event) -> None:
    """Publish numbered posts; repeat each with its key until it is answered, as a good client does."""
    headers = {"Authorization": f"Bearer {token}"}
    number = 0
    while not stop.is_set():
        number += 1
        body = {"markdown": f"post number {number}"}
        while not stop.is_set():
            try:
                answer = httpx.post(
                    f"{server.url}/api/v1/liveblogs/surge/posts",
                    json=body,
                    headers=headers | {"Idempotency-Key": f"kill-{number}"},
                    timeout=5,
                )
            except httpx.TransportError:
                stop.wait(0.05)
                continue
            if answer.status_code == 201:
                ledger[answer.json()["id"]] = body["markdown"]
                break


@pytest.mark.timeout(240)
def test_kill_nine_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 (moments, not secrets)
    ledger: dict[str, str] = {}
    stop = threading.Event()
    with Server(tmp_path / "data") as server:
        token = server.add_staff()
        with Newsroom.at(server, token).client as client:
            Newsroom(client).open("surge")
        writer = threading.Thread(target=publish_until_told, args=(server, token, ledger, stop))
        writer.start()
        for _ in range(KILLS):
            before = len(ledger)
            until = time.monotonic() + 20
            while len(ledger) < before + chance.randint(2, 12) and time.monotonic() < until:
                time.sleep(0.01)  # a real process at work: there is nothing to wait on but its answers
            server.kill()
            server.start()
        stop.set()
        writer.join()
        found = shown_posts(server)
        seqs = [int(line.split('"seq": ')[1].split(",")[0]) for line in tail(server)]
    assert len(ledger) > 2 * KILLS
    texts = [text for text in found.values() if text.startswith("post number")]
    assert ledger.items() <= found.items(), "an acknowledged post is missing"
    assert len(texts) == len(set(texts)), "a post is there twice"
    assert seqs == list(range(1, len(seqs) + 1)), "the log has a gap"


def tail(server: Server) -> list[str]:
    return server.run("tail", "surge", "--once").splitlines()


def shown_posts(server: Server) -> dict[str, str]:
    """id → text of every post a reader finds, by walking from the first page down to the oldest."""
    found: dict[str, str] = {}
    address = f"{server.url}/live/surge"
    for _ in range(50):  # pages; the test never writes so many
        page = httpx.get(address).text
        found |= dict(POST.findall(page))
        older = OLDER.search(page)
        if older is None:
            break
        address = f"{server.url}/live/surge?from={older[1] or older[2]}"
    return found
