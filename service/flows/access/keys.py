"""Keys: issue, revoke and list them, and find who a presented key is.

A key is `cmr_` and then, in base64url without padding, the clinic's id and 32 bytes of chance: so its clinic
is known before it is looked up, and row-level security holds for that look-up too. What is kept is the
SHA-256 of the whole key; with 256 bits of chance in it, a slower hash would add nothing.

A member of staff answers for it, with whom it ends; it lasts until a day, and does what its scopes say.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from schemas.keys import IssuedKey, Key, KeyPage, NewKey, Scope
from service.core.access.keys import COVERS, DAYS_MAX, SCOPES, in_order, last_day
from service.core.actors import Actor, system
from service.core.calendar import day_end, local_day
from service.core.cursors import Page, before_id, cut
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, perform
from service.store import clinics, keys, staff
from service.store.database.pool import Database

PREFIX = "cmr_"
CLINIC_BYTES = 16
SECRET_BYTES = 32
TOLD_LETTERS = 32


class KnownKey(Struct, frozen=True):
    """Who acts by a key, what it may do, and when it ends."""

    actor: Actor
    scopes: frozenset[Scope]
    ends_at: datetime
    smart: frozenset[str] | None = None
    """Of a token, the scopes of SMART that it was given for: it opens FHIR alone."""


async def issue_key(act: Act, new: NewKey) -> Done[IssuedKey] | Refused:
    """Issue a key with one role; its secret is in this answer and nowhere else.

    Whoever issues it answers for it unless it names another, and a key grants no scope that it lacks.
    """
    if await clinics.find(act) is None:
        return refused("not_found.clinic")
    issuer = await keys.read(act, act.actor.id)
    responsible = await _responsible(act, new, issuer)
    if isinstance(responsible, Refused):
        return responsible
    expires_on = last_day(new.expires_on, local_day(act.now, await clinics.zone(act)))
    if expires_on is None:
        return refused("invalid.key_end", "$.expires_on", days=DAYS_MAX)
    grantable = SCOPES if issuer is None else issuer.scopes
    scopes = in_order(grantable if new.scopes is None else new.scopes)
    if not scopes:
        return refused("invalid.key_without_scopes", "$.scopes")
    lacking = [one for one in scopes if one not in grantable]
    if lacking:
        return refused("scope_missing.to_grant", "$.scopes", scope=lacking[0])
    secret = act.clinic.bytes + secrets.token_bytes(SECRET_BYTES)
    key = PREFIX + base64.urlsafe_b64encode(secret).decode("ascii")
    made = Key(act.new_id(), new.role, act.now, new.label, None, responsible, expires_on, scopes)
    await keys.insert(act, act.actor, made, _hash(key))
    detail: dict[str, str | int] = {
        "role": new.role,
        "expires_on": expires_on.isoformat(),
        "scopes": ",".join(scopes),
        # Of 256 bits of chance nothing can be learned from a hash; it holds the row to this very secret.
        "secret": _hash(key).hex()[:TOLD_LETTERS],
    }
    if responsible is not None:
        detail["responsible"] = str(responsible)
    act.audit("key.issued", made.id, None, **detail)
    return Done(IssuedKey(made.id, key, new.role, new.label, responsible, expires_on, scopes), "created")


async def _responsible(act: Act, new: NewKey, issuer: Key | None) -> UUID | Refused | None:
    """The member of staff who answers for a new key; none only where the operator names none."""
    wanted = new.responsible
    if wanted is None and issuer is not None:
        wanted = issuer.responsible
    elif wanted is None and act.actor.id != act.clinic:
        wanted = act.actor.id
    if wanted is None:
        return None
    return await may_answer(act, wanted, new) or wanted


async def may_answer(act: Act, responsible: UUID, key: NewKey | Key) -> Refused | None:
    """Why a member of staff cannot answer for a key; none where they can."""
    known = await staff.find(act, responsible)
    if known is None or known.staff.disabled_at is not None:
        return refused("invalid.key_responsible", "$.responsible")
    if key.role not in COVERS[known.staff.role]:
        return refused("invalid.key_beyond_person", "$.responsible", role=known.staff.role, key=key.role)
    return None


async def answer_for(act: Act, key_id: UUID, responsible: UUID) -> Done[Key] | Refused:
    """Say who answers for a key for which nobody did; the operator alone knows in whose hands it is."""
    key = await keys.read(act, key_id)
    if key is None:
        return refused("not_found.key")
    refusal = await may_answer(act, responsible, key)
    if refusal is not None:
        return refusal
    if not await keys.assign(act, key_id, responsible):
        return refused("already_settled.key_responsible")
    act.audit("key.assigned", key_id, responsible=str(responsible))
    return Done(await keys.read(act, key_id) or key)


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


async def find_key(database: Database, key: str) -> KnownKey | None:
    """Who a presented key is, ended or not; none where it is malformed, unknown or revoked, or its person is.

    Whether it has ended the caller compares, who may keep what this says.
    """
    clinic = _clinic_of(key)
    if clinic is None:
        return None
    digest = _hash(key)
    async with database.transaction(clinic) as tx:
        known = await keys.find(tx, digest)
    # The look-up goes by the hash, whose bits nobody can choose; the comparison takes the same time always.
    if known is None or not hmac.compare_digest(known.secret_hash, digest):
        return None
    if known.revoked or known.is_barred:
        return None
    ends_at = day_end(known.expires_on, ZoneInfo(known.zone))
    return KnownKey(Actor(clinic, known.id, known.role), known.scopes, ends_at)


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


async def mark_keys(database: Database) -> int:
    """Give the keys of before keys had marks theirs, in every clinic; returns how many there were."""
    marked = 0
    for clinic in await database.clinics():
        done = await perform(database, system(clinic), _mark)
        marked += done.value if isinstance(done, Done) else 0
    return marked


async def _mark(act: Act) -> Done[int]:
    marked = await keys.mark_old(act)
    if marked:
        act.audit("key.marked", count=marked)
    return Done(marked)
