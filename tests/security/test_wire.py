"""What must not pass a real server: false hosts, forwarded lies, smuggled requests, heads and bodies too large."""

import pytest
from tests.security.conftest import Street
from tests.security.wire import HOST, PUBLIC_URL, ask, exchange, statuses

from stoppress.lib import limits

pytestmark = pytest.mark.faults

EVIL = "evil.example"
LIES = {
    "X_Forwarded_Host": EVIL,
    "X_Forwarded_Proto": "http",
    "X_Forwarded_For": "127.0.0.1",
    "X_Forwarded_Port": "81",
    "X_Forwarded_Server": EVIL,
    "X_Forwarded_Prefix": f"//{EVIL}",
    "X_Original_URL": "/desk/",
    "X_Rewrite_URL": "/desk/",
    "X_Host": EVIL,
    "X_HTTP_Method_Override": "DELETE",
    "X_Method_Override": "DELETE",
    "Forwarded": f"for=127.0.0.1;host={EVIL};proto=http",
    "Front_End_Https": "off",
    "True_Client_IP": "127.0.0.1",
    "X_Real_IP": "127.0.0.1",
    "X_Stoppress_User": "1",
    "Remote_User": "nora@example.org",
}
PATHS = (
    "/",
    "/live/surge",
    "/live/surge/feed.atom",
    "/live/surge/feed.json",
    "/live/surge/nothing",
    "/nowhere",
)
DESKS = (
    "/desk/",
    "/desk/account/login/",
    "/desk/account/password/reset/",
    "/api/v1/liveblogs",
    "/api/v1/openapi.json",
)


