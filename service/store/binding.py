"""Names and addresses that were sealed before they were bound to their rows, and sealing them anew."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from service.store.database.cipher import is_bound
from service.store.database.pool import Tx

OF_PEOPLE: Final = ("name", "phone", "email")
OF_STAFF: Final = {"name": "staff.name", "email": "staff.email", "totp_secret": "staff.totp"}


async def is_done(tx: Tx) -> bool:
    """Whether all of the clinic's are bound."""
    return bool(await tx.value("binding/is_bound"))


async def is_told(tx: Tx) -> bool:
    """Whether the audit trail says so, after which one that is not bound was put there by somebody else."""
    return bool(await tx.value("binding/is_told"))


async def done(tx: Tx) -> None:
    """Write that all of them are bound."""
    await tx.run("binding/bound")


async def bind_people(tx: Tx, after: UUID, rows_max: int) -> tuple[UUID | None, int]:
    """Bind those of some people after an id; gives the last of these, if there were any, and how many."""
    rows = await tx.rows("binding/people", after=after, limit=rows_max)
    ids = [row["participant_id"] for row in rows]
    columns = {
        name: [_anew(tx, f"participants.{name}", row["participant_id"], row[name]) for row in rows]
        for name in OF_PEOPLE
    }
    if ids:
        await tx.run("binding/change_people", participant_id=ids, **columns)
    return _last(ids), len(ids)


async def bind_staff(tx: Tx, after: UUID, rows_max: int) -> tuple[UUID | None, int]:
    """Bind those of some members of staff after an id."""
    rows = await tx.rows("binding/staff", after=after, limit=rows_max)
    ids = [row["staff_id"] for row in rows]
    columns = {
        name: [_anew(tx, field, row["staff_id"], row[name]) for row in rows]
        for name, field in OF_STAFF.items()
    }
    if ids:
        await tx.run("binding/change_staff", staff_id=ids, **columns)
    return _last(ids), len(ids)


def _last(ids: Sequence[UUID]) -> UUID | None:
    return ids[-1] if ids else None


def _anew(tx: Tx, field: str, row: UUID, sealed: bytes | None) -> bytes | None:
    if sealed is None or is_bound(sealed):
        return sealed
    return tx.cipher.seal(tx.clinic, field, tx.cipher.open(tx.clinic, field, sealed), row)
