"""Invitations: a link by which a member of staff chooses a password that nobody else reads.

A link is mailed where a mail server is set, and else shown once to whoever makes it: then that person could
have opened it, and the two are one to the second-person rule. Its token is `cmi_` and then, in base64url
without padding, the clinic's id and 32 bytes of chance; what is kept is the SHA-256 of it.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import Language
from schemas.staff import CreatedStaff, Invitation, NewStaff, Staff
from service.core.access.messages import Message, invitation_message, password_changed_message
from service.core.access.sign_in_codes import INVITATION_LASTS
from service.core.actors import system
from service.core.refusals import Refused, refused
from service.flows.access.sign_in_staff import Recognized
from service.flows.access.staff import create_staff, end_sessions, hash_password, weakness_of
from service.flows.perform import Act, Done, perform
from service.store import clinics, invitations, keys, messages_out, staff
from service.store.database.pool import Database

PREFIX: Final = "cmi_"
CLINIC_BYTES: Final = 16
SECRET_BYTES: Final = 32
OVER: Final = refused("not_found.invitation")


class Way(Struct, frozen=True):
    """How a link is made: the address of a token's page, and whether it goes to its owner by mail."""

    link_of: Callable[[str], str]
    is_mailed: bool


async def invite_staff(act: Act, new: NewStaff, way: Way) -> Done[CreatedStaff] | Refused:
    """Make a member of staff, and the link by which they choose their password."""
    made = await create_staff(act, new, has_password=False)
    if isinstance(made, Refused):
        return made
    invitation = await _invite(act, made.value.id, new.email, new.language, way)
    one = made.value
    return Done(CreatedStaff(one.id, one.email, one.role, one.name, None, invitation), "created", revision=1)


async def invite_again(act: Act, staff_id: UUID, way: Way) -> Done[CreatedStaff] | Refused:
    """Take a member of staff's password, sign them out everywhere, and make a link to choose another.

    Nobody is shown their own, nor is a key that they answer for.
    """
    known = await staff.lock(act, staff_id)
    if known is None:
        return refused("not_found.staff")
    key = await keys.read(act, act.actor.id)
    if not way.is_mailed and staff_id in {act.actor.id, None if key is None else key.responsible}:
        return refused("forbidden.own_invitation")
    if known.staff.disabled_at is not None:
        return refused("invalid.invitation_disabled")
    await staff.set_password(act, staff_id, None, is_temporary=False)
    act.audit("staff.password_reset", staff_id, password=staff.password_mark(act, staff_id, None))
    await end_sessions(act, staff_id)
    one: Staff = known.staff
    invitation = await _invite(act, staff_id, one.email, one.language, way)
    return Done(CreatedStaff(one.id, one.email, one.role, one.name, None, invitation))


async def _invite(act: Act, staff_id: UUID, email: str, language: Language, way: Way) -> Invitation:
    token = new_token(act.clinic)
    made, ends_at = act.new_id(), act.now + INVITATION_LASTS
    await invitations.insert(act, made, staff_id, hash_of(token), act.actor.id, ends_at)
    # Whoever reads the link could open the account by it; the operator is nobody on the staff.
    if not way.is_mailed and act.actor.id != act.clinic:
        await staff.add_reader(act, staff_id, act.actor.id)
    act.audit("staff.invited", staff_id, mailed=int(way.is_mailed))
    link = way.link_of(token)
    if not way.is_mailed:
        return Invitation(ends_at, link)
    clinic = await clinics.find(act)
    message: Message = invitation_message(email, link, "" if clinic is None else clinic.name, language)
    await messages_out.insert(act, message, ends_at)
    return Invitation(ends_at, None)


async def whose(database: Database, token: str) -> Staff | None:
    """Whose link this is; none where it opens nothing."""
    clinic = _clinic_of(token)
    if clinic is None:
        return None
    async with database.transaction(clinic) as tx:
        found = await invitations.find(tx, hash_of(token))
        known = None if found is None else await staff.find(tx, found.staff)
    return None if known is None or known.staff.disabled_at is not None else known.staff


async def accept_invitation(database: Database, token: str, password: str) -> Recognized | Refused:
    """Take the password that whoever has the link chose; the link opens nothing afterwards."""
    clinic = _clinic_of(token)
    if clinic is None:
        return OVER
    done = await perform(database, system(clinic), partial(_accept, token=token, password=password))
    if not isinstance(done, Done):
        return done if isinstance(done, Refused) else OVER
    async with database.transaction(clinic) as tx:
        known = await staff.find(tx, done.value)
    return OVER if known is None else Recognized(clinic, known)


async def _accept(act: Act, token: str, password: str) -> Done[UUID] | Refused:
    found = await invitations.find(act, hash_of(token))
    known = None if found is None else await staff.lock(act, found.staff)
    if found is None or known is None or known.staff.disabled_at is not None:
        return OVER
    weak = await weakness_of(act, password, known.staff.email, known.staff.name)
    if weak is not None:
        return weak
    kept = await hash_password(password)
    await staff.set_password(act, found.staff, kept, is_temporary=False)
    await invitations.use(act, found.id)
    act.audit("staff.invitation_used", found.staff, password=staff.password_mark(act, found.staff, kept))
    # Whoever was in by the password of before is out, and its owner is told at the address that they have.
    await end_sessions(act, found.staff)
    if known.password_hash is not None:
        told = password_changed_message(known.staff.email, known.staff.language)
        await messages_out.insert(act, told, act.now + INVITATION_LASTS)
    return Done(found.staff)


def _clinic_of(token: str) -> UUID | None:
    try:
        secret = base64.b64decode(token.removeprefix(PREFIX), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if not token.startswith(PREFIX) or len(secret) != CLINIC_BYTES + SECRET_BYTES:
        return None
    return UUID(bytes=secret[:CLINIC_BYTES])


def new_token(clinic: UUID) -> str:
    """A new link's token."""
    return PREFIX + base64.urlsafe_b64encode(clinic.bytes + secrets.token_bytes(SECRET_BYTES)).decode()


def hash_of(token: str) -> bytes:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).digest()
