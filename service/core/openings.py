"""What an opening moves: what can be spent is credited, and what was paid before counts as given at once.

Both count once, for the year of the opening's day: `dated_caps` looks at a year and at an enrollment only,
since nobody knows on which days something was paid. What was paid in an earlier year counts for no day.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from schemas.ids import Id
from schemas.program import Unit
from service.core.ledger import Movement
from service.core.proposals import Detail


class Brought(Struct, frozen=True):
    """What was brought along in a unit, as far as it moves something; amounts in minor units of `unit`."""

    opening: Id
    participant: Id
    unit: Unit
    available: int
    paid_before: int
    paid_in_year: int
    as_of: date
    funding: str | None = None
    enrollment: Id | None = None


def entering(one: Brought) -> Iterator[Movement]:
    """The transfers by which an approved opening enters the books."""
    parts = (
        ("available", one.available, one.as_of),
        ("given", one.paid_in_year, one.as_of),
        ("given", one.paid_before - one.paid_in_year, None),
    )
    for account, amount, day in parts:
        if amount:
            yield Movement(
                one.participant,
                one.unit,
                "issued",
                "given" if account == "given" else "available",
                amount,
                "opening",
                one.opening,
                one.enrollment,
                None,
                day,
                one.funding,
            )


def leaving(one: Brought, unrecovered: int) -> Iterator[Movement]:
    """The transfers by which it is withdrawn; what was spent of it by then is `unrecovered` and stays."""
    for movement in entering(replace(one, available=one.available - unrecovered)):
        yield replace(movement, source=movement.destination, destination=movement.source)


def opening_proposed(one: Brought) -> Detail:
    """Audit detail of a proposed opening: what it brings along, in minor units of its unit, and its day."""
    return {
        "unit": one.unit,
        "available": one.available,
        "paid_before": one.paid_before,
        "paid_in_year": one.paid_in_year,
        "as_of": one.as_of.isoformat(),
    }


def opening_settled(unit: Unit) -> Detail:
    """Audit detail of an approved or refused opening: its unit."""
    return {"unit": unit}


def opening_withdrawn(unit: Unit, unrecovered: int) -> Detail:
    """Audit detail of a withdrawn opening: what had been spent of it, in minor units of its unit."""
    return {"unit": unit, "unrecovered": unrecovered}
