"""Charts: which person one leads to, since charts of one person are merged, and whose rows are that person's.

What is on record keeps the chart that it was written under. Whoever asks by an id asks by it for a person:
the survivor of the merges that the chart was ever part of, with the charts that lead there.
"""

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx


class ChartsMovedError(Exception):
    """Charts were merged, or a merge undone, while a lock was waited for: the next try sees it."""


class Person(Struct, frozen=True):
    """A person: `charts` are their own, with those that lead to it; `accounts` may hold transfers of theirs.

    The accounts are those charts', and those of every chart that one of them ever led to.
    """

    id: UUID
    charts: tuple[UUID, ...]
    accounts: tuple[UUID, ...]


async def person(tx: Tx, participant: UUID) -> Person | None:
    """Whom an id leads to; none where there is no such participant."""
    row = await tx.row("merges/person", participant_id=participant)
    if row is None:
        return None
    who = row["participant_id"]
    return Person(who, (who, *row["former"]), tuple(row["accounts"]) or (who,))


async def whose(tx: Tx, participant: UUID | None) -> Person | None:
    """Whom an id leads to that a list is asked for; none where it is asked for nobody.

    An id that there is not leads to itself, so that nothing is found by it.
    """
    if participant is None:
        return None
    return await person(tx, participant) or Person(participant, (participant,), (participant,))


async def leads_to(tx: Tx, participants: Iterable[UUID]) -> dict[UUID, UUID]:
    """Whose some charts are by now, each by its id; one that is not there is left out."""
    asked = list(dict.fromkeys(participants))
    if not asked:
        return {}
    rows = await tx.rows("merges/charts", participants=asked)
    return {row["participant_id"]: row["survivor_id"] or row["participant_id"] for row in rows}


async def charts(tx: Tx, participant: UUID) -> tuple[UUID, ...]:
    """The charts of whom an id leads to; of none, the id itself."""
    known = await whose(tx, participant)
    return () if known is None else known.charts
