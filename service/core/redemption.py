"""The steps of a redemption: held until it is given or canceled, or given at once.

    asked -> held -> given
             held -> canceled
    asked -> given
    asked -> ordered -> canceled                 before it was sent to its provider
             ordered, awaiting -> given, failed   as its provider says: core/orders.py
             given -> reversed                   its provider paid all of it back
             given -> given      replaced: another code or piece, and nothing moves
             given -> canceled   taken back: the price is available again

Each step moves the price between the participant's accounts; one step is taken once, but for replacing, which
moves nothing.
"""

from typing import Final, Literal

from msgspec import Struct

from schemas.books import AccountName
from schemas.program import Unit
from schemas.redemption_changes import RedemptionChangeKind
from schemas.shelf import Redemption, RedemptionStatus, Reward
from service.core.currencies import is_money
from service.core.refusals import Amount, Refused, refused

Step = Literal["give", "cancel"]

STEPS: dict[tuple[RedemptionStatus, Step], RedemptionStatus] = {
    ("held", "give"): "given",
    ("held", "cancel"): "canceled",
}
"""Every step that there is; what is not here is refused."""

OPEN: frozenset[RedemptionStatus] = frozenset({"held", "ordered", "awaiting_provider", "awaiting_funds"})
"""While its price is set aside."""
ON_ORDER: frozenset[RedemptionStatus] = OPEN - {"held"}
"""While a provider is to deliver it."""

MOVES: dict[tuple[RedemptionStatus | None, RedemptionStatus], tuple[AccountName, AccountName]] = {
    (None, "ordered"): ("available", "held"),
    ("ordered", "canceled"): ("held", "available"),
    ("awaiting_funds", "canceled"): ("held", "available"),
    (None, "held"): ("available", "held"),
    (None, "given"): ("available", "given"),
    ("held", "given"): ("held", "given"),
    ("held", "canceled"): ("held", "available"),
    ("given", "canceled"): ("given", "available"),
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
    if reward.kind == "provider" and quantity != 1:
        return refused("invalid.ordered_one_by_one", "$.quantity")
    if reward.stock is not None and reward.stock < quantity:
        if not reward.stock:
            return refused("out_of_stock.none", "$.quantity")
        return refused("out_of_stock.few", "$.quantity", left=reward.stock)
    amount = reward.price * quantity
    if amount > available:
        price, has, lacks = (Amount(part, reward.unit) for part in (amount, available, amount - available))
        return refused("insufficient_balance", "$.reward", price=price, has=has, lacks=lacks)
    if reward.kind == "provider":
        return Requested(reward.unit, amount, "ordered", None)
    at_once = reward.kind == "code" or reward.instant
    stock = None if reward.stock is None else reward.stock - quantity
    return Requested(reward.unit, amount, "given" if at_once else "held", stock)


def settle(status: RedemptionStatus, step: Step) -> RedemptionStatus | Refused:
    """The status after a step; a redemption that is settled takes none."""
    after = STEPS.get((status, step))
    if after is None and status in ON_ORDER:
        return refused("not_given.on_order" if step == "give" else "already_settled.redemption_sent")
    if status in {"failed", "reversed"}:
        return refused("already_settled.redemption_ended")
    if after is None:
        if (status, step) in _REPEATS:
            return refused(f"already_settled.redemption_{status}")
        return refused(f"already_settled.redemption_{status}_ask_anew")
    return after


ALONE_MAX: Final = 10_000
"""How much one person may replace or take back alone in a clinic that has set no limit, in points or in minor
units of each currency."""
DRAWS_ALONE_MAX: Final = 10
"""The same in draws."""
USUAL_UNITS: Final[tuple[Unit, ...]] = ("usd", "points", "draw")
"""The units that a limit is named of, whether or not a clinic has set it or uses them."""


def alone_max(unit: Unit) -> int:
    """How much one person may replace or take back alone in a clinic that has set no limit."""
    return DRAWS_ALONE_MAX if unit == "draw" else ALONE_MAX


def change(status: RedemptionStatus, kind: RedemptionChangeKind) -> RedemptionStatus | Refused:
    """The status after a replacement or taking back, which only what is given can have."""
    match status, kind:
        case "given", "replacement":
            return "given"
        case "given", "take_back":
            return "canceled"
        case (("held" | "ordered" | "awaiting_provider" | "awaiting_funds"), _):
            return refused("not_given")
        case (("failed" | "reversed"), _):
            return refused("already_settled.redemption_ended")
        case _, "take_back":
            return refused("already_settled.redemption_canceled")
        case _:
            return refused("already_settled.redemption_canceled_ask_anew")


def price_of(redemption: Redemption, pieces: int) -> int:
    """What some pieces of a redemption cost, in minor units of its unit."""
    return redemption.amount // redemption.quantity * pieces


def worth_of(redemption: Redemption, fair_value: int | None, pieces: int) -> int:
    """What some pieces of a redemption are worth: as when asked for, or as today if that is more.

    `fair_value` is today's of one piece. What was paid for with money is worth that at least.
    """
    then = (redemption.fair_value or 0) // redemption.quantity
    paid = price_of(redemption, 1) if is_money(redemption.unit) else 0
    return max(then, paid, fair_value or 0) * pieces


def is_for_one(counted: int, limit: int) -> bool:
    """Whether one person is enough to replace or take back so much, in minor units of one unit."""
    return counted <= limit
