"""The way out, against servers that mean harm."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.hostile import LOOPBACK, Serve, Server, answer, sends_on, server, without_end

from stoppress.lib import limits
from stoppress.lib.http_out import HTML, OUTSIDE, Answer, Message, NotFetched, Outside, Wanted, is_public

PAGE = Wanted(types=HTML, most_bytes=10_000, seconds=3)
NOT_PUBLIC = [
    *("127.0.0.1", "127.255.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1"),
    *("100.64.0.1", "192.0.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
    *("2002:7f00:1::", "2002:808:808::", "2001:0:7f00:1::", "3fff::1", "5f00::1", "100::1"),
    *("0" + ".0" * 3, "", "localhost", "example.org", "127.1", "0x7f000001", "2130706433"),
]


def reaching(*servers: Server) -> Outside:
    """The outside world of a test: these servers."""
    return Outside(frozenset(one.place for one in servers), lambda host, _port: [host])


def get(serve: Serve, wanted: Wanted = PAGE) -> Answer:
    with server(serve) as one:
        return reaching(one).get(one.url(), wanted)


def refused(serve: Serve, wanted: Wanted = PAGE) -> str:
    with pytest.raises(NotFetched) as fault:
        get(serve, wanted)
    assert str(fault.value).endswith(".")
    return str(fault.value)


# --- where to -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:220:1::1", "2a00:1450:4001::1"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_every_ipv4_address_within_ipv6_is_refused(address: object) -> None:
    high, low = divmod(int(address), 0x10000)  # type: ignore[call-overload]  # Hypothesis says object
    tail = f"{high:x}:{low:x}"
    for form in (f"::ffff:{tail}", f"::{tail}", f"64:ff9b::{tail}", f"2002:{tail}::", f"2001:0:{tail}::"):
        assert not is_public(form)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0x7f.1",
        "[::1]",
        "0",
        "[::]",
    ],
)
def test_this_machine_by_any_name(host: str) -> None:
    """As the system's own resolver reads it: nothing is asked, whatever listens."""
    with pytest.raises(NotFetched):
        OUTSIDE.get(f"http://{host}/", PAGE)


@pytest.mark.parametrize("address", ["169.254.169.254", "10.1.2.3", "::1", "64:ff9b::a9fe:a9fe", "fec0::1"])
def test_a_name_that_means_a_private_address(address: str) -> None:
    outside = Outside(resolve=lambda _host, _port: [address])
    with pytest.raises(NotFetched, match=r"metadata\.example is not a public server"):
        outside.get("http://metadata.example/", PAGE)


def test_of_several_addresses_only_public_ones_are_tried() -> None:
    with server(answer(b"mine")) as secret, pytest.raises(NotFetched):
        Outside(resolve=lambda _host, _port: ["127.0.0.1", "::1"]).get(secret.url(), PAGE)
    assert secret.asked == []


def test_a_name_that_changes_its_meaning_is_asked_once_and_connected_to_as_it_was() -> None:
    """DNS rebinding: what was judged is what is connected to; the second meaning is never looked up."""
    meanings = [LOOPBACK, "10.0.0.1"]
    with server(answer(b"first")) as one:
        outside = Outside(frozenset({one.place}), lambda _host, _port: [meanings.pop(0)])
        assert outside.get(one.url(host="rebind.example"), PAGE).body == b"first"
        assert meanings == ["10.0.0.1"]
        with pytest.raises(NotFetched, match="not a public server"):
            outside.get(one.url(host="rebind.example"), PAGE)
    assert len(one.asked) == 1


def test_a_test_server_opens_its_own_port_and_no_other() -> None:
    with server(answer(b"a")) as one, server(answer(b"b")) as other:
        with pytest.raises(NotFetched):
            reaching(one).get(other.url(), PAGE)
        assert other.asked == []


@pytest.mark.parametrize(
    ("address", "port", "asked"),
    [
        ("10.1.2.3", 6081, True),
        ("10.1.2.3", 80, True),
        ("10.2.2.3", 80, False),  # another network of ours
        ("127.0.0.1", 6081, False),
        ("169.254.169.254", 80, False),
        ("::ffff:10.1.2.3", 80, True),  # the same in IPv6's clothes
        ("::ffff:127.0.0.1", 80, False),
        ("8.8.8.8", 443, True),
        ("8.8.8.8", 6081, False),  # of everybody else the usual ports, as ever
    ],
)
def test_networks_that_were_named_are_asked_and_no_others(address: str, port: int, asked: bool) -> None:  # noqa: FBT001 (a row of the table)
    inside = Outside(networks=(ip_network("10.1.0.0/16"),))
    assert inside.may_reach(address, port) is asked
    assert Outside().may_reach(address, port) is (is_public(address) and port in (80, 443))


