"""A server that answers as a test tells it to, and counts what it was asked. Called by the tests beside it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(slots=True)
class Told:
    """What the server answers to everything, and the heads of what it was asked."""

    status: int = 200
    body: bytes = b"first"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)  # answers wait for it
    dead: bool = False  # hangs up on whoever asks


@contextmanager
def origin() -> Iterator[tuple[int, Told]]:
    """Start it on a free port of loopback; yields the port and what to tell it."""
    told = Told()
    told.go.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append(
                {name.lower(): value for name, value in self.headers.items()} | {":path": self.path}
            )
            told.go.wait()
            if told.dead:
                self.close_connection = True
                return
            self.send_response(told.status)
            for name, value in (told.headers | {"Content-Length": str(len(told.body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever asked has gone: the test wanted it so."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], told
        finally:
            told.go.set()
            server.shutdown()
            thread.join()
