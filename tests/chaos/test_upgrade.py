"""F26: kill -9 while tables are made and while a newsroom of the version before is brought up to date.

This takes the last migrations back. Two releases side by side: `tests/faults/test_crew.py` and `test_roles.py`.
"""

import subprocess
import sys
import time
from contextlib import suppress

import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.form import PATIENCE_SECONDS, chance, sized, step
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import ROOT, Newsroom, people
from tests.chaos.writer import Writers
from tests.e2e.server import environment

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800)]

KILLS = sized(1, 15)  # while the tables are made
LATER_KILLS = sized(1, 5)  # while a newsroom is brought up to date
POSTS = sized(4, 60)
STEPS = 30  # of the migrations of a new newsroom, which has twice as many


@pytest.mark.fault("F26", "kill -9 during migrations")
@pytest.mark.parametrize("database", sized(["sqlite"], ["sqlite", "postgres"]))
def test_migrations_go_on_where_they_were_killed(
    newsroom_on: NewsroomOn, ledger: Ledger, verdict: Verdict, database: str
) -> None:
    verdict.title += f", {database}"
    moments = chance(f"kills of migrations {database}")
    newsroom = newsroom_on(database, empty=True)
    points = sorted(moments.randint(1, STEPS) for _ in range(KILLS))
    killed = [_killed_at(newsroom, point) for point in points]
    with newsroom:
        people(newsroom)
        with Writers(newsroom, ledger, total=POSTS):
            pass
        newsroom.writing.stop()
        back = _step_back(newsroom)
        assert back > 0
        for number in range(LATER_KILLS):
            _kill_later(newsroom, moments.random() * 4)
            step("kills of an upgrade", number + 1, LATER_KILLS)
        newsroom.writing.start()
        with Writers(newsroom, ledger, total=POSTS, name="later"):
            pass
        first, later = f"{sum(killed)} × kill -9 while tables are made", f"{LATER_KILLS} × during an upgrade"
        verdict.broken = f"{first}, {later} by {back} steps"
        check(newsroom, ledger, verdict)


def _steps(newsroom: Newsroom) -> int:
    with suppress(Exception):  # no file yet, no table yet, or just being made
        return int(str(newsroom.rows("SELECT COUNT(*) FROM django_migrations")[0][0]))
    return 0


def _killed_at(newsroom: Newsroom, point: int) -> bool:
    """Start it, and kill it as soon as so many steps are taken; whether that was before it was through."""
    part = newsroom.writing
    part.begin()
    until = time.monotonic() + PATIENCE_SECONDS
    while _steps(newsroom) < point and not part.answers():
        assert time.monotonic() < until, part.words()
        time.sleep(0.005)
    early = not part.answers()
    part.kill()
    return early


def _kill_later(newsroom: Newsroom, seconds: float) -> None:
    newsroom.writing.begin()
    time.sleep(seconds)  # any moment: while it loads, migrates, or serves
    newsroom.writing.kill()


def _step_back(newsroom: Newsroom) -> int:
    done = subprocess.run(
        (sys.executable, "-m", "tests.chaos.step_back"),
        cwd=ROOT,
        env=environment(newsroom.data) | dict(newsroom.variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
