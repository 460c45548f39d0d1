"""`rewards backup` and `rewards backups`: the whole database in a folder, restored once to prove it."""

from __future__ import annotations

import errno
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from schemas.backups import BackupManifest
from service.clock import clock_of
from service.commands.ground import ready
from service.commands.progress import Said, until_ended, watched
from service.commands.proving import Proof, prove
from service.commands.scratch import scratch
from service.commands.speech import CommandError, Exit, say, say_json
from service.settings import Settings
from service.store.backups import kept, manifests
from service.store.backups.dumping import dump
from service.store.backups.restoring import put_in
from service.version import VERSION

WITHOUT_KEYS = (
    "The keys are not in it (FIELD_KEYS, INDEX_KEY, AUDIT_KEY), and without them it cannot be read. They are "
    "in {}; keep a copy of them somewhere else than the backup."
)


def run(args: Namespace) -> int:
    """Make a backup, check it, and remove the oldest; raises CommandError where its books are wrong."""
    with ready(args.data) as ground:
        given = ground.settings
        keys = f"{args.data.absolute() / 'secrets'}" if ground.embedded else "the settings of the service"
        home = _home(args.into, given)
        with watched("backing up") as said:
            try:
                folder, manifest, proof = until_ended(_made(given, home, said, is_checked=not args.unchecked))
            except OSError as error:
                raise _full(error, home) from error
        gone = kept.let_go(home, given.backup_keep, given.audit_key)
    result = {
        "folder": str(folder),
        "moment": manifest.moment,
        "bytes": manifest.file.bytes,
        "checked": manifest.is_checked,
        "clinics": len(manifest.clinics),
        "events": sum(clinic.events for clinic in manifest.clinics),
        "removed": [path.name for path in gone],
        "keys": keys,
    }
    if proof is not None and proof.fault is not None:
        detail = (
            f"The books of clinic {proof.fault.clinic} do not agree, so {folder} counts as no good backup: "
            "it is as faulty as the database is. See: rewards verify"
        )
        raise CommandError(Exit.WRONG, "books_wrong", detail, result)
    if args.json:
        say_json(result)
        return Exit.DONE
    how = "restored and verified" if manifest.is_checked else "NOT checked"
    say(f"{folder}: {manifest.file.bytes:,} bytes, {result['events']:,} events, {how}.")
    say(f"It shows the moment {manifest.moment:%Y-%m-%d %H:%M:%S} UTC. {WITHOUT_KEYS.format(keys)}")
    for path in gone:
        say(f"Removed: {path.name}")
    return Exit.DONE


def show(args: Namespace) -> int:
    """List the backups that are kept, the newest first."""
    with ready(args.data) as ground:
        home = _home(args.into, ground.settings)
        now = clock_of(ground.settings.clock_offset_s)()
        found = kept.kept(home, ground.settings.audit_key)
    if args.json:
        say_json({"backups": [_listed(now, one) for one in found]})
    else:
        for one in found:
            say(f"{one.folder}  {_told(now, one)}")
        if not found:
            say(f"There is no backup in {home}. Make one with: rewards backup")
    return Exit.WRONG if any(one.fault for one in found) else Exit.DONE


def _listed(now: datetime, one: kept.Kept) -> dict[str, object]:
    said: dict[str, object] = {"folder": str(one.folder), "fault": one.fault}
    if (manifest := one.manifest) is not None:
        said |= {
            "moment": manifest.moment,
            "age_s": _age_s(now, manifest),
            "bytes": manifest.file.bytes,
            "checked": manifest.is_checked,
            "version": manifest.version,
        }
    return said


def _told(now: datetime, one: kept.Kept) -> str:
    if one.fault is not None or one.manifest is None:
        return f"NOT GOOD: {one.fault}"
    how = "" if one.manifest.is_checked else "  NOT checked"
    return f"{_age_s(now, one.manifest) / 3600:,.1f} h old, {one.manifest.file.bytes:,} bytes{how}"


async def _made(
    given: Settings, home: Path, said: Said, *, is_checked: bool
) -> tuple[Path, BackupManifest, Proof | None]:
    clock = clock_of(given.clock_offset_s)
    with kept.being_made(home) as folder:
        moment = clock()
        said.step("reading the database")
        dumped = await dump(given.backup_database_url, folder, said.bytes)
        manifest = BackupManifest(
            "rewards backup 1", moment, clock(), VERSION, dumped.server, dumped.tools, is_checked,
            dumped.file, dumped.migrations, dumped.role_settings, dumped.rows, dumped.clinics,
            manifests.marks(given.field_keys, given.index_key, given.audit_key),
        )  # fmt: skip  # table: fields in their order
        proof = None
        if is_checked:
            said.step("restoring it into a scratch database")
            async with scratch(given, home, dumped.server) as aside:
                await put_in(aside.migration_database_url, folder, manifest, said.step)
                proof = await prove(aside, manifest, said.step)
        good = proof is not None and proof.fault is None
        manifest = _signed(given, manifest, clock(), is_checked=good)
        manifests.write(manifest, folder)
        return kept.finish(folder, moment), manifest, proof


def _signed(given: Settings, one: BackupManifest, now: datetime, *, is_checked: bool) -> BackupManifest:
    return manifests.sign(replace(one, made_at=now, is_checked=is_checked), given.audit_key)


def _home(into: Path | None, given: Settings) -> Path:
    home: Path | None = into or given.backup_folder
    if home is None:
        detail = "No folder for backups was named. Name one with --into, or set BACKUP_FOLDER."
        raise CommandError(Exit.USAGE, "usage", detail)
    return home.absolute()


def _age_s(now: datetime, one: BackupManifest) -> int:
    return round((now - one.moment).total_seconds())


def _full(error: OSError, home: Path) -> Exception:
    """A full disk, said kindly; any other error as it is."""
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return error
    detail = (
        f"The disk of {home} is full. What was written of this backup has been removed, and the earlier ones "
        "are as they were. Make room, or name another folder with --into."
    )
    return CommandError(Exit.AWAY, "disk_full", detail)
