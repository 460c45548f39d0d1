"""Receive inbound messages: verify, keep encrypted, then process."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import structlog
from msgspec import Struct
from msgspec.structs import replace

from schemas.inbound import TakenMessage
from service.core.inbound.pulling import is_notice, may_be_notice
from service.core.inbound.sources import believe
from service.core.refusals import Refused, refused
from service.flows.inbound.process import SKEW, LeftMessages, Record, actor_of, process_message
from service.flows.perform import Act, Again, Done, perform
from service.store import inbound, source_pulls, sources
from service.store.database.absence import is_away
from service.store.database.pool import Database

RECORD_S_MAX = 5.0
"""How long a sender waits for its message to be understood; a worker goes on with it afterwards."""

_log = structlog.get_logger(__name__)


class Posted(Struct, frozen=True):
    """A message as it was posted; `is_hl7` where it came as HL7 version 2 or as plain text."""

    headers: Mapping[str, str]
    body: bytes
    is_hl7: bool = False


class Taken(Struct, frozen=True):
    """A message is kept; `repeated` where it was kept before, and what became of it is not asked again."""

    message: TakenMessage
    repeated: bool
    left: LeftMessages | None = None
    """The message, where it could not be understood now, to be given back to whoever takes it up."""


async def take_message(
    database: Database,
    record: Record,
    source: UUID,
    coming: Posted,
    skew: timedelta = SKEW,
) -> Taken | Refused:
    """Take one message in; refused alike where the source is unknown and where the message is not believed.

    Raises OSError or asyncpg.PostgresError where the database is away before the message was kept.
    """
    clinic = await sources.clinic_of(database, source)
    if clinic is None:
        return refused("unauthenticated.source")
    actor = actor_of(clinic, source)
    kept = await perform(database, actor, lambda act: _keep(act, source, coming))
    if isinstance(kept, Refused):
        return kept
    if isinstance(kept, Again):  # never, without an idempotency key
        raise AssertionError  # noqa: TRY004  a state that cannot be, not a type that somebody gave
    taken = Taken(kept.value, kept.made == "found")
    if not taken.repeated:
        try:
            async with asyncio.timeout(RECORD_S_MAX):
                await process_message(database, record, clinic, taken.message.id, skew)
        except Exception as error:  # noqa: BLE001  it is kept: whatever happens now, a worker goes on with it
            level = _log.warning if is_away(error) else _log.error
            level("message_left_to_worker", error=type(error).__name__)
            until = taken.message.received_at + inbound.LEASE
            return replace(taken, left=LeftMessages(clinic, (taken.message.id,), until))
    return taken


async def keep_from(
    database: Database, clinic: UUID, source: UUID, body: bytes
) -> Done[TakenMessage] | Refused:
    """Keep a message of HL7 that came by a way on which only its source can send.

    Raises OSError or asyncpg.PostgresError where the database is away before it was kept.
    """

    async def operation(act: Act) -> Done[TakenMessage] | Refused:
        known = await sources.find(act, source)
        mapping = None if known is None or known.deleted else known.source.mapping
        if mapping is None or mapping.format != "hl7":
            return refused("unauthenticated.source")
        return await keep_message(act, inbound.Coming(source, None, body))

    kept = await perform(database, actor_of(clinic, source), operation)
    if isinstance(kept, Again):  # never, without an idempotency key
        raise AssertionError  # noqa: TRY004  a state that cannot be, not a type that somebody gave
    return kept


async def _keep(act: Act, source: UUID, posted: Posted) -> Done[TakenMessage] | Refused:
    known = await sources.find(act, source)
    if known is None or known.deleted:
        return refused("unauthenticated.source")
    believed = believe(
        known.source.verifier, posted.headers, posted.body, known.secrets, int(act.now.timestamp())
    )
    if isinstance(believed, Refused):
        return believed
    mapping = known.source.mapping
    if posted.is_hl7 and (mapping is None or mapping.format != "hl7"):
        return refused("unsupported_media_type", "Content-Type", media="application/json")
    if may_be_notice(posted.body) and is_notice(posted.body):
        # It tells that there is something, and not what: where the source is asked, it is asked at once.
        await source_pulls.wake(act, source)
    return await keep_message(act, inbound.Coming(source, believed.id, posted.body))


async def keep_message(act: Act, coming: inbound.Coming) -> Done[TakenMessage] | Refused:
    """Keep a message that is its source's; one that is kept already is found."""
    source = coming.source
    index = inbound.index_of(act, coming.body)
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
        return await keep_message(act, coming)
    act.audit("inbound_message.kept", made.id, source=str(source), digest=index.hex())
    return Done(made, "created")
