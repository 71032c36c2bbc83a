"""Requests a second for the page of a long live blog, beside the same bytes from a bare ASGI function.

Called by `bench/run.py`. Turns alternate (A B A B …) so that a busy neighbour weighs on both; medians are
compared. The client counts bytes of a known answer and nothing else, in a process of its own
(`python -m bench.pages PORT PATH PID`).
"""

import json
import select
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx
from bench.processes import cpu_seconds, peer
from tests.e2e.server import Newsroom, Server

from stoppress import demo

POSTS = 300
CONNECTIONS = 16
TURNS = 5
TURN_SECONDS = 4.0
WARM_SECONDS = 1.0
# Words a post: the lengths of real posts at p10, p25, p50, p75, p90.
WORD_COUNTS = (29, 55, 97, 170, 300)
STORIES = Path(demo.__file__).parent / "stories"  # real prose: it compresses as real posts do


@dataclass(slots=True)
class Turns:
    """One server's turns: requests a second, and microseconds of its CPU for each."""

    name: str
    per_second: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The middle turn's requests a second."""
        return median(self.per_second)

    @property
    def cost(self) -> float:
        """The middle turn's CPU per request, in microseconds."""
        return median(self.cpu_us)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes on the wire, brotli."""

    page: int
    script: int
    style: int


def measure(server: Server, newsroom: Newsroom, folder: Path) -> tuple[Turns, Turns, Sizes]:
    """The page of POSTS posts from Stoppress and from the bare function, and how much of it travels."""
    slug = _long_liveblog(newsroom)
    url = f"{server.url}/live/{slug}"
    answer = httpx.get(url, headers={"Accept-Encoding": "br"})
    raw = _compressed(url)
    kept = [(name, value) for name, value in answer.headers.items() if name not in {"date", "server"}]
    file = folder / "answer"
    file.write_bytes(json.dumps(kept).encode() + b"\n" + raw)
    ours, bare = Turns("Stoppress"), Turns("bare ASGI function")
    with peer("bare", str(file)) as (port, pid):
        for _ in range(TURNS):
            _turn(ours, server.port, f"/live/{slug}", server.pid)
            _turn(bare, port, "/", pid)
    return (
        ours,
        bare,
        Sizes(len(raw), _asset(server, answer.text, ".js"), _asset(server, answer.text, ".css")),
    )


def _long_liveblog(newsroom: Newsroom) -> str:
    slug = newsroom.open("bench-page", standfirst="Three hundred posts, as long as posts are.")
    words = " ".join(path.read_text() for path in sorted(STORIES.glob("*.story"))).split()
    start = 0
    for number in range(POSTS):
        count = WORD_COUNTS[number % len(WORD_COUNTS)]
        told = [words[place % len(words)] for place in range(start, start + count)]
        start += count
        newsroom.publish(slug, " ".join(told), headline=f"Post number {number}", key_event=number % 4 == 0)
    return slug


def _asset(server: Server, html: str, suffix: str) -> int:
    path = next(part for part in html.split('"') if part.startswith("/static/") and part.endswith(suffix))
    return len(_compressed(server.url + path))


def _compressed(url: str) -> bytes:
    """The body as it travels."""
    with httpx.stream("GET", url, headers={"Accept-Encoding": "br"}) as answer:
        return b"".join(answer.iter_raw())


def _turn(turns: Turns, port: int, path: str, pid: int) -> None:
    command = (sys.executable, "-m", "bench.pages", str(port), path, str(pid))
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seen = json.loads(done.stdout)
    turns.per_second.append(seen["per_second"])
    turns.cpu_us.append(seen["cpu_us"])


class Hammer:
    """CONNECTIONS connections; on each the next request leaves when the answer before is whole."""

    def __init__(self, port: int, path: str) -> None:
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n".encode()

        self.buffer = bytearray(1024 * 1024)
        self.answers = 0
        self.sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        self.length = self._length_of_one(self.sockets[0])

    def _length_of_one(self, connection: socket.socket) -> int:
        """Bytes of a whole answer, head included: every answer has as many."""
        connection.sendall(self.request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(f"Expected 200, came {head[:40]!r}.")
        left = int(fields[b"content-length"]) - len(body)
        while left:
            left -= len(connection.recv(left))
        return len(head) + 4 + int(fields[b"content-length"])

    def run(self, pid: int) -> dict[str, float]:
        """Ask for WARM_SECONDS, then for TURN_SECONDS that count; `pid` is the server's, for its CPU time."""
        poll = select.epoll()
        missing = {}
        for connection in self.sockets:
            connection.sendall(self.request)
            poll.register(connection, select.EPOLLIN)
            missing[connection.fileno()] = (connection, self.length)
        self._until(poll, missing, time.monotonic() + WARM_SECONDS)
        before, spent, began = self.answers, cpu_seconds(pid), time.monotonic()
        self._until(poll, missing, began + TURN_SECONDS)
        count = self.answers - before
        seconds, spent = time.monotonic() - began, cpu_seconds(pid) - spent
        return {"per_second": count / seconds, "cpu_us": spent * 1e6 / count}

    def _until(self, poll: select.epoll, missing: dict[int, tuple[socket.socket, int]], end: float) -> None:
        while time.monotonic() < end:
            for number, _ in poll.poll(1):
                connection, left = missing[number]
                left -= connection.recv_into(self.buffer, left)
                if left == 0:
                    self.answers += 1
                    connection.sendall(self.request)
                    left = self.length
                missing[number] = (connection, left)


def main() -> None:
    """See the head of this file."""
    json.dump(Hammer(int(sys.argv[1]), sys.argv[2]).run(int(sys.argv[3])), sys.stdout)


if __name__ == "__main__":
    main()
