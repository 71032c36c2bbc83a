"""The bench's tables: what a ratio and its goal say, and how they get into the page and back."""

from pathlib import Path

import pytest
from bench import report
from bench.report import BEGIN, END, Goal, Measured, Outcome, Row


def _part(title: str, what: str) -> Measured:
    row = report.ratio_row(what, "µs", (9.0, 12.0), "Nchan", Goal(most=0.75))
    return Measured(title, "2026-11-22", "2 cores", Outcome([row], ["A note."], {"cpu": 9.0}))


def test_a_ratio_is_ours_by_theirs_and_is_held_against_its_goal() -> None:
    row = report.ratio_row("CPU", "µs", (9.0, 12.0), "Nchan", Goal(most=0.75))
    assert row.cells == ("CPU", "9.0 µs", "Nchan: 12.0 µs", "0.75", "≤ 0.75", "met")
    assert report.ratio_row("pages", "", (4.0, 9.0), "nginx", Goal(least=0.5)).verdict == "MISSED"
    assert not report.ratio_row("memory", "KB", (4.0, 9.0), "other", Goal()).verdict


def test_a_bound_names_its_unit() -> None:
    row = report.bound_row("last reader", "ms", 399.6, Goal(most=400))
    assert (row.ours, row.goal, row.met) == ("400 ms", "≤ 400 ms", True)


def test_what_is_not_here_is_said_and_neither_met_nor_missed() -> None:
    row = report.not_measured("CPU", "9.0 µs", "no nginx here; do: make servers", "≤ 0.75")
    assert "not measured: no nginx here" in row.beside
    assert not row.verdict


def test_figures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    parts = {"crowd": _part("A crowd", "CPU"), "pages": _part("Pages", "requests")}
    report.save(parts, tmp_path / "figures.json")
    assert report.load(tmp_path / "figures.json") == parts
    assert report.load(tmp_path / "none.json") == {}


def test_the_page_keeps_what_people_wrote_around_the_tables(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"# Performance\n\n{BEGIN}\nold\n{END}\n\n## How to read it\n")
    report.write({"crowd": _part("A crowd", "CPU per delivery")}, page)
    text = page.read_text()
    assert text.startswith(f"# Performance\n\n{BEGIN}\n\n### A crowd\nMeasured on 2026-11-22: 2 cores.\n")
    assert "| CPU per delivery | 9.0 µs | Nchan: 12.0 µs | 0.75 | ≤ 0.75 | met |" in text
    assert "- A note." in text
    assert text.endswith(f"{END}\n\n## How to read it\n")
    assert "old" not in text


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="put them where figures belong"):
        report.put_between("# A page", BEGIN, END, "figures")


def test_a_row_has_as_many_cells_as_the_table_has_columns() -> None:
    assert len(Row("what", "ours").cells) == len(report._COLUMNS)
