"""Charts that may be about one person, two by two, and those that somebody said are two people."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx

Why = Literal["number", "name"]
"""What two charts have in common: a number but for a slip, or a name and a telephone number."""


class NearPair(Struct, frozen=True):
    """Two charts that nobody told apart; the ids in their order."""

    first: UUID
    second: UUID
    why: Why


async def pairs(tx: Tx, rows_max: int) -> list[NearPair]:
    """Pairs of charts with numbers nearly the same first, then those with one name and telephone number."""
    found: dict[tuple[UUID, UUID], NearPair] = {}
    for why, name, after in (("number", "near_charts/by_number", ""), ("name", "near_charts/by_name", b"")):
        for row in await tx.rows(name, after=after, limit=rows_max):
            pair = (row["first_id"], row["second_id"])
            found.setdefault(pair, NearPair(*pair, why))  # type: ignore[arg-type]
    return list(found.values())[:rows_max]


async def tell_apart(tx: Tx, first: UUID, second: UUID, by: UUID) -> bool:
    """Write that two people are two; false where that was said before."""
    one, two = sorted((first, second), key=lambda each: each.bytes)
    return await tx.row("near_charts/tell_apart", first_id=one, second_id=two, told_by=by) is not None


async def told(tx: Tx, participant: UUID) -> set[UUID]:
    """Whom somebody was told apart from."""
    return {row["participant_id"] for row in await tx.rows("near_charts/told", participant_id=participant)}
