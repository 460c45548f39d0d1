"""PINs: set, remove, and sign in by one on a known device or the clinic's tablet."""

from datetime import datetime
from functools import partial
from uuid import UUID

from service.core.access.display_codes import display_code_spelling
from service.core.access.pins import is_easy, is_pin
from service.core.access.places import PIN_TRIES_MAX, Place
from service.core.access.sessions import SessionKind
from service.core.actors import Actor, system
from service.core.refusals import Refused, refused
from service.flows.access.codes import TOO_OFTEN, is_deceased, may_try, pin_tries, was_right
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.access.staff import hash_password, is_password
from service.flows.perform import Act, Done, perform
from service.store import participants, pins, sign_in_tries
from service.store.database.ids import new_id
from service.store.database.pool import Database
from service.store.participants import ParticipantFilter

WRONG = refused("unauthenticated.pin", "$.pin")


async def participant_of(database: Database, clinic: UUID, display_code: str) -> UUID | None:
    """Whose short code it is that somebody typed at the clinic's tablet."""
    async with database.transaction(clinic) as tx:
        wanted = ParticipantFilter(display_code=display_code_spelling(display_code))
        found = await participants.before(tx, UUID(int=2**128 - 1), 1, wanted)
    return found[0].id if found else None


async def sign_in_by_pin(
    database: Database,
    clinic: UUID,
    participant: UUID | None,
    pin: str,
    place: Place,
    kind: SessionKind,
    agent: str | None,
) -> OpenedSession | Refused:
    """Compare a PIN and open a session; wrong ones at a tablet do not count on somebody's own devices."""
    if not await may_try(database, place):
        return TOO_OFTEN
    whose = participant or new_id()
    async with database.transaction(clinic) as tx:
        rests = await sign_in_tries.take(tx, pin_tries(whose, place)) > PIN_TRIES_MAX
        kept = None if rests else await pins.kept(tx, whose)
    if not await is_password(None if kept is None else kept.hash, pin) or kept is None:
        if kept is not None:
            await perform(database, system(clinic), partial(_tell_wrong, participant=whose))
        return WRONG
    let_in = partial(_let_in, kind=kind, agent=agent, place=place, let_in_by=kept.let_in_by)
    done = await perform(database, Actor(clinic, whose, "participant"), let_in)
    if not isinstance(done, Done):
        return WRONG
    await was_right(database, place)
    return done.value


async def _tell_wrong(act: Act, participant: UUID) -> Done[None]:
    act.audit("pin.wrong", participant, participant)
    return Done(None)


async def _let_in(
    act: Act, kind: SessionKind, agent: str | None, place: Place, let_in_by: UUID | None
) -> Done[OpenedSession] | Refused:
    if await is_deceased(act, act.actor.id):
        return WRONG
    await sign_in_tries.forget(act, pin_tries(act.actor.id, place))
    act.audit("pin.used", act.actor.id, act.actor.id)
    return await open_session(act, kind, act.actor.id, agent, let_in_by)


async def judged_hash(pin: str) -> str | Refused:
    """The hash of a PIN that may be chosen."""
    if not is_pin(pin):
        return refused("invalid.pin_digits", "$.pin")
    if is_easy(pin):
        return refused("invalid.pin_easy", "$.pin")
    return await hash_password(pin)


async def set_pin(act: Act, pin_hash: str, let_in_by: UUID | None) -> Done[None]:
    """Keep the PIN of whoever acts, in the place of the one before.

    `let_in_by` printed the code that their session goes back to: with them it ends.
    """
    await pins.put(act, act.actor.id, pin_hash, let_in_by)
    mark = pins.mark_of(act, act.actor.id, pin_hash, let_in_by)
    act.audit("pin.set", act.actor.id, act.actor.id, mark=mark)
    return Done(None)


async def remove_pin(act: Act) -> Done[bool]:
    """Forget the PIN of whoever acts."""
    removed = await pins.delete(act, act.actor.id)
    if removed:
        act.audit("pin.removed", act.actor.id, act.actor.id)
    return Done(removed)


async def pin_set_at(act: Act) -> Done[datetime | None]:
    """When whoever acts set their PIN; none where they have none."""
    return Done(await pins.set_at(act, act.actor.id))
