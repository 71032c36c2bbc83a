"""F1: kill -9 of the server at random moments, while reporters publish and readers read."""

import time

import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import chance, sized, step
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG
from tests.chaos.writer import Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

KILLS = sized(3, 50)
POSTS = sized(50, 1_000)
READERS = sized(5, 20)


@pytest.mark.fault("F1", "kill -9 of the server")
@pytest.mark.parametrize("database", sized(["sqlite"], ["sqlite", "postgres"]))  # short: F3 has PostgreSQL
def test_kill_nine_at_any_moment_loses_and_doubles_nothing(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict, database: str
) -> None:
    verdict.title += f", {database}"
    moments = chance(f"kills {database}")
    with newsroom_on(database) as newsroom, Crowd(newsroom.edge_url, SLUG, READERS, haste=5) as crowd:
        writers = Writers(newsroom, ledger, total=POSTS)
        with writers:
            for kill in range(1, KILLS + 1):
                writers.until(round(POSTS * (kill - moments.random()) / (KILLS + 1)))
                time.sleep(moments.random() / 50)  # a moment inside whatever is under way
                ledger.break_()
                newsroom.writing.kill()
                newsroom.writing.start()
                ledger.mend()
                step("kills of the server", kill, KILLS)
            verdict.converged = crowd.until(ledger.newest)
        verdict.broken = f"{KILLS} × kill -9 during {POSTS:,} posts"
        verdict.complain(*writers.strange)
        check(newsroom, ledger, verdict, crowd=crowd, unknown=frozenset(writers.unknown))
