"""What the books say: statements, the audit trail, and program tables."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.problem import Fault
from schemas.program import Program, Slug, Unit, Week
from schemas.receipts import Money, Reason

AccountName = Literal["issued", "available", "held", "given"]
Cause = Literal["award", "redemption", "draw", "prize", "hat", "manual"]
"""What a transfer was made for: an award, a redemption, draws drawn, their prize, a name from the hat, or a
manual award."""


class Transfer(Struct, frozen=True):
    """One movement between two accounts of a participant, in minor units, with its cause and one sentence.

    `issued` is the clinic's side: what it has awarded. Every transfer takes from one account what it puts
    into the other, so all accounts together sum to zero.
    """

    id: UUID
    at: datetime
    unit: Unit
    amount: int
    source: AccountName
    destination: AccountName
    cause: Cause
    cause_id: UUID
    sentence: str
    reasons: tuple[Reason, ...] = ()
    event: UUID | None = None


class Statement(Struct, frozen=True):
    """One page of a participant's transfers, newest first."""

    items: tuple[Transfer, ...]
    next_cursor: str | None = None


class AuditEntry(Struct, frozen=True):
    """Who did or read what, and its link in the clinic's hash chain (SHA-256, hexadecimal)."""

    seq: int
    at: datetime
    actor: UUID
    role: str
    deed: str
    subject: UUID | None
    participant: UUID | None
    detail: dict[str, str | int]
    digest: str
    previous: str
    hash: str


class AuditPage(Struct, frozen=True):
    """One page of the audit trail, newest first."""

    items: tuple[AuditEntry, ...]
    next_cursor: str | None = None


class PublishedProgram(Struct, frozen=True):
    """One published version of a program; `digest` is the SHA-256 of its document.

    `warnings`, given when it is published, name what is allowed but hardly meant.
    """

    name: str
    version: int
    digest: str
    published_at: datetime
    document: Program
    warnings: tuple[Fault, ...] = ()


class ProgramPage(Struct, frozen=True):
    """One page of programs, each in its latest version."""

    items: tuple[PublishedProgram, ...]
    next_cursor: str | None = None


class TableOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """One imagined visit: the target, the program week and the outcome."""

    target: Slug
    week: Week
    outcome: Annotated[str, Meta(min_length=1, max_length=64)]


class NewTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A program, by name or as a document, and imagined visits to run through it; nothing is stored."""

    program: Slug | Program
    outcomes: Annotated[tuple[TableOutcome, ...], Meta(max_length=2000)]


class TableRow(Struct, frozen=True):
    """What one imagined visit earns, in minor units of `unit`."""

    target: str
    week: int
    outcome: str
    base: int
    bonus: int
    total: int
    unit: Unit
    reasons: tuple[Reason, ...]


class ProgramTable(Struct, frozen=True):
    """The visit-by-visit table of a program; `total` in the program's own unit, `totals` in every unit.

    The welcome is in the totals and in no row.
    """

    rows: tuple[TableRow, ...]
    total: int
    totals: tuple[Money, ...]
    welcome: int = 0
