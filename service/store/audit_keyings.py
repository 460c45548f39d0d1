"""Changes of AUDIT_KEY: the keys that a clinic's audit chain was under before, to work the past out."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from service.core.audit_chain import OldKey
from service.store import clinics
from service.store.database.pool import Tx

KEY: Final = "audit_keyings.key"
"""The field that a key of before is sealed as: that of the chain, and then the public one of checkpoints."""
KEY_BYTES: Final = 32


class AuditKeying(Struct, frozen=True):
    """One change of the key: what was before it, and the check of the key that came."""

    old: OldKey
    public: bytes
    check: bytes


async def keyings(tx: Tx) -> list[AuditKeying]:
    """Every change of a clinic's audit key, the first one first.

    Raises cryptography.exceptions.InvalidTag where one was put in by another hand.
    """
    made = []
    for row in await tx.rows("audit_keyings/list"):
        both = tx.cipher.open(tx.clinic, KEY, row["key"])
        old = OldKey(row["audit_keying_id"], both[:KEY_BYTES])
        made.append(AuditKeying(old, both[KEY_BYTES:], row["audit_check"]))
    return made


async def present_check(tx: Tx) -> bytes | None:
    """The hash by which a process sees that it has the clinic's present audit key; none in old clinics."""
    made = await keyings(tx)
    return made[-1].check if made else (await clinics.checks(tx)).audit


async def change(tx: Tx, audit_keying: UUID) -> bool:
    """Write that the other key of this process was the clinic's until now; whether it was.

    Raises LookupError where the clinic is under neither of the two.
    """
    trail, present = tx.cipher.trail, await present_check(tx)
    check = clinics.audit_check(trail, tx.clinic)
    if present == check:
        return False
    other = trail.other
    if other is None or present != clinics.audit_check(other, tx.clinic):
        raise LookupError(f"clinic {tx.clinic} is under neither of the two audit keys")
    sealed = tx.cipher.seal(tx.clinic, KEY, other.of(tx.clinic) + other.public_key())
    made = await tx.value("audit_keyings/insert", audit_keying_id=audit_keying, key=sealed, audit_check=check)
    return made is not None


async def public_keys(tx: Tx) -> list[bytes]:
    """The keys of before that checkpoints were signed with."""
    return [one.public for one in await keyings(tx)]
