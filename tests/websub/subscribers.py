"""A stand-in subscriber, or hub of others, on loopback. Called by the tests of this room."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from stoppress.lib.http_out import Outside


@dataclass(frozen=True, slots=True)
class Told:
    """One document that was sent here."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Standing:
    """`echoes`: says that what is asked is its own wish. `status`: how it answers to what it is told."""

    echoes: bool = True
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    port: int = 0

    def url(self, path: str = "/told") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def outside(self) -> Outside:
        """The outside world that is this machine alone."""
        return Outside(frozenset({("127.0.0.1", self.port)}), lambda host, _port: [host])


def _handler(standing: Standing) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fields = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            standing.asked.append(fields)
            body = fields.get("hub.challenge", "").encode() if standing.echoes else b"who are you?"
            self._say(200, body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            standing.told.append(Told(self.path, headers, body))
            self._say(standing.status, b"")

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def standing() -> Iterator[Standing]:
    """One server, for as long as the block runs."""
    here = Standing()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(here))
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
