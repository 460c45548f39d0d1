"""Budgets: what there is to spend by program and funder, what was spent of it, and what is promised."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.events import Day
from schemas.people import Text
from schemas.program import Slug, Unit

BudgetAmount = Annotated[int, Meta(ge=1, le=10**12)]
"""What there is to spend, in minor units."""
WarnPercent = Annotated[int, Meta(ge=1, le=100)]
"""A part of a budget, in percent."""
BudgetStatus = Literal["later", "well", "near", "over_promised", "spent", "over"]
"""`later`: not begun; `well`: nothing is amiss; `over_promised`: spent and promised exceed it; `near`: its
warning percent is spent; `spent`: all of it is; `over`: its last day is past."""


class NewBudget(Struct, frozen=True, forbid_unknown_fields=True):
    """What there is to spend on some days, on one program's people or on everybody's, out of whose money."""

    unit: Unit
    """The unit that it is counted in: money or points, not draws."""
    amount: BudgetAmount
    """What there is to spend, in minor units of `unit`."""
    starts_on: Day
    """First local day whose credits it pays."""
    ends_on: Day
    """Last local day whose credits it pays."""
    reason: Text
    """Where it comes from, as a grant's number; kept encrypted."""
    program: Slug | None = None
    """Name of the program that it is for; null for all of them and what is given by hand."""
    funding: Slug | None = None
    """The funding source whose money it is; null for the clinic's own."""
    warn_percent: WarnPercent = 80
    """From which part on it is told of, in percent; it is told of again when all is spent."""


class BudgetChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to a budget; a field left out stays. Nothing that was paid changes."""

    amount: BudgetAmount | UnsetType = UNSET
    """What there is to spend, in minor units of its unit."""
    ends_on: Day | UnsetType = UNSET
    """Last local day whose credits it pays."""
    warn_percent: WarnPercent | UnsetType = UNSET
    """From which part on it is told of, in percent."""
    reason: Text | UnsetType = UNSET
    """Where it comes from."""


class Budget(Struct, frozen=True):
    """A budget as it stands: set, spent, promised and left, in minor units of `unit`."""

    id: UUID
    unit: Unit
    """The unit of every amount."""
    amount: int
    """What was set."""
    spent: int
    """Credited for its days, less what was taken back."""
    promised: int
    """What people enrolled now would still be credited from tomorrow to its last day, if everybody came to
    every visit with success; draws as they win on average. No cap of the clinic or a funder is counted."""
    left: int
    """`amount` less `spent` and `promised`; below 0 where more is promised than there is."""
    status: BudgetStatus
    """Whether something is amiss."""
    people: int
    """How many enrollments are open that it pays."""
    starts_on: date
    """First local day whose credits it pays."""
    ends_on: date
    """Last local day whose credits it pays."""
    warn_percent: int
    """From which part on it is told of, in percent."""
    reason: str
    """Where it comes from."""
    created_at: datetime
    created_by: UUID
    program: str | None = None
    """The program that it is for; null for all of them and what is given by hand."""
    funding: str | None = None
    """The funding source whose money it is; null for the clinic's own."""


class BudgetPage(Struct, frozen=True):
    """One page of budgets, newest first."""

    items: tuple[Budget, ...]
    next_cursor: str | None = None
