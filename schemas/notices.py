"""Notices: what a subscriber is told: ids, times and amounts, and never a name, an outcome or free text."""

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Raw, Struct

from schemas.checkpoints import Checkpoint
from schemas.program import Unit
from schemas.receipts import AwardKind

NoticeType = Literal[
    "event.recorded",
    "award.posted",
    "balance.changed",
    "redemption.held",
    "redemption.given",
    "redemption.canceled",
    "redemption.ordered",
    "redemption.failed",
    "redemption.reversed",
    "enrollment.opened",
    "enrollment.closed",
    "draw.made",
    "cap.reached",
    "budget.reached",
    "audit.checkpoint",
    "test.ping",
]
"""The subject of a notice, as `noun.verb`."""
Part2Notice = Literal["42 CFR part 2 prohibits unauthorized use or disclosure of these records."]
PART_2_NOTICE: Final[Part2Notice] = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The statement that accompanies each disclosure of a substance-use record (42 CFR 2.32)."""

CreditKind = Literal[AwardKind, "manual", "prize", "hat"]
"""The kind of credit: an award by its kind, a manual award, a prize, or draws of a name from the hat."""


class Carried(Struct, frozen=True, omit_defaults=True):
    """Fields that the data of every notice has besides its own.

    Its numbers have no gaps, so that a receiver can sort what it is sent and sees what it misses.
    """

    sequence: Annotated[int, Meta(ge=1)]
    """The subscriber's own number of the notice, from 1 without gaps."""
    notice: Part2Notice
    """The statement that accompanies each disclosure of a substance-use record (42 CFR 2.32)."""
    participant: UUID | None = None
    """Id of the participant; absent from a test."""


class EventRecorded(Struct, frozen=True):
    """An event went on record: when it happened and when it was recorded; never its outcome."""

    event: UUID
    enrollment: UUID
    occurred_at: datetime
    """When it happened."""
    recorded_at: datetime


class AwardPosted(Struct, frozen=True, omit_defaults=True):
    """Something was credited; an adjustment may take back."""

    award: UUID
    """Id of the award, or of the manual award, the prize or the hat that it comes from."""
    kind: CreditKind
    """The kind of credit."""
    unit: Unit
    amount: int
    """In minor units of `unit`; negative where an adjustment takes back."""
    enrollment: UUID | None = None
    event: UUID | None = None


class BalanceChanged(Struct, frozen=True):
    """A participant's balance in one unit by now."""

    unit: Unit
    """The unit whose balance changed."""
    available: int
    """Amount that can be spent, in minor units of `unit`."""
    held: int
    """Set aside by open redemptions, in minor units of `unit`."""
    given: int
    """Handed over until now, in minor units of `unit`."""
    earned: int
    """`available` + `held` + `given`."""


class RedemptionTold(Struct, frozen=True):
    """A reward was set aside or ordered, handed over, or its price returned, for whatever reason."""

    redemption: UUID
    """Id of the redemption."""
    reward: UUID
    quantity: int
    """How many pieces."""
    unit: Unit
    amount: int
    """Price of all pieces together, in minor units of `unit`."""


class EnrollmentOpened(Struct, frozen=True):
    """An enrollment was opened."""

    enrollment: UUID
    starts_on: date
    """First local day of the enrollment."""


class EnrollmentClosed(Struct, frozen=True):
    """An enrollment was closed."""

    enrollment: UUID
    closed_on: date
    """Last local day of the enrollment."""


class DrawMade(Struct, frozen=True):
    """Slips were drawn; `GET /v1/draws/{draw}` is the record that lets anyone check it."""

    draw: UUID
    """Id of the draw."""
    enrollment: UUID
    count: int
    """How many slips were drawn."""


class CapReached(Struct, frozen=True):
    """A participant has come to 80 or 100 percent of a clinic's or a funder's cap in a period."""

    cap: UUID
    """Id of the cap."""
    period: str
    """`2026`, `2026-03`, `2026-W10`, `2026-03-02`, an enrollment's id, or an event's name."""
    percent: int
    """How much of the cap was reached: 80 or 100."""


class BudgetReached(Struct, frozen=True):
    """Of a budget its warning percent, or all, is spent; told once for each amount that is set."""

    budget: UUID
    """Id of the budget."""
    percent: int
    """How much of it was reached: its warning percent, or 100."""
    unit: Unit
    amount: int
    """What was set, in minor units of `unit`."""
    spent: int
    """What was spent of it when it was told, in minor units of `unit`."""


class Ping(Struct, frozen=True):
    """A test that somebody asked for; it says nothing about anybody."""

    subscriber: UUID


Told = (
    EventRecorded
    | AwardPosted
    | BalanceChanged
    | RedemptionTold
    | EnrollmentOpened
    | EnrollmentClosed
    | DrawMade
    | CapReached
    | BudgetReached
    | Checkpoint
    | Ping
)

SHAPES: Final[dict[NoticeType, type[Struct]]] = {
    "event.recorded": EventRecorded,
    "award.posted": AwardPosted,
    "balance.changed": BalanceChanged,
    "redemption.held": RedemptionTold,
    "redemption.given": RedemptionTold,
    "redemption.canceled": RedemptionTold,
    "redemption.ordered": RedemptionTold,
    "redemption.failed": RedemptionTold,
    "redemption.reversed": RedemptionTold,
    "enrollment.opened": EnrollmentOpened,
    "enrollment.closed": EnrollmentClosed,
    "draw.made": DrawMade,
    "cap.reached": CapReached,
    "budget.reached": BudgetReached,
    "audit.checkpoint": Checkpoint,
    "test.ping": Ping,
}
"""The data of each type of notice, besides the participant."""


class Logged(Struct, frozen=True, omit_defaults=True):
    """A notice as the log keeps it; `data` is JSON of the shape that its type has.

    One with a `subscriber` is for that subscriber alone, whatever types it asked for.
    """

    type: NoticeType
    data: Raw
    participant: UUID | None = None
    subscriber: UUID | None = None
