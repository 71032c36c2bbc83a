"""F12, F28: what stands between readers and the server breaks, or tells them what was so a minute ago."""

import time
from random import Random

import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import chance, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG
from tests.chaos.proxy import Proxy, StaleCache
from tests.chaos.writer import Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

READERS = sized(25, 500)
CUTS = sized(4, 20)
SECONDS_MAX = sized(0.6, 60.0)  # of one break
PAUSE_SECONDS = sized(0.05, 0.5)  # all readers are one process, which takes a few thousand changes a second
HASTE = sized(10.0, 1.0)
SLOW_SECONDS, DRIP_BYTES = 0.05, 2_000


def broken(line: Proxy, moments: Random) -> str:
    """Break the line in one of six ways; returns which."""
    way = moments.choice(("cut", "cut some", "down", "silent", "late", "drip"))
    match way:
        case "cut":
            line.cut()
        case "cut some":
            line.cut(share=moments.random(), chance=moments)
        case "down":
            line.down()
        case "silent":
            line.silent()
        case "late":
            line.slow(delay=SLOW_SECONDS)
        case "drip":
            line.slow(drip=DRIP_BYTES)
    return way


@pytest.mark.fault("F12", "readers' network cut")
def test_readers_whose_network_breaks_again_and_again_end_with_the_fresh_page(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    moments, slowest = chance("cuts"), 0.0
    with (
        newsroom_on("sqlite") as newsroom,
        Proxy(newsroom.edge_url) as line,
        Crowd(line.url, SLUG, READERS, haste=HASTE) as crowd,
    ):
        writers = Writers(newsroom, ledger, count=2, name="cut", pause=PAUSE_SECONDS)
        with writers:
            for _ in range(CUTS):
                writers.until(len(ledger) + moments.randint(1, 10))
                broken(line, moments)
                time.sleep(moments.uniform(0.05, SECONDS_MAX))  # a network that is away: nothing to wait for
                line.heal()
                crowd.wake()
                slowest = max(slowest, crowd.until(ledger.newest))
            writers.stop()
        verdict.converged = slowest
        verdict.broken = f"{CUTS} breaks of {READERS} readers' lines: reset, down, silent, late, dripping"
        verdict.note = f"{crowd.sum('breaks'):,} connections lost"
        check(newsroom, ledger, verdict, crowd=crowd)


@pytest.mark.fault("F28", "a cache that is never purged")
def test_a_stale_cache_is_corrected_by_the_stream(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    """Whoever loads an old page has the stream put it right, and sees a withdrawal at once."""
    with newsroom_on("sqlite") as newsroom, StaleCache(newsroom.edge_url) as cache, newsroom.api() as api:
        wrong = api.publish(SLUG, "Police speak of a wrong number.")
        stands = api.publish(SLUG, "The gate is shut.")
        with Crowd(cache.url, SLUG, 1):
            pass  # the cache has the page now
        # Fewer than limits.CHANGES_AT_ONCE: whoever missed more needs a fresh page, which this cache never has.
        with Writers(newsroom, ledger, total=sized(20, 100), name="stale"):
            pass
        with Crowd(cache.url, SLUG, sized(20, 200), haste=HASTE) as crowd:
            crowd.until(ledger.newest)
            began = time.monotonic()
            api.withdraw(SLUG, wrong, "Not confirmed.")
            crowd.wait(
                lambda: all("wrong number" not in str(reader.page) for reader in crowd.readers),
                "no open page shows what was withdrawn",
            )
            verdict.converged = time.monotonic() - began
            loads = crowd.sum("loads")
            if cache.given < crowd.count:
                verdict.complain(f"the cache gave {cache.given} old pages, {crowd.count} were wanted")
            check(newsroom, ledger, verdict, crowd=crowd)
    verdict.broken = f"{loads} pages of {crowd.count} readers out of a cache that knows nothing newer"
    verdict.note = "withdrawn text left every open page"
    assert stands
