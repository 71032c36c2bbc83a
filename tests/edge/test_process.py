"""A real process: told to stop it ends its streams and leaves in time; commits of other processes reach its readers."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.edge.client import LiveReader, connected, reader
from tests.edge.readmodel import ReadModel

from stoppress.lib import limits

pytestmark = pytest.mark.faults

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def process(model: ReadModel) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The process and its port."""
    command = (sys.executable, "-m", "tests.edge.serve_once", str(model.path.parent))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as started:
        assert started.stdout is not None
        port = int(started.stdout.readline())
        yield started, port
        started.kill()


def crowd(port: int, count: int) -> list[LiveReader]:
    """Open streams."""
    readers = [reader(port).open("/live/storm/events") for _ in range(count)]
    for someone in readers:
        someone.until_standing(1)
    return readers


def test_a_commit_of_another_process_reaches_readers(
    model: ReadModel, process: tuple[subprocess.Popen[str], int]
) -> None:
    blog = model.blog()
    (someone,) = crowd(process[1], 1)
    model.post(blog)
    assert [change["seq"] for change in someone.until(1)] == [2]
    someone.connection.close()


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_streams_and_exits_in_time(
    model: ReadModel, process: tuple[subprocess.Popen[str], int], word: signal.Signals
) -> None:
    model.blog()
    started, port = process
    readers = crowd(port, 300)
    idle, stuck = connected(port), connected(port)
    stuck.sendall(b"GET / HTTP/1.1\r\n")
    began = time.monotonic()
    started.send_signal(word)
    for someone in readers:
        someone.until_end()
        assert someone.stream.retry is not None
    assert started.wait(20) == 0
    assert time.monotonic() - began < limits.DRAIN_SECONDS + 3
    for someone in readers:
        someone.connection.close()
    idle.close()
    stuck.close()
