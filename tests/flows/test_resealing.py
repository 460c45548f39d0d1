"""Field keys are changed while others serve: what an old key has sealed is sealed under the first."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.people import NewParticipant
from schemas.staff import NewStaff
from service.flows.access.staff import create_staff
from service.flows.people.participants import read_participant, register_participant
from service.flows.perform import Done, perform
from service.flows.setup.clinics import create_clinic, operator
from service.flows.setup.key_check import check_keys
from service.store import resealing
from service.store.database.cipher import Cipher
from service.store.database.queries import query
from service.store.resealing import ACROSS, FIELDS, reseal
from tests.conftest import open_as_service, settings_for

if TYPE_CHECKING:
    from uuid import UUID

    from service.embedded import Stores
    from service.settings import Settings
    from service.store.database.pool import Database

NEW = ("new", b"n" * 32)
STORE = Path(__file__).parents[2] / "service" / "store"
INDEXES = {"staff.rescue", "staff.mailbox", "inbound_messages.key", "import_lines.person", "imports.header"}
"""Fields of blind indexes, which no field key seals."""


@pytest.fixture
async def own(stores: Stores, own_database: str) -> AsyncIterator[tuple[Database, Settings, UUID]]:
    """Give a database with one clinic, and its settings."""
    settings = settings_for(stores, own_database)
    database = await open_as_service(settings)
    made = await create_clinic(database, "N", "UTC")
    assert isinstance(made, Done)
    yield database, settings, made.value.id
    await database.close()


def sealing(settings: Settings, *keys: tuple[str, bytes]) -> Cipher:
    """Give the cipher of some field keys."""
    return Cipher(keys, settings.index_key, settings.audit_key)


def nobody(_table: str, _count: int) -> None:
    """Hear of nothing."""


async def test_after_a_rotation_nothing_needs_the_old_key(own: tuple[Database, Settings, UUID]) -> None:
    """All is there under the new key alone, and a second run finds nothing."""
    database, settings, clinic = own
    new = NewStaff("ana@example.org", "front_desk", "Ana Ruiz", password="three blue herons")
    assert isinstance(await perform(database, operator(clinic), partial(create_staff, new=new)), Done)
    wanted = NewParticipant("A-9", name="Ann", phone="619 555 0100")
    ann = await perform(database, operator(clinic), partial(register_participant, new=wanted))
    assert isinstance(ann, Done)
    both = sealing(settings, NEW, *settings.field_keys)
    tables: list[str] = []
    done = await reseal(settings.migration_database_url, both, lambda table, _count: tables.append(table))
    assert done.left == {}
    assert {"participants", "seeds", "staff"} <= set(tables)
    assert (await reseal(settings.migration_database_url, both, nobody)).done == 0
    database.cipher = sealing(settings, NEW)
    operation = partial(read_participant, participant_id=ann.value.id)
    read = await perform(database, operator(clinic), operation)
    assert isinstance(read, Done)
    assert (read.value.name, read.value.phone) == ("Ann", "619 555 0100")
    await check_keys(database)


async def test_what_is_written_meanwhile_is_kept(own: tuple[Database, Settings, UUID]) -> None:
    """Processes that have both keys go on writing, and nothing of theirs is overwritten."""
    database, settings, clinic = own
    both = sealing(settings, NEW, *settings.field_keys)
    for at in range(30):
        wanted = NewParticipant(f"A-{at}", name=f"before {at}")
        await perform(database, operator(clinic), partial(register_participant, new=wanted))
    database.cipher = both

    async def write() -> None:
        for at in range(30, 60):
            wanted = NewParticipant(f"A-{at}", name=f"after {at}")
            await perform(database, operator(clinic), partial(register_participant, new=wanted))

    done, _ = await asyncio.gather(reseal(settings.migration_database_url, both, nobody), write())
    assert done.left == {}
    await reseal(settings.migration_database_url, both, nobody)
    async with database.transaction(clinic) as tx:
        rows = await tx.connection.fetch("select participant_id, name from participants")
    alone = sealing(settings, NEW)
    names = {
        alone.open(clinic, "participants.name", row["name"], row["participant_id"]).decode() for row in rows
    }
    assert names == {f"{'before' if at < 30 else 'after'} {at}" for at in range(60)}


async def test_more_rows_than_are_read_at_once_are_all_sealed_anew(
    own: tuple[Database, Settings, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page goes on after the whole key of the last row, under two old keys too."""
    monkeypatch.setattr(resealing, "ROWS_AT_ONCE", 2)
    database, settings, clinic = own
    for at in range(5):
        wanted = NewParticipant(f"A-{at}", name=f"person {at}")
        await perform(database, operator(clinic), partial(register_participant, new=wanted))
    between = ("between", b"b" * 32)
    seen = await reseal(
        settings.migration_database_url, sealing(settings, NEW, between, *settings.field_keys), nobody
    )
    assert seen.left == {}
    async with database.transaction(clinic) as tx:
        rows = await tx.connection.fetch("select participant_id, name from participants")
    alone = sealing(settings, NEW)
    names = {alone.open(clinic, "participants.name", row["name"], row["participant_id"]) for row in rows}
    assert names == {b"person %d" % at for at in range(5)}


