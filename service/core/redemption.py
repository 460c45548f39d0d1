"""The steps of a redemption: held until it is given or canceled, or given at once.

    asked -> held -> given
             held -> canceled
    asked -> given

Each step moves the price between the participant's accounts; one step is taken once.
"""

from typing import Literal

from msgspec import Struct

from schemas.books import AccountName
from schemas.program import Unit
from schemas.shelf import RedemptionStatus, Reward
from service.core.refusals import Amount, Refused, refused

Step = Literal["give", "cancel"]

STEPS: dict[tuple[RedemptionStatus, Step], RedemptionStatus] = {
    ("held", "give"): "given",
    ("held", "cancel"): "canceled",
}
"""Every step that there is; what is not here is refused."""

MOVES: dict[tuple[RedemptionStatus | None, RedemptionStatus], tuple[AccountName, AccountName]] = {
    (None, "held"): ("available", "held"),
    (None, "given"): ("available", "given"),
    ("held", "given"): ("held", "given"),
    ("held", "canceled"): ("held", "available"),
}
"""From which account to which the price goes with each change of status."""


_REPEATS = frozenset({("given", "give"), ("canceled", "cancel")})


class Requested(Struct, frozen=True):
    """A redemption as asked for: its price in minor units of `unit`, its status, the stock after it."""

    unit: Unit
    amount: int
    status: RedemptionStatus
    stock: int | None


def ask(reward: Reward, quantity: int, available: int) -> Requested | Refused:
    """Whether `quantity` pieces of a reward can be had for what is `available`, in the reward's unit."""
    if not reward.active:
        return refused("reward_not_offered", "$.reward")
    if reward.stock is not None and reward.stock < quantity:
        if not reward.stock:
            return refused("out_of_stock.none", "$.quantity")
        return refused("out_of_stock.few", "$.quantity", left=reward.stock)
    amount = reward.price * quantity
    if amount > available:
        price, has, lacks = (Amount(part, reward.unit) for part in (amount, available, amount - available))
        return refused("insufficient_balance", "$.reward", price=price, has=has, lacks=lacks)
    at_once = reward.kind == "code" or reward.instant
    stock = None if reward.stock is None else reward.stock - quantity
    return Requested(reward.unit, amount, "given" if at_once else "held", stock)


def settle(status: RedemptionStatus, step: Step) -> RedemptionStatus | Refused:
    """The status after a step; a redemption that is settled takes none."""
    after = STEPS.get((status, step))
    if after is None:
        if (status, step) in _REPEATS:
            return refused(f"already_settled.redemption_{status}")
        return refused(f"already_settled.redemption_{status}_ask_anew")
    return after
