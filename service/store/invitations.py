"""Links by which members of staff choose their passwords, kept as SHA-256 of what only the link has."""

from datetime import datetime
from typing import cast
from uuid import UUID

from msgspec import Struct

from service.store import marks
from service.store.database.pool import Tx


class InForce(Struct, frozen=True):
    """A link that opens an account now."""

    id: UUID
    staff: UUID


async def insert(tx: Tx, made: UUID, staff: UUID, token_hash: bytes, by: UUID, ends_at: datetime) -> None:
    """Write a new link; the ones before open nothing any more."""
    await retire(tx, staff)
    await tx.run(
        "invitations/insert",
        invitation_id=made,
        staff_id=staff,
        token_hash=token_hash,
        made_by=by,
        ends_at=ends_at,
        mark=_mark(tx, made, staff, token_hash, by),
    )


async def find(tx: Tx, token_hash: bytes) -> InForce | None:
    """The link with this token, locked; none where it is unknown, used, retired or over.

    Nor where it is not as the service wrote it.
    """
    row = await tx.row("invitations/find", token_hash=token_hash)
    if row is None:
        return None
    mark = _mark(tx, row["invitation_id"], row["staff_id"], token_hash, row["made_by"])
    # One of before links had marks goes on until it ends, three days later at the most.
    is_ours = row["mark"] is None or marks.fits(mark, row["mark"])
    return InForce(row["invitation_id"], row["staff_id"]) if is_ours else None


def _mark(tx: Tx, made: UUID, staff: UUID, token_hash: bytes, by: UUID) -> str:
    return marks.mark_of(tx, "invitations.mark", made, staff, token_hash.hex(), by)


async def in_force_since(tx: Tx, staff: UUID) -> datetime | None:
    """When the link of a member of staff that is in force was made; none where there is none."""
    return cast("datetime | None", await tx.value("invitations/in_force_since", staff_id=staff))


async def use(tx: Tx, invitation: UUID) -> None:
    """Write that a link was used."""
    await tx.run("invitations/use", invitation_id=invitation)


async def retire(tx: Tx, staff: UUID) -> None:
    """Let every link of a member of staff open nothing any more."""
    await tx.run("invitations/retire", staff_id=staff)


async def retire_made_by(tx: Tx, staff: UUID) -> None:
    """Let every link that a member of staff, or a key of theirs, made for anybody open nothing any more."""
    await tx.run("invitations/retire_made_by", staff_id=staff)
