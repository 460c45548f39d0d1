"""Short words for what tests do with rewards that are lost, used or void."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from schemas.redemption_changes import (
    NewReplacement,
    NewSecondPersonLimit,
    NewTakeBack,
    RedemptionChange,
    RedemptionChangePage,
)
from schemas.shelf import NewCodes, NewRedemption, Redemption, Reward
from service.core.cursors import Page
from service.flows.ledger.tax import tax_report
from service.flows.shelf.lost_rewards import replace_redemption, take_back_redemption
from service.flows.shelf.redemption_changes import (
    approve_redemption_change,
    list_redemption_changes,
    refuse_redemption_change,
)
from service.flows.shelf.redemptions import give_redemption, read_redemption, redeem
from service.flows.shelf.rewards import add_codes, read_reward
from service.flows.shelf.second_person_limits import set_second_person_limit

if TYPE_CHECKING:
    from schemas.caps import TaxLine
    from tests.flows.conftest import Operation, Scene

WHY = "Used by a stranger"
CODES = ("CODE-0001", "CODE-0002", "CODE-0003", "CODE-0004", "CODE-0005")


def replacing(redemption: UUID, *codes: str, another: bool = False) -> Operation[Redemption]:
    """Replace a reward, or those of its codes that are named."""
    new = NewReplacement(WHY, codes, another=another)
    return lambda act: replace_redemption(act, redemption, new)


def taking_back(redemption: UUID, *, restock: bool = False) -> Operation[Redemption]:
    """Take a reward back."""
    return lambda act: take_back_redemption(act, redemption, NewTakeBack(WHY, restock))


def approving(change: UUID | None) -> Operation[RedemptionChange]:
    """Approve a change."""
    assert change is not None
    return lambda act: approve_redemption_change(act, change)


def refusing(change: UUID | None) -> Operation[RedemptionChange]:
    """Refuse a change."""
    assert change is not None
    return lambda act: refuse_redemption_change(act, change, "It was found")


def reading(redemption: UUID) -> Operation[Redemption]:
    """Read a redemption with its codes."""
    return lambda act: read_redemption(act, redemption)


def changes(redemption: UUID) -> Operation[RedemptionChangePage]:
    """List the changes of a redemption."""
    return lambda act: list_redemption_changes(act, Page(), redemption=redemption)


async def card(scene: Scene, price: int = 2500, codes: tuple[str, ...] = CODES) -> Reward:
    """Put a card with codes on the shelf."""
    reward = await scene.code_reward(price)
    return await scene.value(lambda act: add_codes(act, reward.id, NewCodes(codes)))


async def given(scene: Scene, who: UUID, reward: UUID, quantity: int = 1) -> Redemption:
    """Hand a reward over."""
    made = await scene.value(lambda act: redeem(act, NewRedemption(who, reward, quantity)), "front_desk")
    if made.status == "given":
        return made
    return await scene.value(lambda act: give_redemption(act, made.id), "front_desk")


async def accounts(scene: Scene, participant: UUID) -> tuple[int, int, int, int]:
    """Give available, held, given and earned in cents."""
    balance = await scene.balance(participant)
    return balance.available, balance.held, balance.given, balance.earned


async def left(scene: Scene, reward: UUID) -> int | None:
    """Give what is left of a reward."""
    return (await scene.value(lambda act: read_reward(act, reward))).stock


async def limited(scene: Scene, amount: int) -> None:
    """Let one person do so much in cents alone, as a second manager says."""
    await scene.by_another(lambda act: set_second_person_limit(act, NewSecondPersonLimit("usd", amount)))


async def taxed(scene: Scene) -> TaxLine:
    """Give the tax report's line of the only participant."""
    return (await scene.value(lambda act: tax_report(act, Page()))).items[0]
