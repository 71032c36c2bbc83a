"""The public address, asked as a reader's browser would, by `stoppress doctor --site`: proxy, certificate, caches.

A socket and a request line: what is looked for is how the bytes come (at once? from a cache?), which a client that
follows, waits and unpacks would hide. It asks our own address, which `lib/http_out.py` may refuse as not public.
"""

import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from stoppress.cli.checks.finding import Finding
from stoppress.config.env import Environment
from stoppress.lib import limits

_MOVED = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_HEAD_BYTES = 64 * 1024
_GUIDE = "docs/howto/behind-a-proxy.md has a configuration that works"


@dataclass(frozen=True, slots=True)
class _Came:
    """The head of an answer, names in lower case, and what came of the body meanwhile."""

    status: int
    headers: dict[str, str]
    body: bytes


def answers(environment: Environment) -> Iterator[Finding]:
    """Under the public address this newsroom must answer, with a certificate that browsers believe."""
    url = environment.public_url
    try:
        came = _ask(url, "/healthz", wants=b"}")
        fields = json.loads(came.body) if came.body.startswith(b"{") else {}
    except ssl.SSLError as fault:
        yield Finding(
            f"The certificate of {url} is not believed: {fault.reason}.", "renew it: certbot renew, or alike"
        )
        return
    except (OSError, ValueError) as fault:
        yield Finding(
            f"Nothing answers at {url} ({fault}).", f"start `stoppress serve` and the proxy; {_GUIDE}"
        )
        return
    if not isinstance(fields, dict) or "live" not in fields:
        yield Finding(
            f"What answers at {url} is not this newsroom (status {came.status}).",
            f"correct STOPPRESS_PUBLIC_URL, or where the proxy passes requests on to; {_GUIDE}",
        )
    elif not fields["ready"]:
        yield Finding(
            "The newsroom answers that it is not ready.", "curl -s http://127.0.0.1:8000/healthz says why"
        )


def encrypted(environment: Environment) -> Iterator[Finding]:
    """Whoever types the name without https must be sent on."""
    parts = urlsplit(environment.public_url)
    if parts.scheme != "https" or parts.port not in (None, 443):
        return
    try:
        came = _ask(f"http://{parts.hostname}", "/")
    except (OSError, ValueError):
        return  # nothing listens there: whoever types the name is told by the browser
    if came.status not in _MOVED or not came.headers.get("location", "").startswith("https://"):
        yield Finding(
            f"http://{parts.hostname}/ does not lead to https (status {came.status}).",
            f"let the proxy answer 308 with the https address on port 80; {_GUIDE}",
        )


def stream(environment: Environment) -> Iterator[Finding]:
    """The first bytes of a stream must come at once: a proxy that collects them makes live coverage late."""
    slug = _some_live_blog()
    if slug is None:
        return
    try:
        came = _ask(environment.public_url, f"/live/{slug}/events", wants=b"retry:")
    except (OSError, ValueError):
        came = _Came(0, {}, b"")
    if b"retry:" not in came.body and came.status in (0, HTTPStatus.OK):
        yield Finding(
            f"The stream of {slug} did not begin within {limits.SITE_SECONDS} seconds: something holds it back.",
            f"proxy_buffering off; for addresses that end in /events; {_GUIDE}",
        )


def desk(environment: Environment) -> Iterator[Finding]:
    """No cache between us and the desk."""
    try:
        came = _ask(environment.public_url, "/desk/account/login/")
    except (OSError, ValueError):
        return  # `answers` has said it
    from_cache = "hit" in came.headers.get("x-cache", came.headers.get("x-cache-status", "")).lower()
    if from_cache or "age" in came.headers or "no-store" not in came.headers.get("cache-control", ""):
        yield Finding(
            "Something keeps the desk's pages in a cache, where others may get them.",
            f"let the proxy cache nothing below /desk/, /api/ and /audience/; {_GUIDE}",
        )


def _some_live_blog() -> str | None:
    from stoppress.liveblogs.models import LiveBlog, Status

    public = LiveBlog.objects.exclude(status=Status.DRAFT).order_by("-pk")
    return public.values_list("slug", flat=True).first()


def _ask(url: str, path: str, wants: bytes = b"") -> _Came:
    """One GET; reads until the head is there, and `wants` in the body. Raises: OSError, ValueError (no HTTP)."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host = parts.hostname or ""
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\nAccept: */*\r\n\r\n"
    with socket.create_connection(
        (host, parts.port or (443 if secure else 80)), limits.SITE_SECONDS
    ) as plain:
        plain.settimeout(limits.SITE_SECONDS)
        line = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        with line:
            line.sendall(request.encode())
            return _read(line, wants)


def _read(line: socket.socket, wants: bytes) -> _Came:
    came = b""
    while len(came) < _HEAD_BYTES:
        head, end, body = came.partition(b"\r\n\r\n")
        if end and wants in body:
            break
        try:
            piece = line.recv(4096)
        except TimeoutError:
            break
        if not piece:
            break
        came += piece
    head, _, body = came.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    named = (text.partition(":") for text in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in named}
    words = first.split(" ")
    if len(words) < 2 or not words[0].startswith("HTTP/"):  # noqa: PLR2004 (version and status)
        raise ValueError("it does not speak HTTP")
    if headers.get("transfer-encoding") == "chunked":
        body = body.partition(b"\r\n")[2]
    return _Came(int(words[1]), headers, body)
