"""F22: words of the bus are lost, and the connection that listens is killed or goes silent. Readers still converge."""

import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import sized
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom
from tests.chaos.postgres import Postgres
from tests.chaos.proxy import Proxy
from tests.chaos.writer import Writers

from stoppress.lib import limits

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800), pytest.mark.xdist_group("postgres")]

KILLS = sized(2, 50)
SINGLES = sized(1, 20)  # posts whose way to the readers is timed while the bus is deaf
READERS = sized(3, 50)
LISTENERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ? AND application_name = ?"
)


@pytest.mark.fault("F22", "The listening connection killed, then silent")
def test_an_edge_that_hears_nothing_asks_by_itself(
    newsroom_on: NewsroomOn, server: Postgres, ledger: Ledger, verdict: Verdict
) -> None:
    newsroom = newsroom_on("postgres", roles=("desk", "edge"))
    with Proxy(server.url("")) as line:
        (edge,) = newsroom.named("edge")
        through = newsroom.database_url.replace(f":{server.port}/", f":{line.port}/")
        edge.variables = {**edge.variables, "STOPPRESS_BUS_URL": through}
        with newsroom, Crowd(newsroom.edge_url, SLUG, READERS) as crowd:
            with Writers(newsroom, ledger, total=KILLS * 5) as writers:
                killed = sum(_kill_listeners(newsroom, writers, ledger) for _ in range(KILLS))
            crowd.until(ledger.newest)
            line.silent()
            delays = sorted(_delay(newsroom, ledger, crowd, f"deaf{number}") for number in range(SINGLES))
            verdict.broken = f"{killed} listening connections killed, then all words lost for {SINGLES} posts"
            verdict.note = (
                f"asked by itself each {limits.SWEEP_SECONDS} s: post there after {delays[-1]:.1f} s at most"
            )
            line.heal()
            verdict.complain(*writers.strange)
            check(newsroom, ledger, verdict, crowd=crowd)


def _kill_listeners(newsroom: Newsroom, writers: Writers, ledger: Ledger) -> int:
    writers.until(len(ledger) + 4)
    name = newsroom.database_url.rpartition("/")[2]
    return len(newsroom.rows(LISTENERS, name, "stoppress-bus"))


def _delay(newsroom: Newsroom, ledger: Ledger, crowd: Crowd, name: str) -> float:
    """Seconds from a post's acknowledgement until every reader has it."""
    with Writers(newsroom, ledger, count=1, total=1, mixed=False, name=name):
        pass
    return crowd.until(ledger.newest)
