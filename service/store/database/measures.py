"""Prometheus metrics of the way to PostgreSQL: the pool's connections, who waits for one, and errors.

Each is set where it changes, so that whoever reads the metrics asks nothing of the pool.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg
from prometheus_client import Counter, Gauge

from service.store.database.absence import AWAY

CONNECTIONS_MAX: Final = Gauge(
    "rewards_database_connections_max",
    "Connections to PostgreSQL that the pools may open.",
    multiprocess_mode="livesum",
)
IN_USE: Final = Gauge(
    "rewards_database_connections_in_use",
    "Connections of the pools that a transaction has.",
    multiprocess_mode="livesum",
)
WAITING: Final = Gauge(
    "rewards_database_connections_waiting",
    "Transactions that wait for a connection.",
    multiprocess_mode="livesum",
)
ERRORS: Final = Counter(
    "rewards_database_errors",
    "Transactions that PostgreSQL refused or did not answer, by the kind of error.",
    ("error",),
)


def count(error: BaseException) -> None:
    """Count an error of PostgreSQL, or of the way there."""
    # Two that bring one reference at once meet where it is unique: that is no fault, and is tried again.
    if isinstance(error, (*AWAY, asyncpg.PostgresError)) and not isinstance(
        error, asyncpg.UniqueViolationError
    ):
        ERRORS.labels(type(error).__name__).inc()


@contextmanager
def waiting() -> Iterator[None]:
    """Count one who waits for a connection, and who waits in vain."""
    WAITING.inc()
    try:
        yield
    except BaseException as error:
        count(error)
        raise
    finally:
        WAITING.dec()
