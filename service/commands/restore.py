"""`rewards restore`: a backup put into a database and verified, and what stood there is kept until then."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schemas.backups import BackupManifest
from service.commands.ground import Ground, ground
from service.commands.progress import Said, until_ended, watched
from service.commands.proving import Proof, prove
from service.commands.speech import CommandError, Exit, say, say_json
from service.flows.setup.key_check import WrongKeysError
from service.settings import Settings, text_of
from service.store.backups import manifests, restoring
from service.store.backups.restoring import Found

KEYS = ("field_keys", "index_key", "audit_key")


def run(args: Namespace) -> int:
    """Restore; raises CommandError where the backup, the keys or the database do not fit."""
    folder: Path = args.folder
    manifest = manifests.read(folder)
    restoring.refuse_newer(manifest)
    _refuse_lost_keys(args.data, folder)
    with ground(args.data) as found, watched("restoring") as said:
        given = found.settings
        marks = manifests.marks(given.field_keys, given.index_key, given.audit_key)
        unfit = manifests.unfit_keys(manifest, marks)
        if unfit is not None:
            raise WrongKeysError(unfit)
        said.step("reading the backup")
        manifests.prove(manifest, folder, given.audit_key, said.bytes)
        name = _name(found, args.data)
        standing = until_ended(_fits(given, name))
        if standing.standing == "living":
            _confirm(args, name, standing, said)
        proof = until_ended(_restored(given, folder, manifest, said, is_faulty_taken=args.faulty))
    result = {
        "moment": manifest.moment,
        "made_at": manifest.made_at,
        "clinics": proof.clinics,
        "events": proof.events,
        "newest": max((one.newest for one in manifest.clinics if one.newest is not None), default=None),
        "clean": proof.fault is None,
    }
    if proof.fault is not None:
        detail = f"Restored, and the books of clinic {proof.fault.clinic} do not agree. See: rewards verify"
        raise CommandError(Exit.WRONG, "books_wrong", detail, result)
    if args.json:
        say_json(result)
        return Exit.DONE
    say(
        f"Restored and verified: {proof.clinics:,} clinics and {proof.events:,} events, as they stood at "
        f"{manifest.moment:%Y-%m-%d %H:%M:%S} UTC. What was recorded after that moment is not there."
    )
    return Exit.DONE


def _refuse_lost_keys(data: Path, folder: Path) -> None:
    """Embedded stores would make keys of their own in an empty folder, and this backup's are others."""
    if text_of(os.environ, "DATABASE_URL") is not None:
        return
    for name in KEYS:
        path = data.absolute() / "secrets" / name
        if not path.exists():
            raise CommandError(
                Exit.USAGE,
                "keys_wrong",
                f"{path} is missing, and {folder} cannot be read without it. Nothing was changed. Put the "
                f"folder {path.parent} back from where you keep it.",
            )


def _name(found: Ground, data: Path) -> str:
    """What the database is called where its replacement is confirmed."""
    if found.embedded:
        return data.absolute().name
    return unquote(urlsplit(found.settings.migration_database_url).path.lstrip("/"))


async def _fits(given: Settings, name: str) -> Found:
    found = await restoring.look(given.migration_database_url)
    if found.others:
        detail = (
            f"{found.others} other connection(s) work in {name}. Stop serve and work first, then restore."
        )
        raise CommandError(Exit.USAGE, "database_in_use", detail)
    if found.is_aside and found.standing != "living":
        # A restore was ended before its tables were there.
        await restoring.put_back(given.migration_database_url)
        found = await restoring.look(given.migration_database_url)
    if found.standing == "strange":
        detail = f"{name} holds tables that are not of this service. Restore into a database of its own."
        raise CommandError(Exit.USAGE, "database_strange", detail)
    return found


def _confirm(args: Namespace, name: str, found: Found, said: Said) -> None:
    """Nobody loses a living database by a word too few."""
    if not args.replace:
        detail = (
            f"{name} holds {found.clinics} clinic(s). Restore into an empty database, or say --replace: then "
            "the backup replaces all that it holds."
        )
        raise CommandError(Exit.USAGE, "database_living", detail)
    said.hide()
    sys.stderr.write(f"{name} and its {found.clinics} clinic(s) will be replaced. Type {name} to go on: ")
    sys.stderr.flush()
    if sys.stdin.readline().strip() != name:
        detail = f"Nothing was changed: {name} was not typed."
        raise CommandError(Exit.USAGE, "not_confirmed", detail)
    said.show()


async def _restored(
    given: Settings, folder: Path, manifest: BackupManifest, said: Said, *, is_faulty_taken: bool
) -> Proof:
    """Put the tables in; what stood there comes back where they are not what they should be."""
    url = given.migration_database_url
    if (await restoring.look(url)).is_aside:
        await restoring.put_back(url)
    said.step("putting the tables in")
    await restoring.put_in(url, folder, manifest, said.step)
    try:
        proof = await prove(given, manifest, said.step)
        if not is_faulty_taken:
            _refuse_faulty(proof)
    except BaseException:
        await restoring.put_back(url)
        raise
    await restoring.let_go(url)
    return proof


def _refuse_faulty(proof: Proof) -> None:
    if proof.fault is None:
        return
    detail = (
        f"The books of clinic {proof.fault.clinic} do not agree in this backup, in {proof.fault.table}: all "
        "is as it was before. Use another backup, or take it as it is with --faulty."
    )
    raise CommandError(Exit.WRONG, "books_wrong", detail)
