"""Which version runs, for the metrics of every process."""

from typing import Final

from prometheus_client import Gauge

from service.version import VERSION

BUILD: Final = Gauge(
    "rewards_build_info", "1, labeled with the version that runs.", ("version",), multiprocess_mode="max"
)


def show_build() -> None:
    """Show which version this process is of."""
    BUILD.labels(VERSION).set(1)
