"""F3 and F4: kill -9 of PostgreSQL, a clean restart, a database that is down for a while. The server lives on."""

import time

import httpx
import pytest
from tests.chaos.checker import Verdict, check
from tests.chaos.conftest import NewsroomOn
from tests.chaos.crowd import Crowd
from tests.chaos.form import PATIENCE_SECONDS, chance, sized, step
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import SLUG, Newsroom, signed_in
from tests.chaos.postgres import Postgres
from tests.chaos.writer import Writers

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1_800), pytest.mark.xdist_group("postgres")]

KILLS = sized(2, 12)
POSTS = sized(30, 1_000)
READERS = sized(5, 20)
DOWN_SECONDS = sized(1, 30)
WAITING = 5  # posts that are sent while the database is down


@pytest.mark.fault("F3", "kill -9 of PostgreSQL")
def test_the_server_outlives_its_database(
    newsroom_on: NewsroomOn, server: Postgres, ledger: Ledger, verdict: Verdict
) -> None:
    moments = chance("kills of PostgreSQL")
    with newsroom_on("postgres") as newsroom, Crowd(newsroom.edge_url, SLUG, READERS, haste=5) as crowd:
        pid = newsroom.writing.pid
        writers = Writers(newsroom, ledger, total=POSTS)
        with writers:
            for kill in range(1, KILLS + 1):
                writers.until(round(POSTS * (kill - moments.random()) / (KILLS + 1)))
                time.sleep(moments.random() / 50)
                ledger.break_()
                server.kill()
                server.start()
                ledger.mend()
                step("kills of PostgreSQL", kill, KILLS)
            verdict.converged = crowd.until(ledger.newest)
        verdict.broken = f"{KILLS} × kill -9 of every process of PostgreSQL during {POSTS:,} posts"
        verdict.complain(*writers.strange)
        check(newsroom, ledger, verdict, crowd=crowd, unknown=frozenset(writers.unknown))
        assert newsroom.writing.pid == pid, "the server is the one that was started"


@pytest.mark.fault("F4", "PostgreSQL restarted, then down")
def test_readers_read_on_while_the_database_is_down(
    newsroom_on: NewsroomOn, server: Postgres, ledger: Ledger, verdict: Verdict
) -> None:
    with newsroom_on("postgres") as newsroom, Crowd(newsroom.edge_url, SLUG, READERS, haste=5) as crowd:
        with Writers(newsroom, ledger, total=WAITING), signed_in(newsroom) as desk:
            ledger.break_()
            server.stop()
            server.start()
            ledger.mend()
            crowd.until(ledger.newest)
        page = httpx.get(f"{newsroom.edge_url}/live/{SLUG}").text
        with signed_in(newsroom) as desk:
            ledger.break_()
            server.stop()
            with Writers(newsroom, ledger, count=1, total=WAITING, mixed=False, name="late") as late:
                _look_while_down(newsroom, desk, page, ledger)
                server.start()
                ledger.mend()
                late.join()
            assert desk.get(f"/desk/live/{SLUG}/").status_code == 200
        verdict.broken = f"a clean restart, then {DOWN_SECONDS} s down with {WAITING} posts waiting"
        check(newsroom, ledger, verdict, crowd=crowd)
    seqs = [one.seq for one in ledger if one.key.startswith("late")]
    assert seqs == sorted(seqs), "what waited was published in its order"


def _look_while_down(newsroom: Newsroom, desk: httpx.Client, page: str, ledger: Ledger) -> None:
    """Anonymous pages are there, the newsroom is told in plain words that nothing was saved."""
    refused, until = len(ledger.refusals), time.monotonic() + DOWN_SECONDS
    while time.monotonic() < until or len(ledger.refusals) == refused:
        answer = httpx.get(f"{newsroom.edge_url}/live/{SLUG}", timeout=PATIENCE_SECONDS)
        assert (answer.status_code, answer.text) == (200, page), "the last good page is served"
        time.sleep(0.1)
    assert {status for _, status, _ in ledger.refusals[refused:]} == {503}
    for answer in (
        desk.get(f"/desk/live/{SLUG}/"),
        desk.get(f"/desk/live/{SLUG}/", headers={"Accept": "application/json"}),
        desk.get("/desk/"),
    ):
        assert answer.status_code == 503, answer.text[:300]
        assert answer.headers["retry-after"]
        assert "saved" in answer.text
