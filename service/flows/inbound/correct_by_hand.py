"""Record what a message that waits should have said: the word of whoever looked at it, not its source's."""

from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.inbound import InboundMessage
from schemas.receipts import Receipt
from service.core.inbound.said import reference_of
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done, moves_value
from service.flows.visits.record_events import Recorder, ToRecord
from service.store import inbound
from service.store.database.pool import Database
from service.store.inbound import Effect

_receipt = msgspec.json.Decoder(Receipt)


@moves_value
async def correct_message(
    act: Act, database: Database, skew: timedelta, message: UUID, event: NewEvent
) -> Done[InboundMessage] | Refused:
    """Record the event that a message means, and let the message be on record as that; both or neither.

    An event without a reference has the one that the message itself would have given it.
    """
    kept = await inbound.lock(act, message)
    if kept is None:
        return refused("not_found.message")
    if kept.message.status != "review":
        return refused(f"already_settled.undiscarded_{kept.message.status}")
    if event.reference is None:
        event = replace(event, reference=reference_of(message))
    (answer,) = await Recorder(database, skew).record_in(act, [ToRecord(act.actor, event)])
    if isinstance(answer, Refused):
        return answer
    recorded = _receipt.decode(answer.receipt).event
    await inbound.settle_recorded(act, message, recorded.id, recorded.participant)
    if answer.made != "created":
        await inbound.insert_effects(act, message, [Effect("known", recorded.id, recorded.participant)])
    act.audit("inbound_message.recorded", message, recorded.participant, event=str(recorded.id), by_hand=1)
    after = await inbound.find(act, message)
    return refused("not_found.message") if after is None else Done(after.message)
