"""What goes into an audit pack, and what is told of one that was made."""

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from schemas.ids import Id

PackWords = Annotated[str, Meta(min_length=1, max_length=200)]


class PackScope(Struct, frozen=True, omit_defaults=True):
    """Which enrollments go into an audit pack: those that match everything that is given."""

    participant: Id | None = None
    """Only this person's; alone, their whole ledger is put in too."""
    program: str | None = None
    """Only those in this program, whatever version."""
    since: date | None = None
    """Only those with a visit, an award or a draw on this local day or later; goes with `until`."""
    until: date | None = None
    """The last local day; goes with `since`."""
    names: bool = False
    """Whether names and references of people, and names of staff, are put in."""
    recipient: PackWords | None = None
    """Whom it is for, for the accounting of disclosures."""

    @property
    def is_whole(self) -> bool:
        """Whether all that moved on somebody's accounts goes into it."""
        return self.participant is not None and self.program is None and self.since is None


class PackMade(Struct, frozen=True):
    """An audit pack that was made."""

    enrollments: int
    """How many enrollments are in it."""
    people: int
    """How many people they are of."""
    manifest: str
    """The SHA-256 of its manifest, in hexadecimal, which the audit trail says too."""
    seq: int
    """The entry of the audit trail at which its checkpoint stands."""
    public_key: str
    """The key that it is signed with, in hexadecimal."""
    made_at: datetime
    """When it was made."""
