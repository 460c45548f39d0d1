"""Numbers of people, and departures, that the books do not bear out are found where nothing guards them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest
from asyncpg import Connection

from schemas.people import IdentifierChange, NewIdentifier, ParticipantChange
from service.flows.people.identifiers import add_identifier, end_identifier, withdraw_identifier
from service.flows.verify.verify import verify
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.test_departures import changed, earned, status
from tests.flows.test_verify_second_persons import UNGUARDED

if TYPE_CHECKING:
    from schemas.verdicts import BookFault
    from tests.flows.conftest import Scene

ONE = {
    ":other": "(select participant_id from participants where reference = 'P-9')",
    ":last": "(select departure_id from departures order by departure_id desc limit 1)",
    ":first": "(select departure_id from departures order by departure_id limit 1)",
}
"""Words for rows that faults are planted in."""

FAULTS = [
    # what is planted, and the table that is named
    ("update identifiers set key = key || 'x' where system = 'LAB' and withdrawn_at is null", "identifiers"),
    ("update identifiers set near = '1' where system = 'LAB' and withdrawn_at is null", "identifiers"),
    ("update identifiers set value = '99-1' where system = 'LAB' and withdrawn_at is null", "identifiers"),
    ("update identifiers set system = 'MRN' where system = 'LAB' and withdrawn_at is null", "identifiers"),
    ("update identifiers set participant_id = :other where system = 'LAB'", "identifiers"),
    ("delete from identifiers where system = 'LAB' and withdrawn_at is null", "identifiers"),
    (
        "update identifiers set withdrawn_at = now() where system = 'LAB' and withdrawn_at is null",
        "identifiers",
    ),
    ("update identifiers set withdrawn_at = null where withdrawn_at is not null", "identifiers"),
    ("delete from identifiers where identifier_id = participant_id", "identifiers"),
    ("update identifiers set ends_on = null where system = 'MRN'", "identifiers"),
    ("update identifiers set ends_on = ends_on - 1 where system = 'MRN'", "identifiers"),
    ("update identifiers set ends_on = '2026-03-01' where system = 'EHR'", "identifiers"),
    ("update identifiers set ends_on = '2026-03-01' where value = 'P-1'", "identifiers"),
    ("update identifiers set ends_on = null where value = 'P-1'", "identifiers"),
    ("update participants set reference = 'P-7' where reference = 'P-2'", "identifiers"),
    (
        (
            "insert into identifiers select clinic_id, gen_random_uuid(), participant_id, system, 'X-1',"
            " 'x-1', 'x-1', starts_on, ends_on, created_at, created_by from identifiers where value = 'P-9'"
        ),
        "identifiers",
    ),
    ("update departures set status = 'moved' where departure_id = :last", "departures"),
    ("update departures set on_day = on_day - 1 where departure_id = :last", "departures"),
    ("update departures set held = 'keep' where departure_id = :first", "departures"),
    ("update departures set recorded_by = gen_random_uuid()", "departures"),
    ("update departures set participant_id = :other where departure_id = :last", "transfers"),
    ("update departures set amounts = array[amounts[1] + 1] where departure_id = :first", "transfers"),
    ("update departures set amounts = '{}', units = '{}' where departure_id = :first", "transfers"),
    ("delete from departures", "transfers"),
    ("delete from departures where departure_id = :last", "transfers"),
    ("update departures set undoes = null", "transfers"),
    ("delete from transfers where cause = 'departure'", "departures"),
    ("update transfers set amount = amount + 1 where cause = 'departure'", "transfers"),
    ("update transfers set day = '2026-03-02' where cause = 'departure'", "transfers"),
    ("update participants set status = 'active', status_on = null where status <> 'active'", "participants"),
    (
        "update participants set status = 'left', status_on = '2026-03-01' where reference = 'P-9'",
        "participants",
    ),
]


@pytest.fixture
async def owner(scene: Scene, own_database: str) -> AsyncIterator[Connection]:
    """Open the scene's database as its owner."""
    connection = await asyncpg.connect(own_database)
    await connection.execute("drop index identifiers_one_reference, identifiers_are_unique")
    await connection.execute("select set_config('app.clinic', $1, false)", str(scene.clinic))
    yield connection
    await connection.close()


async def fault_in(scene: Scene) -> BookFault | None:
    """Give the first fault that is named in the scene's books."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    return verdict.fault


async def furnish(scene: Scene) -> UUID:
    """Somebody with a former reference and two numbers, who left, came back and left again."""
    person, enrollment, _ = await earned(scene)
    await scene.participant("P-9")
    await changed(scene, person, ParticipantChange(reference="P-2"))
    for value in ("88-16", "88-17"):
        new = NewIdentifier("LAB", value)
        made = await scene.value(lambda act, new=new: add_identifier(act, person, new))  # type: ignore[misc]
    await scene.value(lambda act: withdraw_identifier(act, person, made.id))
    former = await scene.value(lambda act: add_identifier(act, person, NewIdentifier("MRN", "7")))
    await scene.value(lambda act: end_identifier(act, person, former.id, IdentifierChange(TODAY)))
    used = await scene.value(lambda act: add_identifier(act, person, NewIdentifier("EHR", "9", None, TODAY)))
    await scene.value(lambda act: end_identifier(act, person, used.id, IdentifierChange(None)))
    await changed(scene, person, status("left", "release"))
    scene.clock.now += timedelta(hours=1)
    await changed(scene, person, status("active"))
    await scene.record(enrollment, "negative", MONDAY + timedelta(minutes=30))
    await changed(scene, person, status("left", "release"))
    return person


async def test_verify_names_each_fault_planted_in_people(scene: Scene, owner: Connection) -> None:
    """What is put back is clean again."""
    await furnish(scene)
    # Only now: what is added up by the day is kept by triggers.
    await owner.execute(UNGUARDED)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for fault, table in FAULTS:
        for word, row in ONE.items():
            fault = fault.replace(word, row)  # noqa: PLW2901  the same fault in SQL
        found_table = re.search(r"(?:update|delete from|insert into) (\w+)", fault)
        assert found_table
        await owner.execute(f"create temporary table kept as select * from {found_table[1]}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[fault] = (done, found)
        await owner.execute(f"delete from {found_table[1]}")  # noqa: S608  our own words
        await owner.execute(f"insert into {found_table[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None
