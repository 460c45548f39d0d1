"""Names are sealed for their rows: two that were swapped are found, and those of before are bound once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest
from cryptography.exceptions import InvalidTag

from schemas.staff import NewStaff
from schemas.verdicts import BookFault
from service.core.cursors import Page
from service.flows.access.staff import create_staff, list_staff
from service.flows.people.binding import bind_names
from service.flows.people.participants import read_participant
from service.flows.verify.verify import verify
from service.store.database.cipher import is_bound

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

FIELDS = {
    "participants": ("participant_id", "name", "phone", "email"),
    "staff": ("staff_id", "name", "email"),
}


async def fault(scene: Scene) -> BookFault | None:
    """Verify the clinic."""
    verdict = await verify(scene.database, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    return verdict.fault


@pytest.fixture
async def owner(scene: Scene, own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the owner's way to a clinic of two people and two members of staff, all with names."""
    for number, name in enumerate(("Ann Able", "Bea Bold"), start=1):
        await scene.participant(f"P-{number}", name)
        new = NewStaff(f"{number}@example.org", "front_desk", f"Dr. {name}")
        await scene.value(partial(create_staff, new=new))
    connection = await asyncpg.connect(own_database)
    assert await fault(scene) is None
    yield connection
    await connection.close()


async def names(scene: Scene) -> list[str | None]:
    """Read what everybody is called."""
    async with scene.database.transaction(scene.clinic) as tx:
        people = [row["participant_id"] for row in await tx.connection.fetch("table participants")]
    shown = [await scene.value(partial(read_participant, participant_id=one)) for one in sorted(people)]
    staff = await scene.value(lambda act: list_staff(act, Page()))
    return [*(one.name for one in shown), *(one.name for one in reversed(staff.items) if one.name)]


async def unbound(scene: Scene, owner: asyncpg.Connection) -> None:
    """Seal all names as releases before did."""
    cipher = scene.database.cipher
    for table, (key, *fields) in FIELDS.items():
        for row in await owner.fetch(f"select * from {table}"):  # noqa: S608  our own words
            for name in fields:
                if row[name] is not None:
                    plain = cipher.open(scene.clinic, f"{table}.{name}", row[name], row[key])
                    await owner.execute(
                        f"update {table} set {name} = $2 where {key} = $1",  # noqa: S608
                        row[key],
                        cipher.seal(scene.clinic, f"{table}.{name}", plain),
                    )


async def swapped(owner: asyncpg.Connection, table: str, key: str, column: str) -> list[bytes]:
    """Swap a column of two rows; gives what stood there."""
    query = f"select {key} as id, {column} as sealed from {table} where name is not null"  # noqa: S608
    one, other = await owner.fetch(query)
    for row, sealed in ((one, other["sealed"]), (other, one["sealed"])):
        await owner.execute(f"update {table} set {column} = $2 where {key} = $1", row["id"], sealed)  # noqa: S608
    return [one["sealed"], other["sealed"]]


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("participants", "participant_id", "name"),
        ("staff", "staff_id", "name"),
        ("staff", "staff_id", "email"),
    ],
)
async def test_two_that_were_swapped_are_found(
    scene: Scene, owner: asyncpg.Connection, table: str, key: str, column: str
) -> None:
    """Each opens under its own row's id alone, whoever reads it."""
    before = await swapped(owner, table, key, column)
    assert all(is_bound(sealed) for sealed in before)
    found = await fault(scene)
    assert found is not None
    assert (found.table, "sealed for this row" in found.expected) == (table, True)
    with pytest.raises(InvalidTag):
        await names(scene)


async def test_names_of_a_release_before_are_bound_while_serving(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """They can be read before and after; the trail tells of it once, and then none is bound again."""
    await unbound(scene, owner)
    await owner.execute("""
        update clinics set names_bound = false;
        update audit set deed = 'clinic.made' where deed = 'clinic.created'
    """)
    known = ["Ann Able", "Bea Bold", "Dr. Ann Able", "Dr. Bea Bold"]
    assert await names(scene) == known
    rows = await owner.fetchval("select (select count(*) from participants) + (select count(*) from staff)")
    assert [await bind_names(scene.database, scene.clinic) for _ in range(2)] == [rows, 0]
    assert await names(scene) == known
    assert (await scene.deeds()).count("names.bound") == 1
    for table, (_, *fields) in FIELDS.items():
        for row in await owner.fetch(f"select * from {table}"):  # noqa: S608  our own words
            assert all(row[name] is None or is_bound(row[name]) for name in fields)
    # What was sealed before and is put back, under another row too, is not taken for granted again.
    await unbound(scene, owner)
    await swapped(owner, "participants", "participant_id", "name")
    await owner.execute("update clinics set names_bound = false")
    assert await bind_names(scene.database, scene.clinic) == 0
    people = await owner.fetch("select name from participants")
    assert not any(is_bound(row["name"]) for row in people)


async def test_one_that_is_not_bound_is_a_fault_once_all_were(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    """Whoever kept two that were sealed before cannot put them back swapped."""
    assert await bind_names(scene.database, scene.clinic) == 0
    await unbound(scene, owner)
    await swapped(owner, "participants", "participant_id", "name")
    found = await fault(scene)
    assert found is not None
    assert (found.table, found.expected) == ("participants", "name bound to its row")


def test_a_value_opens_for_its_row_alone(scene: Scene) -> None:
    """Not for another, and not for none."""
    cipher, mine, other = scene.database.cipher, UUID(int=1), UUID(int=2)
    sealed = cipher.seal(scene.clinic, "participants.name", "Ann", mine)
    assert cipher.open(scene.clinic, "participants.name", sealed, mine) == b"Ann"
    assert cipher.opened(scene.clinic, "participants.name", sealed, other) is None
    assert cipher.opened(scene.clinic, "participants.name", sealed) is None
    unbound_bytes = bytes([sealed[0] & 0x7F]) + sealed[1:]
    assert cipher.opened(scene.clinic, "participants.name", unbound_bytes, mine) is None
