"""Prometheus metrics: requests, how long they took, and how even draws are.

Where PROMETHEUS_MULTIPROC_DIR names an empty folder before the processes start, all web processes of one
host count together, whichever of them is asked; `rewards serve` with several processes sees to that. Without
it, `/metrics` speaks for the process that answers.
"""

import os
from typing import Final

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE: Final = b"text/plain; version=0.0.4; charset=utf-8"
BUCKETS_S: Final = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)

REQUESTS: Final = Counter(
    "rewards_http_requests",
    "Requests answered, by method, route template and status.",
    ("method", "route", "status"),
)
DURATIONS: Final = Histogram(
    "rewards_http_request_duration_seconds",
    "Time from the first byte asked to the last byte answered.",
    ("method", "route"),
    buckets=BUCKETS_S,
)
REFUSALS: Final = Counter(
    "rewards_refusals", "Requests refused, by route template and code.", ("route", "code")
)

# Each process measures all draws of all clinics: the latest measurement is the whole truth, and none adds up.
DRAWS_CHI_SQUARE: Final = Gauge(
    "rewards_draw_chi_square",
    "Pearson's chi-square of all draws from a bowl, over its tiers.",
    ("bowl",),
    multiprocess_mode="mostrecent",
)
DRAWS_DF: Final = Gauge(
    "rewards_draw_chi_square_df",
    "Its degrees of freedom: tiers less one, small ones taken together.",
    ("bowl",),
    multiprocess_mode="mostrecent",
)
DRAWS_P: Final = Gauge(
    "rewards_draw_chi_square_p",
    "How likely chance alone is to be so uneven; alarming below 0.001.",
    ("bowl",),
    multiprocess_mode="mostrecent",
)
DRAWS_SLIPS: Final = Gauge(
    "rewards_draw_slips", "Slips drawn from a bowl so far.", ("bowl",), multiprocess_mode="mostrecent"
)

STREAMS: Final = Gauge("rewards_streams", "Streams of live news that are open.", multiprocess_mode="livesum")
CONNECTIONS_ENDED: Final = Counter(
    "rewards_connections_ended", "Requests refused before they reached a route, by reason.", ("reason",)
)
NUDGES_LOST: Final = Counter(
    "rewards_nudges_lost", "Nudges that could not be sent: what they told of was seen some seconds later."
)

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})

_counters: dict[tuple[str, str, int], Counter] = {}
_histograms: dict[tuple[str, str], Histogram] = {}


def count(method: str, route: str, status: int, seconds: float, code: str | None) -> None:
    """Count one request; unknown methods count as one, since labels must be few."""
    method = method if method in METHODS else "other"
    counter = _counters.get((method, route, status))
    if counter is None:
        counter = _counters[method, route, status] = REQUESTS.labels(method, route, str(status))
    counter.inc()
    histogram = _histograms.get((method, route))
    if histogram is None:
        histogram = _histograms[method, route] = DURATIONS.labels(method, route)
    histogram.observe(seconds)
    if code is not None:
        REFUSALS.labels(route, code).inc()


def show_draws(bowl: str, chi_square: float, df: int, p: float, slips: int) -> None:
    """Show how even the draws from one bowl are."""
    DRAWS_CHI_SQUARE.labels(bowl).set(chi_square)
    DRAWS_DF.labels(bowl).set(df)
    DRAWS_P.labels(bowl).set(p)
    DRAWS_SLIPS.labels(bowl).set(slips)


def exposition() -> bytes:
    """Everything counted, in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
