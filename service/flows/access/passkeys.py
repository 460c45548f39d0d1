"""Passkeys (WebAuthn): made by whoever is signed in, used to sign in without naming anybody, and removed.

An authenticator gives the user handle back that it was given: the clinic's id and the participant's, so that
the clinic is known before anything is looked up. It says nothing of who that is.

The library is read when the first passkey comes: with all the certificates that it knows, it would be a
tenth of what every process reads before it serves.
"""

from functools import partial
from uuid import UUID

from msgspec import Struct

from service.core.access.places import Place
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.access.codes import TOO_OFTEN, is_deceased, may_try, was_right
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.perform import Act, Done, perform
from service.store import passkeys
from service.store.database.pool import Database
from service.store.passkeys import Listed, Passkey

PASSKEYS_MAX = 20
ID_BYTES = 16
UNKNOWN = refused("unauthenticated.passkey")
NOT_KEPT = refused("invalid.passkey_not_kept")


class Ceremony(Struct, frozen=True):
    """The challenge that an authenticator signs, for our site."""

    challenge: bytes
    rp_id: str
    origin: str


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
    from webauthn import verify_registration_response  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    if len(await passkeys.of_participant(act, act.actor.id)) >= PASSKEYS_MAX:
        return NOT_KEPT
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return NOT_KEPT
    if await passkeys.find(act, verified.credential_id) is not None:
        return NOT_KEPT
    made = Passkey(act.new_id(), act.actor.id, verified.credential_public_key, verified.sign_count, let_in_by)
    await passkeys.insert(act, made, verified.credential_id)
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
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    if not await may_try(database, place):
        return TOO_OFTEN
    try:
        given = parse_authentication_credential_json(credential)
        handle = given.response.user_handle or b""
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return UNKNOWN
    if len(handle) != 2 * ID_BYTES:
        return UNKNOWN
    clinic, participant = UUID(bytes=handle[:ID_BYTES]), UUID(bytes=handle[ID_BYTES:])
    operation = partial(_let_in, ceremony=ceremony, credential=credential, raw_id=given.raw_id, agent=agent)
    done = await perform(database, Actor(clinic, participant, "participant"), operation)
    if not isinstance(done, Done):
        return UNKNOWN
    await was_right(database, place)
    return clinic, participant, done.value


async def _let_in(
    act: Act, ceremony: Ceremony, credential: str, raw_id: bytes, agent: str | None
) -> Done[OpenedSession] | Refused:
    from webauthn import verify_authentication_response  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    known = await passkeys.find(act, raw_id)
    if known is None or known.participant != act.actor.id or await is_deceased(act, known.participant):
        return UNKNOWN
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return UNKNOWN
    await passkeys.use(act, known.id, verified.new_sign_count)
    act.audit("passkey.used", known.id, act.actor.id)
    return await open_session(act, "portal", act.actor.id, agent, known.let_in_by)
