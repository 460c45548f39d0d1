"""Orders with providers are worked out again, in the books and in packs, and a planted fault is named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.packs import PackScope
from service.flows.verify.verify import verify
from service.settings import Settings
from tests.flows.ordering import STAND_INS, Ordering
from tests.flows.packing import Row, checked, packed, rewrite, signed_anew

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

FAULTS = [
    # what is planted, and the table that is named
    ("delete from transfers where cause = 'order_failed'", "redemptions"),
    ("update transfers set amount = amount - 1 where cause = 'refund'", "redemptions"),
    ("update redemptions set refunded = refunded + 1 where status = 'given' and refunded > 0", "redemptions"),
    ("update redemptions set refunded = 0 where status = 'given' and refunded > 0", "redemptions"),
    ("update redemptions set status = 'canceled' where status = 'failed'", "redemptions"),
    ("update redemptions set status = 'failed', refunded = 0 where status = 'reversed'", "redemptions"),
    ("update transfers set cause_id = gen_random_uuid() where cause = 'refund'", "transfers"),
    ("update provider_orders set link = null where refunded > 0", "provider_orders"),
    ("update provider_orders set link = 'x'", "provider_orders"),
    ("delete from provider_orders where refunded = 0", "provider_orders"),
    ("update provider_orders set refunded = 1 where refunded > 1", "redemptions"),
    ("update provider_orders set due_at = null where due_at is not null", "provider_orders"),
    ("update redemptions set settled_by = gen_random_uuid() where status = 'given'", "redemptions"),
    ("delete from audit where deed = 'redemption.failed'", "audit"),
]


TAMPERED: list[tuple[str, str, str, dict[str, object], str]] = [
    ("transfers", "cause", "refund", {"amount": 1}, "refunded by its row"),
    ("transfers", "cause", "order_failed", {"amount": 1}, "its order returned"),
    ("transfers", "cause", "order_failed", {"cause_id": str(UUID(int=5))}, "no such redemption"),
    ("redemptions", "status", "failed", {"status": "canceled"}, "its order returned"),
    ("redemptions", "status", "reversed", {"status": "given"}, "with 1000 of 1000 refunded"),
    ("redemptions", "status", "given", {"refunded": 7}, "refunded by its row"),
]
"""Which row of which table is changed in a pack, how, and what the checker says of it."""


@pytest.fixture
async def shop(scene: Scene) -> AsyncIterator[Ordering]:
    """Give an account with orders of every end: given, partly and wholly refunded, failed, waiting."""
    there = await STAND_INS["tremendous"]().start()
    made = await Ordering(scene, "tremendous", there).begin()
    try:
        made.who = (await scene.enrolled(welcome=20_000)).participant
        card = await made.reward(1000)
        asked = [await made.redeem(made.who, card.id) for _ in range(3)]
        for one in asked:
            assert await made.settled(one.id) == "given"
        there.refund(str(asked[0].id), 333)
        there.settle(str(asked[1].id), "canceled")
        await made.later(days=1, minutes=1)
        failed = await made.redeem(made.who, card.id)
        there.rejects = True
        assert await made.settled(failed.id) == "failed"
        there.rejects = False
        there.state = "pending"
        await made.redeem(made.who, card.id)
        await made.round()
        yield made
    finally:
        made.client.close()
        await there.stop()


async def fault(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def test_a_fault_planted_in_orders_is_found(shop: Ordering, own_database: str) -> None:
    """Whatever is changed, the first fault that is named lies there; what is put back is clean again."""
    scene = shop.scene
    assert await fault(scene) is None
    owner = await asyncpg.connect(own_database)
    missed: dict[str, object] = {}
    try:
        for table in ("redemptions", "provider_orders", "transfers"):
            for row in await owner.fetch(
                "select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')",
                table,
            ):
                await owner.execute(f'alter table {table} drop constraint "{row["conname"]}"')
        # Sums by the day follow what comes in, and would count what is put back once more.
        await owner.execute("alter table transfers disable trigger user")
        for planted, table in FAULTS:
            touched = planted.split()[1] if planted.startswith("update") else planted.split()[2]
            await owner.execute(f"create temporary table kept as select * from {touched}")  # noqa: S608
            done = await owner.execute(planted)
            found = await fault(scene)
            if done.endswith(" 0") or found is None or found.table != table or not found.ids:
                missed[planted] = (done, found)
            await owner.execute(f"delete from {touched}")  # noqa: S608
            await owner.execute(f"insert into {touched} select * from kept; drop table kept")  # noqa: S608
    finally:
        await owner.close()
    assert missed == {}
    assert await fault(scene) is None


def changed(found: list[Row], column: str, value: str, new: dict[str, object]) -> list[Row]:
    """Change the first row that has a value in a column."""
    next(row for row in found if row[column] == value).update(new)
    return found


async def test_a_pack_with_orders_holds_and_what_is_changed_in_it_is_named(
    shop: Ordering, tmp_path: Path, test_settings: Settings
) -> None:
    """The checker knows what a failed order returns and what a refund does, by its own reading."""
    scene = shop.scene

    async def pack(name: str) -> Path:
        folder = tmp_path / name
        await packed(scene.database, scene.actor("auditor"), PackScope(shop.who), folder)
        return folder

    code, said = checked(await pack("whole"))
    assert code == 0, said
    for number, (table, column, value, change, words) in enumerate(TAMPERED):
        folder = await pack(str(number))

        rewrite(folder, table, partial(changed, column=column, value=value, new=change))
        signed_anew(folder, test_settings.audit_key)
        code, said = checked(folder)
        assert (code, words in said) == (1, True), f"{table} {change}: {said}"
