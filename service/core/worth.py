"""Worth in money: of a point, of a reward, and of what is given in kind, with whose earnings paid for it.

Money counts against caps when it is credited. What is bought for points or draws, and what is given as a
prize, counts at its fair value when it is given; what is bought for money counts once more only for what it
is worth above its price. Everything here is pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas.currencies import Currency
from schemas.ids import Id
from schemas.program import Unit
from schemas.shelf import Reward
from service.core.currencies import is_money, worth_unit
from service.core.dated_caps import Spot

GiftCause = Literal["redemption", "prize"]
Source = tuple[Id | None, str | None]
"""Where something was earned: the enrollment, and who funds it."""


class Credited(Struct, frozen=True):
    """How much of a unit was credited from one source and not taken back."""

    source: Source
    amount: int


class Portion(Struct, frozen=True):
    """The part of a gift that one source's earnings pay: so much of its price, and of what it counts for."""

    source: Source
    spent: int
    worth: int


class Gift(Struct, frozen=True):
    """Something given in kind, as it counts for a day, by the sources whose earnings paid for it.

    `unit` is what was paid with; a prize costs nothing. `currency` is that of the worth.
    """

    cause: GiftCause
    cause_id: Id
    unit: Unit | None
    day: date
    portions: tuple[Portion, ...]
    currency: Currency = "usd"

    @property
    def worth(self) -> int:
        """The amount that it counts for in all, in minor units of its currency."""
        return sum(one.worth for one in self.portions)

    def counted(self) -> tuple[tuple[Spot, int], ...]:
        """The credits that caps count it as: a prize is an event of its own, a purchase is none."""
        event = str(self.cause_id) if self.cause == "prize" else None
        return tuple(
            (Spot(self.currency, self.day, event, funding, enrollment), one.worth)
            for one in self.portions
            for enrollment, funding in (one.source,)
            if one.worth
        )


def price_worth(unit: Unit, price: int, cents_a_point: int | None) -> int | None:
    """The worth of a price: money is worth itself, points what was said of them in cents, draws nothing."""
    match unit:
        case "points":
            return None if cents_a_point is None else price * cents_a_point
        case "draw":
            return None
        case _:
            return price


def valued(reward: Reward, cents_a_point: int | None) -> Reward:
    """A reward with its fair value: as stated, or else as it follows from the price."""
    if reward.fair_value_stated:
        return reward
    return replace(reward, fair_value=price_worth(reward.unit, reward.price, cents_a_point))


def counts_for(unit: Unit | None, amount: int, fair_value: int | None) -> int:
    """What a gift counts for: its fair value, less what was credited as money to pay for it."""
    if fair_value is None:
        return 0
    return max(fair_value - amount, 0) if is_money(unit) else fair_value


def costs_its_worth(unit: Unit, counts: int) -> bool:
    """Whether something counts as money was counted when it was credited, and no more."""
    return is_money(unit) and not counts


def currency_of(reward: Reward) -> Currency:
    """The currency that a reward's fair value is in."""
    return worth_unit(reward.unit)


def portions(
    credited: Sequence[Credited], attributed: Mapping[Source, int], used: int, spent: int, worth: int
) -> tuple[Portion, ...]:
    """Portions of `spent` and of `worth` among the sources of what was earned, the earliest earnings first.

    `attributed` is what each source has paid for before, `used` all that was: what nobody wrote down a source
    for is taken from the earliest too. What no source is left for comes from nowhere.
    """
    unknown = max(used - sum(attributed.values()), 0)
    left: list[tuple[Source, int]] = []
    for one in credited:
        free = max(one.amount - attributed.get(one.source, 0), 0)
        taken = min(free, unknown)
        unknown -= taken
        left.append((one.source, free - taken))
    return _split([*left, ((None, None), spent)], spent, worth)


def part_of(gift: Gift, left: int, worth: int) -> Gift:
    """A gift of which only `left` of its price is still spent, and `worth` counted, by the same sources."""
    return replace(gift, portions=_split([(one.source, one.spent) for one in gift.portions], left, worth))


def _split(left: Iterable[tuple[Source, int]], spent: int, worth: int) -> tuple[Portion, ...]:
    """Split a price over sources in order, and its worth by the same shares, to the last cent."""
    found: list[Portion] = []
    paid = said = 0
    for source, room in left:
        part = min(room, spent - paid)
        if part <= 0:
            continue
        paid += part
        share = worth * paid // spent - said
        said += share
        found.append(Portion(source, part, share))
    return tuple(found)
