"""`rewards verify` finds an amount that stands in another currency than it was earned or spent in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schemas.shelf import Redemption
from service.flows.verify.verify import verify
from tests.flows.test_currencies import asked, enrolled, shelved

if TYPE_CHECKING:
    import asyncpg

    from tests.flows.conftest import Scene


@pytest.mark.parametrize(
    ("planted", "table"),
    [
        ("", None),
        ("update balances set unit = 'eur' where unit = 'usd'", "balances"),
        ("update transfers set unit = 'eur' where unit = 'usd' and cause = 'award'", "transfers"),
        ("update awards set unit = 'eur'", "awards"),
        ("update redemptions set unit = 'eur'", "redemptions"),
        ("update gifts set unit = 'eur', worth_unit = 'eur'", "gifts"),
    ],
)
async def test_a_sum_in_the_wrong_currency_is_found(
    scene: Scene, planting: asyncpg.Connection, planted: str, table: str | None
) -> None:
    """As much, and of another currency: each of the books says so; untouched, they are right."""
    one = await enrolled(scene, "usd")
    await scene.record(one.id, "negative")
    assert isinstance(await asked(scene, one.participant, await shelved(scene, "usd", 400, 600)), Redemption)
    if planted:
        assert not (await planting.execute(planted)).endswith(" 0")
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert (None if verdict.fault is None else verdict.fault.table) == table
