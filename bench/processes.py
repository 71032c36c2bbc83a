"""What the kernel says of a process: its CPU time. And starting a peer that stops with the bench."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from tests.e2e.server import free_port

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 20


def cpu_seconds(pid: int) -> float:
    """User and system time of `pid` and of everything in its process group, threads that ended included."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
        if int(fields[2]) == pid:  # fields[2] is the process group
            total += sum(int(ticks) for ticks in fields[11:15])
    return total / TICKS


def thread_seconds(pid: int) -> float:
    """The same of the process's first thread alone: in a server, the one that runs the event loop."""
    task = Path(f"/proc/{pid}/task/{pid}")
    schedule = task / "schedstat"
    if schedule.exists():  # in nanoseconds
        return int(schedule.read_text().split()[0]) / 1e9
    fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Span:
    """CPU of a server between two moments: `whole`, and of the thread that serves readers."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._began, self._whole, self._thread = time.monotonic(), cpu_seconds(pid), thread_seconds(pid)
        self.seconds = self.whole = self.thread = 0.0

    def end(self) -> None:
        """Now."""
        self.seconds = time.monotonic() - self._began
        self.whole = cpu_seconds(self._pid) - self._whole
        self.thread = thread_seconds(self._pid) - self._thread


@contextmanager
def peer(*arguments: str) -> Iterator[tuple[int, int]]:
    """Run `python -m bench.peers ARGUMENTS` on a free port; yields (port, pid)."""
    port = free_port()
    kind, *rest = arguments
    process = subprocess.Popen(
        (sys.executable, "-m", "bench.peers", kind, str(port), *rest), start_new_session=True
    )
    try:
        _wait(process, port)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/nothing", timeout=1)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("A peer of the bench did not start.")
