"""Sign-in codes, kept as keyed hashes, and how often somebody tried to sign in."""

from datetime import datetime
from uuid import UUID

from service.core.access.sign_in_codes import CodeKind, window_of
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
    """Keep a new code, and take back the one of its kind before."""
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
    )
    return made


async def holder(tx: Tx, index: bytes) -> UUID | None:
    """Whose code it is, where it can be used now."""
    found: UUID | None = await tx.value("sign_in_codes/holder", code_index=index)
    return found


async def use(tx: Tx, index: bytes) -> bool:
    """Use a code up; whether it could be."""
    return await tx.value("sign_in_codes/use", code_index=index) is not None


async def retire_all(tx: Tx, participant: UUID) -> None:
    """Take back somebody's codes that are not used yet."""
    await tx.run("sign_in_codes/retire_all", participant_id=participant)


async def expire(tx: Tx, before: datetime) -> int:
    """Forget the codes that ended before a moment; says how many."""
    said = await tx.run("sign_in_codes/expire", before=before)
    return int(said.rpartition(" ")[2])


async def take_try(tx: Tx, place: str) -> int:
    """Count one try from a place, and give how many there were in this window."""
    window = window_of(tx.now)
    tries: int = await tx.value(
        "sign_in_tries/take", clinic_id=NO_CLINIC, place=_place(tx, place), window_at=window
    )
    if tries == 1:
        await tx.run("sign_in_tries/expire", clinic_id=NO_CLINIC, before=window)
    return tries


async def give_back(tx: Tx, place: str) -> None:
    """Count a try as none: it was right."""
    await tx.run(
        "sign_in_tries/give_back", clinic_id=NO_CLINIC, place=_place(tx, place), window_at=window_of(tx.now)
    )


def _place(tx: Tx, place: str) -> bytes:
    return tx.cipher.blind(NO_CLINIC, "sign_in_tries.place", place)
