"""Delete a subscriber: nothing is sent to it from now on."""

from uuid import UUID

from schemas.subscribers import Subscriber
from service.core.refusals import Refused, refused
from service.flows.change_subscriber import UNKNOWN
from service.flows.perform import Act, Done
from service.store import subscribers


async def delete_subscriber(act: Act, subscriber: UUID) -> Done[Subscriber] | Refused:
    """Delete a subscriber for good; the record of it, and of what it was told, stays."""
    known = await subscribers.lock(act, act.clinic, subscriber)
    if known is None:
        return refused("not_found", UNKNOWN)
    await subscribers.delete(act, act.clinic, subscriber)
    act.tell("subscriber.deleted", subscriber)
    return Done(known.subscriber)
