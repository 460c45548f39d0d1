"""Who acted, and whom it was about, as people call them."""

from collections.abc import Sequence
from uuid import UUID

from service.store.database.pool import Tx


async def names(tx: Tx, actors: Sequence[UUID]) -> dict[UUID, str]:
    """Names of some actors; those without a name of their own are left out."""
    found: dict[UUID, str] = {}
    for row in await tx.rows("actors/names", actors=list(actors)):
        name = (
            tx.cipher.open_text(tx.clinic, "staff.name", row["staff_name"], row["actor_id"])
            or tx.cipher.open_text(tx.clinic, "staff.email", row["staff_email"], row["actor_id"])
            or row["label"]
            or row["source_name"]
        )
        if name:
            found[row["actor_id"]] = name
    return found


async def exists(tx: Tx, actor: UUID) -> bool:
    """Whether an id is that of a member of staff, a key or a source of the clinic."""
    return bool(await tx.value("actors/exists", actor=actor))


async def is_feed(tx: Tx, actor: UUID) -> bool:
    """Whether an id is that of a source, or of a key that records for a program."""
    return bool(await tx.value("actors/is_feed", actor=actor))


async def codes(tx: Tx, participants: Sequence[UUID]) -> dict[UUID, str]:
    """The codes by which some participants are called."""
    rows = await tx.rows("participants/codes", participants=list(participants))
    return {row["participant_id"]: row["display_code"] for row in rows}
