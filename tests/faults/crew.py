"""`stoppress serve --edges N` at work: who its processes are, and readers who come back as browsers do."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

from tests.e2e.server import Server
from tests.edge.client import LiveReader

PATIENCE_SECONDS = 300
Found = TypeVar("Found")


def until(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds, once it finds something."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        found = look()
        if found:
            return found
        time.sleep(0.05)  # real processes at work: there is nothing to wait on but what they show
    raise AssertionError(f"waited {PATIENCE_SECONDS} s for {what}")


def children(pid: int) -> dict[int, str]:
    """The processes that `pid` started and that still run, with their command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and fields[0] != "Z":
                words = (path / "cmdline").read_bytes().split(b"\0")
                found[int(path.name)] = b" ".join(words).decode()
    return found


def edges_of(server: Server) -> set[int]:
    """The edge processes."""
    return {pid for pid, words in children(server.pid).items() if "--desk" in words}


def desk_of(server: Server) -> int | None:
    """The desk's process; None while there is not just one."""
    desks = [pid for pid, words in children(server.pid).items() if "--desk" not in words]
    return desks[0] if len(desks) == 1 else None


def kill(pid: int) -> None:
    """As a power cut would, or the system when memory runs out."""
    os.kill(pid, signal.SIGKILL)


@dataclass(slots=True)
class Follower:
    """A reader of one stream who comes back with the number they have, as a browser does; without its pause."""

    port: int
    slug: str
    seqs: list[int] = field(default_factory=list)
    reloads: int = 0  # how often it was told to fetch the page afresh
    came_back: int = 0
    fault: BaseException | None = None
    at: int | None = None  # the newest number this reader stands at
    _stop: Event = field(default_factory=Event)

    def run(self) -> None:
        """Read until told to stop."""
        try:
            while not self._stop.is_set():
                with suppress(OSError, EOFError):
                    self._read()
                self.came_back += 1
                self._stop.wait(0.05)
        except BaseException as fault:  # noqa: BLE001 (told where the test looks)
            self.fault = fault

    def _read(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS) as connection:
            reader = LiveReader(connection)
            known = [] if self.at is None else [f"Last-Event-ID: {self.at}"]
            reader.open(f"/live/{self.slug}/events", *known)
            if reader.status != 200:
                return
            connection.settimeout(0.2)
            taken = 0
            while not self._stop.is_set() and not reader.ended:
                with suppress(TimeoutError):
                    reader._receive()
                reader._take()
                for event in reader.stream.events[taken:]:
                    if event.kind == "reload":
                        self.reloads += 1
                    else:
                        self.seqs.append(int(json.loads(event.data)["seq"]))
                taken = len(reader.stream.events)
                if reader.stream.last_event_id:
                    self.at = int(reader.stream.last_event_id)

    def stop(self) -> None:
        """Read no more."""
        self._stop.set()


@contextmanager
def following(port: int, slug: str, count: int) -> Iterator[list[Follower]]:
    """So many readers, all of them with open streams."""
    readers = [Follower(port, slug) for _ in range(count)]
    threads = [Thread(target=reader.run, daemon=True) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        until(lambda: all(reader.at is not None for reader in readers), "open streams")
        yield readers
    finally:
        for reader in readers:
            reader.stop()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    assert not [reader.fault for reader in readers if reader.fault]
