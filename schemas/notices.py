"""Notices: what a subscriber is told: ids, times and amounts, and never a name, an outcome or free text."""

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from msgspec import Meta, Raw, Struct

from schemas.program import Unit
from schemas.receipts import AwardKind

NoticeType = Literal[
    "event.recorded",
    "award.posted",
    "balance.changed",
    "redemption.held",
    "redemption.given",
    "redemption.canceled",
    "enrollment.opened",
    "enrollment.closed",
    "draw.made",
    "cap.reached",
    "test.ping",
]
Part2Notice = Literal["42 CFR part 2 prohibits unauthorized use or disclosure of these records."]
PART_2_NOTICE: Final[Part2Notice] = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""What each disclosure of a substance-use record carries (42 CFR 2.32)."""

CreditKind = Literal[AwardKind, "manual", "prize", "hat"]


class Carried(Struct, frozen=True, omit_defaults=True):
    """What the data of every notice holds besides its own: the subscriber's own number of it, from 1.

    Numbers have no gaps, so that a receiver can sort what it is sent and sees what it misses.
    """

    sequence: Annotated[int, Meta(ge=1)]
    notice: Part2Notice
    participant: UUID | None = None


class EventRecorded(Struct, frozen=True):
    """An event went on record: when it happened and when it was recorded; never its outcome."""

    event: UUID
    enrollment: UUID
    occurred_at: datetime
    recorded_at: datetime


class AwardPosted(Struct, frozen=True, omit_defaults=True):
    """Something was credited, in minor units of `unit`; an adjustment may take back, and is negative then.

    `award` is the id of the award, or of the manual award, the prize or the hat that it comes from.
    """

    award: UUID
    kind: CreditKind
    unit: Unit
    amount: int
    enrollment: UUID | None = None
    event: UUID | None = None


class BalanceChanged(Struct, frozen=True):
    """What a participant has in one unit by now: `earned` = `available` + `held` + `given`."""

    unit: Unit
    available: int
    held: int
    given: int
    earned: int


class RedemptionTold(Struct, frozen=True):
    """A reward was set aside, handed over, or canceled and its price returned."""

    redemption: UUID
    reward: UUID
    quantity: int
    unit: Unit
    amount: int


class EnrollmentOpened(Struct, frozen=True):
    """An enrollment was opened; it holds from a local day of the clinic."""

    enrollment: UUID
    starts_on: date


class EnrollmentClosed(Struct, frozen=True):
    """An enrollment was closed; its last local day is `closed_on`."""

    enrollment: UUID
    closed_on: date


class DrawMade(Struct, frozen=True):
    """Slips were drawn; `GET /v1/draws/{draw}` is the record that lets anyone check it."""

    draw: UUID
    enrollment: UUID
    count: int


class CapReached(Struct, frozen=True):
    """A participant has come to 80 or 100 percent of a clinic's or a funder's cap in a period."""

    cap: UUID
    period: str
    percent: int


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
    | Ping
)

SHAPES: Final[dict[NoticeType, type[Struct]]] = {
    "event.recorded": EventRecorded,
    "award.posted": AwardPosted,
    "balance.changed": BalanceChanged,
    "redemption.held": RedemptionTold,
    "redemption.given": RedemptionTold,
    "redemption.canceled": RedemptionTold,
    "enrollment.opened": EnrollmentOpened,
    "enrollment.closed": EnrollmentClosed,
    "draw.made": DrawMade,
    "cap.reached": CapReached,
    "test.ping": Ping,
}
"""What each type of notice tells, besides the participant."""


class Logged(Struct, frozen=True, omit_defaults=True):
    """A notice as the log keeps it; `data` is JSON of the shape that its type has.

    One with a `subscriber` is for that subscriber alone, whatever types it asked for.
    """

    type: NoticeType
    data: Raw
    participant: UUID | None = None
    subscriber: UUID | None = None
