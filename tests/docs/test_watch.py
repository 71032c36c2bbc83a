"""Alerts and the page about watching name only numbers that a newsroom tells, and leave none of ours out."""

import re
from pathlib import Path

import pytest
import yaml
from tests.docs.pages import DOCS, ROOT, named_in_tables

from stoppress.edge.metrics import Metrics, together
from stoppress.lib import clock
from stoppress.lib.gauges import text
from stoppress.newsroom.actions.pulse import beat
from stoppress.worker import figures

NAME = re.compile(r"\b(?:stoppress|process)_[a-z_]+\b")
ALERTS = yaml.safe_load((ROOT / "ops/alerts.yaml").read_text())
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
PAGE = DOCS / "howto/watch.md"


@pytest.fixture
def told(db: None) -> set[str]:  # noqa: ARG001 (the fixture opens the database)
    """Every number that a process with the desk tells, by the names that queries use.""" ""
    now = clock.now()
    beat(
        name="w",
        version="1",
        since=now,
        jobs={"notify": {"done_at": clock.rfc3339(now), "failures": 0}},
        at=now,
    )
    metrics = Metrics()
    metrics.answered("live", 200)
    lines = together({"desk": metrics.text() + text(figures.gauges(now))}).decode().splitlines()
    return {re.split(r"[{ ]", line)[0] for line in lines if not line.startswith("#")}


def test_alerts_name_numbers_that_there_are(told: set[str]) -> None:
    named = {name for rule in RULES for name in NAME.findall(rule["expr"])}
    assert named - told == set()
    assert len(named) > 8


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_an_alert_says_what_it_is_and_where_to_read_on(rule: dict[str, dict[str, str]]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith(".")
    assert (ROOT / Path(rule["annotations"]["runbook"])).exists()


def test_the_page_names_every_number_of_ours(told: set[str]) -> None:
    named = {name for name in named_in_tables(PAGE.read_text()) if NAME.fullmatch(name)}
    ours = {name for name in told if name.startswith("stoppress_") and not name.endswith("_created")}
    histogram = {name for name in ours if name.startswith("stoppress_delivery_delay_seconds")}
    assert ours - histogram - named == set()
    assert named - told == {"stoppress_delivery_delay_seconds"}
