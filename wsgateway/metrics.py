"""What the gateway counts. The hot path adds to plain ints; Prometheus's types are made when somebody looks."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

#: upper bounds of the latency histogram, seconds
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Histogram:
    """Counts by upper bound; what Prometheus wants is cumulative and is summed up when read."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        """Add one."""
        self.sum += seconds
        for index, bound in enumerate(BUCKETS):
            if seconds <= bound:
                self.counts[index] += 1
                return
        self.counts[-1] += 1

    def cumulative(self) -> list[tuple[str, float]]:
        """(upper bound, count up to it), as the text format has it."""
        total, rows = 0, []
        for bound, count in zip([*map(str, BUCKETS), "+Inf"], self.counts, strict=True):
            total += count
            rows.append((bound, float(total)))
        return rows


class Counters:
    """Every number of one gateway process."""

    def __init__(self) -> None:
        self.deliveries = self.frames = self.events = self.held = 0
        self.messages: Counter[str] = Counter()  #: from clients, by action
        self.errors: Counter[str] = Counter()  #: `error` messages, by code
        self.drops: Counter[str] = Counter()  #: what was thrown away, by reason: too_long, broken, chatter
        self.refusals: Counter[str] = Counter()  #: connections not let in, by reason
        self.closes: Counter[str] = Counter()  #: by close code
        self.connects: Counter[str] = Counter()  #: by transport
        self.redis_cuts = self.django_calls = self.django_failures = 0
        self.turn_failures = 0
        self.turn = Histogram()  #: of a live room, from the inbox read to the commit
        self.fan_out = Histogram()  #: from a read off Redis to the last send
        self.publish_to_socket = Histogram()  #: of a probe that this process publishes to itself

    def delivered(self, deliveries: int, frames: int, events: int) -> None:
        """Messages times the sockets they went to, the frames they went in, and the messages themselves."""
        self.deliveries += deliveries
        self.frames += frames
        self.events += events


class GatewayCollector(Collector):
    """Turns `Counters` and the gauges into metric families at the moment of the scrape."""

    def __init__(
        self, counters: Counters, gauges: dict[str, Callable[[], float]], counts: dict[str, Callable[[], float]]
    ) -> None:
        """`gauges` go up and down, `counts` only up: what other parts than `Counters` know."""
        self._counters, self._gauges, self._counts = counters, gauges, counts

    def collect(self) -> Iterator[Any]:
        """All families, named `gamehub_gateway_*`."""
        yield from self._plain()
        yield from self._labelled()
        for name, read in self._gauges.items():
            yield GaugeMetricFamily(f"gamehub_gateway_{name}", name.replace("_", " "), value=read())
        for name, read in self._counts.items():
            yield CounterMetricFamily(f"gamehub_gateway_{name}", name.replace("_", " "), value=read())
        for name in ("fan_out", "publish_to_socket", "turn"):
            histogram: Histogram = getattr(self._counters, name)
            family = HistogramMetricFamily(f"gamehub_gateway_{name}_seconds", f"{name.replace('_', ' ')} time")
            family.add_metric([], histogram.cumulative(), histogram.sum)
            yield family

    def _plain(self) -> Iterator[CounterMetricFamily]:
        for name in ("deliveries", "frames", "events", "held", "redis_cuts", "django_calls", "django_failures",
                     "turn_failures"):  # fmt: skip
            value = getattr(self._counters, name)
            yield CounterMetricFamily(f"gamehub_gateway_{name}", name.replace("_", " "), value=value)

    def _labelled(self) -> Iterator[CounterMetricFamily]:
        labels = {"messages": "action", "errors": "code", "drops": "reason", "refusals": "reason", "closes": "code",
                  "connects": "transport"}  # fmt: skip
        for name, label in labels.items():
            family = CounterMetricFamily(f"gamehub_gateway_{name}", f"{name} by {label}", labels=[label])
            for value, count in getattr(self._counters, name).items():
                family.add_metric([value], count)
            yield family


def exposition(collector: Collector) -> bytes:
    """The page Prometheus reads: ours alone, and the process's own figures."""
    from prometheus_client import PROCESS_COLLECTOR

    registry = CollectorRegistry()
    registry.register(collector)
    registry.register(PROCESS_COLLECTOR)
    return generate_latest(registry)
