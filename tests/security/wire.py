"""One newsroom behind https as the internet meets it: a real server, and requests written byte by byte.

Called by the tests of headers and of what must not reach the application.
"""

import http.client
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from tests.e2e.server import Server

HOST = "news.example"
PUBLIC_URL = f"https://{HOST}"
PATIENCE_SECONDS = 15.0
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. `headers` by small names, without cookies; those as in Set-Cookie."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


def ask(server: Server, method: str, path: str, body: bytes | None = None, /, **headers: str) -> Reply:
    """One request as a proxy passes it on, with the public host. Header names with underscores for hyphens."""
    lines = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, body, {"Host": HOST, **lines})
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "set-cookie"}
        cookies = tuple(answer.headers.get_all("Set-Cookie", []))
        streams = "event-stream" in fields.get("content-type", "")
        return Reply(answer.status, fields, cookies, b"" if streams else answer.read())
    finally:
        connection.close()


def exchange(server: Server, request: bytes) -> bytes:
    """Send these very bytes; everything that comes until the server closes, or half a second of silence."""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        parts = []
        try:
            while part := connection.recv(65_536):
                parts.append(part)
                connection.settimeout(0.5)
        except (TimeoutError, ConnectionResetError):
            pass
    return b"".join(parts)


def statuses(answer: bytes) -> list[int]:
    """Of each answer on the connection, in order."""
    return [int(status) for status in _STATUS.findall(answer)]
