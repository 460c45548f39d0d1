"""Charts: which person one leads to, since charts of one person are merged, and whose rows are that person's.

What is on record keeps the chart that it was written under. Whoever asks by an id asks by it for a person:
the survivor of the merges that the chart was ever part of, with the charts that lead there.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import Struct

from schemas.people import Language
from service.core.spellings import number_spelling
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


class Locked(Struct, frozen=True):
    """A participant whose row is locked, with its version; `named` and `ids` are what led to it."""

    reference: str
    language: Language
    version: int
    named: tuple[str, ...] = ()
    ids: tuple[UUID, ...] = ()


async def lock(
    tx: Tx, enrollments: Sequence[UUID], participants: Sequence[UUID], references: Sequence[str]
) -> dict[UUID, Locked]:
    """Lock the participants that events are about, in id order; gives what is known of each by id.

    A reference may be any number of theirs, a former one too. A chart that was merged leads to its survivor,
    which is locked in its place. What is not found is left out: it does not exist, or not in this clinic.

    Raises ChartsMovedError where charts were merged, or a merge undone, while the lock was waited for.
    """
    asked = {
        "enrollments": enrollments,
        "participants": participants,
        "references": references,
        "keys": [number_spelling(one) for one in references],
    }
    rows = await tx.rows("enrollments/lock", **asked)
    if any(row["survivor_id"] is not None for row in rows):
        raise ChartsMovedError
    if any(row["has_merged"] for row in rows):
        # Under the locks nothing moves any more: what led here before must lead here still.
        led = {row["participant_id"] for row in await tx.rows("enrollments/led_to", **asked)}
        if led != {row["participant_id"] for row in rows}:
            raise ChartsMovedError
    return {
        row["participant_id"]: Locked(
            row["reference"],
            row["language"],
            row["version"],
            tuple(row["named"] or ()),
            tuple(row["ids"] or ()),
        )
        for row in rows
    }


async def lock_person(tx: Tx, participant: UUID) -> UUID | None:
    """Lock one participant, and give whom the id leads to; none where there is no such participant."""
    return next(iter(await lock(tx, [], [participant], [])), None)
