"""Read what those are called who acted, and those whom it was about, for pages that name them."""

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.store import actors

NAMED_MAX = 1000


class Called(Struct, frozen=True):
    """What actors are called, and participants' codes, by their ids."""

    actors: dict[UUID, str]
    participants: dict[UUID, str]


async def read_names(
    act: Act, acting: Collection[UUID] = (), participants: Collection[UUID] = ()
) -> Done[Called] | Refused:
    """Names of actors and codes of participants; whoever lists them tells of whom they read."""
    return Done(
        Called(
            await actors.names(act, act.clinic, sorted(set(acting))[:NAMED_MAX]),
            await actors.codes(act, act.clinic, sorted(set(participants))[:NAMED_MAX]),
        )
    )
