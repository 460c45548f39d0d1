"""Take up kept messages that nobody works on any more, because whoever brought them was killed."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import structlog

from service.core.refusals import Refused
from service.flows.record_events import Recorded, Recorder, ToRecord
from service.flows.take_message import Record, process_message
from service.store import inbound
from service.store.database.absence import is_away
from service.store.database.pool import Database

MESSAGES_MAX = 20
"""How many messages are taken up at once: few enough to be done long before their lease ends."""
ROUNDS_MAX = 50
"""How often one clinic is looked at in a row; the rest has its turn after the other clinics."""
TRIES_MAX = 5

_log = structlog.get_logger(__name__)


async def process_kept(database: Database, clinic: UUID, skew: timedelta) -> int:
    """Understand every kept message of a clinic that nobody works on; returns how many there were.

    Raises OSError or asyncpg.PostgresError where the database is away; the next call goes on from there.
    """
    record = _one_by_one(Recorder(database, skew))
    count = 0
    for _ in range(ROUNDS_MAX):
        async with database.transaction(clinic) as tx:
            messages = await inbound.claim(tx, clinic, MESSAGES_MAX)
        for message in messages:
            try:
                await process_message(database, record, clinic, message)
            except Exception as error:
                if is_away(error):
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
        for _ in range(TRIES_MAX - 1):
            try:
                return (await recorder.record(clinic, [item]))[0]
            except (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError):
                # Somebody else was first; the next try sees what they wrote.
                continue
        return (await recorder.record(clinic, [item]))[0]

    return record
