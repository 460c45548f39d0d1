"""Sign-in codes, kept as keyed hashes."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.core.access.sign_in_codes import CodeKind
from service.store import marks
from service.store.database.cipher import Cipher
from service.store.database.pool import NO_CLINIC, Database, Tx


def index_of(cipher: Cipher, code: str) -> bytes:
    """The kept hash of a code: the same in every clinic, since whoever types it does not name theirs."""
    return cipher.blind(NO_CLINIC, "sign_in_codes.code", code)


async def clinic_of(database: Database, index: bytes) -> UUID | None:
    """The clinic of a code, used up or not."""
    async with database.transaction(None) as tx:
        found: UUID | None = await tx.value("sign_in_codes/clinic", code_index=index)
    return found


async def insert(tx: Tx, participant: UUID, kind: CodeKind, code: str, by: UUID, ends_at: datetime) -> UUID:
    """Keep a new code; a printed one takes the place of the one before.

    One that was sent stays good until it is used or over: whoever asks for the next is perhaps somebody else.
    """
    if kind == "printed":
        await tx.run("sign_in_codes/retire", participant_id=participant, kind=kind)
    made = tx.new_id()
    index = index_of(tx.cipher, code)
    await tx.run(
        "sign_in_codes/insert",
        code_id=made,
        participant_id=participant,
        kind=kind,
        code_index=index,
        created_by=by,
        ends_at=ends_at,
        mark=_mark(tx, made, participant, kind, index, by),
    )
    return made


async def holder(tx: Tx, index: bytes) -> UUID | None:
    """Whose code it is, where it can be used now and is as the service wrote it."""
    row = await tx.row("sign_in_codes/holder", code_index=index)
    if row is None:
        return None
    mark = _mark(tx, row["code_id"], row["participant_id"], row["kind"], index, row["created_by"])
    # One of before codes had marks goes on until it ends, a day later at the most.
    found: UUID = row["participant_id"]
    return found if row["mark"] is None or marks.fits(mark, row["mark"]) else None


def _mark(tx: Tx, code: UUID, participant: UUID, kind: CodeKind, index: bytes, by: UUID) -> str:
    return marks.mark_of(tx, "sign_in_codes.mark", code, participant, kind, index.hex(), by)


class Used(Struct, frozen=True):
    """A code that was used up, and who printed it; none where it was sent."""

    printed_by: UUID | None


async def use(tx: Tx, index: bytes) -> Used | None:
    """Use a code up; none where it could not be."""
    row = await tx.row("sign_in_codes/use", code_index=index)
    return None if row is None else Used(row["printed_by"])


async def retire_all(tx: Tx, participant: UUID) -> None:
    """Take back somebody's codes that are not used yet."""
    await tx.run("sign_in_codes/retire_all", participant_id=participant)


async def retire_of_staff(tx: Tx, staff: UUID) -> None:
    """Take back the codes that a member of staff, or a key of theirs, made and nobody used yet."""
    await tx.run("sign_in_codes/retire_of_staff", staff_id=staff)


async def expire(tx: Tx, before: datetime) -> int:
    """Forget the codes that ended before a moment; says how many."""
    said = await tx.run("sign_in_codes/expire", before=before)
    return int(said.rpartition(" ")[2])
