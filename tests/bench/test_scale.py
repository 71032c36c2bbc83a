"""scale.md's generated part: what it needs, and that it is made of it."""

from dataclasses import asdict
from pathlib import Path

import pytest
from bench import scale
from bench.report import Measured, Outcome
from bench.scale import BEGIN, END, Figures

FIGURES = Figures(
    delivery=10e-6,
    reader_bytes=2_000.0,
    before=0.05,
    event_bytes=1_300.0,
    poll_bytes=400.0,
    page_bytes=10_600.0,
)


def _measured(**figures: float) -> Measured:
    return Measured("A part", "2026-11-22", "2 cores", Outcome([], [], figures))


def _all() -> dict[str, Measured]:
    return {
        "crowd": _measured(cpu_us_per_delivery=10.0, memory_kb_per_reader=2.0, readers=10_000.0),
        "way": _measured(way_last_p99_ms=150.0, way_event_bytes=1_300.0),
        "pages": _measured(poll_bytes=400.0, page_bytes=10_600.0),
    }


def test_figures_are_gathered_from_all_parts() -> None:
    found = scale.figures_of(_all())
    assert found is not None
    assert asdict(found) == pytest.approx(asdict(FIGURES))


def test_without_one_of_them_the_page_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "scale.md"
    page.write_text(f"{BEGIN}\nas it was\n{END}")
    parts = _all()
    del parts["way"]
    assert not scale.write(parts, page)
    assert "as it was" in page.read_text()


def test_the_page_holds_the_sums_of_a_million_readers(tmp_path: Path) -> None:
    page = tmp_path / "scale.md"
    page.write_text(f"# Scale\n\n{BEGIN}\n{END}\n\n## By hand\n")
    assert scale.write(_all(), page)
    text = page.read_text()
    # 20,000 readers an edge · 10 µs, and 50 ms before.
    assert "| 1,000,000 | 50 | 17 | 250 ms | 20% |" in text
    assert "| 1,000,000 | 100,000 |" in text
    assert text.endswith("## By hand\n")
    assert "November 2026" in text


def test_costs_grow_with_readers_and_streams_with_posts() -> None:
    assert scale.stream_cost(FIGURES, 10_000_000) > 9 * scale.stream_cost(FIGURES, 1_000_000)
    assert scale.poll_cost(FIGURES, 10_000_000) > 9 * scale.poll_cost(FIGURES, 1_000_000)
