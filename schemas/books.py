"""The books: statements, the audit trail, and program tables."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.problem import Fault
from schemas.program import Program, Quantity, Slug, Unit, Week
from schemas.receipts import Money, Reason

AccountName = Literal["issued", "available", "held", "given", "merged"]
"""A participant's account: `issued` is the clinic's side (what it has awarded), `merged` lies between two
charts of one person while they are merged, and the others are the balance's parts."""
Cause = Literal[
    "award",
    "redemption",
    "draw",
    "prize",
    "hat",
    "manual",
    "merge",
    "opening",
    "departure",
    "order_failed",
    "refund",
]
"""The cause of a transfer: an award, a redemption, draws drawn, their prize, a name from the hat, a manual
award, a merge of two charts, an opening from another system, or a departure, whose undoing gives back
what it released; `order_failed` returns what was set aside for a reward that its provider does not deliver,
and `refund` what a provider paid back of one that was given."""


class Transfer(Struct, frozen=True):
    """One movement between two accounts of a participant, with its cause and one sentence.

    Every transfer takes from one account what it puts into the other, so all accounts together sum to zero.
    """

    id: UUID
    """Id of the transfer."""
    at: datetime
    """When it was posted."""
    unit: Unit
    amount: int
    """In minor units of `unit`, always positive."""
    source: AccountName
    """The account it was taken from."""
    destination: AccountName
    """The account it was put into."""
    cause: Cause
    """The reason for it."""
    cause_id: UUID
    """Id of the award, redemption, draw, prize, hat, manual award, merge, opening or departure behind it;
    of the redemption for a failed order or a refund."""
    sentence: str
    """The event in one sentence for the participant."""
    reasons: tuple[Reason, ...] = ()
    """Why the amount is what it is; empty for what no rule worked out."""
    event: UUID | None = None
    """The event that an award is for; null for anything else."""


class Statement(Struct, frozen=True):
    """One page of a participant's transfers, newest first."""

    items: tuple[Transfer, ...]
    next_cursor: str | None = None


class AuditEntry(Struct, frozen=True):
    """Who did or read what, and its link in the clinic's keyed hash chain."""

    seq: int
    """Number in the clinic's trail, from 1 without gaps."""
    at: datetime
    """When it was done."""
    actor: UUID
    """Id of the key or member of staff who did it."""
    role: str
    """The role they acted with."""
    deed: str
    """The operation as `noun.verb`, such as `events.recorded`."""
    subject: UUID | None
    """Id of what it was done to, where there is one."""
    participant: UUID | None
    """Id of the participant whose record it touched, where there is one."""
    detail: dict[str, str | int]
    """Further ids and numbers by name; never a name, an outcome or free text."""
    digest: str
    """Hash of the entry's content under the service's key, in hexadecimal."""
    previous: str
    """`hash` of the entry before; zeros for the first."""
    hash: str
    """Hash over `previous` and the entry under the service's key, in hexadecimal."""


class AuditPage(Struct, frozen=True):
    """One page of the audit trail, newest first."""

    items: tuple[AuditEntry, ...]
    next_cursor: str | None = None


class PublishedProgram(Struct, frozen=True):
    """One published version of a program; it never changes."""

    name: str
    """Name by which the program is known."""
    version: int
    """Counted from 1 for each name."""
    digest: str
    """SHA-256 of the document, in hexadecimal."""
    published_at: datetime
    """When this version was published."""
    document: Program
    """The program as it was published."""
    warnings: tuple[Fault, ...] = ()
    """Notes on things allowed but hardly meant; given in the answer to publishing."""


class ProgramPage(Struct, frozen=True):
    """One page of programs, each in its latest version."""

    items: tuple[PublishedProgram, ...]
    next_cursor: str | None = None


class TableOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """One imagined visit: the target, the program week and the outcome."""

    target: Slug
    week: Week
    outcome: Annotated[str, Meta(min_length=1, max_length=64)]
    """Outcome of the visit, such as `negative`."""
    quantity: Quantity | None = None
    """How much of what the target counts; 1 where left out."""


class NewTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A program, by name or as a document, and imagined visits to run through it; nothing is stored."""

    program: Slug | Program
    """Name of a published program (its latest version), or a whole document."""
    outcomes: Annotated[tuple[TableOutcome, ...], Meta(max_length=2000)]
    """The imagined visits, in the order in which they happen."""


class TableRow(Struct, frozen=True):
    """The earnings of one imagined visit."""

    target: str
    week: int
    outcome: str
    """The outcome that was asked about."""
    base: int
    """Ladder value after caps, in minor units of `unit`."""
    bonus: int
    """Bonuses after caps, in minor units of `unit`."""
    total: int
    """`base` and `bonus` together."""
    unit: Unit
    reasons: tuple[Reason, ...]
    """Why the amounts are what they are."""


class ProgramTable(Struct, frozen=True):
    """The visit-by-visit table of a program; the welcome is in the totals and in no row."""

    rows: tuple[TableRow, ...]
    """One row a visit, in the order asked."""
    total: int
    """Sum in the one unit that the rows award in, or else in the program's own; the welcome included where it
    is paid in it."""
    totals: tuple[Money, ...]
    """Sums in every unit, the welcome included."""
    welcome: int = 0
    """Amount paid once at enrollment, in minor units of the program's own unit."""
