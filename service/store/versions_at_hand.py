"""The versions of all rows of a participant that events are decided from.

The version of a row is the id of the transaction that wrote it (PostgreSQL's `xmin`), so it covers every
column, and those that are added later. A row that was changed or added since has a version that is not known
of its participant. It says so only to whoever knows all that the known transactions wrote of them. Ids come
round after four billion transactions; what is kept lives shorter.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from schemas.program import Unit


class Versions(Struct, frozen=True):
    """Versions of a participant's own row, each enrollment, its checkpoint, and each balance."""

    person: int
    enrollments: dict[UUID, int]
    checkpoints: dict[UUID, int]
    balances: dict[Unit, int]

    def after(self, transaction: int, enrollments: Iterable[UUID], units: Iterable[Unit]) -> "Versions":
        """The versions after a transaction that wrote some checkpoints and balances."""
        return Versions(
            self.person,
            self.enrollments,
            self.checkpoints | dict.fromkeys(enrollments, transaction),
            self.balances | dict.fromkeys(units, transaction),
        )

    def all(self) -> set[int]:
        """Every version that one of the rows has."""
        parts = (self.enrollments.values(), self.checkpoints.values(), self.balances.values())
        return {self.person}.union(*parts)


class AtHand(Struct, frozen=True):
    """What was decided from without being read in the transaction, and must still be so when it is written.

    The versions of participants' rows in a timeline of the server, that the clinic has no caps, whether it
    has a subscriber, and that no event has one of the `references`.
    """

    versions: Mapping[UUID, Versions]
    timeline: str
    references: Sequence[str]
    listens: bool


class Written(Struct, frozen=True):
    """The version of the rows that were written, and the timeline of the server that gave it."""

    version: int
    timeline: str
