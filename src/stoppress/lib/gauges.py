"""Numbers about the newsroom as a whole, on their way to `/metrics`. Made by `worker/figures.py`, told by `edge`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gauge:
    """One kind of number. `values` by the value of `label`; a number without one stands under ""."""

    name: str
    says: str
    label: str
    values: Mapping[str, float]


def text(gauges: Iterable[Gauge]) -> bytes:
    """In Prometheus' text form. Names and labels are our own words, never anybody's input."""
    return "".join(line for gauge in gauges for line in _lines(gauge)).encode()


def _lines(gauge: Gauge) -> Iterable[str]:
    yield f"# HELP {gauge.name} {gauge.says}\n# TYPE {gauge.name} gauge\n"
    for value, number in gauge.values.items():
        label = f'{{{gauge.label}="{value}"}}' if value else ""
        yield f"{gauge.name}{label} {float(number)}\n"
