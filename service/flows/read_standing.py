"""Read how it stands with the subscribers, in one word each."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import standing
from service.store.standing import Standing

SLOW_AFTER = timedelta(minutes=2)
"""How long a notice may wait before its subscriber is called slow."""

State = Literal["unused", "healthy", "slow", "failing"]


class Stands(Struct, frozen=True):
    """How it stands with one subscriber that is not disabled."""

    state: State
    waiting: int = 0
    failing: int = 0
    oldest: datetime | None = None


async def read_standing(act: Act) -> Done[dict[UUID, Stands]] | Refused:
    """How it stands with each subscriber of the clinic."""
    found = await standing.of_clinic(act, act.clinic)
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
