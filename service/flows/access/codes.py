"""Sign-in codes: issue one, and sign in by one, once, with guesses limited."""

import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import Language
from service.core.access.display_codes import CHANCE_BYTES
from service.core.access.places import Place, tries_left
from service.core.access.sessions import SessionKind
from service.core.access.sign_in_codes import TERMS, CodeKind, sign_in_code, sign_in_code_spelling
from service.core.actors import Actor
from service.core.refusals import Refused, refused
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.perform import Act, Done, perform
from service.store import charts, participants, sign_in_codes, sign_in_tries
from service.store.database.pool import Database

WRONG = refused("unauthenticated.sign_in_code", "$.code")
TOO_OFTEN = refused("too_many_requests.sign_in")
FORGOTTEN_AFTER: Final = timedelta(days=90)


async def sign_in_by_code(
    database: Database,
    typed: str,
    place: Place,
    kind: SessionKind,
    agent: str | None,
    only: UUID | None = None,
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
        participant = await sign_in_codes.holder(tx, index)
    if participant is None:
        return WRONG
    operation = partial(_use, index=index, kind=kind, participant=participant, agent=agent)
    done = await perform(database, Actor(clinic, participant, "participant"), operation)
    if not isinstance(done, Done):
        return WRONG
    await was_right(database, place)
    return clinic, participant, done.value


async def may_try(database: Database, place: Place) -> bool:
    """Count a try at signing in; whether one more is allowed from this place.

    A try that is refused is not counted against what the place shares with others.
    """
    async with database.transaction(None) as tx:
        own = await sign_in_tries.take(tx, place.text)
        before = {shared: await sign_in_tries.count(tx, shared) for shared in place.shared}
        is_strained = any(before[shared] >= most for shared, most in place.shared.items())
        if tries_left(place, own, is_strained=is_strained) < 0:
            return False
        for shared in place.shared:
            await sign_in_tries.take(tx, shared)
    return True


async def was_right(database: Database, place: Place) -> None:
    """Take a try off again that was right."""
    async with database.transaction(None) as tx:
        for counted in (place.text, *place.shared):
            await sign_in_tries.give_back(tx, counted)


def pin_tries(participant: UUID, place: Place) -> str:
    """What wrong PINs of somebody are counted under: at the clinic's tablets, or on their own devices."""
    return f"pin {participant} {place.kind}"


async def _use(
    act: Act, index: bytes, kind: SessionKind, participant: UUID, agent: str | None
) -> Done[OpenedSession] | Refused:
    used = await sign_in_codes.use(act, index)
    if used is None or await is_deceased(act, participant):
        return WRONG
    act.audit("code.used", participant, participant)
    return await open_session(act, kind, participant, agent, used.printed_by)


async def is_deceased(act: Act, participant: UUID) -> bool:
    """Whether somebody died: nobody signs in as them."""
    gone = await participants.gone(act, participant)
    return gone is not None and gone.status == "deceased"


class IssuedCode(Struct, frozen=True):
    """A code that works once, until it ends or, on paper, the next one is issued."""

    code: str
    ends_at: datetime


async def issue_code(
    act: Act, participant: UUID, kind: CodeKind = "printed", term: timedelta | None = None
) -> Done[IssuedCode] | Refused:
    """Issue a code; a printed one stops the one before, and lets a PIN that rests be tried again."""
    person = await charts.person(act, participant)
    if person is None:
        return refused("not_found.participant")
    participant = person.id
    if await participants.gone(act, participant) is not None:
        return refused("invalid.no_code_for_gone")
    code = sign_in_code(secrets.token_bytes(CHANCE_BYTES))
    ends_at = act.now + (TERMS[kind] if term is None else term)
    made = await sign_in_codes.insert(act, participant, kind, code, act.actor.id, ends_at)
    if kind == "printed":
        # Whoever hands it over knows whom they have before them.
        for place in (Place("", "device"), Place("", "tablet")):
            await sign_in_tries.forget(act, pin_tries(participant, place))
    act.audit("code.issued", made, participant, kind=kind)
    return Done(IssuedCode(code, ends_at), "created")


class Card(Struct, frozen=True):
    """The content of a printed card; no name is on it."""

    code: str
    ends_at: datetime
    display_code: str
    language: Language


async def issue_card(act: Act, participant: UUID) -> Done[Card] | Refused:
    """Issue a printed code with what else is on its card."""
    known = await participants.find(act, participant)
    if known is None:
        return refused("not_found.participant")
    participant = known.participant.id
    act.audit("participant.read", participant, participant)
    done = await issue_code(act, participant)
    if isinstance(done, Refused):
        return done
    person = known.participant
    return Done(Card(done.value.code, done.value.ends_at, person.display_code, person.language), "created")


async def expire_codes(database: Database, clinic: UUID) -> int:
    """Forget codes that ended a while ago; what was done with them is in the audit trail."""
    async with database.transaction(clinic) as tx:
        return await sign_in_codes.expire(tx, tx.now - FORGOTTEN_AFTER)
