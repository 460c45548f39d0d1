"""Passkeys (WebAuthn): made by whoever is signed in, used to sign in without naming anybody, and removed.

An authenticator gives the user handle back that it was given: the clinic's id and the participant's, so that
the clinic is known before anything is looked up. It says nothing of who that is.
"""

from functools import partial
from uuid import UUID

from service.core.access.places import Place
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.access.ceremonies import ID_BYTES, Ceremony, given_by, made_by, signed_with
from service.flows.access.codes import TOO_OFTEN, is_deceased, may_try, was_right
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.perform import Act, Done, perform
from service.store import passkeys
from service.store.database.pool import Database
from service.store.passkeys import Listed, Passkey

PASSKEYS_MAX = 20
UNKNOWN = refused("unauthenticated.passkey")
NOT_KEPT = refused("invalid.passkey_not_kept")


def handle_of(actor: Actor) -> bytes:
    """The user handle by which an authenticator knows somebody."""
    return actor.clinic.bytes + actor.id.bytes


async def list_passkeys(act: Act) -> Done[tuple[Listed, ...]]:
    """The passkeys of whoever acts."""
    return Done(await passkeys.of_participant(act, act.actor.id))


async def add_passkey(
    act: Act, ceremony: Ceremony, credential: str, let_in_by: UUID | None
) -> Done[UUID] | Refused:
    """Keep the passkey that an authenticator made for whoever acts.

    `let_in_by` printed the code that their session goes back to: with them it ends.
    """
    if len(await passkeys.of_participant(act, act.actor.id)) >= PASSKEYS_MAX:
        return NOT_KEPT
    found = made_by(ceremony, credential)
    if found is None or await passkeys.find(act, found.credential_id) is not None:
        return NOT_KEPT
    made = Passkey(act.new_id(), act.actor.id, found.public_key, found.sign_count, let_in_by)
    await passkeys.insert(act, made, found.credential_id)
    act.audit("passkey.added", made.id, act.actor.id, mark=passkeys.mark_of(act, made))
    return Done(made.id, "created")


async def remove_passkey(act: Act, passkey: UUID) -> Done[bool]:
    """Forget one of the passkeys of whoever acts."""
    removed = await passkeys.delete(act, act.actor.id, passkey)
    if removed:
        act.audit("passkey.removed", passkey, act.actor.id)
    return Done(removed)


async def sign_in_by_passkey(
    database: Database, ceremony: Ceremony, credential: str, place: Place, agent: str | None
) -> tuple[UUID, UUID, OpenedSession] | Refused:
    """Verify what an authenticator signed and open a session; gives the clinic, the participant and it."""
    if not await may_try(database, place):
        return TOO_OFTEN
    given = given_by(credential)
    if given is None or len(given.handle) != 2 * ID_BYTES:
        return UNKNOWN
    handle = given.handle
    clinic, participant = UUID(bytes=handle[:ID_BYTES]), UUID(bytes=handle[ID_BYTES:])
    operation = partial(
        _let_in, ceremony=ceremony, credential=credential, raw_id=given.credential_id, agent=agent
    )
    done = await perform(database, Actor(clinic, participant, "participant"), operation)
    if not isinstance(done, Done):
        return UNKNOWN
    await was_right(database, place)
    return clinic, participant, done.value


async def _let_in(
    act: Act, ceremony: Ceremony, credential: str, raw_id: bytes, agent: str | None
) -> Done[OpenedSession] | Refused:
    known = await passkeys.find(act, raw_id)
    if known is None or known.participant != act.actor.id or await is_deceased(act, known.participant):
        return UNKNOWN
    signs = signed_with(ceremony, credential, known.public_key, known.sign_count)
    if signs is None:
        return UNKNOWN
    await passkeys.use(act, known.id, signs)
    act.audit("passkey.used", known.id, act.actor.id)
    return await open_session(act, "portal", act.actor.id, agent, known.let_in_by)
