"""Issue a sign-in code to somebody in care: it is in this answer and nowhere else."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.people import Language
from service.core.access.display_codes import CHANCE_BYTES
from service.core.access.sign_in_codes import TERMS, CodeKind, sign_in_code
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import participants, pins, sign_in_codes
from service.store.database.pool import Database

FORGOTTEN_AFTER: Final = timedelta(days=90)


class IssuedCode(Struct, frozen=True):
    """A code that works once, until it ends or the next one of its kind is issued."""

    code: str
    ends_at: datetime


async def issue_code(
    act: Act, participant: UUID, kind: CodeKind = "printed", term: timedelta | None = None
) -> Done[IssuedCode] | Refused:
    """Issue a code; the one before stops working, and a PIN that rests may be tried again."""
    if await participants.language(act, act.clinic, participant) is None:
        return refused("not_found", "There is no such participant.")
    code = sign_in_code(secrets.token_bytes(CHANCE_BYTES))
    ends_at = act.now + (TERMS[kind] if term is None else term)
    made = await sign_in_codes.insert(act, act.clinic, participant, kind, code, act.actor.id, ends_at)
    if kind == "printed":
        # Whoever hands it over knows whom they have before them.
        await pins.wake(act, act.clinic, participant)
    act.tell("code.issued", made, participant, kind=kind)
    return Done(IssuedCode(code, ends_at), "created")


class Card(Struct, frozen=True):
    """What a printed card shows: nobody's name."""

    code: str
    ends_at: datetime
    display_code: str
    language: Language


async def issue_card(act: Act, participant: UUID) -> Done[Card] | Refused:
    """Issue a printed code with what else is on its card."""
    known = await participants.find(act, act.clinic, participant)
    if known is None:
        return refused("not_found", "There is no such participant.")
    act.tell("participant.read", participant, participant)
    done = await issue_code(act, participant)
    if isinstance(done, Refused):
        return done
    person = known.participant
    return Done(Card(done.value.code, done.value.ends_at, person.display_code, person.language), "created")


async def expire_codes(database: Database, clinic: UUID) -> int:
    """Forget codes that ended a while ago; what was done with them is in the audit trail."""
    async with database.transaction(clinic) as tx:
        return await sign_in_codes.expire(tx, clinic, tx.now - FORGOTTEN_AFTER)
