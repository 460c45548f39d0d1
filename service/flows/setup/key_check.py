"""Whether the keys that a process was given are those that its database was encrypted with."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag

from service.store import audit_checkpoints, audit_keyings, clinics, seeds, staff
from service.store.database.cipher import UnknownFieldKeyError
from service.store.database.pool import Database, Tx

CLINICS_MAX: Final = 20
"""How many clinics are looked at: all have the same keys."""
LAST: Final = UUID(int=2**128 - 1)


class WrongKeysError(Exception):
    """The keys are not the database's; the message says which, and what to do."""


async def check_keys(database: Database) -> None:
    """Open what every clinic has, find somebody by an index, and compare the hashes that it began with.

    A database without a clinic fits any keys. A clinic of before there were such hashes is given them.
    Raises WrongKeysError.
    """
    for clinic in (await database.clinics())[:CLINICS_MAX]:
        async with database.transaction(clinic) as tx:
            try:
                await seeds.hold(tx)
                found = await staff.before(tx, LAST, 1)
            except UnknownFieldKeyError as why:
                raise WrongKeysError(
                    f"FIELD_KEYS lacks a key of this database: {why}. Nothing was changed. Put the key back "
                    "from where you keep it; without it what it encrypted is lost."
                ) from why
            except InvalidTag as why:
                raise WrongKeysError(
                    "A key of FIELD_KEYS is another than the one of the same id that this database was "
                    "encrypted with. Nothing was changed. Put the right one back from where you keep it."
                ) from why
            here, kept = clinics.checks_of(tx), await clinics.checks(tx)
            is_found = not found or await staff.find_by_email(tx, found[0].email) is not None
            if kept.index not in {None, here.index} or not is_found:
                raise WrongKeysError(
                    "INDEX_KEY is another than the one that this database's indexes were made with. Nothing "
                    "was changed. Put the right one back from where you keep it."
                )
            if not await _is_audit_key(tx, here.audit):
                raise WrongKeysError(
                    "AUDIT_KEY is another than the one that this database's audit trail was written under. "
                    "Nothing was changed. Put the right one back from where you keep it: what is written "
                    "under another one does not verify."
                )
            if None in {kept.index, kept.audit}:
                await clinics.give_checks(tx)


async def _is_audit_key(tx: Tx, here: bytes | None) -> bool:
    """Whether a process may write under its AUDIT_KEY: the clinic's own, or the one that is to come.

    One that was changed is good for nothing more.
    """
    kept = await audit_keyings.present_check(tx)
    if kept is None:
        return await audit_checkpoints.is_ours(tx)
    if here == kept:
        return True
    other, own = tx.cipher.trail.other, tx.cipher.trail.of(tx.clinic)
    is_old = any(one.old.key == own for one in await audit_keyings.keyings(tx))
    return other is not None and not is_old and clinics.audit_check(other, tx.clinic) == kept
