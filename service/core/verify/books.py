"""The shapes of the books as they stand on record, and of a place where they do not agree."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from schemas.ids import Id
from service.core.compiled import Rules
from service.core.corrections import PastCorrection
from service.core.expected_days import Plans
from service.core.state import State


class Mismatch(Struct, frozen=True):
    """One place where the books do not agree."""

    table: str
    ids: dict[str, str]
    expected: str
    found: str


class EventRow(Struct, frozen=True):
    """An event as it stands on record; `content` is the digest of what the row says, worked out again."""

    id: Id
    enrollment: Id
    participant: Id
    no: int
    target: str
    outcome: str
    effect: str
    week: int
    at: datetime
    by: Id
    digest: bytes
    content: bytes
    answered: Id
    expected_on: date | None = None
    reference: str | None = None
    quantity: int | None = None


class CorrectionRow(Struct, frozen=True):
    """A correction as it stands on record; `content` is the digest of what the row says, worked out again.

    `told` is the digest that its audit entry says, none where it has no entry. `closed` is the first and the
    last day of its closure.
    """

    past: PastCorrection
    enrollment: Id
    participant: Id
    digest: bytes
    content: bytes
    told: str | None
    closed: tuple[date, date] | None = None


class MoveRow(Struct, frozen=True):
    """A move of an enrollment to another version of its program."""

    no: int
    from_version: int
    to_version: int


class AwardRow(Struct, frozen=True):
    """One posting as it stands on record."""

    id: Id
    enrollment: Id
    participant: Id
    fact_no: int
    event: Id | None
    cause_no: int
    slot: str
    unit: str
    amount: int
    overpaid: int
    unrecovered: int
    withheld: int


class TransferRow(Struct, frozen=True):
    """One transfer as it stands on record."""

    id: Id
    participant: Id
    unit: str
    source: str
    destination: str
    amount: int
    cause: str
    cause_id: Id
    enrollment: Id | None
    fact_no: int | None
    day: date | None
    funding: str | None


class Due(Struct, frozen=True):
    """One transfer that something on record calls for: the row of `table` known by `ids`.

    `way` is the account that it comes from and the one that it goes to. An amount of 0 calls for no transfer.
    """

    table: str
    ids: dict[str, str]
    cause: str
    cause_id: Id
    amount: int
    unit: str
    way: tuple[str, str]
    day: date | None
    funding: str | None
    enrollment: Id | None = None
    fact_no: int | None = None


class BalanceRow(Struct, frozen=True):
    """A balance as it stands on record."""

    participant: Id
    unit: str
    available: int
    held: int
    given: int
    earned: int


class RedemptionRow(Struct, frozen=True):
    """One redemption as it stands on record, with the kind of its reward and the codes that it was given.

    `codes` are those that are worth something, `void` the others; `replaced` are its replaced pieces.
    """

    id: Id
    participant: Id
    quantity: int
    unit: str
    amount: int
    status: str
    kind: str | None
    codes: int
    fair_value: int | None = None
    requested_at: datetime | None = None
    settled_at: datetime | None = None
    void: int = 0
    replaced: int = 0
    taken_back: bool = False
    refunded: int = 0


class GivenPrizeRow(Struct, frozen=True):
    """A prize from the shelf that was handed over, with what it was worth."""

    id: Id
    fair_value: int | None
    currency: str = "usd"
    """The currency of the worth: that of what it costs on the shelf."""


class GiftRow(Struct, frozen=True):
    """A part of what was given in kind, as it counts against caps; negative where it was given back."""

    id: Id
    cause: str
    cause_id: Id
    enrollment: Id | None
    funding: str | None
    spent: int
    worth: int
    day: date
    currency: str = "usd"
    """The currency of the worth."""


class VisitCheckRow(Struct, frozen=True):
    """How far an enrollment's missed visits are on record."""

    through: date | None
    checked_at: datetime
    next_at: datetime | None


class EnrollmentBooks(Struct, frozen=True):
    """An enrollment with all its facts and postings, and its checkpoint (`facts`, `state`) if it has one.

    `rules` are those of the version it is in, `rules_of` those of every version of its program.
    `closed_on` is its last day, planned or come; `check` says how far its missed visits are on record, and
    `closed` are the days on which the clinic was closed. `plans` say how single visits are planned by now,
    and `planned` on which days each was ever expected by one: by target, the program's own day and number.
    """

    id: Id
    participant: Id
    starts_on: date
    closed_on: date | None
    funding: str | None
    version: int
    rules: Rules | None
    rules_of: Mapping[int, Rules]
    facts: int | None
    state: State | None
    events: Sequence[EventRow]
    awards: Sequence[AwardRow]
    corrections: Sequence[CorrectionRow] = ()
    moves: Sequence[MoveRow] = ()
    check: VisitCheckRow | None = None
    closed: Sequence[tuple[date, date]] = ()
    plans: Plans = ()
    planned: Mapping[tuple[str, date | None, int], frozenset[date]] = {}


class ParticipantBooks(Struct, frozen=True):
    """All books of one participant; `dues` are the transfers that neither awards nor redemptions call for.

    Charts that merges ever made one are one participant here: `charts` are all of them, by the first, and
    `owners` say whose each of their transfers and gifts is by now.
    """

    id: Id
    enrollments: Sequence[EnrollmentBooks]
    transfers: Sequence[TransferRow]
    balances: Sequence[BalanceRow]
    redemptions: Sequence[RedemptionRow]
    dues: Sequence[Due] = ()
    gifts: Sequence[GiftRow] = ()
    prizes: Sequence[GivenPrizeRow] = ()
    charts: tuple[Id, ...] = ()
    owners: Mapping[Id, Id] = {}
