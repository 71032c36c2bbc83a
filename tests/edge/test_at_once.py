"""Answers from memory: the same as by ASGI's way, for every spelling of a request, and kept-alive as well."""

import pytest
from tests.edge.client import connected, exchange, serving
from tests.edge.readmodel import ReadModel

from stoppress.edge.app import Edge
from stoppress.lib import limits


@pytest.fixture
def at_once(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were answered from memory."""
    found: list[str] = []
    ready = edge.ready

    def noted(key: str, headers: list[tuple[bytes, bytes]]) -> object:
        answer = ready(key, headers)
        if answer is not None:
            found.append(key)
        return answer

    monkeypatch.setattr(edge, "ready", noted)
    return found


def parts(answer: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Status line, header lines but the date, body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    assert sum(line.startswith(b"date: ") for line in lines) == 1
    return status, sorted(line for line in lines if not line.startswith(b"date: ")), body


def asked(target: str, *lines: str, version: str = "1.1") -> bytes:
    return "\r\n".join([f"GET {target} HTTP/{version}", "Host: a", *lines, "", ""]).encode()


CLOSE = "Connection: close"
KEPT = (
    "/live/storm",
    "/live/storm/changes?after=0",
    "/live/storm/changes?after=3",
    "/live/storm/since?after=1",
    "/live/storm/feed.atom",
    "/live/storm/posts/00000000000000000001",
    "/live/storm/posts/00000000000000000002",
    "/live/storm?from=00000000000000000001",
    "/live/storm?order=oldest",
    "/",
)


CODINGS = ((CLOSE,), *((CLOSE, f"Accept-Encoding: {coding}") for coding in ("br", "zstd", "gzip")))


def test_what_is_kept_is_answered_as_it_is_by_asgis_way(
    edge: Edge, model: ReadModel, at_once: list[str]
) -> None:
    blog = model.blog()
    model.post(blog, "Water rises. " * 100)
    model.withdraw(blog, model.post(blog))
    with serving(edge) as port:
        for target in KEPT:
            for lines, version in zip(CODINGS, ("1.1", "1.0", "1.1", "1.0"), strict=True):
                edge._shelf._places.clear()
                request = asked(target, *lines, version=version)
                made, kept = exchange(port, request), exchange(port, request)
                assert parts(made) == parts(kept)
                tag = next(line[6:] for line in parts(made)[1] if line.startswith(b"etag: "))
                known = asked(target, *lines, f"If-None-Match: {tag.decode()}", version=version)
                from_memory = exchange(port, known)
                edge._shelf._places.clear()
                assert parts(from_memory) == parts(exchange(port, known))
            assert at_once == [target] * 8
            at_once.clear()


SPELLINGS = {
    "/live/storm/changes%3Fafter=2": b"404",
    "/live/storm/changes?after=%32": b"200",
    "/live/storm/changes?after=02": b"200",
    "/live/storm/changes?after=2&after=3": b"200",
    "/live/storm/changes?after=2#there": b"200",
    "/live/storm/changes?after=": b"400",
    "/live/storm/changes?": b"400",
    "/live/storm/": b"404",
    "//live/storm": b"404",
    "/sitemap-news.xml#2026031412": b"200",
}


def test_another_spelling_is_another_address_or_read_as_always(
    edge: Edge, model: ReadModel, at_once: list[str]
) -> None:
    model.post(model.blog())
    with serving(edge) as port:
        for kept in ("/live/storm", "/live/storm/changes?after=2", "/sitemap-news.xml"):
            exchange(port, asked(kept, CLOSE))
        answers = {target: exchange(port, asked(target, CLOSE)).split()[1] for target in SPELLINGS}
    assert answers == SPELLINGS
    assert at_once == []


def test_only_get_is_answered_from_memory(edge: Edge, model: ReadModel, at_once: list[str]) -> None:
    model.post(model.blog())
    with serving(edge) as port:
        exchange(port, asked("/live/storm", CLOSE))
        for method, status in ((b"HEAD", b"200"), (b"POST", b"405"), (b"OPTIONS", b"204")):
            answer = exchange(port, asked("/live/storm", CLOSE).replace(b"GET", method, 1))
            assert answer.split()[1] == status
    assert at_once == []


def test_a_change_is_in_the_very_next_answer(edge: Edge, model: ReadModel, at_once: list[str]) -> None:
    blog = model.blog()
    with serving(edge) as port:
        for number in range(5):
            model.post(blog, f"Number {number}.")
            for _ in range(2):
                page = exchange(port, asked("/live/storm", CLOSE))
                changes = exchange(port, asked(f"/live/storm/changes?after={number + 1}", CLOSE))
                assert f"Number {number}.".encode() in page
                assert f"Number {number}.".encode() in changes
    assert len(at_once) == 10


def test_a_connection_is_kept_after_it_and_a_body_is_passed_over(
    edge: Edge, model: ReadModel, at_once: list[str]
) -> None:
    model.blog()
    with serving(edge) as port:
        exchange(port, asked("/live/storm", CLOSE))
        with_body = asked("/live/storm", "Content-Length: 5") + b"hello"
        missing = asked("/missing")
        last = asked("/live/storm", CLOSE)
        answers = exchange(port, with_body + missing + with_body + last)
    statuses = [part[:3] for part in answers.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"404", b"200", b"200"]
    assert at_once[:1] == ["/live/storm"]


def test_a_connection_that_asks_nothing_more_is_closed(
    edge: Edge, model: ReadModel, monkeypatch: pytest.MonkeyPatch, at_once: list[str]
) -> None:
    model.blog()
    with serving(edge) as port:
        exchange(port, asked("/live/storm", CLOSE))
        monkeypatch.setattr(limits, "KEEP_ALIVE_SECONDS", 0)
        with connected(port) as connection:
            connection.sendall(asked("/live/storm"))
            came = b""
            while part := connection.recv(65_536):
                came += part
    assert came.startswith(b"HTTP/1.1 200 ")
    assert at_once == ["/live/storm"]
