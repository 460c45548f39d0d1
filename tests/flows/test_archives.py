"""A clinic goes into an archive whole, and comes out of it in a database that has other keys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import msgspec
import pytest
from msgspec.structs import replace

from service.flows.setup.key_check import check_keys
from service.flows.verify.verify import verify
from service.store import staff
from service.store.archives.exporting import trail_words
from service.store.archives.faults import ArchiveError
from service.store.archives.importing import IMPORTED
from service.store.archives.reading import open_archive
from service.store.archives.sealing import COST, ArchiveKey, key_of
from service.store.archives.tables import NOT_CARRIED, carried
from tests.flows.archiving import (
    WORDS,
    Place,
    believed,
    brought,
    exported,
    filled,
    furnish,
    other_keys,
    outlooks,
    people,
    records,
    rewritten,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from service.embedded import Stores
    from tests.databases import Databases
    from tests.flows.conftest import Scene


@pytest.fixture
async def elsewhere(stores: Stores, databases: Databases) -> AsyncIterator[Place]:
    """Give an empty database whose keys are all others."""
    async with other_keys(stores, databases) as place:
        yield place


async def test_a_clinic_is_the_same_where_other_keys_are(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """Everything that is held of everybody, to the letter; the books are clean under the other keys."""
    path = tmp_path / "harbor.archive"
    await furnish(scene, shared_database, path)
    manifest = await exported(scene, shared_database, path)
    empty = {part.table for part in manifest.parts if part.rows == 0}
    assert empty == set(), "furnish makes a row in every table that an archive carries"
    assert await brought(elsewhere, path) == sum(part.rows for part in manifest.parts)

    there = elsewhere.database
    there.clock = scene.clock
    await check_keys(there)
    verdict = await verify(there, scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    assert (verdict.clean, verdict.participants) == (True, len(await people(there, scene.clinic)))
    assert await records(there, scene.clinic) == await records(scene.database, scene.clinic)
    assert await outlooks(there, scene.clinic) == await outlooks(scene.database, scene.clinic)
    # An address is found, and what it signs in with is what the trail tells of.
    assert await staff.clinics_of(there, "Zoe@Example.org") == [scene.clinic]
    async with there.transaction(scene.clinic) as tx:
        ((hashed, told, whose),) = await tx.connection.fetch(PASSWORD)
        assert staff.password_mark(tx, whose, hashed) == told
        notes = await tx.connection.fetch("select note from events where note is not null")
        assert [there.cipher.open(scene.clinic, "events.note", row["note"]) for row in notes] == [
            b"Came with Ann."
        ]


PASSWORD = """
select s.password_hash, a.detail::json ->> 'password', s.staff_id from staff as s
join audit as a on a.subject_id = s.staff_id and a.deed = 'staff.created'
where s.password_hash is not null
"""


async def test_the_trail_says_where_it_ended_and_who_signed_that(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """Its last entry ties the chain here to the one that was left; that one's key signed its end."""
    path = tmp_path / "harbor.archive"
    await filled(scene, shared_database, path)
    manifest = await exported(scene, shared_database, path)
    await brought(elsewhere, path)
    async with elsewhere.database.transaction(scene.clinic) as tx:
        (row,) = await tx.connection.fetch("select seq, deed, detail from audit order by seq desc limit 1")
        before = await tx.connection.fetchval("select hash from audit where seq = $1", row["seq"] - 1)
    said = msgspec.json.decode(row["detail"])
    assert (row["deed"], row["seq"]) == (IMPORTED, manifest.trail.seq + 1)
    assert (said["hash"], said["here"]) == (manifest.trail.hash, before.hex())
    words = trail_words(scene.clinic, said["seq"], said["hash"], said["left"])
    assert scene.database.cipher.trail.public_key().hex() == said["key"]
    assert scene.database.cipher.trail.is_signed(words, bytes.fromhex(said["signature"]))


async def test_every_table_of_a_clinic_is_carried_or_has_its_reason(shared_database: str) -> None:
    """One that is made tomorrow cannot be forgotten."""
    owner = await asyncpg.connect(shared_database)
    rows = await owner.fetch(
        "select distinct c.relname from pg_class as c join pg_attribute as a on a.attrelid = c.oid "
        "where a.attname = 'clinic_id' and c.relkind in ('r', 'p') and not c.relispartition "
        "and c.relnamespace = 'public'::regnamespace"
    )
    tables = {row["relname"] for row in rows}
    assert {table.name for table in await carried(owner)} == tables - set(NOT_CARRIED)
    assert set(NOT_CARRIED) <= tables
    await owner.close()


