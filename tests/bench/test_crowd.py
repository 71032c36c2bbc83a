"""The load client counts what it is there to count: against a server that loses, doubles and swaps on purpose."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bench import edge
from bench.compiled import NotMeasured, program
from bench.crowd import Phase, crowd
from bench.writers import gaps

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n%b\r\n"
CHUNKED = HEAD % b"Transfer-Encoding: chunked\r\n"


@pytest.fixture(scope="module", autouse=True)
def _compiler() -> None:
    try:
        program("crowd")
    except NotMeasured as why:
        pytest.skip(str(why))


def event(number: int, end: bytes = b"\n") -> bytes:
    mark = f"crowd:{number}:{time.monotonic_ns()};"
    return b"id: 1" + end + b'data: {"html":"<p>' + mark.encode() + b'</p>"}' + end + end


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


@contextmanager
def server(pieces: list[bytes]) -> Iterator[int]:
    """Sends every connection these pieces, each by itself, once it has asked; then keeps it open."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with connection:
                connection.recv(4096)
                for piece in pieces:
                    connection.sendall(piece)
                done.wait(30)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            done.set()
            thread.join()


def heard(pieces: list[bytes], count: int) -> Phase:
    with server(pieces) as port, crowd(1, port, "/events", pids=()) as there:
        assert (there.opened, there.refused) == (1, 0)
        return there.listen(count, 30)


def split(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("size", [7, 100_000])
def test_whole_events_are_found_wherever_the_bytes_break(end: bytes, size: int) -> None:
    stream = b": hello\n\nretry: 1000\n\n" + b"".join(event(number, end) for number in (1, 2, 3))
    framed = b"".join(chunk(part) for part in split(stream, 11))
    for head, body in ((CHUNKED, framed), (HEAD % b"", stream)):
        phase = heard([head, *split(body, size)], 3)
        assert phase.is_whole
        assert (phase.delivered, phase.delay.count, phase.last.count) == (3, 3, 3)
        assert 0 <= phase.delay.p50 <= phase.delay.p99 <= phase.delay.max


def test_what_comes_twice_or_late_is_counted_and_what_is_left_out_is_not_told_as_come() -> None:
    phase = heard([CHUNKED, *(chunk(event(number)) for number in (1, 3, 2, 3, 5, 4))], 5)
    assert (phase.delivered, phase.duplicated, phase.disordered) == (5, 1, 2)
    assert not phase.is_whole


def test_a_stream_that_is_refused_is_told() -> None:
    refusal = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"
    with server([refusal]) as port, crowd(1, port, "/events", pids=()) as there:
        assert (there.opened, there.refused) == (0, 1)


def test_the_edges_feed_makes_events_as_long_as_asked_for() -> None:
    store = edge.FeedStore()
    store.put("x" * 100)
    (row,) = store._posts
    assert len(row.html) == 100
    assert 100 < edge.frame_overhead() < 400


def test_gaps_in_the_log_are_counted() -> None:
    lines = [json.dumps({"seq": number}) for number in (1, 2, 4, 4)]
    assert gaps("\n".join(lines)) == 2
    assert gaps("\n".join(lines[:2])) == 0
