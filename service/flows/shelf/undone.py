"""Take back a handing over that was a slip of the hand: the reward waits again to be handed over."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from schemas.redemption_changes import NewTakeBack
from schemas.shelf import NewRedemption, Redemption, RewardName
from service.core.refusals import Refused, refused
from service.core.shelf import called
from service.core.undoing import UNDO_FOR, may_undo
from service.flows.perform import Act, Done, moves_value
from service.flows.shelf.lost_rewards import take_back_redemption
from service.flows.shelf.redemptions import redeem
from service.store import names, redemptions, rewards
from service.store.names import Named

REASON: Final = "Undone at once by whoever handed it over."


class JustGiven(Struct, frozen=True):
    """What was handed over to whom, and until when whoever did it may undo it; by others not at all."""

    redemption: Redemption
    reward: RewardName | str
    person: Named
    undo_until: datetime | None


@moves_value
async def undo_giving(act: Act, redemption_id: UUID) -> Done[Redemption] | Refused:
    """Take back what one has just handed over, and ask for it again; both are on record.

    What the clinic lets nobody take back alone is not undone so.
    """
    given = await redemptions.find(act, redemption_id)
    if given is None:
        return refused("not_found.redemption")
    if given.status != "given" or given.settled_at is None or given.settled_by is None:
        return refused("not_given")
    refusal = may_undo(given.settled_by, given.settled_at, (), act.actor.id, act.now)
    if refusal is not None:
        return refusal
    taken = await take_back_redemption(act, redemption_id, NewTakeBack(REASON, restock=True))
    if isinstance(taken, Refused):
        return taken
    if taken.value.status != "canceled":
        return refused("forbidden.undo_alone")
    return await redeem(act, NewRedemption(given.participant, given.reward, given.quantity))


async def read_just_given(act: Act, redemption_id: UUID) -> Done[JustGiven] | Refused:
    """What a redemption handed over, for the page on which that was done; whose it was is told."""
    given = await redemptions.find(act, redemption_id)
    known = None if given is None else await rewards.find(act, given.reward)
    if given is None or known is None or given.settled_at is None or given.settled_by is None:
        return refused("not_found.redemption")
    person = (await names.of(act, [given.participant]))[given.participant]
    act.audit("participant.listed", person.id, person.id)
    may = given.status == "given" and (
        may_undo(given.settled_by, given.settled_at, (), act.actor.id, act.now) is None
    )
    until = given.settled_at + UNDO_FOR if may else None
    return Done(JustGiven(given, called(known.reward), person, until))
