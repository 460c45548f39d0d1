"""Asked again: whoever is signed in shows their password or second factor before they change who comes in."""

from uuid import UUID

from service.flows.access.second_factor import check_second_factor
from service.flows.access.staff import Proof, prove_password
from service.flows.perform import Act, Done
from service.store import sessions, staff


async def prove_again(act: Act, session: UUID, password: str, code: str) -> Done[Proof]:
    """See whether this is the actor's own password or second factor; the session has shown it then.

    The try counts as it does at a sign-in, and is kept either way, so a wrong one is no refusal.
    """
    if code:
        shown = await check_second_factor(act, act.actor.id, code)
        proof: Proof = "wrong" if shown.value is None else "right"
    else:
        proof = (await prove_password(act, password)).value
    if proof == "right":
        await sessions.prove(act, session)
        act.audit("session.proved", session, way="second_factor" if code else "password")
    return Done(proof)


async def ways_of(act: Act) -> Done[tuple[bool, bool]]:
    """Whether whoever acts has a password to show, and whether they have a second factor."""
    known = await staff.find(act, act.actor.id)
    if known is None:
        return Done((False, False))
    return Done((known.password_hash is not None, known.totp_secret is not None))
