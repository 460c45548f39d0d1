"""Process kept messages: understand each and do what it says, or put it aside for somebody to look at."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct

from schemas.inbound import InboundMessage
from schemas.receipts import Receipt
from service.core.actors import Actor
from service.core.inbound.mapping import understand
from service.core.inbound.pulling import is_notice, may_be_notice
from service.core.inbound.said import PENDING, Ignored, Report, Understood
from service.core.refusals import Refused, refused
from service.flows.inbound.carry_out import carry_out
from service.flows.inbound.sources import zones_of
from service.flows.perform import Act, Done, Once, perform
from service.flows.retry import retried
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import inbound, source_pulls, sources
from service.store.database.absence import is_away
from service.store.database.pool import Database
from service.store.inbound import Effect

SKEW: Final = timedelta(minutes=5)
"""How far in the future an event may lie, where the settings do not say otherwise."""
Record = Callable[[UUID, ToRecord], Awaitable[Recorded | Refused]]
"""Records one event of a clinic."""
GIVE_BACK_AGAIN_S = 0.5
"""How long a database that is away is left alone before messages are given back after all."""
GIVE_BACK_S_MAX = 5.0
"""How long a worker tries to, in seconds: it has other things to do."""
MESSAGES_MAX = 20
"""How many messages are taken up at once: few enough to be done long before their lease ends."""
ROUNDS_MAX = 50
"""How often one clinic is looked at in a row; the rest has its turn after the other clinics."""
IN_THREAD_BYTES = 64 * 1024
"""From which length on a message is understood beside the loop, which goes on meanwhile."""

OF_EVENTS: Final = frozenset({"recorded", "corrected", "withdrawn", "known"})
"""What can be done to an event; anything else is done to a visit or a person."""

_receipt = msgspec.json.Decoder(Receipt)
_log = structlog.get_logger(__name__)

End = Recorded | Ignored | Refused | Understood
"""What becomes of a message; what it says is done as it is settled, unless that was done already."""


class LeftMessages(Struct, frozen=True):
    """Messages that somebody took up, until when, and leaves to others before."""

    clinic: UUID
    messages: tuple[UUID, ...]
    until: datetime


async def give_back(database: Database, left: LeftMessages, seconds_max: float | None = None) -> None:
    """Let others take messages up at once; tried again while the database is away, until the lease ends."""
    until = left.until
    if seconds_max is not None:
        until = min(until, database.clock() + timedelta(seconds=seconds_max))
    while database.clock() < until:
        try:
            async with database.transaction(left.clinic) as tx:
                await inbound.give_back(tx, left.messages, left.until)
        except Exception as error:
            if not is_away(error):
                raise
            await asyncio.sleep(GIVE_BACK_AGAIN_S)
        else:
            return


def actor_of(clinic: UUID, source: UUID) -> Actor:
    """A source as whoever records what it sent."""
    return Actor(clinic, source, "integration")


async def process_message(
    database: Database, record: Record, clinic: UUID, message: UUID, skew: timedelta = SKEW
) -> None:
    """Do what a kept message says, or put it aside for somebody to look at.

    It is safe to do this twice, at once or again. Raises OSError or asyncpg.PostgresError where the database
    is away; the message is still kept then.
    """
    async with database.transaction(clinic) as tx:
        kept = await inbound.find(tx, message)
        if kept is None or kept.message.status != "kept":
            return
        known = await sources.find(tx, kept.message.source)
        mapping = None if known is None else known.source.mapping
        zones = await zones_of(tx, mapping)
        told = may_be_notice(kept.body) and await source_pulls.find(tx, kept.message.source) is not None
    actor = actor_of(clinic, kept.message.source)
    try:
        if told and is_notice(kept.body):
            end: End = Ignored()
        elif len(kept.body) < IN_THREAD_BYTES:
            end = understand(mapping, kept.body, zones, message)
        else:
            end = await asyncio.to_thread(understand, mapping, kept.body, zones, message)
        if isinstance(end, Understood) and (event := _alone(end)) is not None:
            once = Once(f"inbound {message}", kept.body_index)
            answer = await record(clinic, ToRecord(actor, event.event, once=once, once_for_all=True))
            end = answer if _is_settled(answer) else end
        done = await perform(database, actor, lambda act: _settle(act, database, skew, message, end))
    except Exception as error:
        if is_away(error):
            raise
        _log.exception("message_not_understood", clinic_id=str(clinic))
        done = refused("internal.message")
    if isinstance(done, Refused):
        why = done
        await perform(database, actor, lambda act: _settle(act, database, skew, message, why))


def _alone(understood: Understood) -> Report | None:
    """The one event of a message that is recorded like any other, beside those that arrive with it."""
    (first, *others) = understood.items
    if others or not isinstance(first, Report) or first.standing != "final" or len(first.numbers) > 1:
        return None
    return None if first.event.corrects or first.day_alone else first


def _is_settled(answer: Recorded | Refused) -> bool:
    """Whether nothing but the answer is to be said: not where what stands waits for this result."""
    if not isinstance(answer, Refused) or answer.code != "reference_conflict" or answer.event is None:
        return True
    return answer.event.outcome != PENDING


async def _settle(
    act: Act, database: Database, skew: timedelta, message: UUID, end: End
) -> Done[None] | Refused:
    kept = await inbound.lock(act, message)
    if kept is None or not _may_settle(kept.message, end):
        return Done(None)
    match end:
        case Recorded(receipt=receipt):
            event = _receipt.decode(receipt).event
            await inbound.settle_recorded(act, message, event.id, event.participant)
            act.audit("inbound_message.recorded", message, event.participant, event=str(event.id))
        case Understood(items=items):
            effects = await carry_out(act, database, skew, kept.message.source, items)
            if isinstance(effects, Refused):
                return effects
            await _settle_done(act, message, effects)
        case Ignored():
            await inbound.settle_ignored(act, message)
            act.audit("inbound_message.ignored", message)
        case Refused():
            await inbound.put_aside(act, message, end)
            act.audit("inbound_message.put_aside", message, code=end.code)
    return Done(None)


async def _settle_done(act: Act, message: UUID, effects: Sequence[Effect]) -> None:
    """Write what a message did; what is superseded by what is on record is kept, and does nothing."""
    if not effects:
        await inbound.settle_ignored(act, message)
        act.audit("inbound_message.ignored", message)
        return
    first = effects[0]
    event = next((one.subject for one in effects if one.kind in OF_EVENTS), None)
    await inbound.settle_recorded(act, message, event, first.participant)
    if len(effects) > 1 or first.kind != "recorded" or first.day_alone:
        await inbound.insert_effects(act, message, effects)
    told = {} if event is None else {"event": str(event)}
    act.audit("inbound_message.recorded", message, first.participant, effects=len(effects), **told)


def _may_settle(message: InboundMessage, end: End) -> bool:
    """A kept message ends in any way; that an event is on record holds whatever was said meanwhile."""
    if isinstance(end, Recorded):
        return message.status != "recorded"
    return message.status == "kept"


async def process_kept(database: Database, clinic: UUID, skew: timedelta) -> int:
    """Understand every kept message of a clinic that nobody works on; returns how many there were.

    Raises OSError or asyncpg.PostgresError where the database is away; the next call goes on from there.
    """
    record = one_by_one(Recorder(database, skew))
    count = 0
    for _ in range(ROUNDS_MAX):
        async with database.transaction(clinic) as tx:
            messages, until = await inbound.claim(tx, MESSAGES_MAX), tx.now + inbound.LEASE
        for place, message in enumerate(messages):
            try:
                await process_message(database, record, clinic, message, skew)
            except Exception as error:
                if is_away(error):
                    left = LeftMessages(clinic, tuple(messages[place:]), until)
                    await give_back(database, left, GIVE_BACK_S_MAX)
                    raise
                # One that cannot even be opened, for want of its key, stays kept and holds up no other.
                _log.exception("message_left", clinic_id=str(clinic))
            else:
                count += 1
        if len(messages) < MESSAGES_MAX:
            break
    return count


def one_by_one(recorder: Recorder) -> Record:
    """A way to record events one at a time."""

    async def record(clinic: UUID, item: ToRecord) -> Recorded | Refused:
        (answer,) = await retried(lambda: recorder.record(clinic, [item]))
        return answer

    return record
