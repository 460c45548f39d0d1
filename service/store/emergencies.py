"""Looks at a whole record in an emergency: who looked, why, whom they told, and who looked that over."""

from uuid import UUID

from asyncpg import Record

from schemas.restrictions import Emergency
from service.store.charts import Person, charts
from service.store.database.pool import Tx

REASON = "emergencies.reason"
RECIPIENT = "emergencies.recipient"
"""The fields that the words of a look are sealed as."""


async def insert(tx: Tx, new: Emergency) -> None:
    """Write a look down."""
    await tx.run(
        "emergencies/insert",
        emergency_id=new.id,
        participant_id=new.participant,
        reason=tx.cipher.seal(tx.clinic, REASON, new.reason),
        recipient=tx.cipher.seal(tx.clinic, RECIPIENT, new.recipient),
        opened_by=new.opened_by,
        ends_at=new.ends_at,
    )


async def find(tx: Tx, emergency: UUID) -> Emergency | None:
    """One look by id."""
    row = await tx.row("emergencies/find", emergency_id=emergency)
    return None if row is None else _emergency(tx, row)


async def is_open(tx: Tx, person: Person, by: UUID) -> bool:
    """Whether somebody has a look at a person's record open."""
    return bool(await tx.value("emergencies/open", charts=person.charts, opened_by=by))


async def before(
    tx: Tx, last: UUID, rows_max: int, participant: UUID | None, *, to_review: bool
) -> list[Emergency]:
    """Looks before `last`, newest first; with `to_review` those that nobody has looked over."""
    if participant is None:
        asked = "emergencies/list_to_review" if to_review else "emergencies/list"
        rows = await tx.rows(asked, before=last, limit=rows_max)
    else:
        rows = await tx.rows(
            "emergencies/list_of_participant",
            before=last,
            limit=rows_max,
            to_review=to_review,
            charts=await charts(tx, participant),
        )
    return [_emergency(tx, row) for row in rows]


async def review(tx: Tx, emergency: UUID, by: UUID) -> bool:
    """Note who looked it over; false where somebody did before."""
    return await tx.run("emergencies/review", emergency_id=emergency, reviewed_by=by) == "UPDATE 1"


def _emergency(tx: Tx, row: Record) -> Emergency:
    return Emergency(
        row["emergency_id"],
        row["participant_id"],
        tx.cipher.open_text(tx.clinic, REASON, row["reason"]) or "",
        tx.cipher.open_text(tx.clinic, RECIPIENT, row["recipient"]) or "",
        row["opened_at"],
        row["opened_by"],
        row["ends_at"],
        row["reviewed_at"],
        row["reviewed_by"],
    )
