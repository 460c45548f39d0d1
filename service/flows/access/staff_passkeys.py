"""Passkeys of members of staff: a second factor beside the password, and a proof of who somebody is.

Only whoever is signed in makes one for themselves, having shown who they are. Its owner is told that it was
added, and who removed it. A try counts against the account as one at the digits does.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.core.access.passwords import REST_MINUTES, TRIES_MAX
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.access.ceremonies import Ceremony, given_by, made_by, signed_with
from service.flows.access.passkeys import PASSKEYS_MAX
from service.flows.access.sessions import open_anew
from service.flows.perform import Act, Done
from service.store import actors, staff, staff_passkeys
from service.store.staff_passkeys import ListedPasskey, StaffPasskey

TOLD_DAYS: Final = 30
"""For how long somebody is told of a passkey that was added or removed."""
NAME_LETTERS_MAX: Final = 60
NOT_KEPT: Final = refused("invalid.passkey_not_kept")


class OwnPasskeys(Struct, frozen=True):
    """Somebody's passkeys, and what they are told of: those lately added, and removed, with who did it."""

    kept: tuple[ListedPasskey, ...]
    added: tuple[ListedPasskey, ...]
    removed: tuple[tuple[ListedPasskey, str | None], ...]


def handle_of_staff(actor: Actor) -> bytes:
    """The user handle by which an authenticator tells somebody's accounts apart."""
    return actor.clinic.bytes + actor.id.bytes


async def read_own_passkeys(act: Act) -> Done[OwnPasskeys]:
    """The passkeys of whoever acts, and what they are told of."""
    since = act.now - timedelta(days=TOLD_DAYS)
    found = await staff_passkeys.of_staff(act, act.actor.id, since)
    kept = tuple(one for one in found if one.removed_at is None)
    names = await actors.names(act, [one.removed_by for one in found if one.removed_by is not None])
    removed = tuple(
        (one, names.get(one.removed_by) if one.removed_by != act.actor.id else None)
        for one in found
        if one.removed_by is not None
    )
    return Done(OwnPasskeys(kept, tuple(one for one in kept if one.created_at >= since), removed))


async def credentials_of(act: Act, staff_id: UUID) -> Done[tuple[bytes, ...]]:
    """What authenticators call somebody's passkeys."""
    found = await staff_passkeys.of_staff(act, staff_id, act.now)
    return Done(tuple(one.credential_id for one in found if one.removed_at is None))


async def add_staff_passkey(
    act: Act, ceremony: Ceremony, credential: str, name: str, agent: str | None
) -> Done[str | None] | Refused:
    """Keep the passkey that an authenticator made for whoever acts.

    With their first second factor they go on under a new session, whose token is given: those opened without
    it end.
    """
    known = await staff.lock(act, act.actor.id)
    kept = await staff_passkeys.of_staff(act, act.actor.id, act.now)
    found = made_by(ceremony, credential)
    if known is None or found is None or len(kept) >= PASSKEYS_MAX:
        return NOT_KEPT
    made = StaffPasskey(act.new_id(), act.actor.id, found.public_key, found.sign_count)
    called = name.strip()[:NAME_LETTERS_MAX] or None
    if not await staff_passkeys.insert(act, made, found.credential_id, called):
        return NOT_KEPT
    act.audit("staff.passkey_added", made.id, mark=staff_passkeys.mark_of(act, made))
    if known.has_second_factor:
        return Done(None, "created")
    return Done((await open_anew(act, act.actor.id, agent)).token, "created")


async def remove_staff_passkey(act: Act, passkey: UUID) -> Done[bool]:
    """Let one of the passkeys of whoever acts open nothing from now on."""
    removed = await staff_passkeys.remove(act, act.actor.id, passkey, act.actor.id)
    if removed:
        act.audit("staff.passkey_removed", passkey, staff=str(act.actor.id))
    return Done(removed)


async def remove_staff_passkeys_of(act: Act, staff_id: UUID) -> None:
    """Let none of somebody's passkeys open anything from now on."""
    for passkey in await staff_passkeys.remove_all(act, staff_id, act.actor.id):
        act.audit("staff.passkey_removed", passkey, staff=str(staff_id))


async def check_passkey(act: Act, staff_id: UUID, ceremony: Ceremony, credential: str) -> Done[bool]:
    """Whether somebody showed a passkey of theirs. The try is kept either way, so it is no refusal."""
    known = await staff.lock(act, staff_id)
    if known is None or known.passkey_since is None or known.staff.disabled_at is not None:
        return Done(value=False)
    until = act.now + timedelta(minutes=REST_MINUTES)
    if not await staff.count_try(act, staff_id, TRIES_MAX, until):
        act.audit("staff.sign_in_refused", staff_id, why="rests")
        return Done(value=False)
    given = given_by(credential)
    found = None if given is None else await staff_passkeys.find(act, staff_id, given.credential_id)
    signs = None
    if found is not None:
        signs = signed_with(ceremony, credential, found.public_key, found.sign_count)
    if found is None or signs is None:
        act.audit("staff.sign_in_refused", staff_id, why="second_factor")
        return Done(value=False)
    await staff_passkeys.use(act, found.id, signs)
    await staff.was_right(act, staff_id)
    return Done(value=True)
