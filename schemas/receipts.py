"""Receipts, awards, their reasons, outlooks and balances."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from schemas.corrections import Correction
from schemas.program import Behavior, Effect, Title, Unit

AwardKind = Literal["base", "bonus", "welcome", "adjustment"]
"""The kind of award: the ladder's value, a bonus, the welcome at enrollment, or the difference that a later
fact makes."""
ReasonCode = Literal[
    "flat",
    "step",
    "recovered",
    "part",
    "rate",
    "rate_max",
    "reset",
    "stepped_back",
    "miss",
    "no_change",
    "condition_unmet",
    "over_limit",
    "over_limit:day",
    "over_limit:month",
    "over_limit:enrollment",
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
"""Why an award is what it is; new codes may be added."""


class Reason(Struct, frozen=True):
    """One reason for an award: a code, its sentence, and the numbers the sentence speaks of."""

    code: ReasonCode
    """The kind of reason, from a closed list."""
    text: str
    """The reason in one sentence for the participant."""
    amount: int = 0
    """The amount that the sentence speaks of, in minor units of the award."""
    count: int = 0
    """The number that the sentence speaks of: of successes, or of the step on the ladder from 1."""


class Award(Struct, frozen=True):
    """One posting: what was paid now, and why."""

    id: UUID
    kind: AwardKind
    """The kind of award."""
    unit: Unit
    amount: int
    """Amount paid now, in minor units of `unit`; an adjustment may be negative."""
    clipped: int
    """Amount that caps took off, in minor units of `unit`."""
    reasons: tuple[Reason, ...]
    """Why the amount is what it is."""
    event: UUID | None = None
    """The event that it is for; in an adjustment an earlier or later one than the receipt's own."""
    overpaid: int = 0
    """Amount left paid above the rules, kept by the program's policy; in minor units of `unit`."""
    unrecovered: int = 0
    """Amount no longer there to take back, in minor units of `unit`."""


class Money(Struct, frozen=True):
    """An amount in minor units of a unit."""

    unit: Unit
    amount: int


class Balance(Struct, frozen=True):
    """A participant's balance in one unit."""

    unit: Unit
    available: int
    """Amount that can be spent, in minor units of `unit`."""
    held: int
    """Set aside by open redemptions, in minor units of `unit`."""
    given: int
    """Handed over until now, in minor units of `unit`."""
    earned: int
    """`available` + `held` + `given`."""


class BalanceSheet(Struct, frozen=True):
    """All balances of one participant."""

    participant: UUID
    balances: tuple[Balance, ...]
    """One balance for each unit that was ever earned."""
    as_of: datetime
    """When it was read."""


class Outlook(Struct, frozen=True):
    """The outlook of one target: the next success, the cost of a miss, and the way back."""

    target: str
    next: tuple[Money, ...]
    """Amounts that the next success earns with its bonuses, by unit."""
    after_a_miss: tuple[Money, ...]
    """Amounts that a success right after a miss would earn, by unit."""
    successes_to_recover: int | None
    """How many successes come before the earlier step is back; null where nothing is to be recovered."""
    sentence: str
    """The same in one sentence for the participant."""


class DueProgram(Struct, frozen=True):
    """Another program that is due, by what the present one says; nobody is moved by it."""

    program: str
    """Name of the program; `transfer` goes on to it."""
    title: str
    """Its name for people, of its latest version."""
    target: str
    """The target of whose successes there are enough."""
    successes: int
    """How many the program asks for."""


class EnrollmentOutlook(Struct, frozen=True):
    """The outlook of every target of an enrollment."""

    enrollment: UUID
    as_of: date
    """The local day that it is seen from."""
    week: int
    """Program week of that day, counted from 1."""
    outlook: tuple[Outlook, ...]
    """One outlook a target."""
    due: tuple[DueProgram, ...] = ()
    """The programs that are due to follow this one, such as a step up or down."""


class RecordedEvent(Struct, frozen=True):
    """An event as it stands on record, after corrections."""

    id: UUID
    enrollment: UUID
    participant: UUID
    target: str
    behavior: Behavior
    """Kind of behavior."""
    outcome: str
    """The outcome now, after corrections."""
    effect: Effect
    """The effect of the outcome by the program."""
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    """Who recorded it: a key or member of staff."""
    week: int
    """Program week of its own local day, counted from 1."""
    reference: str | None = None
    """The clinic's own id for the event."""
    recorded_outcome: str | UnsetType = UNSET
    """The outcome first recorded, where a correction changed it."""
    withdrawn: bool | UnsetType = UNSET
    """Whether it was withdrawn, and counts for nothing."""
    expected_on: date | UnsetType = UNSET
    """Due day of a visit that nobody came to, where the service itself recorded it."""
    another_of: UUID | UnsetType = UNSET
    """The event of the same target and day that it was recorded beside, because somebody said so."""
    quantity: float | UnsetType = UNSET
    """How much of what the target counts, where that was said; exact to two decimals."""
    minutes: int | UnsetType = UNSET
    """How long somebody was there, in minutes, where that was said; after corrections."""
    outcome_title: Title | UnsetType = UNSET
    """The outcome as people read it, where it is a word of the program's own that has a title."""


class Adjustment(Struct, frozen=True):
    """The change of one visit when the facts were folded again."""

    unit: Unit
    before: int
    """Amount earned by the rules and caps until now, in minor units of `unit`."""
    after: int
    """Amount earned by the rules and caps from now on, in minor units of `unit`."""
    amount: int
    """Amount paid now, in minor units of `unit`; negative where it was taken back."""
    overpaid: int
    """Amount newly left paid above the rules, in minor units of `unit`; negative where that is paid off."""
    unrecovered: int
    """Amount newly not taken back, in minor units of `unit`; negative where that is paid off."""
    reasons: tuple[Reason, ...]
    """Why the amounts are what they are."""
    sentence: str
    """The change in one sentence for the participant."""
    event: UUID | None = None
    """The event that it is about; null for the welcome."""
    target: str | None = None
    occurred_at: datetime | None = None
    """When the event happened."""


class Receipt(Struct, frozen=True):
    """The answer to an event or a correction: what it earned, all that it changed, and what comes next."""

    event: RecordedEvent
    """The event as it stands on record."""
    awards: tuple[Award, ...]
    """The awards posted for it."""
    total: tuple[Money, ...]
    """Sums of all that was posted, by unit."""
    balances: tuple[Balance, ...]
    """The participant's balances right after it."""
    outlook: tuple[Outlook, ...]
    """The outlook, by target."""
    adjustments: tuple[Adjustment, ...] = ()
    """Other visits that it changed, and for a correction the corrected one too, in the order in which they
    happened."""
    corrections: tuple[Correction, ...] | UnsetType = UNSET
    """Corrections of the event, oldest first, where it has some."""


class MovedEnrollment(Struct, frozen=True):
    """A move of an enrollment to another version: every visit that is worth something else there."""

    enrollment: UUID
    program: str
    from_version: int
    """The version until now."""
    to_version: int
    """The version from now on."""
    is_preview: bool
    """Whether nothing was done (`dry_run=true`)."""
    awards: tuple[Award, ...]
    """The awards posted, or as a preview those that would be."""
    total: tuple[Money, ...]
    """Sums of the awards, by unit."""
    balances: tuple[Balance, ...]
    """The participant's balances."""
    outlook: tuple[Outlook, ...]
    """The outlook, by target."""
    adjustments: tuple[Adjustment, ...]
    """Every visit that is worth something else in the new version."""
