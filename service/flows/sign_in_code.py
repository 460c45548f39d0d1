"""Sign somebody in by a code: once, found in whatever clinic it is from, and guessed slowly.

A code that is mistyped, used, taken back or too old is answered in the same way. Every try is counted, in
PostgreSQL, before the code is looked up; one that was right is taken off again.
"""

from functools import partial
from uuid import UUID

from service.core.access.sessions import SessionKind
from service.core.access.sign_in_codes import ALL_TRIES_MAX, PLACE_TRIES_MAX, sign_in_code_spelling
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.open_session import OpenedSession, open_session
from service.flows.perform import Act, Done, perform
from service.store import sign_in_codes
from service.store.database.pool import Database

ALL = "all"
WRONG = refused(
    "unauthenticated", "This code does not open anything: ask the front desk for a new one.", "$.code"
)
TOO_OFTEN = refused(
    "too_many_requests", "That was tried too often from here. Wait ten minutes, or ask the front desk."
)


async def sign_in_by_code(
    database: Database, typed: str, place: str, kind: SessionKind, agent: str | None, only: UUID | None = None
) -> tuple[UUID, UUID, OpenedSession] | Refused:
    """Use a code up and open a session; gives the clinic, the participant and the session.

    `place` is where the try comes from. A clinic's tablet takes codes of `only` that clinic.
    """
    if not await may_try(database, place):
        return TOO_OFTEN
    index = sign_in_codes.index_of(database.cipher, sign_in_code_spelling(typed))
    clinic = await sign_in_codes.clinic_of(database, index)
    if clinic is None or only not in {None, clinic}:
        return WRONG
    async with database.transaction(clinic) as tx:
        participant = await sign_in_codes.holder(tx, clinic, index)
    if participant is None:
        return WRONG
    deed = partial(_use, index=index, kind=kind, participant=participant, agent=agent)
    done = await perform(database, Actor(clinic, participant, "participant"), deed)
    if not isinstance(done, Done):
        return WRONG
    await was_right(database, place)
    return clinic, participant, done.value


async def may_try(database: Database, place: str) -> bool:
    """Count a try at signing in; whether one more is allowed from this place."""
    async with database.transaction(None) as tx:
        own = await sign_in_codes.take_try(tx, f"address {place}")
        everyone = await sign_in_codes.take_try(tx, ALL)
    return own <= PLACE_TRIES_MAX and everyone <= ALL_TRIES_MAX


async def was_right(database: Database, place: str) -> None:
    """Take a try off again that was right."""
    async with database.transaction(None) as tx:
        await sign_in_codes.give_back(tx, f"address {place}")
        await sign_in_codes.give_back(tx, ALL)


async def _use(
    act: Act, index: bytes, kind: SessionKind, participant: UUID, agent: str | None
) -> Done[OpenedSession] | Refused:
    if not await sign_in_codes.use(act, act.clinic, index):
        return WRONG
    act.tell("code.used", participant, participant)
    return await open_session(act, kind, participant, agent)
