"""Receive inbound messages: verify, keep encrypted, then process; take up those whose process was killed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from schemas.inbound import InboundMessage, TakenMessage
from schemas.receipts import Receipt
from service.core.actors import Actor
from service.core.inbound.mapping import Ignored, reference_of, understand
from service.core.inbound.sources import believe
from service.core.refusals import Refused, refused
from service.flows.inbound.sources import zone_of
from service.flows.perform import Act, Again, Done, Once, perform
from service.flows.retry import retried
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import inbound, sources
from service.store.database.absence import is_away
from service.store.database.pool import Database

RECORD_S_MAX = 5.0
"""How long a sender waits for its message to be understood; a worker goes on with it afterwards."""

Record = Callable[[UUID, ToRecord], Awaitable[Recorded | Refused]]
"""Records one event of a clinic."""

_receipt = msgspec.json.Decoder(Receipt)
GIVE_BACK_AGAIN_S = 0.5
"""How long a database that is away is left alone before messages are given back after all."""
GIVE_BACK_S_MAX = 5.0
"""How long a worker tries to, in seconds: it has other things to do."""
MESSAGES_MAX = 20
"""How many messages are taken up at once: few enough to be done long before their lease ends."""
ROUNDS_MAX = 50
"""How often one clinic is looked at in a row; the rest has its turn after the other clinics."""

_log = structlog.get_logger(__name__)


class LeftMessages(Struct, frozen=True):
    """Messages that somebody took up, until when, and leaves to others before."""

    clinic: UUID
    messages: tuple[UUID, ...]
    until: datetime


class Taken(Struct, frozen=True):
    """A message is kept; `repeated` where it was kept before, and what became of it is not asked again."""

    message: TakenMessage
    repeated: bool
    left: LeftMessages | None = None
    """The message, where it could not be understood now, to be given back to whoever takes it up."""


async def take_message(
    database: Database, record: Record, source: UUID, headers: Mapping[str, str], body: bytes
) -> Taken | Refused:
    """Take one message in; refused alike where the source is unknown and where the message is not believed.

    Raises OSError or asyncpg.PostgresError where the database is away before the message was kept.
    """
    clinic = await sources.clinic_of(database, source)
    if clinic is None:
        return refused("unauthenticated.source")
    actor = actor_of(clinic, source)
    kept = await perform(database, actor, lambda act: _keep(act, source, headers, body))
    if isinstance(kept, Refused):
        return kept
    if isinstance(kept, Again):  # never, without an idempotency key
        raise AssertionError  # noqa: TRY004  a state that cannot be, not a type that somebody gave
    taken = Taken(kept.value, kept.made == "found")
    if not taken.repeated:
        try:
            async with asyncio.timeout(RECORD_S_MAX):
                await process_message(database, record, clinic, taken.message.id)
        except Exception as error:  # noqa: BLE001  it is kept: whatever happens now, a worker goes on with it
            level = _log.warning if is_away(error) else _log.error
            level("message_left_to_worker", error=type(error).__name__)
            until = taken.message.received_at + inbound.LEASE
            return replace(taken, left=LeftMessages(clinic, (taken.message.id,), until))
    return taken


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


async def _keep(
    act: Act, source: UUID, headers: Mapping[str, str], body: bytes
) -> Done[TakenMessage] | Refused:
    known = await sources.find(act, source)
    if known is None or known.deleted:
        return refused("unauthenticated.source")
    believed = believe(known.source.verifier, headers, body, known.secrets, int(act.now.timestamp()))
    if isinstance(believed, Refused):
        return believed
    coming = inbound.Coming(source, believed.id, body)
    index = inbound.index_of(act, body)
    key = inbound.key_of(act, coming)
    first = await inbound.known(act, source, key)
    if first is not None and first[1] != index:
        # Other words under an id that is on record: they are kept too, so that nothing is lost.
        key = inbound.key_of(act, coming, other_body=True)
        first = await inbound.known(act, source, key)
    if first is not None:
        return Done(first[0], "found")
    made = await inbound.keep(act, coming, key)
    if made is None:
        # Another process keeps it at this moment; its transaction has ended, so now it is found.
        return await _keep(act, source, headers, body)
    act.audit("inbound_message.kept", made.id, source=str(source), digest=index.hex())
    return Done(made, "created")


async def process_message(database: Database, record: Record, clinic: UUID, message: UUID) -> None:
    """Make a kept message an event, or put it aside for somebody to look at.

    It is safe to do this twice, at once or again. Raises OSError or asyncpg.PostgresError where the database
    is away; the message is still kept then.
    """
    async with database.transaction(clinic) as tx:
        kept = await inbound.find(tx, message)
        if kept is None or kept.message.status != "kept":
            return
        known = await sources.find(tx, kept.message.source)
        mapping = None if known is None else known.source.mapping
        zone = await zone_of(tx, mapping)
    actor = actor_of(clinic, kept.message.source)
    try:
        event = understand(mapping, kept.body, zone, reference_of(message))
        if isinstance(event, Ignored | Refused):
            end: Recorded | Ignored | Refused = event
        else:
            once = Once(f"inbound {message}", kept.body_index)
            end = await record(clinic, ToRecord(actor, event, once=once))
    except Exception as error:
        if is_away(error):
            raise
        _log.exception("message_not_understood", clinic_id=str(clinic))
        end = refused("internal.message")
    await perform(database, actor, lambda act: _settle(act, message, end))


async def _settle(act: Act, message: UUID, end: Recorded | Ignored | Refused) -> Done[None] | Refused:
    kept = await inbound.lock(act, message)
    if kept is None or not _may_settle(kept.message, end):
        return Done(None)
    match end:
        case Recorded(receipt=receipt):
            event = _receipt.decode(receipt).event
            await inbound.settle_recorded(act, message, event.id, event.participant)
            act.audit("inbound_message.recorded", message, event.participant, event=str(event.id))
        case Ignored():
            await inbound.settle_ignored(act, message)
            act.audit("inbound_message.ignored", message)
        case Refused():
            await inbound.put_aside(act, message, end)
            act.audit("inbound_message.put_aside", message, code=end.code)
    return Done(None)


def _may_settle(message: InboundMessage, end: Recorded | Ignored | Refused) -> bool:
    """A kept message ends in any way; that an event is on record holds whatever was said meanwhile."""
    if isinstance(end, Recorded):
        return message.status != "recorded"
    return message.status == "kept"


async def process_kept(database: Database, clinic: UUID, skew: timedelta) -> int:
    """Understand every kept message of a clinic that nobody works on; returns how many there were.

    Raises OSError or asyncpg.PostgresError where the database is away; the next call goes on from there.
    """
    record = _one_by_one(Recorder(database, skew))
    count = 0
    for _ in range(ROUNDS_MAX):
        async with database.transaction(clinic) as tx:
            messages, until = await inbound.claim(tx, MESSAGES_MAX), tx.now + inbound.LEASE
        for place, message in enumerate(messages):
            try:
                await process_message(database, record, clinic, message)
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


def _one_by_one(recorder: Recorder) -> Record:
    async def record(clinic: UUID, item: ToRecord) -> Recorded | Refused:
        (answer,) = await retried(lambda: recorder.record(clinic, [item]))
        return answer

    return record
