"""The worked cases that lie beside a program: visits in, awards out, one English sentence each."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from schemas.corrections import CorrectionKind
from schemas.events import Moment, Outcome
from schemas.program import Amount, Count, Slug, Unit, Week, Words

Notation = Annotated[str, Meta(min_length=1, max_length=4000)]
"""Values in a row with repeats written short: `negative*9,positive,negative*26` or `1000*2,1150*2`."""

Sentence = Annotated[str, Meta(min_length=1, max_length=500)]


class CaseVisit(Struct, frozen=True, forbid_unknown_fields=True):
    """One visit of a case: its outcome, and either its program week or the moment when it happened."""

    outcome: Outcome
    week: Week | None = None
    occurred_at: Moment | None = None


class TargetVisits(Struct, frozen=True, forbid_unknown_fields=True):
    """The visits of one target in order, and what each of them must earn.

    Outcomes in the short notation are laid over the program's weeks by the visits it expects. `base` and
    `bonus` are per visit, in minor units of what the target awards; without `bonus` there must be none.
    """

    target: Slug
    outcomes: Notation | Annotated[tuple[CaseVisit, ...], Meta(min_length=1, max_length=2000)]
    base: Notation | tuple[Amount, ...]
    bonus: Notation | tuple[Amount, ...] | None = None


class CaseCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """A correction of one visit of a case, and what it must do.

    `visit` counts the target's visits from 1. The correction is made right `after` so many of them are on
    record, or after all visits of the case. `pays` is what it pays, negative where it takes back; `overpaid`
    and `unrecovered` are what it records, negative where that is paid off. `spent` is what the participant
    spends just before. All are in minor units of what the visit awards, and nothing else may be paid.
    """

    target: Slug
    visit: Count
    kind: CorrectionKind
    pays: int
    outcome: Outcome | None = None
    after: Count | None = None
    spent: Amount = 0
    overpaid: int = 0
    unrecovered: int = 0


class CaseDraws(Struct, frozen=True, forbid_unknown_fields=True):
    """The first draw of a case's enrollment, after its last visit, and what must come out of it.

    `seed` is the clinic's, in hexadecimal. `slips` are the numbers drawn, one after the other, and `prizes`
    the tier of each. No more can be drawn than the case's visits paid in draws from that bowl.
    """

    enrollment: UUID
    seed: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    count: Annotated[int, Meta(ge=1, le=2000)]
    slips: Notation | tuple[Count, ...]
    prizes: tuple[Words, ...]
    bowl: Slug = "standard-500"


class Ahead(Struct, frozen=True, forbid_unknown_fields=True):
    """The outlook of one target after a case's last visit, in minor units; null where nothing is left."""

    target: Slug
    next: Amount | None
    after_a_miss: Amount | None
    successes_to_recover: Annotated[int, Meta(ge=0)] | None = None


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One worked case: what it shows, its visits by target, and the totals in each unit, welcome included.

    `starts_on` is the enrollment's start day and `zone` the clinic's time zone, for visits that say when
    they happened; program week 1 begins on that day. Visits are recorded in the order in which they happened.
    After corrections, the amounts of visits and the totals are what the rules say in the end: what was paid
    may be more.
    """

    name: Slug
    says: Sentence
    visits: Annotated[tuple[TargetVisits, ...], Meta(min_length=1, max_length=50)]
    totals: dict[Unit, int]
    starts_on: date | None = None
    zone: Annotated[str, Meta(min_length=1, max_length=64)] = "UTC"
    corrections: Annotated[tuple[CaseCorrection, ...], Meta(max_length=50)] = ()
    draws: CaseDraws | None = None
    outlook: tuple[Ahead, ...] = ()


class Cases(Struct, frozen=True, forbid_unknown_fields=True):
    """All worked cases of one program."""

    program: Slug
    cases: Annotated[tuple[Case, ...], Meta(min_length=1, max_length=100)]


class CaseFault(Struct, frozen=True):
    """One place where a program and its worked case disagree; `visit` counts a target's visits from 1."""

    case: str
    expected: str
    actual: str
    target: str | None = None
    visit: int | None = None
