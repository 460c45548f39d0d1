"""What becomes of a reward that was handed over and is lost, used or void: replaced, or taken back."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.people import Text
from schemas.program import Unit
from schemas.proposals import ProposalStatus

RedemptionChangeKind = Literal["replacement", "take_back"]
"""`replacement`: another code or piece for the same redemption; `take_back`: its price is returned."""
LimitAmount = Annotated[int, Meta(ge=0, le=100_000_000)]
VoidCode = Annotated[str, Meta(min_length=1, max_length=500)]


class NewReplacement(Struct, frozen=True, forbid_unknown_fields=True):
    """Another code or piece for a given redemption, whose first is lost, used or void."""

    reason: Text
    """Why; kept on record."""
    codes: Annotated[tuple[VoidCode, ...], Meta(max_length=100)] = ()
    """Which of its codes become void; all of them where left out."""
    pieces: Annotated[int, Meta(ge=1, le=100)] | None = None
    """How many pieces of an item are replaced; all of them where left out."""
    another: bool = False
    """Whether a second replacement on one day is meant; without it that is refused."""


class NewTakeBack(Struct, frozen=True, forbid_unknown_fields=True):
    """A given redemption is undone: its price is available again, and its codes are void."""

    reason: Text
    """Why; kept on record."""
    restock: bool = False
    """Whether the pieces of an item go back on the shelf; without it they are gone. Codes never go back."""


class NewPrizeReplacement(Struct, frozen=True, forbid_unknown_fields=True):
    """Another code or piece for a prize that was handed over, and is lost, used or void."""

    reason: Text
    """Why; kept on record."""
    another: bool = False
    """Whether a second replacement on one day is meant; without it that is refused."""


class RedemptionChange(Struct, frozen=True):
    """A replacement or a taking back, done by one person up to the clinic's limit, and by two above it."""

    id: UUID
    redemption: UUID | None
    """Id of the redemption; null where it is of a prize."""
    participant: UUID
    reward: UUID
    kind: RedemptionChangeKind
    reason: str
    """Why."""
    quantity: int
    """How many pieces or codes it is about."""
    unit: Unit
    amount: int
    """What these cost in minor units of `unit`, or a prize is worth; a replacement moves nothing of it."""
    counted: int
    """What the limit looks at: the amount with that of all earlier replacements of the same thing."""
    limit: int
    """How much one person could do alone when it was asked for, in minor units of `unit`."""
    alone: bool
    """Whether one person did it."""
    restocked: bool
    """Whether the pieces went back on the shelf."""
    given_at: datetime
    """When the reward had been handed over."""
    given_by: UUID
    """Who had handed it over."""
    status: ProposalStatus
    """`proposed` until another person settles it; `approved` is done."""
    proposed_at: datetime
    proposed_by: UUID
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    refusal: str | None = None
    prize: UUID | None = None
    """Id of the prize, where it is of one."""


class RedemptionChangePage(Struct, frozen=True):
    """One page of replacements and takings back, newest first."""

    items: tuple[RedemptionChange, ...]
    next_cursor: str | None = None


class NewSecondPersonLimit(Struct, frozen=True, forbid_unknown_fields=True):
    """How much one person may replace or take back alone, in one unit, from now on."""

    unit: Unit
    amount: LimitAmount
    """In minor units of `unit`; 0 asks for a second person always."""


class SecondPersonLimit(Struct, frozen=True):
    """How much one person may replace or take back alone, in one unit."""

    unit: Unit
    amount: int
    """In minor units of `unit`; above it another person approves."""
    set_at: datetime | None = None
    """When it was set; null where nobody has set it yet."""
    set_by: UUID | None = None
    """Who set it: a key or a member of staff."""


class SecondPersonLimits(Struct, frozen=True):
    """The limits that hold, one for each unit."""

    items: tuple[SecondPersonLimit, ...]
