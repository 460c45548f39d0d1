"""Days drawn by lot that were tampered with, past every guard: `verify` names each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from service.flows.draws.seeds import rotate_seeds
from tests.flows.test_drawn_days import drawn, enrolled, mornings
from tests.flows.test_planned_visits import holds
from tests.flows.test_verify_draws import UNGUARDED

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

TAMPERED = (
    """
    update drawn_days
    set slip = slip % cardinality(days) + 1, is_drawn = slip % cardinality(days) + 1 <= wanted
    where slip is not null
    """,
    "update drawn_days set wanted = slip, is_drawn = true where not is_drawn and slip is not null",
    "delete from drawn_days where is_drawn",
    "update drawn_days set target = 'else'",
    "update drawn_days set day = day + 70, days = array[day + 70]",
    "update drawn_days set days = array[day], slip = 1, is_drawn = true where wanted > 0",
    "update drawn_days set seed_id = (select max(seed_id::text)::uuid from seeds)",
)


@pytest.mark.parametrize("hand", TAMPERED)
async def test_verify_names_a_day_that_was_tampered_with(scene: Scene, own_database: str, hand: str) -> None:
    """Whatever is changed by hand, without any guard: slip, days left, target, seed, or the day itself."""
    one = await enrolled(scene)
    await enrolled(scene, "P-2")
    await mornings(scene, range(5))
    await scene.value(rotate_seeds)
    assert len(await drawn(scene, one.id)) == 2
    owner = await asyncpg.connect(own_database)
    try:
        await owner.execute(UNGUARDED)
        await owner.execute(hand)
    finally:
        await owner.close()
    with pytest.raises(AssertionError):
        await holds(scene)
