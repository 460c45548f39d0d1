"""What counts for caps is worked out again, and a fault planted in it by hand is found where it lies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.caps import EndCap, NewCap, NewTaxThreshold
from schemas.people import NewEnrollment
from schemas.verdicts import BookFault
from service.flows.ledger.caps import end_cap, set_cap
from service.flows.ledger.tax import set_tax_threshold
from service.flows.people.enrollments import open_enrollment
from service.flows.verify.verify import verify
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from schemas.program import Period
    from tests.flows.conftest import Scene

FAULTS = [
    # what is planted, and the table that is named
    ("update cap_totals set amount = amount + 1", "cap_totals"),
    ("update cap_totals set amount = amount - 1", "cap_totals"),
    ("update cap_totals set period = '2027' where period = '2026'", "cap_totals"),
    ("update cap_totals set period = '2026-W12' where period = '2026-W10'", "cap_totals"),
    ("update cap_totals set cap_id = gen_random_uuid() where period = '2026'", "cap_totals"),
    ("update cap_totals set participant_id = gen_random_uuid() where period = '2026'", "cap_totals"),
    ("delete from cap_totals where period = '2026-03-02'", "cap_totals"),
    ("delete from cap_warnings where percent = 80", "cap_warnings"),
    ("delete from cap_warnings where percent = 100", "cap_warnings"),
    ("update cap_warnings set period = period || 'x' where percent = 100", "cap_warnings"),
    ("update cap_warnings set cap_id = gen_random_uuid() where percent = 100", "cap_warnings"),
    ("update cap_warnings set participant_id = gen_random_uuid()", "cap_warnings"),
    ("update awards set withheld = withheld + 1", "awards"),
    ("update awards set withheld = 0", "awards"),
    ("update awards set withheld = -1, overpaid = -withheld - 1", "awards"),
    ("update awards set amount = amount - 5, withheld = withheld + 5", "transfers"),
    ("update caps set amount = amount * 2", "caps"),
    ("update caps set per = 'month' where per = 'year'", "cap_totals"),
    ("update caps set per = 'month' where per = 'event'", "caps"),
    ("update caps set funding = 'county' where per = 'event'", "caps"),
    ("update caps set starts_on = '2026-01-02' where per = 'event'", "caps"),
    ("update caps set ends_on = '2099-01-01' where per = 'event'", "caps"),
    ("update caps set ends_on = null where per = 'event'", "caps"),
    ("update caps set reason = reason || 'x'", "caps"),
    ("update tax_thresholds set amount = 1 where from_year = 2030", "tax_thresholds"),
    ("update tax_thresholds set from_year = 2029 where from_year = 2030", "tax_thresholds"),
    ("delete from audit where deed = 'tax_threshold.set'", "audit"),
]


@pytest.fixture
async def capped(scene: Scene) -> Scene:
    """Give a clinic where two welcomes of $20.00 met caps on the year, the week and the day."""
    periods: tuple[tuple[Period, int], ...] = (("year", 3000), ("week", 1500), ("day", 9000))
    for per, amount in periods:
        new = NewCap(per, "usd", amount, date(2026, 1, 1), "The county.")
        await scene.value(partial(set_cap, new=new))
    ended = NewCap("event", "points", 1, date(2026, 1, 1), "The board.", None)
    cap = await scene.value(lambda act: set_cap(act, ended))
    await scene.value(lambda act: end_cap(act, cap.id, EndCap(TODAY)))
    await scene.value(lambda act: set_tax_threshold(act, NewTaxThreshold(2030, 250_000)))
    await scene.enrolled(welcome=2000)
    await again(scene, date(2026, 3, 9))
    return scene


async def again(scene: Scene, starts_on: date, welcome: int = 2000) -> None:
    """Enroll the same participant in one more program."""
    program = await scene.program(f"from-{starts_on}", welcome)
    async with scene.database.transaction(scene.clinic) as tx:
        who = await tx.connection.fetchval("select participant_id from participants")
    new = NewEnrollment(who, program.name, starts_on)
    await scene.value(lambda act: open_enrollment(act, new))


async def fault(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def test_a_welcome_under_caps_is_clipped_and_its_books_are_clean(capped: Scene) -> None:
    """$20.00 under $15.00 a week: $5.00 is withheld, and each cap has counted what was paid."""
    assert await fault(capped) is None
    async with capped.database.transaction(capped.clinic) as tx:
        award = await tx.connection.fetchrow(
            "select amount, clipped, withheld, why from awards order by posted_at, award_id"
        )
        totals = await tx.connection.fetch("select period, amount from cap_totals order by period")
        warned = await tx.connection.fetch("select period, percent from cap_warnings order by 1, 2")
    assert award is not None
    assert (award["amount"], award["clipped"], award["withheld"]) == (1500, 0, 500)
    assert b'["cap:week",500,0]' in award["why"]
    assert {row["period"]: row["amount"] for row in totals} == {
        "2026": 3000,
        "2026-W10": 1500,
        "2026-W11": 1500,
        "2026-03-02": 1500,
        "2026-03-09": 1500,
    }
    periods = ("2026", "2026-W10", "2026-W11")
    assert [tuple(row) for row in warned] == [(period, part) for period in periods for part in (80, 100)]
    assert (await capped.deeds()).count("cap.reached") == 6


async def test_a_fault_planted_in_what_counts_for_caps_is_found(capped: Scene, own_database: str) -> None:
    """Whatever is changed, the first fault that is named lies there; what is put back is clean again."""
    owner = await asyncpg.connect(own_database)
    missed: dict[str, object] = {}
    try:
        for table in ("caps", "cap_totals", "cap_warnings", "awards", "tax_thresholds"):
            for row in await owner.fetch(
                "select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'f')",
                table,
            ):
                await owner.execute(f'alter table {table} drop constraint "{row["conname"]}"')
            # What is put back was counted by its day when it was posted.
            await owner.execute(f"alter table {table} disable trigger user")
        for planted, table in FAULTS:
            changed = planted.split()[1] if planted.startswith("update") else planted.split()[2]
            await owner.execute(f"create temporary table kept as select * from {changed}")  # noqa: S608
            done = await owner.execute(planted)
            found = await fault(capped)
            if done.endswith(" 0") or found is None or found.table != table or not found.ids:
                missed[planted] = (done, found)
            await owner.execute(f"delete from {changed}")  # noqa: S608
            await owner.execute(f"insert into {changed} select * from kept; drop table kept")  # noqa: S608
    finally:
        await owner.close()
    assert missed == {}
    assert await fault(capped) is None


async def test_a_cap_that_was_ended_leaves_its_later_totals_as_they_are(scene: Scene) -> None:
    """A welcome of next month was counted in next month; the cap ends today, and counts it no longer."""
    cap = await scene.value(lambda act: set_cap(act, NewCap("month", "usd", 100, TODAY, "The county.")))
    program = await scene.program("ladder", 150)
    who = await scene.participant()
    new = NewEnrollment(who, program.name, date(2026, 4, 1))
    await scene.value(lambda act: open_enrollment(act, new))
    assert (await scene.balance(who)).available == 100
    await scene.value(lambda act: end_cap(act, cap.id, EndCap(TODAY)))
    other = await scene.program("other", 150)
    again = NewEnrollment(who, other.name, date(2026, 4, 2))
    await scene.value(lambda act: open_enrollment(act, again))
    assert (await scene.balance(who)).available == 250
    assert await fault(scene) is None


async def test_totals_that_were_never_made_are_no_fault(capped: Scene, own_database: str) -> None:
    """Whoever has not met a cap has no total of it; when they do, it is made from their transfers."""
    owner = await asyncpg.connect(own_database)
    await owner.execute("delete from cap_totals; delete from cap_warnings")
    await owner.close()
    assert await fault(capped) is None
    capped.clock.now = datetime(2026, 3, 9, 17, tzinfo=UTC)
    await again(capped, date(2026, 3, 10))
    async with capped.database.transaction(capped.clinic) as tx:
        assert await tx.connection.fetchval("select available from balances") == 3000
    assert await fault(capped) is None
