"""Migrations are applied once, in order, and never silently differ from what was applied."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from service.store.database.migrate import MigrationError, migrate, on_disk, pending

SINCE = "0140"
"""The first migration that says so; no release runs without those before it."""
UNDER_NONE = "-- Runs under no release before"


async def run(url: str, statement: str) -> None:
    """Run a statement as the database's owner."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def emptied(url: str) -> None:
    """Take everything out of a database, as if it had just been created."""
    await run(url, "drop schema public cascade; create schema public")


async def test_an_empty_database_lacks_all_migrations_and_then_none(own_database: str) -> None:
    """`pending` says what `migrate` will apply, and writes nothing itself."""
    names = [migration.name for migration in on_disk()]
    await emptied(own_database)
    assert await pending(own_database) == names
    assert await pending(own_database) == names
    assert await migrate(own_database) == names
    assert await pending(own_database) == []
    assert await migrate(own_database) == []


async def test_two_that_migrate_at_once_apply_each_migration_once(own_database: str) -> None:
    """The second waits, and then finds nothing to do."""
    await emptied(own_database)
    applied = await asyncio.gather(*(migrate(own_database) for _ in range(4)))
    assert sorted(applied, key=len) == [[], [], [], [migration.name for migration in on_disk()]]


async def test_a_migration_is_kept_with_its_checksum(own_database: str) -> None:
    """The SHA-256 of the file as it was applied."""
    connection = await asyncpg.connect(own_database)
    rows = await connection.fetch("select name, checksum from schema_migrations order by name")
    await connection.close()
    assert [tuple(row) for row in rows] == [(one.name, one.checksum) for one in on_disk()]


async def test_a_migration_changed_after_it_was_applied_is_refused_by_name(own_database: str) -> None:
    """The message says what to do; nothing is applied."""
    name = on_disk()[0].name
    await run(own_database, "update schema_migrations set checksum = 'other'")
    for ask in (pending, migrate):
        with pytest.raises(
            MigrationError, match=rf"{name} was changed after it was applied; .*add a new file"
        ):
            await ask(own_database)


async def test_a_database_newer_than_the_code_is_refused(own_database: str) -> None:
    """An old version does not work on a schema that it does not know."""
    await run(own_database, "insert into schema_migrations (name, checksum) values ('9999_later.sql', 'x')")
    for ask in (pending, migrate):
        with pytest.raises(MigrationError, match=r"9999_later\.sql; run a newer one"):
            await ask(own_database)


async def test_a_release_goes_one_step_back_where_what_is_newer_says_that_it_may(own_database: str) -> None:
    """It names the migration that a release must know; what must know every table is refused all the same."""
    last = on_disk()[-1].name
    row = "insert into schema_migrations (name, checksum, runs_under) values ('{}', 'x', '{}')"
    await run(own_database, row.format("9998_later.sql", last))
    assert await pending(own_database) == []
    assert await migrate(own_database) == []
    with pytest.raises(MigrationError, match=r"9998_later\.sql; run a newer one"):
        await pending(own_database, exact=True)
    # Two steps back: the second needs what the first has brought.
    await run(own_database, row.format("9999_later.sql", "9998_later.sql"))
    for ask in (pending, migrate):
        with pytest.raises(MigrationError, match=r"unknown to this version: 9999_later\.sql; run a newer"):
            await ask(own_database)


def test_each_migration_says_which_releases_may_go_on_under_it(tmp_path: Path) -> None:
    """In its first line; or that none may. tests/walks/test_upgrade.py runs the release before on them."""
    names = {one.name for one in on_disk()}
    for one in on_disk():
        first = one.sql.splitlines()[0]
        if one.name >= SINCE:
            assert one.runs_under in names or first.startswith(UNDER_NONE), one.name
    (tmp_path / "0001_a.sql").write_text(f"-- Runs under releases that know {on_disk()[0].name}.\n")
    (tmp_path / "0002_b.sql").write_text("-- Runs under no release before: a column goes.\n")
    assert [one.runs_under for one in on_disk(tmp_path)] == [on_disk()[0].name, None]


def test_a_file_that_is_not_named_like_a_migration_is_refused(tmp_path: Path) -> None:
    """Order comes from the name, so every name has its number."""
    (tmp_path / "0001_ground.sql").write_text("select 1", encoding="utf-8")
    (tmp_path / "later.sql").write_text("select 1", encoding="utf-8")
    with pytest.raises(MigrationError, match=r"later\.sql is not named like a migration"):
        on_disk(tmp_path)


def test_no_two_migrations_have_one_number() -> None:
    """Two branches that add a migration of the same number meet here; a number may be left out."""
    numbers = [int(migration.name[:4]) for migration in on_disk()]
    assert numbers == sorted(set(numbers))
