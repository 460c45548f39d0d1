"""Refusals as values: a reason of the catalog, what it is about, and where in the request the fault lies.

A reason begins with its code, which is closed and goes over the wire: `invalid.closure_length`. What follows
the dot tells the cases of a code apart. The sentences are in `service.core.words.refusals`.
"""

from collections.abc import Mapping
from datetime import date
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from schemas.ids import Id
from schemas.problem import Code, StandingEvent
from schemas.program import Unit


class Amount(Struct, frozen=True, tag="amount"):
    """A value of a refusal: an amount in minor units of its unit."""

    amount: int
    unit: Unit


class Day(Struct, frozen=True, tag="day"):
    """A value of a refusal: a local day."""

    on: date


Value = str | int | Amount | Day | tuple[str, ...]
"""What a sentence can be about: a name or a word, a count, an amount, a day, or several names."""


class Fault(Struct, frozen=True):
    """One thing that is wrong at one place, and why."""

    pointer: str
    """Where: a JSONPath such as `$.occurred_at`, or the name of a header or a parameter."""
    reason: str
    values: dict[str, Value] = {}


class Refused(Struct, frozen=True):
    """Why an operation was not done; nothing of it was written.

    The reason `invalid` alone has no sentence of its own: its first fault speaks for it.
    """

    reason: str
    values: dict[str, Value] = {}
    faults: tuple[Fault, ...] = ()
    event: StandingEvent | None = None
    """The event that stands in the way, where one does."""

    @property
    def code(self) -> Code:
        """The closed code that goes over the wire."""
        return cast("Code", self.reason.partition(".")[0])


def refused(reason: str, *pointers: str, **values: Value | date | Id) -> Refused:
    """A refusal with what its sentence is about; its fault lies at the named places of the request."""
    kept = _kept(values)
    return Refused(reason, kept, tuple(Fault(pointer, reason, kept) for pointer in pointers))


def fault(pointer: str, reason: str, **values: Value | date | Id) -> Fault:
    """One fault at a place, with what its sentence is about."""
    return Fault(pointer, reason, _kept(values))


def invalid(*faults: Fault) -> Refused:
    """A request that was read and cannot be right, with what is wrong and where."""
    return Refused("invalid", {}, faults)


def placed(refusal: Refused, pointer: str) -> Refused:
    """The same refusal with its fault at another place, such as a form's field."""
    first = refusal.faults[0] if refusal.reason == "invalid" else Fault("", refusal.reason, refusal.values)
    return replace(refusal, faults=(replace(first, pointer=pointer),))


def _kept(values: Mapping[str, Value | date | Id]) -> dict[str, Value]:
    """Values in forms that can be told apart again when a refusal has been stored."""
    return {name: _kept_as(value) for name, value in values.items()}


def _kept_as(value: Value | date | Id) -> Value:
    if isinstance(value, date):
        return Day(value)
    return str(value) if isinstance(value, Id) else value
