"""What one person proposes and another approves: manual awards, and stock written off."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.people import Text
from schemas.program import Slug, Unit
from schemas.receipts import Balance, Reason

ProposalStatus = Literal["proposed", "approved", "refused"]
ManualAmount = Annotated[int, Meta(ge=1, le=1_000_000)]
"""The amount of a manual award in minor units: at most $10,000.00, a million points or a million draws."""


class NewManualAward(Struct, frozen=True, forbid_unknown_fields=True):
    """Value that no event earns, with the reason; `amount` in minor units of `unit`.

    `funding` names who pays; where it is left out, the enrollment's funding does. Draws belong to an
    `enrollment`, so for `draw` it must be named.
    """

    participant: UUID
    unit: Unit
    amount: ManualAmount
    reason: Text
    funding: Slug | None = None
    enrollment: UUID | None = None


class Refusal(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a proposal is refused."""

    reason: Text | None = None


class ManualAward(Struct, frozen=True):
    """A manual award: proposed by one person, then approved or refused by another.

    Nothing is paid before it is approved. `paid` is what was then paid of `amount`, `clipped` what caps took
    off, for the `reasons`; `balances` are those right after it, and only in the answer to the approval.
    """

    id: UUID
    participant: UUID
    unit: Unit
    amount: int
    reason: str
    status: ProposalStatus
    proposed_at: datetime
    proposed_by: UUID
    funding: str | None = None
    enrollment: UUID | None = None
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: str | None = None
    paid: int | None = None
    clipped: int | None = None
    reasons: tuple[Reason, ...] = ()
    balances: tuple[Balance, ...] = ()


class ManualAwardPage(Struct, frozen=True):
    """One page of manual awards, newest first."""

    items: tuple[ManualAward, ...]
    next_cursor: str | None = None


class WriteOff(Struct, frozen=True):
    """Pieces of a reward to be written off: proposed by one person, then approved or refused by another."""

    id: UUID
    reward: UUID
    pieces: int
    reason: str
    status: ProposalStatus
    proposed_at: datetime
    proposed_by: UUID
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: str | None = None


class WriteOffPage(Struct, frozen=True):
    """One page of write-offs, newest first."""

    items: tuple[WriteOff, ...]
    next_cursor: str | None = None
