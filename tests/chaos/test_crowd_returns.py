"""F18, F20, F21: a crowd drops and returns at once, edges are restarted under it, the server stands still."""

import time
from collections import Counter

import pytest
from tests.chaos.bounded import bounded
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG
from tests.chaos.proxy import Proxy
from tests.chaos.writer import Writers
from tests.e2e.server import Newsroom as Api

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

READERS, PLACES = sized((150, 100), (5_000, 4_000))
FOLLOWERS = sized(100, 2_000)
ROLL_PAUSE = sized(0.05, 1.0)  # all readers are one process, which takes a few thousand changes a second
HASTE = sized(10.0, 1.0)
PAUSE_SECONDS = sized(2.0, 60.0)
TOGETHER_MAX = 0.2  # of all readers, in one second; drawn over 16 seconds it is a sixteenth


def percentile(seconds: list[float], share: float = 0.99) -> float:
    """Within which that share was done."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


def publish_until(api: Api, is_over: float, ledger: Ledger) -> list[float]:
    """Publish, one post after the other, until that moment; the seconds each took."""
    took: list[float] = []
    while not took or time.monotonic() < is_over:
        began = time.monotonic()
        text = f"Word crowd-{len(took)} as first written."
        told = api.ask("POST", f"/liveblogs/{SLUG}/posts", markdown=text)
        took.append(time.monotonic() - began)
        ledger.promise(f"crowd-{len(took)}", "publish", str(told["id"]), int(str(told["seq"])), text)
    return took


@pytest.mark.fault("F18", "more readers than places, all dropped at once")
def test_a_crowd_that_returns_at_once_finds_places_or_polls_and_the_desk_goes_on(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    newsroom = bounded(newsroom_on("sqlite"), STREAMS_PER_PROCESS=PLACES)
    with newsroom, newsroom.api() as api, Crowd(newsroom.edge_url, SLUG, READERS, haste=HASTE) as crowd:
        crowd.until_open(PLACES)
        crowd.cut()
        took = publish_until(api, time.monotonic() + 3, ledger)
        verdict.converged = crowd.until(ledger.newest)
        crowd.until_open(PLACES)
        polls, refusals = crowd.sum("polls"), crowd.sum("refusals")
        if refusals < READERS - PLACES or not polls:
            verdict.complain(f"{refusals} refusals and {polls} polls: the bound was not reached")
        verdict.broken = f"{READERS:,} readers for {PLACES:,} places, dropped in one instant"
        verdict.note = (
            f"{refusals:,} × 503, {polls:,} polls; p99 of {len(took)} publishes {percentile(took):.2f} s"
        )
        check(newsroom, ledger, verdict, crowd=crowd)


@pytest.mark.fault("F20", "edges restarted one after the other")
def test_a_rolling_restart_of_the_edges_loses_nothing_and_spreads_the_return(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    newsroom = newsroom_on("postgres", roles=("desk", "edge", "edge"))
    exits, together = [], 0.0
    with newsroom:
        first, second = newsroom.reading
        with (
            Proxy(first.url) as line,
            Crowd(line.url, SLUG, FOLLOWERS, haste=HASTE) as crowd,
            Writers(newsroom, ledger, count=2, name="roll", pause=ROLL_PAUSE) as writers,
        ):
            crowd.until_open()
            for old, new in ((first, second), (second, first)):
                line.lead_to(new.url)
                began = time.monotonic()
                if status := old.stop():
                    verdict.complain(f"the edge ended with {status}")
                exits.append(time.monotonic() - began)
                together = max(together, in_one_second(crowd))
                crowd.until_open()
                old.start()
                writers.until(len(ledger) + 5)
            writers.stop()
            writers.join()
            verdict.converged = crowd.until(ledger.newest)
            if max(exits) > PATIENCE_SECONDS:
                verdict.complain(f"an edge took {max(exits):.0f} s to end")
            if together > TOGETHER_MAX:
                verdict.complain(f"{together:.0%} of the readers were told to come back in the same second")
            verdict.broken = f"2 × SIGTERM, one edge after the other, under {FOLLOWERS:,} streams"
            verdict.note = f"exit after {max(exits):.1f} s; at most {together:.0%} return in one second"
            verdict.complain(*writers.strange)
            check(newsroom, ledger, verdict, crowd=crowd)


def in_one_second(crowd: Crowd) -> float:
    """The greatest share of readers that were told to come back in the same second."""
    waits = crowd.call(lambda: [reader.stays_away for reader in crowd.readers])
    (_, most), *_ = Counter(int(wait) for wait in waits).most_common(1)
    return most / len(waits)


@pytest.mark.fault("F21", "the server stopped in its tracks")
def test_a_server_that_stood_still_goes_on_where_it_stood(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict
) -> None:
    with (
        newsroom_on("sqlite") as newsroom,
        Crowd(newsroom.edge_url, SLUG, sized(20, 500), haste=HASTE) as crowd,
        Writers(newsroom, ledger, count=4, name="still", pause=0.02) as writers,
    ):
        crowd.until_open()
        for _ in range(sized(2, 5)):
            writers.until(len(ledger) + 5)
            ledger.break_()
            newsroom.writing.pause()
            time.sleep(PAUSE_SECONDS)  # that is the fault
            newsroom.writing.go_on()
            ledger.mend()
        writers.stop()
        writers.join()
        verdict.converged = crowd.until(ledger.newest)
        verdict.broken = f"{sized(2, 5)} × SIGSTOP for {PAUSE_SECONDS:.0f} s"
        verdict.complain(*writers.strange)
        check(newsroom, ledger, verdict, crowd=crowd, unknown=frozenset(writers.unknown))
