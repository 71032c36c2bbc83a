"""F5: the disk under the database, the pictures or the logs is full. Nothing is promised falsely, and it goes on after.

On a file system of a few MB where one may be mounted; elsewhere the server may write no file larger than it has (as
`ulimit -f` does), which SQLite meets as a failing disk. Both are lifted while it runs.
"""

import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import httpx
import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom, signed_in, upload
from tests.chaos.writer import Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

POSTS = sized(6, 60)
ROUNDS = sized(1, 5)
READERS = sized(3, 10)
# Python would take a compiled module that was cut short for a whole one at the next start, here and in other tests.
WHOLE_MODULES = {"PYTHONDONTWRITEBYTECODE": "1"}
DISK_BYTES = 24 * 1024 * 1024  # a fresh newsroom and its write-ahead log take a third


class Disk(Protocol):
    """Something that can be full."""

    words: str

    def fill(self) -> None:
        """From now on there is no room."""

    def empty(self) -> None:
        """There is room again."""


class Mounted:
    """A small file system, and a file that takes what is left of it."""

    words = "a file system of 24 MB filled to the last byte"

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as file, suppress(OSError):
            for size in (1024 * 1024, 4096, 1):
                with suppress(OSError):
                    while file.write(b"\0" * size) == size:
                        pass

    def empty(self) -> None:
        self._ballast.unlink()


class Bounded:
    """A server that may write no file beyond its first bytes."""

    words = "no file may be written any more (RLIMIT_FSIZE)"

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def fill(self) -> None:
        self._bound(4096)

    def empty(self) -> None:
        self._bound(resource.RLIM_INFINITY)

    def _bound(self, size: int) -> None:
        hard = resource.RLIM_INFINITY
        resource.prlimit(self._newsroom.writing.pid, resource.RLIMIT_FSIZE, (size, hard))


@contextmanager
def small_disk(folder: Path, *, wanted: bool) -> Iterator[bool]:
    """Mount DISK_BYTES at `folder`; False where that is not wanted, or not allowed."""
    if not wanted:
        yield False
        return
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={DISK_BYTES}"
    done = subprocess.run(
        ("/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)), capture_output=True, check=False
    )
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(("/bin/umount", "-l", str(folder)), check=True)


@pytest.mark.fault("F5", "The disk full")
@pytest.mark.parametrize("way", sized(["either"], ["mounted", "bounded"]))
def test_a_full_disk_promises_nothing_and_readers_read_on(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict, tmp_path: Path, way: str
) -> None:
    with small_disk(tmp_path / "disk", wanted=way != "bounded") as mounted:
        where = {"data": tmp_path / "disk" / "data"} if mounted else {}
        newsroom = newsroom_on("sqlite", variables=WHOLE_MODULES, **where)
        with newsroom, Crowd(newsroom.edge_url, SLUG, READERS) as crowd:
            disk: Disk = Mounted(tmp_path / "disk") if mounted else Bounded(newsroom)
            with Writers(newsroom, ledger, total=POSTS, name="before"):
                pass
            for number in range(1, ROUNDS + 1):
                _fill_and_look(newsroom, ledger, disk, number)
                with Writers(newsroom, ledger, total=POSTS, name=f"after{number}-"):
                    pass
            verdict.broken = f"{ROUNDS} × {disk.words}"
            verdict.note = "refused with 507 until there was room; the same requests were then taken"
            check(newsroom, ledger, verdict, crowd=crowd)
            newsroom.kill()  # and once more from what is on the disk
            newsroom.writing.start()
            check(newsroom, ledger, verdict, crowd=crowd)


def _fill_and_look(newsroom: Newsroom, ledger: Ledger, disk: Disk, number: int) -> None:
    page = httpx.get(f"{newsroom.edge_url}/live/{SLUG}", timeout=PATIENCE_SECONDS).text
    with signed_in(newsroom) as desk:
        ledger.break_()
        disk.fill()
        before, refused = len(ledger), len(ledger.refusals)
        with Writers(newsroom, ledger, count=2, total=POSTS, name=f"full{number}-", mixed=False) as writers:
            until = time.monotonic() + PATIENCE_SECONDS
            while len(ledger.refusals) < refused + 10:
                assert time.monotonic() < until, "nothing is refused on a full disk"
                time.sleep(0.02)
            promised = len(ledger) - before
            answer = httpx.get(f"{newsroom.edge_url}/live/{SLUG}", timeout=PATIENCE_SECONDS)
            assert answer.status_code == 200
            assert promised or answer.text == page
            assert desk.get(f"/desk/live/{SLUG}/").status_code in (200, 507)
            picture = upload(newsroom, 1200, 900)
            assert picture.status_code == 507, picture.text
            disk.empty()
            writers.join()
            ledger.mend()
    told = {status for _, status, _ in ledger.refusals[refused:]}
    assert told == {507}, ledger.refusals[refused:]