@pytest.mark.parametrize(
    "host", [EVIL, f"{HOST}.{EVIL}", f"{HOST}@{EVIL}", f"{EVIL}:80", "", "[::", "a b", f"{HOST},{EVIL}"]
)
def test_a_false_host_is_refused_by_the_desk_and_never_repeated(street: Street, host: str) -> None:
    for path in DESKS:
        raw = exchange(
            street.server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        assert statuses(raw) == [400], (path, raw)
        assert EVIL.encode() not in raw
    for path in PATHS:
        raw = exchange(
            street.server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        assert EVIL.encode() not in raw
        assert statuses(raw) in ([200], [404], [400])


def test_what_is_forwarded_is_not_believed(street: Street) -> None:
    for path in (*PATHS, *DESKS):
        plain, lied = (ask(street.server, "GET", path, Accept="text/html", **more) for more in ({}, LIES))
        assert lied.status == plain.status, path
        assert EVIL not in lied.text + str(lied.headers), path
        assert lied.headers.get("location") == plain.headers.get("location")
        assert "strict-transport-security" in lied.headers
    assert ask(street.server, "GET", "/metrics", X_Forwarded_For="127.0.0.1").status == 403


def test_links_that_are_kept_name_the_public_address(street: Street) -> None:
    for path in ("/live/surge", "/live/surge/feed.atom", "/live/surge/feed.json"):
        text = ask(street.server, "GET", path, Host="127.0.0.1").text
        assert f"{PUBLIC_URL}/live/surge" in text
        assert "http://127.0.0.1" not in text


# What a proxy and the server behind it could cut in two places. `SMUGGLED` must never be a request of its own.
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: news.example\r\n\r\n"
HEADS = {
    "length and chunks": b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 46\r\n",
    "a list of lengths": b"Content-Length: 0, 46\r\n",
    "a length with a sign": b"Content-Length: +46\r\n",
    "a length below zero": b"Content-Length: -1\r\n",
    "a length in hex": b"Content-Length: 0x2e\r\n",
    "a length with a blank": b"Content-Length: 4 6\r\n",
    "a length beyond numbers": b"Content-Length: 99999999999999999999999\r\n",
    "a blank before the colon": b"Content-Length : 0\r\n",
    "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "chunks not last": b"Transfer-Encoding: chunked, identity\r\n",
    "unknown coding": b"Transfer-Encoding: xchunked\r\n",
    "a coding behind a tab": b"Transfer-Encoding:\tchunked\r\nContent-Length: 0\r\n",
    "a folded line": b"X-A: b\r\n Content-Length: 46\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n",
    "a name with a blank": b"Bad Name: 1\r\n",
    "a NUL in a value": b"X-A: a\x00b\r\n",
    "a NUL in a name": b"X\x00A: b\r\n",
    "a lone CR": b"X-A: a\rContent-Length: 46\r\n",
}


@pytest.mark.parametrize("fault", HEADS)
@pytest.mark.parametrize("path", ["/live/surge", "/desk/account/login/", "/api/v1/liveblogs"])
def test_a_request_that_could_be_cut_in_two_ways_is_refused(street: Street, fault: str, path: str) -> None:
    head = b"POST %b HTTP/1.1\r\nHost: news.example\r\n%b\r\n" % (path.encode(), HEADS[fault])
    raw = exchange(street.server, head + b"0\r\n\r\n" + SMUGGLED)
    assert b'"live"' not in raw, "the request inside was answered"
    assert statuses(raw)[:1] == [400], raw[:200]
    assert b"connection: close" in raw.lower()


CHUNKS = {
    "a size that is no number": b"zz\r\nabc\r\n0\r\n\r\n",
    "a size below zero": b"-1\r\nabc\r\n0\r\n\r\n",
    "a size beyond numbers": b"ffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "a size in other digits": b"0x3\r\nabc\r\n0\r\n\r\n",
    "more than the size": b"3\r\nabcdef\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("fault", CHUNKS)
def test_chunks_that_lie_end_the_connection(street: Street, fault: str) -> None:
    head = b"POST /desk/account/login/ HTTP/1.1\r\nHost: news.example\r\nTransfer-Encoding: chunked\r\n\r\n"
    raw = exchange(street.server, head + CHUNKS[fault] + SMUGGLED)
    assert b'"live"' not in raw
    assert set(statuses(raw)) <= {400, 403}


LINES = {
    "a version to come": b"GET / HTTP/3.0\r\nHost: news.example\r\n\r\n",
    "no method": b" / HTTP/1.1\r\nHost: news.example\r\n\r\n",
    "a method with a NUL": b"GE\x00T / HTTP/1.1\r\nHost: news.example\r\n\r\n",
    "a method nobody has": b"get / HTTP/1.1\r\nHost: news.example\r\n\r\n",
    "TLS on a plain port": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 64,
    "HTTP/2 at once": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a NUL in the path": b"GET /\x00 HTTP/1.1\r\nHost: news.example\r\n\r\n",
}


@pytest.mark.parametrize("fault", LINES)
def test_what_is_no_request_is_told_so(street: Street, fault: str) -> None:
    raw = exchange(street.server, LINES[fault])
    assert statuses(raw) in ([400], [405], [404], []), raw[:200]
    assert b"Traceback" not in raw


def test_other_forms_of_the_target_reach_nothing_new(street: Street) -> None:
    for target in (
        f"http://{EVIL}/desk/",
        f"//{EVIL}/desk/",
        "/live/../desk/",
        "/live/%2e%2e/desk/",
        "*",
        "/static/..%2f..%2fsecret-key",
        "/static/../secret-key",
        "/media/../secret-key",
        "/media/..%2f..%2fsecret-key/480.webp",
    ):
        raw = exchange(
            street.server, f"GET {target} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        )
        assert statuses(raw)[0] in (302, 400, 404), target
        assert EVIL.encode() not in raw


@pytest.mark.parametrize("path", ["/live/surge", "/desk/", "/api/v1/liveblogs"])
def test_heads_too_large_are_refused(street: Street, path: str) -> None:
    start = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n".encode()
    for head in (
        b"X-A: " + b"a" * (limits.HEADER_BYTES + 1) + b"\r\n",
        b"".join(b"X-%d: %b\r\n" % (number, b"a" * 40) for number in range(1_000)),
        b"Cookie: " + b"a=b; " * 10_000 + b"\r\n",
    ):
        assert statuses(exchange(street.server, start + head + b"\r\n")) == [431]
    long = f"GET {path}?{'a' * (limits.HEADER_BYTES + 1)} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    assert statuses(exchange(street.server, long))[0] in (414, 431)


@pytest.mark.parametrize("path", ["/desk/account/login/", "/desk/live/surge/posts/", "/api/v1/liveblogs"])
def test_bodies_too_large_are_refused_before_they_come(street: Street, path: str) -> None:
    for kind, most in (
        (b"application/json", limits.REQUEST_BODY_BYTES),
        (
            b"multipart/form-data; boundary=x",
            limits.REQUEST_BODY_BYTES + max(limits.UPLOAD_BYTES, limits.IMPORT_BYTES),
        ),
    ):
        head = b"POST %b HTTP/1.1\r\nHost: news.example\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
        assert statuses(exchange(street.server, head % (path.encode(), kind, most + 1))) == [413]


def test_a_body_that_does_not_say_how_long_it_is_ends_in_time(street: Street) -> None:
    head = b"POST /desk/account/login/ HTTP/1.1\r\nHost: news.example\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    try:
        raw = exchange(street.server, head + piece * (limits.REQUEST_BODY_BYTES // 65_536 + 4))
    except (BrokenPipeError, ConnectionResetError):
        return
    assert not raw or statuses(raw)[0] in (400, 403, 413)


def test_after_all_that_it_still_answers(street: Street) -> None:
    assert ask(street.server, "GET", "/healthz").status == 200
