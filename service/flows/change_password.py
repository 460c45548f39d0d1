"""Change one's own password: the old one is shown first, and every other session ends."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from service.core.access.passwords import REST_MINUTES, TRIES_MAX, weakness
from service.core.refusals import Refused, refused
from service.flows.hash_password import hash_password, is_password
from service.flows.perform import Act, Done
from service.store import sessions, staff

Proof = Literal["right", "wrong"]


async def prove_password(act: Act, password: str) -> Done[Proof]:
    """See whether this is the actor's own password; the try counts as it does at a sign-in."""
    known = await staff.find(act, act.clinic, act.actor.id)
    until = act.now + timedelta(minutes=REST_MINUTES)
    if known is None or not await staff.count_try(act, act.clinic, act.actor.id, TRIES_MAX, until):
        return Done("wrong")
    if not await is_password(known.password_hash, password):
        act.tell("staff.sign_in_refused", act.actor.id, why="password")
        return Done("wrong")
    await staff.was_right(act, act.clinic, act.actor.id)
    return Done("right")


async def change_password(act: Act, password: str, session: UUID) -> Done[int] | Refused:
    """Take a new password, and end every other session; says how many those were."""
    known = await staff.lock(act, act.clinic, act.actor.id)
    if known is None:
        return refused("not_found", "There is no such member of staff.")
    weak = weakness(password, known.staff.email)
    if weak is not None:
        return refused("invalid", weak, "$.password")
    kept = await hash_password(password)
    await staff.set_password(act, act.clinic, act.actor.id, kept, is_temporary=False)
    act.tell("staff.password_changed", act.actor.id)
    ended = await sessions.revoke_of_staff(act, act.clinic, act.actor.id, session)
    for one in ended:
        act.tell("session.ended", one)
    return Done(len(ended))
