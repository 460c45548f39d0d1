"""What was on record before there were write-offs comes through their migration."""

from __future__ import annotations

import asyncpg

from service.store.database.migrate import LEDGER, on_disk

BEFORE = """
insert into clinics (clinic_id, name, zone, created_at) values (:id, 'Clinic', 'UTC', now());
insert into rewards (clinic_id, reward_id, name, unit, price, kind, category, stock, instant, created_at)
values (:id, :id, 'Mug', 'usd', 1, 'item', 'home', 3, false, now());
insert into stock_changes (clinic_id, reward_id, stock_change_id, change, reason, changed_by, changed_at)
values (:id, :id, gen_random_uuid(), 5, '', :id, now()), (:id, :id, gen_random_uuid(), -2, '', :id, now());
""".replace(":id", "'00000000-0000-7000-8000-000000000001'::uuid")


async def test_stock_taken_by_one_person_before_stays_on_record(own_database: str) -> None:
    """It is marked once, by the migration; from then on nothing is taken away without a write-off."""
    connection = await asyncpg.connect(own_database)
    try:
        await connection.execute("drop schema public cascade; create schema public")
        await connection.execute(LEDGER)
        for migration in on_disk():
            if migration.name == "0007_second_persons.sql":
                await connection.execute(BEFORE)
            await connection.execute(migration.sql)
        rows = await connection.fetch("select change, taken_alone, write_off_id from stock_changes")
    finally:
        await connection.close()
    assert sorted(tuple(row) for row in rows) == [(-2, True, None), (5, False, None)]
