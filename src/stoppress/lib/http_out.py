"""The only way out to the network: one request at a time, to public servers, with a bound on everything.

Called by rooms that ask what somebody else named (`unfurl`, `websub`). Imports `limits` and httpx; nothing else in
the project may import an HTTP client. Where a request may go is decided when the connection is made, on the address
that is then connected to: a name that means something else a moment later (DNS rebinding) gains nothing. No
cookies, no credentials, no proxy from the environment, no connection that is used twice.

    OUTSIDE.get(url, Wanted(types=HTML, most_bytes=...)) -> Answer, or NotFetched
    OUTSIDE.send(url, Message(body=..., headers=...)) -> Reply, or NotFetched

Source: SECURITY statement 4; https://www.iana.org/assignments/iana-ipv6-special-registry (and ipv4).
"""

import ipaddress
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import httpcore
import httpx

from stoppress.lib import limits
from stoppress.lib.addresses import Network, is_among, read_address

USER_AGENT: Final = "Mozilla/5.0 (compatible; Stoppress; link cards)"
SENDER: Final = "Stoppress"  # how it names itself to machines that asked to be told
HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
JSON: Final = frozenset({"application/json", "application/json+oembed", "text/json"})

_PORTS: Final = {"http": 80, "https": 443}
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = range(200, 300)
# `is_global` of Python 3.11 takes these for public. The first four carry an IPv4 address in them, which may be
# any; the others are no server of anybody's.
_DENIED: Final = tuple(
    ipaddress.ip_network(block)
    for block in (
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of one's own network
        "2002::/16",  # 6to4
        "2001::/23",  # Teredo and other protocol assignments
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "100.64.0.0/10",  # carriers' own networks
        "fec0::/10",  # site-local
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)
_GLOBAL_IPV6: Final = ipaddress.IPv6Network("2000::/3")  # all that was ever given out

Resolve = Callable[[str, int], Iterable[str]]


class NotFetched(Exception):
    """Nothing came, or nothing that may be used. The message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request will take. `cut`: of a longer body its beginning will do; otherwise it is refused."""

    types: frozenset[str]
    most_bytes: int
    cut: bool = False
    seconds: float = limits.OUTSIDE_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: `url` after redirects, the media type in lower case, `charset` as declared or ""."""

    url: str
    media_type: str
    charset: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One request to a machine that asked for it: a POST of `body`, or a GET where there is none."""

    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = limits.OUTSIDE_SECONDS


@dataclass(frozen=True, slots=True)
class Reply:
    """What the machine said: any status (a redirect is followed by nobody), and the beginning of its body."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


def is_public(address: str) -> bool:
    """Whether `address` (an IP address as text) is that of a server anybody may reach."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_IPV6:  # IPv4-mapped and link-local too
        return False
    if any(ip in block for block in _DENIED):
        return False
    odd = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast
    return ip.is_global and not (odd or ip.is_reserved or ip.is_unspecified)


def _resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Outside:
    """The outside world. A test gives its own servers, `(address, port)`, and its own resolver; nobody else does.

    `networks`: of our own, which whoever runs this server named in its environment for one purpose. There any port is
    asked. Never where somebody else chooses the address: of all callers only `worker/purge.py` gives any.
    """

    test_servers: frozenset[tuple[str, int]] = frozenset()
    resolve: Resolve = _resolved
    networks: tuple[Network, ...] = ()

    def get(self, url: str, wanted: Wanted) -> Answer:
        """Fetch `url`, following at most limits.OUTSIDE_REDIRECTS redirects, each judged like the first address.

        Blocks for `wanted.seconds` at most, name look-up and body included. Raises: NotFetched, and nothing else.
        """
        deadline = _Deadline(wanted.seconds)
        address = self._checked(url)
        try:
            for _ in range(limits.OUTSIDE_REDIRECTS + 1):
                came = self._request(address, wanted, deadline)
                if isinstance(came, Answer):
                    return came
                address = self._checked(came)
        except (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError) as late:
            raise NotFetched(
                f"{address.host} took longer than {wanted.seconds:g} seconds; try later."
            ) from late
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as fault:
            raise NotFetched(
                f"{address.host} could not be reached; check the address, or try later."
            ) from fault
        raise NotFetched(
            f"{address.host} sends on more than {limits.OUTSIDE_REDIRECTS} times; use the last address."
        )

    def send(self, url: str, message: Message) -> Reply:
        """One request, and whatever came of it. No redirect is followed: what is sent was meant for `url` alone.

        Blocks for `message.seconds` at most, name look-up included. Raises: NotFetched, and nothing else.
        """
        address = self._checked(url)
        try:
            return self._sent(address, message, _Deadline(message.seconds))
        except (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError) as late:
            raise NotFetched(f"{address.host} took longer than {message.seconds:g} seconds.") from late
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as fault:
            raise NotFetched(f"{address.host} could not be reached.") from fault

    def may_reach(self, address: str, port: int) -> bool:
        """Whether a connection to `address` (an IP address as text) may be made."""
        if (address, port) in self.test_servers:
            return True
        known = read_address(address) if self.networks else None
        if known is not None and is_among(known, self.networks):
            return True
        return is_public(address) and port in _PORTS.values()

    def check(self, url: str) -> None:
        """Raises: NotFetched when nothing will ever be sent to `url`. Where it leads is judged when it is sent to."""
        self._checked(url)

    def _sent(self, address: httpx.URL, message: Message, deadline: "_Deadline") -> Reply:
        method = "GET" if message.body is None else "POST"
        headers = {"User-Agent": SENDER, "Accept-Encoding": "identity", **message.headers}
        transport = _Transport(_Guard(self, deadline))
        with (
            httpx.Client(
                transport=transport, trust_env=False, headers=headers, timeout=message.seconds
            ) as client,
            client.stream(method, address, content=message.body, follow_redirects=False) as response,
        ):
            beginning = bytearray()
            for part in response.iter_raw():
                beginning += part[: limits.OUTSIDE_REPLY_BYTES - len(beginning)]
                if len(beginning) >= limits.OUTSIDE_REPLY_BYTES:
                    break
            return Reply(response.status_code, dict(response.headers), bytes(beginning))

    def _checked(self, url: str) -> httpx.URL:
        """`url` when it may be asked for. The very same parse is what is then connected to."""
        if len(url) > limits.URL_CHARS:
            raise NotFetched(
                f"The address is longer than {limits.URL_CHARS:,} characters; use a shorter one."
            )
        try:
            address = httpx.URL(url)
            host = address.raw_host.decode("ascii")
        except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
            raise NotFetched("The address is not one a browser could open; copy it anew.") from fault
        if address.scheme not in _PORTS:
            raise NotFetched("Only http and https addresses are fetched.")
        if not host:
            raise NotFetched("The address names no site; write it in full, such as https://example.org/page.")
        if address.userinfo:
            raise NotFetched("The address holds a user name or password; remove it, up to the @.")
        port = _PORTS[address.scheme] if address.port is None else address.port
        usual = port in _PORTS.values() or port in {known for _, known in self.test_servers}
        if not (usual or self.networks):  # with networks: where it leads decides, when that is known
            raise NotFetched(f"The address names port {port}; only the usual ones, 80 and 443, are asked.")
        return address.copy_with(fragment=None)

    def _request(self, address: httpx.URL, wanted: Wanted, deadline: "_Deadline") -> Answer | str:
        """One request: what came, or the address it was sent on to."""
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": ", ".join([*sorted(wanted.types), "*/*;q=0.1"]),
            "Accept-Encoding": "gzip",
        }
        transport = _Transport(_Guard(self, deadline))
        with (
            httpx.Client(
                transport=transport, trust_env=False, headers=headers, timeout=wanted.seconds
            ) as client,
            client.stream("GET", address, follow_redirects=False) as response,
        ):
            if response.status_code in _MOVED and "Location" in response.headers:
                return _joined(address, response.headers["Location"])
            if response.status_code not in _OK:
                raise NotFetched(f"{address.host} answered {response.status_code} instead of the page.")
            media_type, charset = _kind(response.headers.get("Content-Type", ""))
            if media_type not in wanted.types:
                shown = media_type[: limits.FAULT_CHARS] or "nothing known"
                raise NotFetched(
                    f"{address.host} sent {shown}; {' or '.join(sorted(wanted.types))} was expected."
                )
            return Answer(str(address), media_type, charset, _body(response, wanted, address.host))


OUTSIDE: Final = Outside()


def _joined(address: httpx.URL, location: str) -> str:
    try:
        return str(address.join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
        raise NotFetched(f"{address.host} sends on to an address that is none.") from fault


def _kind(content_type: str) -> tuple[str, str]:
    media_type, *parameters = content_type.split(";")
    charset = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()
    return media_type.strip().lower(), charset


def _body(response: httpx.Response, wanted: Wanted, host: str) -> bytes:
    """The body after decompression, of which no byte beyond the bound is ever made."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("gzip", "x-gzip", "identity", ""):
        raise NotFetched(f"{host} sent its page packed in a way that was not asked for ({encoding[:20]}).")
    parts = bytearray()
    chunks = response.iter_raw()
    try:
        for part in chunks if encoding in ("identity", "") else _unpacked(chunks, wanted.most_bytes + 1):
            parts += part[: wanted.most_bytes + 1 - len(parts)]
            if len(parts) > wanted.most_bytes:
                break
    except zlib.error as fault:
        raise NotFetched(f"{host} sent a page that cannot be unpacked.") from fault
    if len(parts) > wanted.most_bytes and not wanted.cut:
        raise NotFetched(f"{host} sent more than {wanted.most_bytes // 1024} KB.")
    return bytes(parts[: wanted.most_bytes])


def _unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """At most `most` bytes of gzip's content at once: a bomb is not unpacked to see how large it is."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    for chunk in chunks:
        yield unpacker.decompress(chunk, most)
        if unpacker.unconsumed_tail:  # it held `most` bytes or more: the reader has had enough
            return


# --- how a connection is made -------------------------------------------------------------------------


class _Deadline:
    """One moment for everything: who sends a byte a second gains no time by it."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then. Raises: httpcore.ReadTimeout when it has passed."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("The time for this request is over.")
        return left


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 (there is one deadline)
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 (same)
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 (same)
    ) -> httpcore.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        except httpcore.ConnectError as fault:
            raise NotFetched(f"{server_hostname} shows no valid certificate for its name.") from fault
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Looks a name up, leaves out what is not public, connects to what is left: never to a name."""

    def __init__(self, outside: Outside, deadline: _Deadline) -> None:
        self._outside = outside
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (there is one deadline)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        fault: Exception = OSError("There is no address.")
        for address in self._allowed(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._deadline.left(), local_address, socket_options
                )
            except httpcore.ConnectError as refused:
                fault = refused
            else:
                return _Stream(stream, self._deadline)
        raise fault

    def _allowed(self, host: str, port: int) -> list[str]:
        found = self._looked_up(host, port)
        allowed = [address for address in found if self._outside.may_reach(address, port)]
        if not allowed:
            raise NotFetched(f"{host} is not a public server; only those are asked.")
        return allowed[: limits.OUTSIDE_ADDRESSES]

    def _looked_up(self, host: str, port: int) -> list[str]:
        """The addresses of `host`. The system's look-up knows no deadline, so it is waited for from outside."""
        answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(list(self._outside.resolve(host, port)))
            except (OSError, UnicodeError) as fault:
                answer.put(OSError(str(fault)))

        threading.Thread(target=look_up, daemon=True, name="look-up").start()
        try:
            found = answer.get(timeout=self._deadline.left())
        except queue.Empty as late:
            raise httpcore.ConnectTimeout("The name was not looked up in time.") from late
        if isinstance(found, OSError):
            raise found
        return found


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Body(httpx.SyncByteStream):
    """httpcore's stream of a body under httpx's name."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Transport(httpx.BaseTransport):
    """httpx on a pool of one connection that the guard makes."""

    def __init__(self, guard: _Guard) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, max_keepalive_connections=0, network_backend=guard
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()