def test_a_name_that_leads_out_of_the_named_networks_is_not_connected_to() -> None:
    inside = Outside(resolve=lambda *_: ["169.254.169.254"], networks=(ip_network("10.1.0.0/16"),))
    with pytest.raises(NotFetched, match="is not a public server"):
        inside.send("http://cache.internal:6081/purge", Message(b"{}"))


@pytest.mark.parametrize("port", [0, 22, 25, 6379, 8080, 11211, 65535])
def test_unusual_ports(port: int) -> None:
    with pytest.raises(NotFetched, match="port"):
        OUTSIDE.get(f"http://example.org:{port}/", PAGE)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "javascript:alert(1)",
            "data:,x",
        ),
        *(
            "http://",
            "http:///x",
            "//example.org/",
            "example.org",
            "",
            "http://[::1",
            "http://a b/",
            "http://\x00/",
        ),
        *("http://user@example.org/", "http://user:pw@example.org/", "http://good.example@127.0.0.1/"),
        *("http://example.org:99999/", "http://example.org:x/", f"http://example.org/{'a' * 3000}"),
        *("http://\u2488.example/\ud800", "unix:///run/x", "http+unix://x/"),
    ],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(NotFetched) as fault:
        OUTSIDE.get(url, PAGE)
    assert str(fault.value).endswith(".")


@given(st.text(max_size=60))
def test_any_text_is_fetched_or_refused(text: str) -> None:
    outside = Outside(resolve=lambda _host, _port: [])
    with pytest.raises(NotFetched):
        outside.get(text, PAGE)
    with pytest.raises(NotFetched):
        outside.get(f"http://{text}/", PAGE)


# --- redirects ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    [
        *(
            "http://169.254.169.254/latest/meta-data/",
            "http://localhost/",
            "http://[::1]/",
            "file:///etc/passwd",
        ),
        *("http://user:pw@example.org/", "http://example.org:22/", "gopher://example.org/", "http://0x7f.1/"),
        *("//169.254.169.254/", "\\\\169.254.169.254\\x"),
    ],
)
def test_a_redirect_is_judged_like_a_first_address(to: str) -> None:
    refused(sends_on(to))


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    with server(answer(b"there")) as end:
        outside = reaching(end)
        to = end.url("/end")
        servers = []
        try:
            for _ in range(limits.OUTSIDE_REDIRECTS + 1):
                context = server(sends_on(to))
                one = context.__enter__()
                servers.append((context, one))
                outside = reaching(end, *(each for _, each in servers))
                to = one.url()
            with pytest.raises(NotFetched, match="more than 3 times"):
                outside.get(to, PAGE)
            assert end.asked == []
            third = servers[-2][1]
            assert outside.get(third.url(), PAGE).url == end.url("/end")
        finally:
            for context, _ in servers:
                context.__exit__(None, None, None)


def test_no_cookie_and_no_name_goes_along() -> None:
    seen: list[bytes] = []

    def serve(connection: socket.socket, head: bytes, stop: threading.Event) -> None:
        seen.append(head)
        lines = ("Set-Cookie: a=b; Path=/",)
        (answer(b"x", *lines) if b"/end" in head else answer(b"", *lines, "Location: /end", status="302 F"))(
            connection, head, stop
        )

    assert get(serve).body == b"x"
    assert len(seen) == 2
    for head in seen:
        lowered = head.lower()
        assert b"cookie" not in lowered
        assert b"authorization" not in lowered
        assert b"user-agent: mozilla/5.0 (compatible; stoppress; link cards)" in lowered


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(answer(b"proxy")) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        assert get(answer(b"page")).body == b"page"
        assert proxy.asked == []


# --- how much, how long, what -------------------------------------------------------------------------


def test_a_drip_ends_at_the_deadline() -> None:
    began = time.monotonic()
    told = refused(without_end(b".", pause=0.05), Wanted(HTML, 10_000, seconds=0.5))
    assert "0.5 seconds" in told
    assert time.monotonic() - began < 2


def test_headers_that_drip_end_there_too() -> None:
    def serve(connection: socket.socket, _head: bytes, stop: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.05):
            connection.sendall(b"X: y\r\n")

    assert "0.5 seconds" in refused(serve, Wanted(HTML, 10_000, seconds=0.5))


def test_a_server_that_says_nothing() -> None:
    def serve(_connection: socket.socket, _head: bytes, stop: threading.Event) -> None:
        stop.wait(5)

    assert "0.3 seconds" in refused(serve, Wanted(HTML, 10, seconds=0.3))


