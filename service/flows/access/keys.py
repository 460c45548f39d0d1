"""Keys: issue, revoke and list them, and find who a presented key is.

A key is `cmr_` and then, in base64url without padding, the clinic's id and 32 bytes of chance: so its clinic
is known before it is looked up, and row-level security holds for that look-up too. What is kept is the
SHA-256 of the whole key; with 256 bits of chance in it, a slower hash would add nothing.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from uuid import UUID

from schemas.people import IssuedKey, Key, KeyPage, NewKey
from service.core.actors import Actor
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import clinics, keys
from service.store.database.pool import Database

PREFIX = "cmr_"
CLINIC_BYTES = 16
SECRET_BYTES = 32


async def issue_key(act: Act, new: NewKey) -> Done[IssuedKey] | Refused:
    """Issue a key with one role; its secret is in this answer and nowhere else."""
    if await clinics.find(act) is None:
        return refused("not_found.clinic")
    secret = act.clinic.bytes + secrets.token_bytes(SECRET_BYTES)
    key = PREFIX + base64.urlsafe_b64encode(secret).decode("ascii")
    made = Key(act.new_id(), new.role, act.now, new.label)
    await keys.insert(act, act.actor, made, _hash(key))
    act.audit("key.issued", made.id, role=new.role)
    return Done(IssuedKey(made.id, key, new.role, new.label), "created")


async def revoke_key(act: Act, key_id: UUID) -> Done[Key] | Refused:
    """Revoke a key for good; one that was revoked before is answered in the same way.

    Refused for the key in use: a clinic's last key, revoked by a slip, would lock everybody out.
    """
    if key_id == act.actor.id:
        return refused("forbidden.own_key")
    key = await keys.revoke(act, key_id)
    if key is None:
        return refused("not_found.key")
    act.audit("key.revoked", key_id)
    return Done(key)


async def list_keys(act: Act, page: Page) -> Done[KeyPage] | Refused:
    """The clinic's keys without their secrets, newest first, revoked ones too."""
    last = before_id(page)
    if isinstance(last, Refused):
        return last
    found = await keys.before(act, last, page.limit + 1)
    return Done(KeyPage(*cut(found, page, lambda key: key.id.bytes)))


async def find_actor(database: Database, key: str) -> Actor | None:
    """Who a presented key is; none where it is malformed, unknown or revoked."""
    clinic = _clinic_of(key)
    if clinic is None:
        return None
    digest = _hash(key)
    async with database.transaction(clinic) as tx:
        known = await keys.find(tx, digest)
    # The look-up goes by the hash, whose bits nobody can choose; the comparison takes the same time always.
    if known is None or not hmac.compare_digest(known.secret_hash, digest) or known.revoked:
        return None
    return Actor(clinic, known.id, known.role)


def _clinic_of(key: str) -> UUID | None:
    try:
        secret = base64.b64decode(key.removeprefix(PREFIX), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if not key.startswith(PREFIX) or len(secret) != CLINIC_BYTES + SECRET_BYTES:
        return None
    return UUID(bytes=secret[:CLINIC_BYTES])


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
