"""Short words for what is given in kind: points credited, cards put on the shelf, asked for, and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.caps import ClinicCap, NewCap, TaxLine
from schemas.proposals import ManualAward, NewManualAward
from schemas.shelf import NewRedemption, NewReward, Redemption, Reward
from schemas.worth import NewPointsWorth
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.ledger.caps import set_cap
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.ledger.points_worth import state_points_worth
from service.flows.ledger.tax import tax_report
from service.flows.perform import Again
from service.flows.shelf.redemptions import redeem
from service.flows.shelf.rewards import add_reward
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from schemas.program import Period, Unit
    from tests.flows.conftest import Scene

ALL = Page(200)


async def worth(scene: Scene, amount: int, starts_on: date | None = TODAY) -> None:
    """Say what a point is worth."""
    await scene.value(lambda act: state_points_worth(act, NewPointsWorth(amount, starts_on=starts_on)))


async def credited(
    scene: Scene,
    who: UUID,
    amount: int,
    unit: Unit = "points",
    *,
    funding: str | None = None,
    enrollment: UUID | None = None,
) -> ManualAward:
    """Credit an amount by hand, for the day that it is."""
    new = NewManualAward(who, unit, amount, "For the visit.", funding, enrollment)
    proposed = await scene.value(lambda act: propose_manual_award(act, new))
    return await scene.by_another(lambda act: approve_manual_award(act, proposed.id))


async def card(
    scene: Scene,
    price: int = 250,
    unit: Unit = "points",
    fair_value: int | None = None,
    *,
    instant: bool = True,
) -> Reward:
    """Put a card on the shelf, which costs 250 points and is worth $25.00 unless it is said otherwise."""
    new = NewReward("Card", unit, price, "item", "gift-cards", instant=instant, fair_value=fair_value)
    return await scene.value(lambda act: add_reward(act, new))


async def capped(
    scene: Scene, amount: int = 5000, per: Period = "year", funding: str | None = None
) -> ClinicCap:
    """Set a cap in cents."""
    new = NewCap(per, "usd", amount, TODAY, "What the county allows.", funding)
    return await scene.value(lambda act: set_cap(act, new))


async def bought(scene: Scene, who: UUID, reward: Reward, quantity: int = 1) -> Redemption | Refused:
    """Ask for a reward."""
    answer = await scene.ask(lambda act: redeem(act, NewRedemption(who, reward.id, quantity)))
    assert not isinstance(answer, Again)
    return answer if isinstance(answer, Refused) else answer.value


async def line(scene: Scene, year: int = 2026) -> TaxLine:
    """Read the one line of a year's report."""
    (found,) = (await scene.value(lambda act: tax_report(act, ALL, year))).items
    return found
