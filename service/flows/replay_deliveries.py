"""Send notices again: one, or all that were queued for a subscriber in a while."""

from uuid import UUID

from schemas.subscribers import Delivery, Replay, Replayed
from service.core.refusals import Refused, refused
from service.flows.change_subscriber import UNKNOWN
from service.flows.perform import Act, Done
from service.store import deliveries, subscribers


async def replay_delivery(act: Act, delivery: UUID) -> Done[Delivery] | Refused:
    """Have one delivery sent again now, with its own `webhook-id` and number.

    What its subscriber may be told is looked at when it is sent, not now.
    """
    known = await deliveries.find(act, act.clinic, delivery)
    if known is None or await subscribers.find(act, act.clinic, known.subscriber) is None:
        return refused("not_found", "There is no such delivery.")
    if known.attempts:
        # One that was never tried is on its way already.
        await deliveries.replay_one(act, act.clinic, known)
    act.tell("delivery.replayed", delivery, known.participant, subscriber=str(known.subscriber))
    return Done(await deliveries.find(act, act.clinic, delivery) or known)


async def replay_deliveries(act: Act, subscriber: UUID, wanted: Replay) -> Done[Replayed] | Refused:
    """Have what was queued since a time sent again now; a disabled subscriber has it once it is enabled."""
    if wanted.until is not None and wanted.until <= wanted.since:
        return refused("invalid", "The end of the time lies after its beginning.", "$.until")
    if await subscribers.lock(act, act.clinic, subscriber) is None:
        return refused("not_found", UNKNOWN)
    count = await deliveries.replay(act, act.clinic, subscriber, wanted)
    until = "" if wanted.until is None else wanted.until.isoformat()
    act.tell("deliveries.replayed", subscriber, since=wanted.since.isoformat(), until=until, count=count)
    return Done(Replayed(subscriber, count))