async def test_a_value_that_changes_under_its_hands_is_not_overwritten(
    own: tuple[Database, Settings, UUID],
) -> None:
    """It was read before another process changed it, and is written after: the other's stands."""
    database, settings, clinic = own
    wanted = NewParticipant("A-9", name="before")
    await perform(database, operator(clinic), partial(register_participant, new=wanted))
    both = sealing(settings, NEW, *settings.field_keys)
    async with database.transaction(clinic) as tx:
        after = both.seal(clinic, "participants.name", "after")
        await tx.connection.execute("update participants set name = $1", after)
        rotating = asyncio.create_task(reseal(settings.migration_database_url, both, nobody))
        # It has read the row as it was, and waits for its lock.
        await asyncio.sleep(1)
        assert not rotating.done()
    await rotating
    async with database.transaction(clinic) as tx:
        kept = await tx.connection.fetchval("select name from participants")
    assert both.open(clinic, "participants.name", kept) == b"after"


async def test_a_value_that_does_not_open_is_left_and_named(own: tuple[Database, Settings, UUID]) -> None:
    """Nothing is overwritten that could not be read; its key is still needed."""
    database, settings, clinic = own
    await perform(
        database, operator(clinic), partial(register_participant, new=NewParticipant("A-9", name="Ann"))
    )
    spoiled = database.cipher.seal(clinic, "participants.phone", "of another column")
    async with database.transaction(clinic) as tx:
        await tx.connection.execute("update participants set name = $1", spoiled)
    both = sealing(settings, NEW, *settings.field_keys)
    done = await reseal(settings.migration_database_url, both, nobody)
    assert done.left == {"participants.name": 1}
    async with database.transaction(clinic) as tx:
        assert await tx.connection.fetchval("select name from participants") == spoiled


async def test_every_sealed_field_is_a_column_or_named(own_database: str) -> None:
    """Whoever adds a field whose name is not its column's says so, or a rotation would leave its values."""
    connection = await asyncpg.connect(own_database)
    try:
        await connection.execute(f"begin; {ACROSS}")
        rows = await connection.fetch(query("catalog/sealable").text)
    finally:
        await connection.close()
    columns = {f"{row['name']}.{column}" for row in rows for column in row["columns"]}
    text = "\n".join(path.read_text(encoding="utf-8") for path in STORE.glob("*.py"))
    fields = set(re.findall(r"^[A-Z_]+(?:: Final)? = \"([a-z_]+\.[a-z_]+)\"", text, re.MULTILINE))
    fields |= set(re.findall(r"seal\([^)]*?\"([a-z_]+\.[a-z_]+)\"", text))
    tables = {row["name"] for row in rows}
    sealed = {field for field in fields if field.partition(".")[0] in tables} - INDEXES
    assert len(sealed) > 40
    assert sealed - columns - set(FIELDS.values()) == set()
    assert set(FIELDS) <= columns
