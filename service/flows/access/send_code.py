"""Send a sign-in code to whoever has an address, in the background, whether it is known or not.

The message is queued, sealed, with the code itself in one transaction, sent after the commit, and taken up by
the worker where that did not work. It is deleted when it is sent, or when its code has ended.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from uuid import UUID

import structlog

from schemas.people import Participant
from service.core.access.messages import Channel, Message, channel_of, code_message
from service.core.access.places import Place
from service.core.actors import system
from service.core.refusals import Refused, refused
from service.core.spellings import email_spelling, phone_spelling
from service.flows.access.codes import issue_code
from service.flows.access.new_addresses import code_address
from service.flows.perform import Act, Done, perform
from service.store import messages_out, participants, sign_in_tries
from service.store.database.pool import Database
from service.store.participants import ParticipantFilter

Senders = Mapping[Channel, Callable[[Message], Awaitable[None]]]

SENDS_MAX = 3
"""How many codes one address is sent in ten minutes."""
PLACE_SENDS_MAX = 15
"""How many codes one place asks for in ten minutes."""
PEOPLE_MAX = 3
"""How many people may share an address."""
NO_CODE = refused("invalid.no_code_for_address")
DIGITS_MIN = 7
TAKEN_MAX = 20

_log = structlog.get_logger("service.flows")


async def may_send(database: Database, typed: str, place: Place) -> bool:
    """Count that a code is asked for; whether one more is sent to this address, and from this place.

    What one device that is known asks for is not taken from what others may ask for, nor the other way.
    """
    channel = channel_of(typed)
    spelling = email_spelling(typed) if channel == "email" else phone_spelling(typed)
    async with database.transaction(None) as tx:
        if await sign_in_tries.take(tx, f"send from {place.text}") > PLACE_SENDS_MAX:
            return False
        to = f"send to {spelling}" + (f" from {place.text}" if place.is_known else "")
        return await sign_in_tries.take(tx, to) <= SENDS_MAX


async def send_code(database: Database, senders: Senders, typed: str) -> None:
    """Send a code to everybody with this address, in whatever clinic."""
    channel = channel_of(typed)
    if channel not in senders or (channel == "text" and len(phone_spelling(typed)) < DIGITS_MIN):
        return
    filters = ParticipantFilter(email=typed) if channel == "email" else ParticipantFilter(phone=typed)
    last = UUID(int=2**128 - 1)
    for clinic in await database.served_clinics():
        async with database.transaction(clinic) as tx:
            found = await participants.before(tx, last, PEOPLE_MAX, filters)
        for person in found:
            queued = await perform(
                database, system(clinic), partial(_queue, person=person, channel=channel, typed=typed)
            )
            if isinstance(queued, Done):
                await send_now(database, senders, clinic, *queued.value)


async def send_queued(database: Database, senders: Senders, clinic: UUID) -> int:
    """Send what could not be sent at once; says how many were."""
    async with database.transaction(clinic) as tx:
        taken = await messages_out.take(tx, TAKEN_MAX)
    return sum([await send_now(database, senders, clinic, *one) for one in taken])


async def _queue(
    act: Act, person: Participant, channel: Channel, typed: str
) -> Done[tuple[UUID, Message]] | Refused:
    to = await code_address(act, person.id, channel, typed)
    if to is None:
        return NO_CODE
    issued = await issue_code(act, person.id, "sent")
    if isinstance(issued, Refused):
        return issued
    message = code_message(channel, to, issued.value.code, person.language)
    queued = await messages_out.insert(act, message, issued.value.ends_at)
    act.audit("code.queued", queued, person.id, channel=channel)
    return Done((queued, message))


async def send_now(
    database: Database, senders: Senders, clinic: UUID, message_id: UUID, message: Message
) -> bool:
    """Send a message that was queued, and forget it; whether that was done, or is left to the worker."""
    sender = senders.get(message.channel)
    if sender is None:
        return False
    try:
        await sender(message)
    except Exception as error:  # noqa: BLE001  whatever a sender does, the message is tried again
        _log.warning("message_not_sent", clinic_id=str(clinic), error=type(error).__name__)
        return False
    async with database.transaction(clinic) as tx:
        await messages_out.delete(tx, message_id)
    return True
