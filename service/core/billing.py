"""Which codes an event is billed by, and how its line stands after corrections."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from msgspec import Struct

from schemas.billing import BillingRule, ServiceLineStatus

LINES_MAX: Final = 1000
"""How many rules a clinic may have."""


class Codes(NamedTuple):
    """What is billed: a procedure, and the result that goes with it."""

    procedure: str
    result: str | None


class Line(Struct, frozen=True):
    """What is billed for an event, how that came to be, and the minutes that stand."""

    codes: Codes
    status: ServiceLineStatus
    minutes: int | None


class Said(Struct, frozen=True):
    """What an event says: its outcome, none where it is withdrawn, and the minutes attended."""

    outcome: str | None
    minutes: int | None


def codes_of(
    rules: Sequence[BillingRule], program: str, target: str, outcome: str | None, day: date
) -> Codes | None:
    """The codes of an outcome on a day; none where nothing is billed for it.

    A rule for the very outcome goes before one for all; then the later first day, then the newer rule.
    """
    if outcome is None:
        return None
    fitting = [
        one
        for one in rules
        if (one.program, one.target) == (program, target)
        and one.outcome in {None, outcome}
        and one.starts_on <= day
    ]
    if not fitting:
        return None
    holds = max(fitting, key=lambda one: (one.outcome is not None, one.starts_on, one.id.bytes))
    return None if holds.procedure is None else Codes(holds.procedure, holds.result)


def line_of(before: Codes | None, after: Codes | None, recorded: Said, now: Said) -> Line | None:
    """The line of an event by its codes as it was recorded, `before`, and as it stands, `after`.

    None where neither has codes: nothing was to be billed at any time.
    """
    if after is not None:
        is_same = (before, recorded.minutes) == (after, now.minutes)
        return Line(after, "final" if is_same else "corrected", now.minutes)
    return None if before is None else Line(before, "void", None)
