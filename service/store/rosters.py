"""Who is known and enrolled, asked for many references at once."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.core.spellings import number_spelling
from service.store.database.pool import Tx


class Known(Struct, frozen=True):
    """A participant, and every program they are or were enrolled in."""

    id: UUID
    programs: frozenset[str]


async def known(tx: Tx, references: Sequence[str]) -> dict[str, Known]:
    """The participants among some references, by reference as asked; a former one leads to its person too."""
    return {
        row["reference"]: Known(row["participant_id"], frozenset(row["programs"]))
        for row in await tx.rows(
            "participants/enrolled", references=references, keys=[number_spelling(one) for one in references]
        )
    }


async def programs(tx: Tx) -> list[str]:
    """The names of all published programs."""
    return [row["name"] for row in await tx.rows("programs/names")]
