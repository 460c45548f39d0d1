"""Archives of a scene's clinic, and another database with other keys to bring them into."""

from __future__ import annotations

import zipfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import msgspec
import pytest
from msgspec.structs import replace

from schemas.events import NewEvent
from schemas.people import NewParticipant
from schemas.staff import NewStaff
from service.commands.clinic_archive import prove
from service.core.actors import Actor
from service.core.cursors import Page
from service.flows.access.staff import create_staff
from service.flows.ledger.statements import read_statement
from service.flows.people.enrollments import read_outlook
from service.flows.people.participants import register_participant
from service.flows.people.whole_record import read_whole_record
from service.flows.perform import Done, perform
from service.flows.screens.person import read_person
from service.flows.visits.record_events import Recorded, ToRecord
from service.parsers import AuditKey, FieldKey, IndexKey
from service.store.archives.exporting import Prove, export
from service.store.archives.faults import ArchiveError
from service.store.archives.importing import bring
from service.store.archives.reading import open_archive
from service.store.archives.rekeying import MARKED
from service.store.archives.sealing import ArchiveKey
from service.store.archives.tables import NOT_CARRIED
from service.store.database.cipher import Cipher
from tests.conftest import open_as_service, settings_for
from tests.databases import of_database
from tests.flows.test_isolation import MONDAY, fill

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from schemas.archives import ArchiveManifest
    from service.embedded import Stores
    from service.settings import Settings
    from service.store.database.pool import Database, Tx
    from tests.databases import Databases
    from tests.flows.conftest import Scene

WORDS = "several words for a test"
KEY = ArchiveKey(WORDS, b"salt" * 8, (1 << 10, 8, 1))
"""As cheap as a test may be; what a real one costs is COST."""


@dataclass
class Place:
    """A migrated database with keys of its own."""

    settings: Settings
    database: Database

    @property
    def cipher(self) -> Cipher:
        """Its keys."""
        return self.database.cipher


@asynccontextmanager
async def other_keys(stores: Stores, databases: Databases) -> AsyncIterator[Place]:
    """Give an empty database whose keys are all others."""
    name = await databases.take()
    given = replace(
        settings_for(stores, of_database(stores.owner_url, name)),
        field_keys=(FieldKey("there", b"the field key of another cell..."),),
        index_key=IndexKey(b"the index key of another cell..."),
        audit_key=AuditKey(b"the audit key of another cell..."),
    )
    database = await open_as_service(given)
    yield Place(given, database)
    await database.close()
    databases.give_back(name)


async def filled(scene: Scene, owner_url: str, path: Path) -> None:
    """Do one of everything; an import that was running has ended."""
    await fill(scene)
    with pytest.raises(ArchiveError, match="An import of this clinic is running"):
        await exported(scene, owner_url, path)
    owner = await asyncpg.connect(owner_url)
    await owner.execute("delete from import_lines where clinic_id = $1", scene.clinic)
    await owner.close()


async def furnish(scene: Scene, owner_url: str, path: Path) -> None:
    """Do one of everything, and what is keyed besides: words of events, a password, and a name."""
    await filled(scene, owner_url, path)
    async with scene.database.transaction(scene.clinic) as tx:
        enrollment = await tx.connection.fetchval(
            "select enrollment_id from enrollments where program = 'ladder' limit 1"
        )
    event = NewEvent(
        "negative", MONDAY + timedelta(minutes=3), enrollment=enrollment, target="test", note="Came with Ann."
    )
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
    assert isinstance(answer, Recorded), answer
    new = NewStaff("zoe@example.org", "manager", "Zoe", password="three blue herons")
    await scene.value(partial(create_staff, new=new))
    named = NewParticipant("P-9", name="Ann Ruiz", phone="619 555 0100", email="ann@example.org")
    await scene.value(lambda act: register_participant(act, named))


async def people(database: Database, clinic: UUID) -> list[UUID]:
    """List a clinic's participants."""
    async with database.transaction(clinic) as tx:
        rows = await tx.connection.fetch("select participant_id from participants order by 1")
    return [row["participant_id"] for row in rows]


async def exported(scene: Scene, owner_url: str, path: Path, proven: Prove = prove) -> ArchiveManifest:
    """Export a scene's clinic, as the command does."""
    cipher = scene.database.cipher
    return await export(owner_url, scene.clinic, cipher, path, KEY, lambda _table: None, proven)


async def believed(_tx: Tx) -> None:
    """Prove nothing."""


async def brought(place: Place, path: Path, key: ArchiveKey = KEY) -> int:
    """Bring an archive in, as the command does."""
    archive = open_archive(path)
    archive.prove(lambda _more: None)
    url = place.settings.migration_database_url
    return await bring(url, place.cipher, archive, key, lambda _table: None, prove)


async def records(database: Database, clinic: UUID) -> list[object]:
    """Read what is held of everybody: line by line, their statements in sentences, what the desk sees."""
    found: list[object] = []
    actor = Actor(clinic, clinic, "manager")
    for one in await people(database, clinic):
        whole = await perform(database, actor, partial(read_whole_record, participant=one))
        assert isinstance(whole, Done)
        found += [line for line in map(msgspec.json.decode, whole.value.ndjson.splitlines()) if stays(line)]
        statement = await perform(
            database, actor, partial(read_statement, participant_id=one, page=Page(100))
        )
        person = await perform(database, actor, partial(read_person, participant_id=one))
        assert isinstance(statement, Done)
        assert isinstance(person, Done)
        found += [statement.value.items, person.value]
    return found


async def outlooks(database: Database, clinic: UUID) -> list[object]:
    """Read what the next visits of every enrollment are worth."""
    async with database.transaction(clinic) as tx:
        rows = await tx.connection.fetch("select enrollment_id from enrollments order by 1")
    actor = Actor(clinic, clinic, "manager")
    read = [
        await perform(database, actor, partial(read_outlook, enrollment_id=row["enrollment_id"]))
        for row in rows
    ]
    return [one.value if isinstance(one, Done) else one for one in read]


def stays(line: dict[str, Any]) -> bool:
    """Whether a line of a record is to be the same elsewhere, without what is keyed in it."""
    if line.get("kind") == "audit":
        said = msgspec.json.decode(line["columns"]["detail"])
        kept = {name: value for name, value in said.items() if name not in {"digest", "mark", "password"}}
        line["columns"]["detail"] = kept
    if line.get("kind") in MARKED:
        del line["columns"]["mark"]
    return line.get("kind") not in NOT_CARRIED


def rewritten(path: Path, other: Path, new: dict[str, bytes], old: bytes) -> None:
    """Write an archive anew with something else in one of its files, and every sum as it must be."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as out:
        for name in source.namelist():
            said = source.read(name)
            out.writestr(name, said.replace(old, new[name]) if name in new else said)
