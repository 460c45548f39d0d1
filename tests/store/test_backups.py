"""A backup is what its manifest says, or it is refused by the name of the file; old ones make room."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from schemas.backups import BackupFile, BackupManifest
from service.store.backups import kept, manifests
from service.store.backups.clients import reached
from service.store.backups.faults import BackupError
from service.store.backups.kept import UNFINISHED, being_made, finish, let_go, newest_good

AUDIT = b"a key of an audit trail, 32 byte"
INDEX = b"a key of the indexes, of 32 byte"
FIELD = (("new", b"a key of fields, which is of 32 "), ("old", b"another key of fields, of 32 byt"))
BEGAN = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
TABLES = b"the tables, as pg_dump writes them" * 100


def made(home: Path, moment: datetime = BEGAN, *, is_checked: bool = True) -> Path:
    """Keep a backup of a moment."""
    with being_made(home) as folder:
        (folder / "database.dump").write_bytes(TABLES)
        file = BackupFile("database.dump", len(TABLES), hashlib.sha256(TABLES).hexdigest())
        manifest = BackupManifest(
            "rewards backup 1", moment, moment, "1.0.0", 18, 18, is_checked, file, (), (), {}, (),
            manifests.marks(FIELD, INDEX, AUDIT),
        )  # fmt: skip  # table: fields in their order
        manifests.write(manifests.sign(manifest, AUDIT), folder)
        return finish(folder, moment)


def proven(folder: Path) -> BackupManifest:
    """Read a backup and hold it to its manifest, as a restore does."""
    manifest = manifests.read(folder)
    manifests.prove(manifest, folder, AUDIT, lambda _more: None)
    return manifest


def moments(home: Path) -> list[datetime]:
    """List the moments of the backups that are kept."""
    found = kept.kept(home, AUDIT)
    return [one.manifest.moment for one in found if one.manifest is not None]


def test_a_backup_that_is_whole_is_taken(tmp_path: Path) -> None:
    """What was written is what is read."""
    folder = made(tmp_path / "home")
    assert folder.name == "rewards-20260302T023000Z"
    assert proven(folder).moment == BEGAN


def test_a_backup_that_is_not_what_was_written_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    """Cut off, damaged, altered, or without one of its files."""
    folder = made(tmp_path)
    tables, manifest = folder / "database.dump", folder / "manifest.json"
    said = manifest.read_bytes()
    for path, content in (
        (tables, TABLES[:-1]),
        (tables, b"T" + TABLES[1:]),
        (tables, None),
        (manifest, said[:-20]),
        (manifest, said.replace(b'"is_checked": true', b'"is_checked": false')),
        (manifest, said.replace(b'"signature": "', b'"signature": "x')),
        (manifest, None),
    ):
        before = path.read_bytes()
        assert content != before
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BackupError, match=str(path)) as refused:
            proven(folder)
        assert refused.value.code == "backup_unfit"
        path.write_bytes(before)
    assert proven(folder).is_checked


def test_keys_that_are_not_the_backup_s_are_named(tmp_path: Path) -> None:
    """Before anything is changed; one that came since, or that nothing was sealed under last, is not."""
    manifest = proven(made(tmp_path))
    other = b"another key than any, of 32 byte"
    for field, index, audit, word in (
        (FIELD, INDEX, other, "AUDIT_KEY is another"),
        (FIELD, other, AUDIT, "INDEX_KEY is another"),
        ((("new", other), FIELD[1]), INDEX, AUDIT, "The key 'new' of FIELD_KEYS is another"),
        ((FIELD[1],), INDEX, AUDIT, "FIELD_KEYS lacks the key 'new'"),
    ):
        assert word in (manifests.unfit_keys(manifest, manifests.marks(field, index, audit)) or "")
    for fields in (FIELD, (("newer", other), FIELD[0])):
        assert manifests.unfit_keys(manifest, manifests.marks(fields, INDEX, AUDIT)) is None


def test_so_many_of_the_newest_good_backups_are_kept(tmp_path: Path) -> None:
    """One that was not checked counts for nothing, and goes with those older than all that are kept."""
    days = [BEGAN + timedelta(days=day) for day in range(5)]
    for day in days:
        made(tmp_path, day, is_checked=day not in {days[0], days[4]})
    assert newest_good(tmp_path, AUDIT) == days[3]
    gone = let_go(tmp_path, 2, AUDIT)
    assert {path.name[8:16] for path in gone} == {"20260302", "20260303"}
    assert moments(tmp_path) == [days[4], days[3], days[2]]
    assert let_go(tmp_path, 2, AUDIT) == []
    assert {path.name[0] for path in tmp_path.iterdir()} == {"r", "."}


def test_what_was_not_finished_never_looks_like_a_backup_and_makes_room(tmp_path: Path) -> None:
    """One that failed is gone at once, one that was killed with the next."""
    with pytest.raises(FileExistsError), being_made(tmp_path) as folder:
        folder.mkdir()
    left = tmp_path / f"{UNFINISHED}4711"
    left.mkdir()
    (left / "database.dump").write_bytes(TABLES)
    assert kept.kept(tmp_path, AUDIT) == []
    assert newest_good(tmp_path, AUDIT) is None
    made(tmp_path)
    assert not left.exists()


def test_two_backups_are_not_made_at_once(tmp_path: Path) -> None:
    """The second says so and changes nothing of the first."""
    with being_made(tmp_path) as first:
        with pytest.raises(BackupError, match="Another backup is being made"), being_made(tmp_path):
            pass
        assert first.exists()


def test_a_password_is_not_on_the_command_line_of_a_program() -> None:
    """Whoever lists processes reads what was typed; the environment is its owner's."""
    url, environment = reached(
        "postgresql://owner:p%40ss@one:5432,two:5432/rewards?sslmode=require&app.across=x"
    )
    assert (
        url == "postgresql://owner@one:5432,two:5432/rewards?sslmode=require&target_session_attrs=read-write"
    )
    assert environment["PGPASSWORD"] == "p@ss"


