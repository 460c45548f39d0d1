"""What may grow with the years: an event of a long record, and an event beside millions of the past."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from service.embedded import Stores
from tests.bench import ground, load, past
from tests.bench.machine import CONNECTIONS
from tests.bench.rows import AT_LEAST, Row, tell

LONG, SHORT = 1000, 10
"""Facts on record of somebody with years behind them, and of somebody who has just begun."""
EACH = 36
"""Events measured a person: with LONG they are all the visits of the benchmark's program."""
PEOPLE_OF_EVENTS = 250
"""How many events of the past somebody has: as in a clinic of 20,000 people and 5 million events."""


def of_records(port: int, clinic: ground.Clinic) -> list[Row]:
    """Measure events of people with long and with short records, one a request, in pairs."""
    tell(f"enrollments of {LONG} facts beside enrollments of {SHORT}")
    long, short = _people(clinic, 0), _people(clinic, 1)
    for facts, people in ((LONG, long), (SHORT, short)):
        for first in range(0, facts, 100):
            count = min(100, facts - first)
            events = [_event(clinic, who, first + n) for who in people for n in range(count)]
            asked = load.request("POST", "/v1/events/batch", clinic.key, b"[" + b",".join(events) + b"]")
            load.checked(load.drive(port, 1, 600, lambda _, asked=asked: iter([asked])))  # type: ignore[misc]
    seconds = {LONG: 0.0, SHORT: 0.0}
    half = EACH // 2
    # There and back, so that what drifts meanwhile weighs on both alike.
    for facts, people, done in ((LONG, long, 0), (SHORT, short, 0), (SHORT, short, half), (LONG, long, half)):
        seen = load.checked(
            load.drive(
                port,
                CONNECTIONS,
                600,
                lambda number, who=people, first=facts + done: _each(clinic, who[number], first, half),  # type: ignore[misc]
            )
        )
        seconds[facts] += seen.seconds
    ratio = seconds[SHORT] / seconds[LONG]
    rate = EACH * CONNECTIONS / seconds[LONG]
    what = f"events of enrollments with {LONG:,} facts"
    return [Row(what, rate, "/s", ratio, f"with {SHORT}", AT_LEAST, 0.9, 0.98)]


def past_events(stores: Stores, events: int) -> None:
    """Put a clinic with so many events of the past beside the one that is measured."""
    tell(f"a clinic with {events:,} events of the past")
    past.make(stores, max(1, events // PEOPLE_OF_EVENTS), events)


def _people(clinic: ground.Clinic, nth: int) -> list[UUID]:
    return clinic.enrollments[nth * CONNECTIONS : (nth + 1) * CONNECTIONS]


def _event(clinic: ground.Clinic, enrollment: UUID, number: int) -> bytes:
    begun = datetime.combine(clinic.starts_on, time(15), UTC)
    return json.dumps(
        {
            "enrollment": str(enrollment),
            "target": ground.TARGET,
            "outcome": "negative",
            "occurred_at": (begun + timedelta(days=3.5 * number)).isoformat(),
            "reference": f"{enrollment}-{number}",
        }
    ).encode()


def _each(clinic: ground.Clinic, enrollment: UUID, first: int, count: int) -> Iterator[bytes]:
    for number in range(first, first + count):
        yield load.request("POST", "/v1/events", clinic.key, _event(clinic, enrollment, number))