async def test_nothing_of_an_archive_is_plain(scene: Scene, shared_database: str, tmp_path: Path) -> None:
    """Names, numbers, codes and results are sealed; a manifest with counts and hashes can be read."""
    path = tmp_path / "harbor.archive"
    await furnish(scene, shared_database, path)
    await exported(scene, shared_database, path)
    content = path.read_bytes()
    for word in (b"Ann Ruiz", b"619 555 0100", b"negative", b"Came with Ann", b"zoe@example.org"):
        assert word not in content
    assert os.stat(path).st_mode & 0o077 == 0  # noqa: PTH116  the test itself may wait for the disk
    with pytest.raises(FileExistsError):
        await exported(scene, shared_database, path)
    assert os.listdir(tmp_path) == ["harbor.archive"]  # noqa: PTH208  the same


async def test_an_archive_that_is_not_as_it_was_made_is_refused(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """Cut off, altered, with a part left out or another passphrase: by its name, and nothing comes in."""
    path, other = tmp_path / "harbor.archive", tmp_path / "other.archive"
    await filled(scene, shared_database, path)
    manifest = await exported(scene, shared_database, path)
    content = path.read_bytes()
    at = content.index(b"events.ndjson.sealed") + 200
    for made, why in (
        (content[: len(content) // 2], "cut off"),
        (
            content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
            "events.ndjson.sealed is missing, cut off or",
        ),
        (b"", "no archive"),
    ):
        other.write_bytes(made)
        with pytest.raises(ArchiveError, match=f"{other}: .*{why}") as refused:
            await brought(elsewhere, other)
        assert refused.value.code == "archive_unfit"
    rewritten(path, other, {"manifest.json": b'"name": "Harbour'}, b'"name": "Harbor')
    with pytest.raises(ArchiveError, match=r"manifest\.json was altered"):
        open_archive(other).unlocked(WORDS)
    with pytest.raises(ArchiveError, match="passphrase") as wrong:
        open_archive(path).unlocked("other words for a test")
    assert wrong.value.code == "passphrase_wrong"
    # Even somebody who makes the sums anew cannot put a part in the place of another one.
    swapped = ArchiveKey("other words for a test", b"salt" * 8, (1 << 10, 8, 1))
    with pytest.raises(ArchiveError, match=r"clinics\.ndjson\.sealed was cut off or altered, after line 0"):
        await brought(elsewhere, path, swapped)
    assert await elsewhere.database.clinics() == []
    assert open_archive(path).manifest == manifest


async def test_an_archive_of_a_clinic_that_is_there_is_refused(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path
) -> None:
    """It is never brought in over it, nor into the database that it came from."""
    await scene.enrolled()
    path = tmp_path / "harbor.archive"
    await exported(scene, shared_database, path)
    await brought(elsewhere, path)
    with pytest.raises(ArchiveError, match="is here already") as refused:
        await brought(elsewhere, path)
    assert refused.value.code == "clinic_known"
    assert len(await elsewhere.database.clinics()) == 1


@pytest.mark.parametrize(
    ("wrong", "right", "why"),
    [
        (
            "update balances set available = available + 1, earned = earned + 1 where clinic_id = $1",
            "update balances set available = available - 1, earned = earned - 1 where clinic_id = $1",
            "do not agree, first in balances",
        ),
        (
            "update audit set seq = seq + 100 where clinic_id = $1 and seq >= 3",
            "update audit set seq = seq - 100 where clinic_id = $1 and seq >= 103",
            "has entry 103 where 3 follows",
        ),
        (
            "update audit set detail = replace(detail, 'front_desk', 'manager') where clinic_id = $1",
            'update audit set detail = \'{"role":"front_desk"}\' where clinic_id = $1 and seq = 2',
            "do not agree, first in staff",
        ),
    ],
)
async def test_a_clinic_whose_books_are_wrong_neither_leaves_nor_comes(
    scene: Scene, shared_database: str, elsewhere: Place, tmp_path: Path, wrong: str, right: str, why: str
) -> None:
    """All or nothing; and a trail that was altered is not chained anew as if it held."""
    await scene.enrolled(welcome=5000)
    owner = await asyncpg.connect(shared_database)
    path = tmp_path / "harbor.archive"
    await owner.execute(wrong, scene.clinic)
    try:
        with pytest.raises(ArchiveError, match="do not agree"):
            await exported(scene, shared_database, path)
        await exported(scene, shared_database, path, believed)
    finally:
        await owner.execute(right, scene.clinic)
        await owner.close()
    with pytest.raises(ArchiveError, match=why):
        await brought(elsewhere, path)
    assert await elsewhere.database.clinics() == []


def test_a_passphrase_costs_whoever_guesses() -> None:
    """A short one is not taken, and each try takes the memory that the manifest says."""
    assert COST == (1 << 17, 8, 1)
    lock = ArchiveKey(WORDS, b"salt" * 8, (1 << 10, 8, 1)).lock
    assert key_of(WORDS, lock).lock == lock
    with pytest.raises(ArchiveError, match=r"its lock is none"):
        key_of(WORDS, replace(lock, n=1 << 40))
