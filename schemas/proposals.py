"""Proposals of one person for another to approve: manual awards, and stock written off."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.people import Text
from schemas.program import Slug, Unit
from schemas.receipts import Balance, Reason

ProposalStatus = Literal["proposed", "approved", "refused"]
"""A proposal waits until another person approves or refuses it."""
ManualAmount = Annotated[int, Meta(ge=1, le=1_000_000)]
"""The amount of a manual award in minor units: at most $10,000.00, a million points or a million draws."""


class NewManualAward(Struct, frozen=True, forbid_unknown_fields=True):
    """Value that no event earns, with the reason."""

    participant: UUID
    unit: Unit
    amount: ManualAmount
    reason: Text
    """Why it is awarded; the participant sees it."""
    funding: Slug | None = None
    """Who pays; the enrollment's funding where left out."""
    enrollment: UUID | None = None
    """Id of the enrollment that it belongs to; needed for `draw`."""


class Refusal(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a proposal is refused."""

    reason: Text | None = None
    """Why; kept on record."""


class ManualAward(Struct, frozen=True):
    """A manual award: proposed by one person, then approved or refused by another.

    Nothing is paid before it is approved.
    """

    id: UUID
    participant: UUID
    unit: Unit
    amount: int
    """Amount proposed, in minor units of `unit`."""
    reason: str
    """Why it is awarded; the participant sees it."""
    status: ProposalStatus
    proposed_at: datetime
    proposed_by: UUID
    funding: str | None = None
    """Who pays; null where the clinic does."""
    enrollment: UUID | None = None
    """Id of the enrollment that it belongs to."""
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: str | None = None
    paid: int | None = None
    """Amount paid of `amount`, in minor units of `unit`; null until it is approved."""
    clipped: int | None = None
    """Amount that caps took off, in minor units of `unit`; null until it is approved."""
    reasons: tuple[Reason, ...] = ()
    """Why less was paid than proposed."""
    balances: tuple[Balance, ...] = ()
    """The participant's balances right after it; only in the answer to the approval."""


class ManualAwardPage(Struct, frozen=True):
    """One page of manual awards, newest first."""

    items: tuple[ManualAward, ...]
    next_cursor: str | None = None


class WriteOff(Struct, frozen=True):
    """Pieces of a reward to be written off: proposed by one person, then approved or refused by another."""

    id: UUID
    reward: UUID
    pieces: int
    """How many pieces."""
    reason: str
    """Why they are written off."""
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
