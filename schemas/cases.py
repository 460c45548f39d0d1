"""The worked cases that lie beside a program: visits in, awards out, one English sentence each."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.corrections import CorrectionKind
from schemas.events import Moment, Outcome
from schemas.program import Amount, Count, Quantity, Slug, Unit, Week, Words

Notation = Annotated[str, Meta(min_length=1, max_length=4000)]
"""Values in a row with repeats written short: `negative*9,positive,negative*26` or `1000*2,1150*2`.

An outcome's quantity stands behind a `@`: `verified@3.5*4`."""

Sentence = Annotated[str, Meta(min_length=1, max_length=500)]


class CaseVisit(Struct, frozen=True, forbid_unknown_fields=True):
    """One visit of a case: its outcome, and either its program week or the moment when it happened."""

    outcome: Outcome
    """Outcome of the visit, such as `negative`."""
    week: Week | None = None
    """Program week, counted from 1; or give `occurred_at`."""
    occurred_at: Moment | None = None
    """The moment of the visit; or give `week`."""
    quantity: Quantity | None = None
    """How much of what the target counts; 1 where left out."""


class TargetVisits(Struct, frozen=True, forbid_unknown_fields=True):
    """The visits of one target in order, and what each of them must earn.

    Outcomes in the short notation are laid over the program's weeks by the visits it expects.
    """

    target: Slug
    """Name of the target."""
    outcomes: Notation | Annotated[tuple[CaseVisit, ...], Meta(min_length=1, max_length=2000)]
    """In the short notation, laid over the visits that the program expects, or visit by visit."""
    base: Notation | tuple[Amount, ...]
    """Ladder value that each visit must earn, in minor units of the target's unit."""
    bonus: Notation | tuple[Amount, ...] | None = None
    """Bonuses that each visit must earn; without it there must be none."""


class CaseCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """A correction of one visit of a case, and what it must do.

    Amounts are in minor units of what the visit awards, and nothing else may be paid.
    """

    target: Slug
    """Name of the target."""
    visit: Count
    """Which of the target's visits is corrected, counted from 1."""
    kind: CorrectionKind
    """How the record is corrected."""
    pays: int
    """Amount that the correction pays, negative where it takes back."""
    outcome: Outcome | None = None
    """The outcome that stands from now on, for a lab overturn."""
    after: Count | None = None
    """How many of the target's visits are on record when it is made; all of them where left out."""
    spent: Amount = 0
    """Amount that the participant spends just before."""
    overpaid: int = 0
    """Amount left paid above the rules, negative where that is paid off."""
    unrecovered: int = 0
    """Amount that could not be taken back, negative where that is paid off."""


class CaseDraws(Struct, frozen=True, forbid_unknown_fields=True):
    """The first draw of a case's enrollment, after its last visit, and what must come out of it.

    No more can be drawn than the case's visits paid in draws from that bowl.
    """

    enrollment: UUID
    """Id of the enrollment, part of the draw's name."""
    seed: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    """The clinic's seed, in hexadecimal."""
    count: Annotated[int, Meta(ge=1, le=2000)]
    """How many slips are drawn."""
    slips: Notation | tuple[Count, ...]
    """The numbers that must be drawn, one after the other."""
    prizes: tuple[Words, ...]
    """The tier that each slip must belong to."""
    bowl: Slug = "standard-500"
    """Name of the bowl."""


class Ahead(Struct, frozen=True, forbid_unknown_fields=True):
    """The outlook of one target after a case's last visit, in minor units of what it awards."""

    target: Slug
    """Name of the target."""
    next: Amount | None
    """Amount that the next success must earn; null where nothing is left."""
    after_a_miss: Amount | None
    """Amount that a success right after a miss must earn; null where nothing is left."""
    successes_to_recover: Annotated[int, Meta(ge=0)] | None = None
    """How many successes must come before the earlier step is back; null where nothing is to be recovered."""


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One worked case: what it shows, its visits by target, and the totals in each unit, welcome included.

    Visits are recorded in the order in which they happened. After corrections, the amounts of visits and the
    totals are what the rules say in the end: what was paid may be more.
    """

    name: Slug
    """Name of the case, unlike any other of the program."""
    says: Sentence
    """The point of the case, in one sentence."""
    visits: Annotated[tuple[TargetVisits, ...], Meta(min_length=1, max_length=50)]
    """The visits, by target."""
    totals: dict[Unit, int]
    """Total that everything together must earn in each unit, the welcome included."""
    starts_on: date | None = None
    """First day of the enrollment, for visits that say when they happened."""
    zone: Annotated[str, Meta(min_length=1, max_length=64)] = "UTC"
    """The clinic's time zone (IANA name), for visits that say when they happened."""
    corrections: Annotated[tuple[CaseCorrection, ...], Meta(max_length=50)] = ()
    """Corrections of the visits, in the order in which they are made."""
    draws: CaseDraws | None = None
    """The draw that follows the last visit."""
    outlook: tuple[Ahead, ...] = ()
    """The outlook that there must be after the last visit, by target."""


class Cases(Struct, frozen=True, forbid_unknown_fields=True):
    """All worked cases of one program."""

    program: Slug
    """Name of the program."""
    cases: Annotated[tuple[Case, ...], Meta(min_length=1, max_length=100)]
    """The cases; publishing the program runs all of them."""


class CaseFault(Struct, frozen=True):
    """One place where a program and its worked case disagree; `visit` counts a target's visits from 1."""

    case: str
    """Name of the case."""
    expected: str
    """The value in the case."""
    actual: str
    """The value that the program gives."""
    target: str | None = None
    """Name of the target, where it is about one."""
    visit: int | None = None
    """Which of the target's visits, counted from 1."""
