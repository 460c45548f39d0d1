"""What was given or brought along on a chart is replaced, taken back or withdrawn after its merge too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.core.cursors import Page
from service.flows.ledger.openings import list_openings
from tests.flows.changing import (
    CODES,
    accounts,
    approving,
    card,
    given,
    limited,
    reading,
    replacing,
    taking_back,
)
from tests.flows.merging import merged
from tests.flows.test_openings import opened, proposing, withdrawing

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_card_of_an_ended_chart_is_replaced_and_taken_back(scene: Scene) -> None:
    """Its price comes back to who the chart leads to, whether it was asked for before the merge or after."""
    first = (await scene.enrolled("P-1", 10_000)).participant
    second = await scene.participant("P-2")
    reward = await card(scene)
    one, two, three = [await given(scene, first, reward.id) for _ in range(3)]
    await limited(scene, 0)
    waits = (await scene.value(taking_back(one.id))).change
    await merged(scene, second, first)
    await scene.by_another(approving(waits))
    await limited(scene, 10_000)
    await scene.value(taking_back(two.id))
    assert (await scene.value(replacing(three.id))).code == CODES[3]
    assert await accounts(scene, second) == (7500, 0, 2500, 10_000)
    assert (await scene.value(reading(three.id))).participant == second


async def test_openings_of_both_charts_stand_and_are_withdrawn(scene: Scene) -> None:
    """Neither is lost, no third is entered, and each leaves the books of the survivor."""
    first, second = await scene.participant("P-1"), await scene.participant("P-2")
    one = await opened(scene, first, available=1000, paid_before=3000)
    two = await opened(scene, second, available=2000, paid_before=5000)
    await merged(scene, second, first)
    assert await accounts(scene, second) == (3000, 0, 8000, 11_000)
    listed = await scene.value(lambda act: list_openings(act, Page(), participant=first))
    assert {item.id for item in listed.items} == {one.id, two.id}
    for who in (first, second):
        assert await scene.refusal(proposing(who, available=1)) == ("opening_stands", ("$.unit",))
    await scene.by_another(withdrawing(one.id))
    assert await accounts(scene, second) == (2000, 0, 5000, 7000)
    assert await scene.refusal(proposing(second, available=1)) == ("opening_stands", ("$.unit",))
    await scene.by_another(withdrawing(two.id))
    assert await accounts(scene, second) == (0, 0, 0, 0)
