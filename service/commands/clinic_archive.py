"""`rewards clinic export` and `rewards clinic import`: one clinic, out of one database and into another."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from schemas.archives import ArchiveManifest
from service.commands.ground import Ground, ready
from service.commands.progress import until_ended, watched
from service.commands.speech import CommandError, Exit, say, say_json
from service.flows.verify.verify import verified
from service.store.archives.exporting import export as write
from service.store.archives.faults import ArchiveError
from service.store.archives.importing import bring
from service.store.archives.reading import open_archive
from service.store.archives.sealing import new_key
from service.store.database.cipher import Cipher
from service.store.database.pool import Tx

ANEW = (
    "Whoever was signed in signs in again. Codes on paper for lost second factors, links to choose a "
    "password and sign-ins by an identity provider are made anew."
)


def export(args: Namespace) -> int:
    """Write one clinic into a new file."""
    path: Path = args.file.absolute()
    if path.exists():
        detail = f"{path} is there already, and no archive is written over another file. Name a new one."
        raise CommandError(Exit.USAGE, "file_unusable", detail)
    key = new_key(_passphrase(args.passphrase_file, is_new=True))
    with ready(args.data, exact=True) as ground, watched("exporting") as said:
        url = ground.settings.migration_database_url
        manifest = until_ended(write(url, args.clinic, cipher_of(ground), path, key, said.step, prove))
    if args.json:
        say_json({**_said(manifest), "file": str(path), "bytes": path.stat().st_size})
        return Exit.DONE
    say(f"{path}: {manifest.name}, {_rows(manifest):,} rows, sealed under the passphrase.")
    say("Without the passphrase nobody reads it, you neither. It is protected by 42 CFR part 2; keep it so.")
    return Exit.DONE


def bring_in(args: Namespace) -> int:
    """Bring a clinic in, verify it, and only then let it stand."""
    archive = open_archive(args.file)
    key = archive.unlocked(_passphrase(args.passphrase_file, is_new=False))
    with ready(args.data, exact=True) as ground, watched("importing") as said:
        said.step("reading the archive")
        archive.prove(said.bytes)
        url = ground.settings.migration_database_url
        rows = until_ended(bring(url, cipher_of(ground), archive, key, said.step, prove))
    manifest = archive.manifest
    if args.json:
        say_json({**_said(manifest), "rows": rows})
        return Exit.DONE
    say(f"{manifest.name} ({manifest.clinic}) is here: {rows:,} rows, verified. {ANEW}")
    return Exit.DONE


async def prove(tx: Tx) -> None:
    """Verify the clinic that a transaction sees; raises ArchiveError with the first fault."""
    verdict = await verified(tx, lambda _what, _more: None)
    if verdict is None:
        raise ArchiveError("archive_unfit", "The archive holds no clinic.")
    if (fault := verdict.fault) is not None:
        ids = ", ".join(f"{name} {value}" for name, value in fault.ids.items())
        detail = (
            f"The books of this clinic do not agree, first in {fault.table} ({ids}): expected "
            f"{fault.expected}; found {fault.found}. All is as it was before."
        )
        raise ArchiveError("books_wrong", detail)


def cipher_of(ground: Ground) -> Cipher:
    """The keys of a database."""
    given = ground.settings
    return Cipher(given.field_keys, given.index_key, given.audit_key, given.audit_key_other)


def _said(manifest: ArchiveManifest) -> dict[str, object]:
    return {"clinic": manifest.clinic, "name": manifest.name, "rows": _rows(manifest)}


def _rows(manifest: ArchiveManifest) -> int:
    return sum(part.rows for part in manifest.parts)


def _passphrase(path: Path | None, *, is_new: bool) -> str:
    """The passphrase of a file, or the one that a person types, twice where it is a new one."""
    if path is not None:
        return path.read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        detail = "Name the file of the passphrase with --passphrase-file, or type it at a terminal."
        raise CommandError(Exit.USAGE, "usage", detail)
    typed = getpass.getpass("Passphrase of the archive: ")
    if is_new and getpass.getpass("Once more: ") != typed:
        raise CommandError(Exit.USAGE, "usage", "The two are not the same. Nothing was written.")
    return typed
