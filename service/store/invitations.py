"""Links by which members of staff choose their passwords, kept as SHA-256 of what only the link has."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

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
    )


async def find(tx: Tx, token_hash: bytes) -> InForce | None:
    """The link with this token, locked; none where it is unknown, used, retired or over."""
    row = await tx.row("invitations/find", token_hash=token_hash)
    return None if row is None else InForce(row["invitation_id"], row["staff_id"])


async def use(tx: Tx, invitation: UUID) -> None:
    """Write that a link was used."""
    await tx.run("invitations/use", invitation_id=invitation)


async def retire(tx: Tx, staff: UUID) -> None:
    """Let every link of a member of staff open nothing any more."""
    await tx.run("invitations/retire", staff_id=staff)


async def retire_made_by(tx: Tx, staff: UUID) -> None:
    """Let every link that a member of staff, or a key of theirs, made for anybody open nothing any more."""
    await tx.run("invitations/retire_made_by", staff_id=staff)
