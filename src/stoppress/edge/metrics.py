"""Numbers about the edge, never contents: for Prometheus. Called by `hub.py` and `app.py`."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from stoppress.lib import gauges
from stoppress.lib.gauges import Gauge as WholeGauge

# Seconds from commit to the last reader's socket: the promise is under one.
_DELAYS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"


class _Answered(Collector):
    """Answers by kind of address and status: a plain tally, for it is counted on every request."""

    def __init__(self) -> None:
        self.tally: Tally[tuple[str, int]] = Tally()

    def collect(self) -> Iterator[CounterMetricFamily]:
        """prometheus_client calls it."""
        family = CounterMetricFamily("stoppress_answers", "Requests answered.", labels=("kind", "status"))
        for (kind, status), count in sorted(self.tally.items()):
            family.add_metric((kind, str(status)), count)
        yield family


class Metrics:
    """One edge's numbers, in a registry of its own so that several edges fit in one process."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._registry = registry
        self._answered = _Answered()
        registry.register(self._answered)
        self.readers = Gauge("stoppress_readers", "Open streams.", registry=registry)
        self.desks = Gauge("stoppress_desks", "Open desks that listen.", registry=registry)
        self.opened = Counter("stoppress_streams_opened", "Streams opened.", registry=registry)
        self.refused = Counter("stoppress_streams_refused", "Streams refused: no place.", registry=registry)
        self.deliveries = Counter("stoppress_deliveries", "Batches of changes written.", registry=registry)
        self.dropped = Counter("stoppress_readers_dropped", "Readers cut for being slow.", registry=registry)
        self.failures = Counter("stoppress_store_failures", "Questions without an answer.", registry=registry)
        self.delay = Histogram(
            "stoppress_delivery_delay_seconds",
            "From commit until a change was written to every reader.",
            buckets=_DELAYS,
            registry=registry,
        )

    def count_readers(self, count: Callable[[], int]) -> None:
        """Ask `count` for the number of open streams whenever numbers are read."""
        self.readers.set_function(count)

    def count_desks(self, count: Callable[[], int]) -> None:
        """The same, for desks that listen to their newsroom."""
        self.desks.set_function(count)

    def answered(self, kind: str, status: int) -> None:
        """Count one answer. `kind`: of address, never the address itself."""
        self._answered.tally[kind, status] += 1

    def text(self, whole: Iterable[WholeGauge] = ()) -> bytes:
        """All numbers in Prometheus' text form; with `whole`, those about the newsroom as a whole."""
        return generate_latest(self._registry) + gauges.text(whole)


class _Together(Collector):
    """What several processes tell, each number with the name of its process."""

    def __init__(self, told: Mapping[str, bytes | None]) -> None:
        self._told = told

    def collect(self) -> Iterator[Metric]:
        """prometheus_client calls it. All numbers of one kind stand together, as its text form demands."""
        answers = GaugeMetricFamily("stoppress_process_up", "Whether it answers.", labels=("process",))
        kinds: dict[str, Metric] = {}
        for process, text in self._told.items():
            answers.add_metric((process,), 0 if text is None else 1)
            for kind in text_string_to_metric_families((text or b"").decode()):
                whole = kinds.setdefault(kind.name, Metric(kind.name, kind.documentation, kind.type))
                for one in kind.samples:
                    whole.add_sample(one.name, one.labels | {"process": process}, one.value)
        yield answers
        yield from kinds.values()


def together(told: Mapping[str, bytes | None]) -> bytes:
    """One text of the texts of several processes, by their names; None for one that does not answer.

    Nothing is added up here: a process that is started again begins at nought, which only its own numbers show.
    """
    registry = CollectorRegistry()
    registry.register(_Together(told))
    return generate_latest(registry)
