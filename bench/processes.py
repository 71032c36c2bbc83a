"""What the kernel says of a process: its CPU time and memory. And starting a peer that stops with the bench."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from tests.e2e.server import free_port

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 40
_GONE = (FileNotFoundError, ProcessLookupError)  # ended while we looked
_KB = 1024


def _group(pid: int) -> Iterator[tuple[Path, list[str]]]:
    """The processes of `pid`'s group: their folder in /proc, and the fields of `stat` after the name."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(*_GONE):
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[2]) == pid:  # fields[2] is the process group
                yield folder, fields


def cpu_seconds(pid: int) -> float:
    """User and system time of `pid` and of everything in its process group, threads that ended included."""
    return sum(sum(int(ticks) for ticks in fields[11:15]) for _, fields in _group(pid)) / TICKS


def run_seconds(pids: Iterable[int]) -> float:
    """The same of several groups, to the nanosecond, without threads that ended."""
    total = 0
    for pid in pids:
        for folder, _ in _group(pid):
            for task in (folder / "task").glob("*/schedstat"):
                with suppress(*_GONE):
                    total += int(task.read_text().split()[0])
    return total / 1e9


def pss_bytes(pids: Iterable[int]) -> int:
    """Memory of these process groups; pages shared with others count in part."""
    total = 0
    for pid in pids:
        for folder, _ in _group(pid):
            with suppress(*_GONE, PermissionError):
                lines = (folder / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * _KB
    return total


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
def peer(*arguments: str, module: str = "bench.peers") -> Iterator[tuple[int, int]]:
    """Run `python -m MODULE KIND PORT REST…` on a free port (`bench.edge`: without KIND); yields (port, pid)."""
    port = free_port()
    words = (arguments[0], str(port), *arguments[1:]) if arguments else (str(port),)
    process = subprocess.Popen(
        (sys.executable, "-m", module, *words), start_new_session=True, stdin=subprocess.DEVNULL
    )
    try:
        wait_for(process, port)
        yield port, process.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int, words: Callable[[], str] = str) -> None:
    """Return once anything answers on `port`. Raises TimeoutError with the process's own `words`."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/nothing", timeout=1)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"A peer of the bench did not start. {words()}".strip())
