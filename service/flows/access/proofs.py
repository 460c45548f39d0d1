"""Asked again: whoever is signed in shows who they are before they change who comes in.

By their password, the digits of their second factor, or a passkey.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.flows.access.ceremonies import Ceremony
from service.flows.access.second_factor import check_second_factor
from service.flows.access.staff import Proof, prove_password
from service.flows.access.staff_passkeys import check_passkey
from service.flows.perform import Act, Done
from service.store import sessions, staff


class Ways(Struct, frozen=True):
    """By what somebody can show who they are; since when they have the digits of a phone."""

    has_password: bool = False
    factor_since: datetime | None = None
    has_passkey: bool = False


class Signed(Struct, frozen=True):
    """What a passkey signed, and what for."""

    ceremony: Ceremony
    credential: str


async def prove_again(
    act: Act, session: UUID, password: str, code: str, signed: Signed | None = None
) -> Done[Proof]:
    """See whether this is the actor's own password, second factor or passkey; the session has shown it then.

    The try counts as it does at a sign-in, and is kept either way, so a wrong one is no refusal.
    """
    if signed is not None:
        shown = await check_passkey(act, act.actor.id, signed.ceremony, signed.credential)
        proof, way = _proof(is_right=shown.value), "passkey"
    elif code:
        proof, way = (
            _proof(is_right=(await check_second_factor(act, act.actor.id, code)).value is not None),
            "second_factor",
        )
    else:
        proof, way = (await prove_password(act, password)).value, "password"
    if proof == "right":
        await sessions.prove(act, session)
        act.audit("session.proved", session, way=way)
    return Done(proof)


def _proof(*, is_right: bool) -> Proof:
    return "right" if is_right else "wrong"


async def ways_of(act: Act) -> Done[Ways]:
    """By what whoever acts can show who they are."""
    known = await staff.find(act, act.actor.id)
    if known is None:
        return Done(Ways())
    return Done(Ways(known.password_hash is not None, known.totp_since, known.passkey_since is not None))