def test_a_look_up_that_hangs() -> None:
    hanging = threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        hanging.wait(5)
        return []

    with pytest.raises(NotFetched, match=r"0\.3 seconds"):
        Outside(resolve=resolve).get("http://slow.example/", Wanted(HTML, 10, seconds=0.3))
    hanging.set()


def test_a_body_without_end_is_cut_or_refused() -> None:
    endless = without_end(b"x" * 4096)
    assert len(get(endless, Wanted(HTML, 10_000, cut=True, seconds=3)).body) == 10_000
    assert "more than 9 KB" in refused(endless)


def test_a_gzip_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, 9)
    assert len(bomb) < 250_000
    tracemalloc.start()
    try:
        assert "more than 9 KB" in refused(answer(bomb, "Content-Encoding: gzip"))
        assert len(get(answer(bomb, "Content-Encoding: gzip"), Wanted(HTML, 5_000, cut=True)).body) == 5_000
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_gzip_is_unpacked() -> None:
    assert get(answer(gzip.compress(b"words " * 500), "Content-Encoding: gzip")).body == b"words " * 500


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "compress"])
def test_other_packings_were_not_asked_for(encoding: str) -> None:
    assert "packed" in refused(answer(zlib.compress(b"x"), f"Content-Encoding: {encoding}"))


def test_broken_gzip() -> None:
    assert "unpacked" in refused(answer(b"not gzip at all", "Content-Encoding: gzip"))


@pytest.mark.parametrize(
    "kind", ["image/png", "application/octet-stream", "text/plain", "", "text/html-x", "x" * 500]
)
def test_other_types_are_refused(kind: str) -> None:
    assert "was expected" in refused(answer(b"x", kind=kind))


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML; charset=KOI8-R", 'text/html;charset="koi8-r"'])
def test_types_are_read_as_they_come(kind: str) -> None:
    came = get(answer(b"x", kind=kind))
    assert came.media_type == "text/html"
    assert came.charset in ("", "koi8-r")


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 Nothing", "301 Moved", "100 Continue"])
def test_what_is_no_page(status: str) -> None:
    refused(answer(b"", status=status, kind="text/plain"))


@pytest.mark.parametrize(
    "data",
    [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n", b"\x00" * 100, b"HTTP/1.1 200 OK\r\n" * 20_000],
)
def test_what_is_no_http(data: bytes) -> None:
    def serve(connection: socket.socket, _head: bytes, _stop: threading.Event) -> None:
        connection.sendall(data)

    refused(serve)


def test_nobody_there() -> None:
    with server(answer()) as gone:
        outside = reaching(gone)
    with pytest.raises(NotFetched, match="could not be reached"):
        outside.get(gone.url(), PAGE)


def test_a_site_without_a_valid_certificate() -> None:
    """TLS with plain bytes: no certificate, no page."""
    with server(answer(b"plain")) as one, pytest.raises(NotFetched, match="certificate"):
        reaching(one).get(one.url().replace("http:", "https:"), PAGE)


# --- what is sent -------------------------------------------------------------------------------------


def test_a_message_is_sent_once_and_any_answer_is_told() -> None:
    with server(answer(b"no more", "Retry-After: 7", status="410 Gone")) as one:
        message = Message(b"words", {"Content-Type": "text/plain", "X-Mark": "1"}, seconds=3)
        reply = reaching(one).send(one.url("/told"), message)
    assert (reply.status, reply.headers["retry-after"], reply.body) == (410, "7", b"no more")
    (asked,) = one.asked
    head, _, body = asked.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /told HTTP/1.1")
    assert b"content-length: 5" in head.lower()
    assert b"X-Mark: 1" in head
    assert body in (b"", b"words")  # it may come in a packet of its own


def test_what_is_sent_is_never_sent_on() -> None:
    with server(answer(b"")) as further, server(sends_on(further.url())) as one:
        assert reaching(one, further).send(one.url(), Message(b"words", seconds=3)).status == 302
    assert not further.asked


def test_of_a_reply_only_the_beginning_is_read() -> None:
    with server(without_end(b"x" * 1_000)) as one:
        reply = reaching(one).send(one.url(), Message(b"", seconds=3))
    assert len(reply.body) == limits.OUTSIDE_REPLY_BYTES


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/latest"])
def test_nothing_is_sent_to_a_private_address(url: str) -> None:
    with pytest.raises(NotFetched):
        OUTSIDE.send(url, Message(b"words", seconds=3))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://a:b@example.org/", "http://example.org:22/", "x"]
)
def test_an_address_that_is_never_sent_to_is_known_beforehand(url: str) -> None:
    with pytest.raises(NotFetched):
        OUTSIDE.check(url)
    OUTSIDE.check("https://example.org/told?by=1")
