"""Merges and their undoing: facts that are never changed, and where the charts lead because of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.program import Unit
from schemas.receipts import Balance
from service.core.ledger import Movement, apply
from service.store.database.pool import Tx

REASON = "merges.reason"
UNDONE_REASON = "unmerges.reason"
"""The fields that the reasons of a merge and of its undoing are sealed as."""


class KnownMerge(Struct, frozen=True):
    """A merge on record, with its undoing where it was undone."""

    id: UUID
    survivor: UUID
    ended: UUID
    merged_at: datetime
    merged_by: UUID
    closed: tuple[UUID, ...] = ()
    undone_at: datetime | None = None
    undone_by: UUID | None = None
    reason: str | None = None
    undone_reason: str | None = None


async def insert(tx: Tx, new: KnownMerge) -> None:
    """Write a merge."""
    await tx.run(
        "merges/insert",
        merge_id=new.id,
        survivor_id=new.survivor,
        ended_id=new.ended,
        merged_by=new.merged_by,
        closed=new.closed,
        reason=_sealed(tx, REASON, new.reason),
    )


async def undo(tx: Tx, merge: KnownMerge, by: UUID, reason: str | None) -> None:
    """Write that a merge is undone.

    Raises UniqueViolationError where it was undone before, and CheckViolationError where whoever merged
    undoes it.
    """
    await tx.run(
        "merges/unmerge",
        merge_id=merge.id,
        merged_by=merge.merged_by,
        undone_by=by,
        reason=_sealed(tx, UNDONE_REASON, reason),
    )


async def of_chart(tx: Tx, participant: UUID) -> list[KnownMerge]:
    """The merges that one chart was ever part of, newest first."""
    return [_known_merge(tx, row) for row in await tx.rows("merges/of_chart", participant_id=participant)]


async def under(tx: Tx, participant: UUID) -> list[UUID]:
    """A chart and those that merges which hold have made part of it."""
    return [row["participant_id"] for row in await tx.rows("merges/under", participant_id=participant)]


async def lead(tx: Tx, participants: Collection[UUID], survivor: UUID) -> None:
    """Let charts lead to a survivor from now on."""
    await tx.run("merges/lead", participants=participants, survivor_id=survivor)
    await tx.run("merges/meet", participant_id=survivor)


async def lead_nowhere(tx: Tx, participant: UUID) -> None:
    """Let a chart be its own again."""
    await tx.run("merges/lead", participants=[participant], survivor_id=None)


async def enrollments_over(tx: Tx, ended: UUID, survivor: UUID) -> None:
    """Make the enrollments of one chart those of another, which they remember being opened under.

    Raises UniqueViolationError where both have an open one in the same program.
    """
    await tx.run("merges/enrollments_over", ended_id=ended, survivor_id=survivor)


async def enrollments_back(tx: Tx, survivor: UUID, ended: UUID, charts: Collection[UUID]) -> None:
    """Give the enrollments back to a chart that were opened under it or under a part of it."""
    await tx.run("merges/enrollments_back", survivor_id=survivor, ended_id=ended, charts=charts)


async def open_again(tx: Tx, enrollment: UUID) -> None:
    """Open an enrollment that a merge had closed."""
    await tx.run("merges/open_again", enrollment_id=enrollment)


async def owned_since(
    tx: Tx, charts: Sequence[UUID], since: datetime, before: Collection[Balance]
) -> dict[Unit, Balance]:
    """What a chart brought to a merge, with all that was moved for what is its own since.

    It may be below nothing. The chart is the first of `charts`, the others are part of it.
    """
    sums: dict[Unit, dict[str, int]] = {
        one.unit: {"available": one.available, "held": one.held, "given": one.given} for one in before
    }
    for row in await tx.rows("merges/owned_since", ended_id=charts[0], charts=charts, since=since):
        own = sums.setdefault(row["unit"], {"available": 0, "held": 0, "given": 0})
        for account, amount in ((row["source"], -row["amount"]), (row["destination"], row["amount"])):
            if account in own:
                own[account] += amount
    return {
        unit: Balance(unit, own["available"], own["held"], own["given"], sum(own.values()))
        for unit, own in sums.items()
    }


async def brought(tx: Tx, merge: KnownMerge) -> list[Balance]:
    """What a merge moved to the survivor, by unit."""
    found: dict[Unit, Balance] = {}
    for row in await tx.rows("merges/moved", merge_id=merge.id, participant_id=merge.survivor):
        unit: Unit = row["unit"]
        into = Movement(merge.survivor, unit, "merged", row["destination"], row["amount"], "merge", merge.id)
        found[unit] = apply(found.get(unit) or Balance(unit, 0, 0, 0, 0), into)
    return list(found.values())


async def opened_under(tx: Tx, charts: Sequence[UUID]) -> list[UUID]:
    """The enrollments that were opened under some charts, in the order opened."""
    return [row["enrollment_id"] for row in await tx.rows("merges/opened_under", charts=charts)]


async def events_of(tx: Tx, enrollments: Collection[UUID]) -> int:
    """How many events some enrollments have."""
    return int(await tx.value("merges/events", enrollments=enrollments))


async def held(tx: Tx, charts: Collection[UUID]) -> tuple[UUID, ...]:
    """The redemptions of some charts that wait to be handed over, oldest first."""
    return tuple(row["redemption_id"] for row in await tx.rows("merges/held", charts=charts))


def _sealed(tx: Tx, field: str, text: str | None) -> bytes | None:
    return None if text is None else tx.cipher.seal(tx.clinic, field, text)


def _known_merge(tx: Tx, row: Record) -> KnownMerge:
    return KnownMerge(
        row["merge_id"],
        row["survivor_id"],
        row["ended_id"],
        row["merged_at"],
        row["merged_by"],
        tuple(row["closed"]),
        row["undone_at"],
        row["undone_by"],
        tx.cipher.open_text(tx.clinic, REASON, row["reason"]),
        tx.cipher.open_text(tx.clinic, UNDONE_REASON, row["undone_reason"]),
    )
