"""F29: memory runs out while a picture is read. The system ends the process that reads it, and nothing else ends."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.form import PATIENCE_SECONDS, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import Newsroom
from tests.chaos.writer import Writers
from tests.liveblogs import photos

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

KILLED, SPARED = sized((2, 1), (20, 5))
READS = b"stoppress.liveblogs.pictures.child"


def kill_readers(server: int, count: int, stop: threading.Event) -> int:
    """End so many processes that read pictures for `server`, as the system does when memory runs out."""
    killed: set[int] = set()
    while len(killed) < count and not stop.wait(0.002):
        for pid in children(server) - killed:
            with suppress(OSError):
                if READS in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
    return len(killed)


def children(pid: int) -> set[int]:
    """Processes that this one started."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # the thread ended meanwhile
            found |= {int(child) for child in (task / "children").read_text().split()}
    return found


def upload(newsroom: Newsroom, data: bytes) -> httpx.Response:
    """One picture, through the API."""
    return httpx.post(
        f"{newsroom.writing.url}/api/v1/media",
        headers={"Authorization": f"Bearer {newsroom.token}"},
        files={"file": ("photo.jpg", data, "image/jpeg")},
        timeout=2 * PATIENCE_SECONDS,
    )


@pytest.mark.fault("F29", "no memory for a picture")
def test_when_the_process_that_reads_a_picture_is_killed_only_that_upload_fails(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    photo = photos.encoded(photos.bands(600, 400))
    stop = threading.Event()
    with newsroom_on("sqlite") as newsroom, ThreadPoolExecutor(3) as pool:
        server = newsroom.writing.pid
        with Writers(newsroom, ledger, total=sized(15, 200), count=2, name="picture") as writers:
            killer = pool.submit(kill_readers, server, KILLED, stop)
            answers = list(pool.map(lambda _: upload(newsroom, photo), range(KILLED)))
            stop.set()
            killed = killer.result()
            spared = [upload(newsroom, photo) for _ in range(SPARED)]
        refused = [answer for answer in answers if answer.status_code == 422]
        told = [answer.json().get("detail", "") for answer in refused]
        if len(refused) != killed or not killed:
            verdict.complain(f"{killed} were killed, answers {[answer.status_code for answer in answers]}")
        if any("memory" not in sentence for sentence in told):
            verdict.complain(f"refused without saying why: {told[:2]}")
        if any(answer.status_code != 201 for answer in spared):
            verdict.complain(f"afterwards uploads answered {[answer.status_code for answer in spared]}")
        if newsroom.writing.pid != server:
            verdict.complain("the server did not live on")
        verdict.broken = f"{killed} × kill -9 of the process that reads a picture"
        verdict.note = "each a refusal with a sentence; pictures sent afterwards are taken"
        verdict.complain(*writers.strange)
        check(newsroom, ledger, verdict)
