"""An opening that was not entered by two persons, or whose transfers or trail say otherwise, is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.openings import NewOpening
from service.flows.ledger.openings import approve_opening, propose_opening, refuse_opening, withdraw_opening
from tests.flows import giving
from tests.flows.conftest import TODAY
from tests.flows.test_verify_second_persons import UNGUARDED, fault_in, owner

if TYPE_CHECKING:
    from uuid import UUID

    from asyncpg import Connection

    from tests.flows.conftest import Scene

__all__ = ["owner"]

STANDS = "(select opening_id from openings where status = 'approved')"
FAULTS = [
    # what is planted, and the table that is named
    ("delete from transfers where cause = 'opening'", "openings"),
    ("delete from transfers where cause = 'opening' and destination = 'given'", "openings"),
    ("update transfers set amount = amount + 1 where cause = 'opening'", "transfers"),
    ("update transfers set day = day - 1 where cause = 'opening'", "transfers"),
    ("update transfers set day = at::date where cause = 'opening' and day is null", "transfers"),
    ("update transfers set funding = 'nobody' where cause = 'opening'", "transfers"),
    ("update transfers set cause_id = gen_random_uuid() where cause = 'opening'", "transfers"),
    ("update openings set available = available + 1 where status = 'approved'", "transfers"),
    ("update openings set paid_in_year = paid_before + 1 where status = 'approved'", "openings"),
    ("update openings set paid_in_year = 0 where status = 'approved'", "transfers"),
    ("update openings set as_of = as_of - 1 where status = 'approved'", "transfers"),
    ("update openings set unit = 'points' where status = 'approved'", "transfers"),
    ("update openings set settled_by = proposed_by where status = 'approved'", "openings"),
    ("update openings set settled_by = null where status = 'approved'", "openings"),
    ("update openings set status = 'proposed' where status = 'approved'", "openings"),
    ("update openings set status = 'approved' where status = 'withdrawn'", "openings"),
    ("update openings set withdrawn_by = proposed_by where status = 'withdrawn'", "openings"),
    ("update openings set withdrawn_at = now() where status = 'approved'", "openings"),
    ("update openings set unrecovered = unrecovered + 1 where status = 'withdrawn'", "transfers"),
    ("update openings set withdrawn_by = participant_id where status = 'withdrawn'", "openings"),
    ("update openings set reason = '' where status = 'proposed'", "openings"),
    ("update openings set proposed_by = participant_id where status = 'proposed'", "openings"),
    ("update openings set available = available + 1 where status = 'proposed'", "openings"),
    ("update openings set enrollment_id = gen_random_uuid() where status = 'refused'", "openings"),
    ("update openings set participant_id = opening_id where status = 'approved'", "transfers"),
    ("delete from openings where status = 'refused'", "openings"),
    ("delete from openings where status = 'approved'", "transfers"),
    ("update cap_totals set amount = amount - 1", "cap_totals"),
]


async def furnish(scene: Scene) -> None:
    """Make an opening in each status, one of them withdrawn after some of it was spent."""
    await giving.capped(scene, 60_000)

    async def proposed(reference: str) -> UUID:
        who = await scene.participant(reference)
        new = NewOpening(who, "usd", TODAY, "The old sheet", 3000, 9000, 4000, "county")
        return (await scene.value(lambda act: propose_opening(act, new))).id

    first, second, third, _ = [await proposed(f"P-{number}") for number in range(4)]
    await scene.by_another(lambda act: approve_opening(act, first))
    await scene.by_another(lambda act: refuse_opening(act, second, None))
    approved = await scene.by_another(lambda act: approve_opening(act, third))
    await giving.bought(scene, approved.participant, await giving.card(scene, 2500, "usd"))
    await scene.by_another(lambda act: withdraw_opening(act, third, "Of another person"))


async def test_verify_names_an_opening_that_does_not_agree(scene: Scene, owner: Connection) -> None:
    """Whatever is planted, the first fault that is named lies there; what is put back is clean again."""
    await furnish(scene)
    # Only now: what is added up by the day is kept by triggers.
    await owner.execute(UNGUARDED)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for fault, table in FAULTS:
        changed = re.search(r"(?:update|delete from|insert into) (\w+)", fault)
        assert changed
        await owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[fault] = (done, found)
        await owner.execute(f"delete from {changed[1]}")  # noqa: S608  our own words
        await owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None
