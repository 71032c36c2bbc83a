"""Reporters' scripts at work: threads that publish, amend, mark and withdraw, and repeat until they are answered.

A request that publishes or withdraws carries a key, and is repeated with the same key, as a good client does. What is
acknowledged goes into the ledger, and nothing else does. Each thread changes only posts of its own, so that the newest
promise about a post is what must stand.
"""

import random
import threading
import time
from types import TracebackType
from typing import Self

import httpx
from tests.chaos.form import PATIENCE_SECONDS, chance
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom
from tests.e2e.server import NO_CERTIFICATES

ASK_SECONDS = 15  # for one answer; then the request is repeated
PAUSE_SECONDS = 0.05  # before a repeat
OTHER_DEEDS = 0.25  # how often something else than publishing is done


class Writers:
    """`count` threads that publish `total` posts in all, or without end. Use as a context manager.

    `mixed`: between posts they also amend, mark and withdraw.
    """

    def __init__(  # noqa: PLR0913 (what one crowd of writers is told)
        self,
        newsroom: Newsroom,
        ledger: Ledger,
        *,
        count: int = 4,
        total: int | None = None,
        name: str = "w",
        mixed: bool = True,
        slug: str = SLUG,
        url: str = "",
        pause: float = 0.0,
    ) -> None:
        self._base = f"{url or newsroom.writing.url}/api/v1/liveblogs/{slug}"
        self._headers = {"Authorization": f"Bearer {newsroom.token}"}
        self._ledger = ledger
        self._left = total
        self._mixed = mixed
        self._pause = pause
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.strange: list[str] = []  # answers that nobody expects
        self.unknown: set[str] = set()  # posts of which it is not known whether the last change was made
        self._threads = [
            threading.Thread(target=self._write, args=(f"{name}{number}",), daemon=True)
            for number in range(count)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is not None or self._left is None:
            self._stop.set()
        self.join()

    def join(self) -> None:
        """Until every post that was wanted is published."""
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """Begin nothing new; what is under way is repeated until it is answered."""
        with self._lock:
            self._left = 0

    @property
    def busy(self) -> bool:
        """Whether posts are still to be published."""
        return any(thread.is_alive() for thread in self._threads)

    def until(self, promises: int, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the ledger holds so many, or everything is written."""
        until = time.monotonic() + seconds
        while len(self._ledger) < promises and self.busy and time.monotonic() < until:
            time.sleep(0.002)

    def _write(self, name: str) -> None:
        random_choice = chance(name)
        mine: list[str] = []
        with httpx.Client(headers=self._headers, timeout=ASK_SECONDS, verify=NO_CERTIFICATES) as client:
            number = 0
            while self._next():
                number += 1
                self._publish(client, f"{name}-{number}", mine, random_choice)
                if self._mixed and mine and random_choice.random() < OTHER_DEEDS:
                    self._something_else(client, f"{name}-{number}x", mine, random_choice)
                if self._pause:
                    self._stop.wait(self._pause)

    def _next(self) -> bool:
        with self._lock:
            if self._stop.is_set() or self._left == 0:
                return False
            if self._left is not None:
                self._left -= 1
            return True

    def _publish(self, client: httpx.Client, key: str, mine: list[str], choice: random.Random) -> None:
        text = f"Word {key} as first written."
        body = {"markdown": text, "key_event": self._mixed and choice.random() < 0.1}
        told = self._ask(client, "POST", "/posts", key, body)
        if told:
            self._ledger.promise(key, "publish", str(told["id"]), int(str(told["seq"])), text)
            mine.append(str(told["id"]))

    def _something_else(self, client: httpx.Client, key: str, mine: list[str], choice: random.Random) -> None:
        post = choice.choice(mine)
        deed = choice.choice(("amend", "amend", "mark", "withdraw"))
        if deed == "withdraw":
            body: dict[str, object] = {"reason": "Not confirmed."}
            told, text = self._ask(client, "POST", f"/posts/{post}/withdraw", key, body), ""
            mine.remove(post)
        else:
            text = f"Word {key} put right."
            body = {"markdown": text} if deed == "amend" else {"key_event": choice.random() < 0.5}
            told = self._ask(client, "PATCH", f"/posts/{post}", key, body)
        if told:
            self._ledger.promise(key, deed, post, int(str(told["seq"])), text)
        else:
            self.unknown.add(post)

    def _ask(
        self, client: httpx.Client, method: str, path: str, key: str, body: dict[str, object]
    ) -> dict[str, object] | None:
        """Ask until there is an answer. None when we were told to stop before, or it is one nobody expects."""
        while not self._stop.is_set():
            try:
                answer = client.request(
                    method, self._base + path, json=body, headers={"Idempotency-Key": f"chaos-{key}"}
                )
            except httpx.TransportError:
                self._stop.wait(PAUSE_SECONDS)
                continue
            if answer.is_success:
                told: dict[str, object] = answer.json()
                return told
            if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                self.strange.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
                return None
            self._ledger.refuse(answer.status_code, f"{method} {path} {answer.text[:200]}")
            self._stop.wait(PAUSE_SECONDS)
        return None
