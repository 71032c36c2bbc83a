"""Newsrooms to break, made once for all workers of pytest and copied; the verdict of each test."""

import os
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from tests.chaos import report
from tests.chaos.checker import Verdict
from tests.chaos.form import LONG, SEED
from tests.chaos.ledger import Ledger
from tests.chaos.newsroom import Fresh, Newsroom, fresh
from tests.chaos.postgres import Postgres, postgres

NewsroomOn = Callable[..., Newsroom]
OUTCOME = pytest.StashKey[str]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note what came of a test where its fixtures can read it."""
    told = yield
    if told.when == "call":
        item.stash[OUTCOME] = told.outcome
    return told


@pytest.fixture(scope="session")
def of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of this run share."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="session")
def fresh_sqlite(of_all_workers: Path) -> Fresh:
    """A newsroom on SQLite, to be copied."""
    return fresh(of_all_workers / "fresh-sqlite")


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A durable PostgreSQL, which tests may kill; each starts it again."""
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def fresh_postgres(of_all_workers: Path, server: Postgres) -> Fresh:
    """The same on PostgreSQL."""
    return fresh(of_all_workers / "fresh-postgres", server)


@pytest.fixture
def newsroom_on(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewsroomOn]:
    """`newsroom_on("sqlite")`, `newsroom_on("postgres", roles=("desk", "edge"))` → a Newsroom, not yet started.

    `empty`: nothing was ever set up in it.
    """
    made: list[Newsroom] = []
    drops: list[Callable[[], object]] = []

    def make(kind: str, *, empty: bool = False, **told: object) -> Newsroom:
        nothing = Fresh(tmp_path / "nothing", "")
        nothing.data.mkdir(exist_ok=True)
        holding = nothing if empty else request.getfixturevalue(f"fresh_{kind}")
        url = ""
        if kind == "postgres":
            running = request.getfixturevalue("server")
            url = running.new_database(empty=empty)
            drops.append(lambda: (running.revive(), running.drop(url)))
        data = told.pop("data", tmp_path / f"data{len(made)}")
        made.append(Newsroom(data, holding, database_url=url, **told))  # type: ignore[arg-type]  # passed on
        return made[-1]

    yield make
    for newsroom in made:
        newsroom.kill()
    for drop in drops:
        drop()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Where this test's promises are written down."""
    return Ledger(tmp_path / "ledger.jsonl")


@pytest.fixture
def verdict(request: pytest.FixtureRequest) -> Iterator[Verdict]:
    """The test's row in the report: `@pytest.mark.fault("F1", "kill -9 of the server")` names it."""
    mark = request.node.get_closest_marker("fault")
    assert mark is not None, "name the fault: @pytest.mark.fault(number, title)"
    found = Verdict(*mark.args)
    began = time.monotonic()
    print(f"CHAOS_SEED={SEED} {'long' if LONG else 'short'} form")  # noqa: T201 (shown when the test fails)
    yield found
    found.seconds = time.monotonic() - began
    report.keep(found, request.node.stash.get(OUTCOME, "failed"))
