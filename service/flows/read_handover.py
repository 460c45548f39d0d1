"""Read what waits at the desk to be handed over: held rewards, and prizes owed from the shelf."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.draws import Prize
from schemas.shelf import Redemption, Reward
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.perform import Act, Done
from service.flows.read_group import has_hats
from service.flows.read_prizes import list_prizes
from service.flows.read_redemptions import list_redemptions
from service.flows.read_rewards import list_rewards
from service.store import names
from service.store.names import Named

SHOWN_MAX: Final = 200
SHELF_MAX: Final = 200


class Handover(Struct, frozen=True):
    """What waits, oldest first, with what everybody and everything in it is called."""

    redemptions: tuple[Redemption, ...]
    prizes: tuple[Prize, ...]
    people: dict[UUID, Named]
    rewards: dict[UUID, Reward]
    has_hats: bool

    def fitting(self, prize: Prize) -> list[Reward]:
        """The rewards on the shelf that a prize can be given from."""
        return [
            one
            for one in self.rewards.values()
            if one.active and one.category == prize.category and (one.stock is None or one.stock > 0)
        ]


async def read_handover(act: Act) -> Done[Handover] | Refused:
    """Everything that waits to be handed over; each one shown is told."""
    held = await list_redemptions(act, Page(SHOWN_MAX), status="held")
    if isinstance(held, Refused):
        return held
    owed = await list_prizes(act, Page(SHOWN_MAX), status="owed")
    if isinstance(owed, Refused):
        return owed
    shelf = await list_rewards(act, Page(SHELF_MAX))
    if isinstance(shelf, Refused):
        return shelf
    waiting = {one.participant for one in held.value.items} | {one.participant for one in owed.value.items}
    people = await names.of(act, act.clinic, waiting)
    rewards = {one.id: one for one in shelf.value.items}
    held_first, owed_first = tuple(reversed(held.value.items)), tuple(reversed(owed.value.items))
    return Done(Handover(held_first, owed_first, people, rewards, await has_hats(act)))