def test_a_manifest_is_read_by_anybody(tmp_path: Path) -> None:
    """It is JSON, a line for each thing that it says."""
    said = msgspec.json.decode((made(tmp_path) / "manifest.json").read_bytes())
    assert (said["format"], said["file"]["sha256"]) == (
        "rewards backup 1",
        hashlib.sha256(TABLES).hexdigest(),
    )


def test_a_backup_that_was_touched_is_listed_with_its_fault_and_does_not_count(tmp_path: Path) -> None:
    """At a glance: a file that is shorter or gone, a manifest that was altered, or of another key."""
    days = [BEGAN + timedelta(days=number) for number in range(5)]
    folders = [made(tmp_path, day) for day in days]
    (folders[4] / "database.dump").write_bytes(TABLES[:-1])
    (folders[3] / "database.dump").unlink()
    said = (folders[2] / "manifest.json").read_text()
    later = said.replace('"moment": "2026-03-04', '"moment": "2026-03-24')
    assert later != said
    (folders[2] / "manifest.json").write_text(later)
    (folders[1] / "manifest.json").write_text("{")
    found = kept.kept(tmp_path, AUDIT)
    assert [one.folder for one in found] == folders[::-1]
    for one, fault in zip(
        found,
        ("has 3,399 bytes where 3,400", "cannot be read", "its signature", "is damaged", None),
        strict=True,
    ):
        assert (one.fault is None) if fault is None else (fault in (one.fault or "")), one
        assert one.is_good == (fault is None)
    assert newest_good(tmp_path, AUDIT) == days[0]
    assert newest_good(tmp_path, INDEX) is None
    # None of those makes room for another one, and none goes before a good one that is newer.
    assert let_go(tmp_path, 1, AUDIT) == []
    made(tmp_path, BEGAN + timedelta(days=5))
    assert len(let_go(tmp_path, 1, AUDIT)) == 5
