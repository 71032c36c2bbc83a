"""Stand-in servers on loopback that answer as a hostile or broken one would: each test writes the bytes itself."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Serve = Callable[[socket.socket, bytes, threading.Event], None]
LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class Server:
    """One listening socket. `asked`: the head of each request that came."""

    port: int
    stop: threading.Event
    asked: list[bytes] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, int]:
        return LOOPBACK, self.port

    def url(self, path: str = "/", host: str = LOOPBACK) -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def server(serve: Serve) -> Iterator[Server]:
    """Accepts connections one after the other and lets `serve` write what it likes."""
    listener = socket.create_server((LOOPBACK, 0))
    listening = Server(listener.getsockname()[1], threading.Event())

    def run() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                head = b""
                while not _is_whole(head) and (more := connection.recv(4096)):
                    head += more
                listening.asked.append(head)
                serve(connection, head, listening.stop)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listening
    finally:
        listening.stop.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _is_whole(head: bytes) -> bool:
    """A request's head has ended; or what came is no http but a handshake of TLS."""
    return b"\r\n\r\n" in head or head.startswith(b"\x16")


def answer(body: bytes = b"", *lines: str, status: str = "200 OK", kind: str = "text/html") -> Serve:
    """A whole answer with a length."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *lines]
    data = ("\r\n".join([*head, "Connection: close"]) + "\r\n\r\n").encode() + body

    def serve(connection: socket.socket, _head: bytes, _stop: threading.Event) -> None:
        connection.sendall(data)

    return serve


def sends_on(to: str) -> Serve:
    """A redirect."""
    return answer(b"", f"Location: {to}", status="302 Found")


def without_end(part: bytes, *lines: str, pause: float = 0) -> Serve:
    """A body that goes on until the other side hangs up."""
    head = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *lines]) + "\r\n\r\n"

    def serve(connection: socket.socket, _head: bytes, stop: threading.Event) -> None:
        connection.sendall(head.encode())
        while not stop.wait(pause):
            connection.sendall(part)

    return serve
