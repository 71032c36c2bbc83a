"""The table in the docs: a run of some faults leaves the rows of the others as they are."""

from pathlib import Path

from tests.chaos import report

ROW = {
    "broken": "2 × kill -9",
    "acknowledged": 1_233,
    "kept": 1_233,
    "lost": 0,
    "doubled": 0,
    "readers": 20,
    "converged": 8.0,
    "note": "",
    "seconds": 80.4,
    "outcome": "passed",
}


def test_faults_that_were_not_tried_keep_their_rows(tmp_path: Path) -> None:
    page = tmp_path / "faults.md"
    page.write_text(f"Before.\n{report.FROM}\n{report.TO}\nAfter.\n")
    first = {**ROW, "fault": "F12", "title": "readers' network cut", "tried": "2026-11-22, seed 1"}
    bare = {
        **first,
        "fault": "F6",
        "title": "no pictures",
        "acknowledged": 0,
        "readers": 0,
        "converged": None,
    }
    report.write(page, [first, bare, {**first, "fault": "F3", "outcome": "failed"}])
    report.write(page, [{**first, "fault": "F3", "tried": "2026-11-23, seed 2"}])
    before, _, summary, blank, *table, _, after = page.read_text().splitlines()
    assert (before, after, blank) == ("Before.", "After.", "")
    assert summary.startswith("Long form: 3 tests, 0 failed, 4 minutes.")
    assert [line.split(" | ")[0] for line in table[2:]] == [
        "| F3 readers' network cut",
        "| F6 no pictures",
        "| F12 readers' network cut",
    ]
    assert [line.rsplit(" | ", 1)[1] for line in table[2:]] == [
        "2026-11-23, seed 2 |",
        "2026-11-22, seed 1 |",
        "2026-11-22, seed 1 |",
    ]
