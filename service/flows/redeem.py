"""Redeem: a participant asks for a reward, and it is set aside or given at once."""

from uuid import UUID

from msgspec.structs import replace

from schemas.shelf import NewRedemption, Redemption
from service.core.ledger import Movement
from service.core.notices import telling
from service.core.redemption import MOVES, ask
from service.core.refusals import Refused, refused
from service.flows.perform import Act, Done
from service.store import enrollments, ledger, redemptions, rewards


async def redeem(act: Act, new: NewRedemption) -> Done[Redemption] | Refused:
    """Redeem a reward; the participant and then the reward stay locked until this is done.

    The price leaves what is available, pieces leave the stock, and codes are given in the answer.
    """
    if new.participant not in await enrollments.lock(act, act.clinic, [], [new.participant], []):
        return refused("unknown_participant", "There is no such participant.", "$.participant")
    known = await rewards.lock(act, act.clinic, new.reward)
    if known is None:
        return refused("unknown_reward", "There is no such reward.", "$.reward")
    reward = known.reward
    balance = (await ledger.balances(act, act.clinic, [new.participant])).get((new.participant, reward.unit))
    asked = ask(reward, new.quantity, balance.available if balance else 0)
    if isinstance(asked, Refused):
        return asked
    given = asked.status == "given"
    redemption = Redemption(
        act.new_id(),
        new.participant,
        reward.id,
        new.quantity,
        asked.status,
        asked.unit,
        asked.amount,
        act.now,
        act.actor.id,
        act.now if given else None,
        act.actor.id if given else None,
    )
    await redemptions.insert(act, act.clinic, redemption)
    if reward.kind == "code":
        codes = await rewards.take_codes(act, act.clinic, reward.id, redemption.id, new.quantity)
        if len(codes) != new.quantity:
            return refused("out_of_stock", "There are not enough codes left; add codes first.", "$.quantity")
        redemption = replace(redemption, code=codes[0], codes=codes)
    if asked.stock is not None:
        await rewards.set_stock(act, act.clinic, reward.id, asked.stock)
    await ledger.move(act, act.clinic, [_movement(redemption)])
    _tell(act, redemption, reward.id)
    act.notify(telling.redemption(redemption))
    return Done(redemption, "created")


def _movement(redemption: Redemption) -> Movement:
    source, destination = MOVES[None, redemption.status]
    return Movement(
        redemption.participant,
        redemption.unit,
        source,
        destination,
        redemption.amount,
        "redemption",
        redemption.id,
    )


def _tell(act: Act, redemption: Redemption, reward: UUID) -> None:
    act.tell(
        f"redemption.{redemption.status}",
        redemption.id,
        redemption.participant,
        reward=str(reward),
        quantity=redemption.quantity,
        amount=redemption.amount,
        unit=redemption.unit,
    )
