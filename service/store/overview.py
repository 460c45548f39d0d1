"""Counts of work that waits in a clinic."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx

COUNTED_MAX: Final = 100
"""Up to how many of a kind are counted."""
FEW: Final = 3
"""How many pieces of a reward are so few that somebody should order more."""


class Waiting(Struct, frozen=True):
    """How many of each wait; few are left of the `rewards`, and the last three are what there is at all."""

    awards: int
    write_offs: int
    redemption_changes: int
    openings: int
    messages: int
    providers: int
    redemptions: int
    prizes: int
    rewards: int
    programs: int
    enrollments: int
    shelf: int


class FirstSteps(Struct, frozen=True):
    """What a new clinic has done already: a card was printed, a visit recorded, a colleague added."""

    since: datetime
    has_card: bool
    has_visit: bool
    has_colleague: bool


async def first_steps(tx: Tx) -> FirstSteps | None:
    """Read which first steps are done."""
    row = await tx.row("overview/first_steps")
    return None if row is None else FirstSteps(*row)


async def waiting(tx: Tx) -> Waiting:
    """Count what waits."""
    row = await tx.row("overview/waiting", limit=COUNTED_MAX, few=FEW)
    return Waiting(*(row or [0] * len(Waiting.__struct_fields__)))


async def to_approve(tx: Tx, manager: UUID) -> int:
    """Count what waits for one manager: what others proposed."""
    row = await tx.row("overview/approvals", manager_id=manager, limit=COUNTED_MAX)
    return 0 if row is None else int(row["waiting"])
