"""What staff were filling in, sealed, by who fills it in and where."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx

BODY: Final = "drafts.body"
"""The field that a draft is sealed as."""


class KeptDraft(Struct, frozen=True):
    """The fields of a form as they stood, and when."""

    body: str
    saved_at: datetime


async def save(tx: Tx, staff: UUID, place: str, body: str, before: datetime) -> None:
    """Keep a draft in the place of the one before; what somebody saved `before` a moment is gone."""
    await tx.run("drafts/drop_old", staff_id=staff, before=before)
    sealed = tx.cipher.seal(tx.clinic, BODY, body)
    await tx.run("drafts/save", staff_id=staff, place=place, body=sealed)


async def find(tx: Tx, staff: UUID, place: str, since: datetime) -> KeptDraft | None:
    """What somebody was filling in at a place, if it was saved since a moment."""
    row = await tx.row("drafts/find", staff_id=staff, place=place, since=since)
    if row is None:
        return None
    return KeptDraft(tx.cipher.open(tx.clinic, BODY, row["body"]).decode(), row["saved_at"])


async def drop(tx: Tx, staff: UUID, place: str) -> None:
    """Forget a draft."""
    await tx.run("drafts/drop", staff_id=staff, place=place)


async def drop_all(tx: Tx) -> None:
    """Forget every draft of the clinic: whoever is erased may stand in one."""
    await tx.run("drafts/drop_all")
