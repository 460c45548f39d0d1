"""Prometheus metrics of the way to Redis."""

from typing import Final

from prometheus_client import Counter

ERRORS: Final = Counter(
    "rewards_redis_errors",
    "Failures of Redis, by what it was asked for: `nudge` tells, `hear` listens, `limit` counts.",
    ("use",),
)
