"""The answers of `rewards verify` about a clinic's books."""

from msgspec import Struct

from schemas.ids import Id
from schemas.receipts import Money


class BookFault(Struct, frozen=True):
    """One place where the books do not agree: the row, what it should say, and what it says."""

    clinic: Id
    table: str
    ids: dict[str, str]
    expected: str
    found: str


class Verdict(Struct, frozen=True):
    """The verdict on one clinic: counts of rows worked out again, the awards, and the first fault."""

    clinic: Id
    clean: bool
    participants: int
    events: int
    transfers: int
    audit_entries: int
    awarded: tuple[Money, ...] = ()
    fault: BookFault | None = None


class Verdicts(Struct, frozen=True):
    """The verdict over every clinic that was looked at; it ends with the first fault."""

    clean: bool
    clinics: tuple[Verdict, ...]
    fault: BookFault | None = None
