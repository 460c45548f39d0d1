"""The worked cases that lie beside a program: visits in, awards out, one English sentence each."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from schemas.events import Moment, Outcome
from schemas.program import Amount, Slug, Unit, Week

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


class Ahead(Struct, frozen=True, forbid_unknown_fields=True):
    """The outlook of one target after a case's last visit, in minor units; null where nothing is left."""

    target: Slug
    next: Amount | None
    after_a_miss: Amount | None
    successes_to_recover: Annotated[int, Meta(ge=0)] | None = None


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One worked case: what it shows, its visits by target, and the totals in each unit, welcome included.

    `starts_on` is the enrollment's start day and `zone` the clinic's time zone, for visits that say when
    they happened; program week 1 begins on that day.
    """

    name: Slug
    says: Sentence
    visits: Annotated[tuple[TargetVisits, ...], Meta(min_length=1, max_length=50)]
    totals: dict[Unit, int]
    starts_on: date | None = None
    zone: Annotated[str, Meta(min_length=1, max_length=64)] = "UTC"
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
