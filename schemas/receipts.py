"""What an event earned and why: receipts, awards, reasons, outlooks and balances."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from schemas.corrections import Correction
from schemas.program import Behavior, Effect, Unit

AwardKind = Literal["base", "bonus", "welcome", "adjustment"]
ReasonCode = Literal[
    "flat",
    "step",
    "recovered",
    "reset",
    "miss",
    "no_change",
    "over_limit",
    "no_phase",
    "allowance_used",
    "retested",
    "replaced",
    "run_bonus",
    "week_bonus",
    "total_bonus",
    "welcome",
    "cap:event",
    "cap:day",
    "cap:week",
    "cap:month",
    "cap:year",
    "cap:enrollment",
    "raised",
    "moved",
    "overpaid",
    "taken_back",
    "unrecovered",
]


class Reason(Struct, frozen=True):
    """One reason for an award: a closed code, its sentence, and the numbers the sentence speaks of.

    `amount` is in minor units of the award; `count` counts successes, or the step on the ladder from 1.
    """

    code: ReasonCode
    text: str
    amount: int = 0
    count: int = 0


class Award(Struct, frozen=True):
    """One posting: what was paid now, in minor units of `unit`; an adjustment may be negative.

    `event` is the event that it is for: in an adjustment an earlier or later one than the receipt's own.
    `clipped` is what caps took off. `overpaid` and `unrecovered` are what a later fact left paid above
    what the rules now say: kept by the program's policy, or no longer there to take back.
    """

    id: UUID
    kind: AwardKind
    unit: Unit
    amount: int
    clipped: int
    reasons: tuple[Reason, ...]
    event: UUID | None = None
    overpaid: int = 0
    unrecovered: int = 0


class Money(Struct, frozen=True):
    """An amount in minor units of a unit."""

    unit: Unit
    amount: int


class Balance(Struct, frozen=True):
    """What a participant has in one unit: `earned` = `available` + `held` + `given`, in minor units."""

    unit: Unit
    available: int
    held: int
    given: int
    earned: int


class BalanceSheet(Struct, frozen=True):
    """All balances of one participant."""

    participant: UUID
    balances: tuple[Balance, ...]
    as_of: datetime


class Outlook(Struct, frozen=True):
    """What happens next on one target.

    `next` is what the next success earns with its bonuses, `after_a_miss` what a success right after a
    miss would earn; `successes_to_recover` how many successes come before the earlier step is back, none
    where nothing is to be recovered.
    """

    target: str
    next: tuple[Money, ...]
    after_a_miss: tuple[Money, ...]
    successes_to_recover: int | None
    sentence: str


class EnrollmentOutlook(Struct, frozen=True):
    """What happens next on every target of an enrollment, seen from the day `as_of`."""

    enrollment: UUID
    as_of: date
    week: int
    outlook: tuple[Outlook, ...]


class RecordedEvent(Struct, frozen=True):
    """An event as it stands on record; `week` is the program week of its own local day.

    After corrections, `outcome` is what stands now and `recorded_outcome` what was recorded first; an event
    that was withdrawn says so and counts for nothing.
    `expected_on` is the due day of a visit that nobody came to, where the service itself recorded it.
    """

    id: UUID
    enrollment: UUID
    participant: UUID
    target: str
    behavior: Behavior
    outcome: str
    effect: Effect
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    week: int
    reference: str | None = None
    recorded_outcome: str | UnsetType = UNSET
    withdrawn: bool | UnsetType = UNSET
    expected_on: date | UnsetType = UNSET


class Adjustment(Struct, frozen=True):
    """What became of one visit when the facts were folded again, in minor units of `unit`.

    `before` and `after` are what it earns by the rules and within the caps of the clinic and of funders,
    `amount` what was paid (or, negative, taken back) now. `overpaid` and `unrecovered` are what is newly
    recorded as paid above the rules; negative where that is paid off. Without `event` it is about the
    welcome.
    """

    unit: Unit
    before: int
    after: int
    amount: int
    overpaid: int
    unrecovered: int
    reasons: tuple[Reason, ...]
    sentence: str
    event: UUID | None = None
    target: str | None = None
    occurred_at: datetime | None = None


class Receipt(Struct, frozen=True):
    """The answer to a recorded event or correction: what it earned, all that it changed, and what comes next.

    `adjustments` are the other visits that it changed, and for a correction the corrected one too, in the
    order in which they happened. `corrections` are those of the event, oldest first, where it has some.
    """

    event: RecordedEvent
    awards: tuple[Award, ...]
    total: tuple[Money, ...]
    balances: tuple[Balance, ...]
    outlook: tuple[Outlook, ...]
    adjustments: tuple[Adjustment, ...] = ()
    corrections: tuple[Correction, ...] | UnsetType = UNSET


class MovedEnrollment(Struct, frozen=True):
    """What moving an enrollment to another version does: every visit that is worth something else there.

    As a preview nothing of it is done, and `awards` are what would be posted.
    """

    enrollment: UUID
    program: str
    from_version: int
    to_version: int
    is_preview: bool
    awards: tuple[Award, ...]
    total: tuple[Money, ...]
    balances: tuple[Balance, ...]
    outlook: tuple[Outlook, ...]
    adjustments: tuple[Adjustment, ...]
