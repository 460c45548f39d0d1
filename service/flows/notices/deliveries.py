"""Deliveries: how subscribers stand, and replaying one notice or all since a time."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.subscribers import Delivery, Replay, Replayed
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import deliveries, standing, subscribers
from service.store.standing import Standing

SLOW_AFTER = timedelta(minutes=2)
"""How long a notice may wait before its subscriber is called slow."""

State = Literal["unused", "healthy", "slow", "failing"]


async def replay_delivery(act: Act, delivery: UUID) -> Done[Delivery] | Refused:
    """Have one delivery sent again now, with its own `webhook-id` and number.

    What its subscriber may be told is looked at when it is sent, not now.
    """
    known = await deliveries.find(act, delivery)
    if known is None or await subscribers.find(act, known.subscriber) is None:
        return refused("not_found.delivery")
    if known.attempts:
        # One that was never tried is on its way already.
        await deliveries.replay_one(act, known)
    act.audit("delivery.replayed", delivery, known.participant, subscriber=str(known.subscriber))
    return Done(await deliveries.find(act, delivery) or known)


async def replay_deliveries(act: Act, subscriber: UUID, wanted: Replay) -> Done[Replayed] | Refused:
    """Have what was queued since a time sent again now; a disabled subscriber has it once it is enabled."""
    if wanted.until is not None and wanted.until <= wanted.since:
        return refused("invalid.replay_backwards", "$.until")
    if await subscribers.lock(act, subscriber) is None:
        return refused("not_found.subscriber")
    count = await deliveries.replay(act, subscriber, wanted)
    until = "" if wanted.until is None else wanted.until.isoformat()
    act.audit("deliveries.replayed", subscriber, since=wanted.since.isoformat(), until=until, count=count)
    return Done(Replayed(subscriber, count))


class Stands(Struct, frozen=True):
    """How it stands with one subscriber that is not disabled."""

    state: State
    waiting: int = 0
    failing: int = 0
    oldest: datetime | None = None


async def read_standing(act: Act) -> Done[dict[UUID, Stands]] | Refused:
    """How it stands with each subscriber of the clinic."""
    found = await standing.of_clinic(act)
    return Done({one: _stands(known, act.now) for one, known in found.items()})


def _stands(known: Standing, now: datetime) -> Stands:
    state: State = "healthy"
    if known.circuit != "closed" or known.failing:
        state = "failing"
    elif known.oldest is not None and now - known.oldest > SLOW_AFTER:
        state = "slow"
    elif known.sequence == 0:
        state = "unused"
    return Stands(state, known.waiting, known.failing, known.oldest)
