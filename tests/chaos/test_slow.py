"""F17, F19: readers that do not read, and clients that send and take a byte at a time; everybody else goes on."""

import re
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.chaos.bounded import bounded
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import LONG, PATIENCE_SECONDS, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom
from tests.chaos.slow import Slow, dripping, reading
from tests.chaos.writer import Writers
from tests.e2e.server import NO_CERTIFICATES

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

STUCK, SLOW = sized(100, 1_000), sized(10, 100)
GROWTH_BYTES = 100 * 1024 * 1024
CONNECTIONS = sized(150, 1_000)
HOST = b"Host: a\r\n"


def memory(newsroom: Newsroom) -> int:
    """Bytes of RAM that the server holds."""
    pages = int(Path(f"/proc/{newsroom.writing.pid}/statm").read_text().split()[1])
    return pages * 4_096


def connections(newsroom: Newsroom) -> int:
    """Sockets that the server holds."""
    files = Path(f"/proc/{newsroom.writing.pid}/fd")
    found = 0
    for file in files.iterdir():
        with suppress(OSError):  # it was closed meanwhile
            found += file.readlink().name.startswith("socket:")
    return found


def streams(newsroom: Newsroom) -> int:
    """Open streams, by the server's own count."""
    told = httpx.get(f"{newsroom.edge_url}/metrics", timeout=PATIENCE_SECONDS, verify=NO_CERTIFICATES).text
    found = re.search(r"^stoppress_readers(?:\{[^}]*\})? ([0-9.]+)$", told, re.MULTILINE)
    assert found, told[:500]
    return int(float(found[1]))


@pytest.mark.fault("F17", "readers that do not read")
def test_who_does_not_read_is_cut_and_delays_nobody(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    asks = f"GET /live/{SLUG}/events HTTP/1.1\r\n".encode() + HOST + b"\r\n"
    newsroom = newsroom_on("sqlite")
    if not LONG:
        bounded(newsroom, HEARTBEAT_SECONDS=1, SOCKET_SECONDS=4)
    with (
        newsroom,
        newsroom.api() as api,
        Crowd(newsroom.edge_url, SLUG, sized(20, 100), haste=10) as crowd,
        Slow(newsroom.edge_url) as slow,
    ):
        crowd.until_open()
        before = most = memory(newsroom)
        slow.come(STUCK, reading(asks, 0))
        slow.come(SLOW, reading(asks, 4_096))
        crowd.wait(lambda: streams(newsroom) == crowd.count + STUCK + SLOW, "all streams are open")
        began, delays = time.monotonic(), []
        while streams(newsroom) > crowd.count + SLOW and time.monotonic() - began < 2 * PATIENCE_SECONDS:
            api.publish(SLUG, f"{time.monotonic()} " + "The water rises. " * 700)
            delays.append(crowd.until(newest(newsroom)))
            most = max(most, memory(newsroom))
        cut_in = time.monotonic() - began
        left = streams(newsroom)
        if left > crowd.count + SLOW:
            verdict.complain(
                f"{left - crowd.count - SLOW} readers that take nothing still stand after {cut_in:.0f} s"
            )
        if most - before > GROWTH_BYTES:
            verdict.complain(f"memory grew by {(most - before) >> 20} MB, {GROWTH_BYTES >> 20} are allowed")
        verdict.broken = f"{STUCK} readers that never read, {SLOW} at 4 KB/s"
        verdict.note = (
            f"cut within {cut_in:.0f} s; memory +{(most - before) >> 20} MB; "
            f"others at most {max(delays):.1f} s behind"
        )
        check(newsroom, ledger, verdict, crowd=crowd)


def newest(newsroom: Newsroom) -> int:
    """The number of the page as it is now."""
    answer = httpx.get(f"{newsroom.edge_url}/live/{SLUG}", timeout=PATIENCE_SECONDS, verify=NO_CERTIFICATES)
    return int(answer.headers["stoppress-seq"])


@pytest.mark.fault("F19", "slow heads, slow bodies, slow reading")
def test_the_desk_works_while_slow_clients_hold_every_connection_they_can(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    newsroom = newsroom_on("sqlite")
    if not LONG:
        bounded(
            newsroom,
            HEADER_SECONDS=4,
            BODY_SECONDS=4,
            SOCKET_SECONDS=4,
            KEEP_ALIVE_SECONDS=4,
            ANSWER_SECONDS=4,
        )
    body = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"
    part = CONNECTIONS // 6
    with newsroom, newsroom.api() as api, Slow(newsroom.edge_url) as slow:
        login = f"{newsroom.writing.url}/desk/account/login/"
        for _ in range(20):
            api.publish(SLUG, "The water rises. " * 700)
        before = connections(newsroom)
        slow.come(2 * part, dripping(b"GET /live/surge HTTP/1.1\r\n" + HOST, b"X-A: b\r\n"))
        slow.come(part, dripping(b"POST /desk/account/login/ HTTP/1.1\r\n" + HOST + body, b"a=b&"))
        slow.come(part, dripping(b"POST /api/v1/liveblogs HTTP/1.1\r\n" + HOST + body, b"a=b&"))
        slow.come(part, reading(b"GET /desk/account/login/ HTTP/1.1\r\n" + HOST + b"\r\n", 1))
        slow.come(part, reading(b"GET /live/surge HTTP/1.1\r\n" + HOST + b"\r\n", 1))
        began = time.monotonic()
        with Writers(newsroom, ledger, total=sized(20, 300), name="slow") as writers:
            screens = []
            while writers.busy:
                asked = time.monotonic()
                shown = httpx.get(login, timeout=PATIENCE_SECONDS, verify=NO_CERTIFICATES)
                screens.append(time.monotonic() - asked)
                if shown.status_code != 200:
                    verdict.complain(f"the desk answered {shown.status_code}")
        while connections(newsroom) > before and time.monotonic() - began < 4 * PATIENCE_SECONDS:
            time.sleep(0.1)  # until the server's own bounds end them
        if connections(newsroom) > before:
            verdict.complain(f"{connections(newsroom) - before} slow connections still stand")
        verdict.broken = f"{6 * part} connections: heads, bodies and answers a byte at a time"
        verdict.note = (
            f"a screen of the desk in at most {max(screens):.2f} s; all cut {time.monotonic() - began:.0f} s"
        )
        verdict.complain(*writers.strange)
        check(newsroom, ledger, verdict)
