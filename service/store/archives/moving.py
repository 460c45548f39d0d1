"""Moves a clinic from one database into another that has other keys, so that no step of it can be lost.

It is closed where it was, written into an archive, brought in where it goes, compared, let go, and served
there. Whatever ends a move on its way, the next one sees by what stands in both databases how far it came,
and goes on from there.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Final
from uuid import UUID

from asyncpg import Connection
from msgspec import Struct

from service.store.archives.exporting import Heard, Prove, export
from service.store.archives.faults import ArchiveError
from service.store.archives.importing import Moving, bring
from service.store.archives.reading import open_archive
from service.store.archives.sealing import ArchiveKey
from service.store.archives.standing import (
    Standing,
    Trail,
    alone,
    arrive,
    counted,
    leave,
    quiet,
    remove,
    standing,
    stay,
    turn,
)
from service.store.backups.restoring import connected
from service.store.database.cipher import Cipher

CHEAP: Final = (1 << 10, 8, 1)
"""What a passphrase costs that nobody can guess: it is 256 bits of chance, and known to one process."""


class Side(Struct, frozen=True):
    """A database as its owner reaches it, and its keys."""

    owner_url: str
    cipher: Cipher


class Moved(Struct, frozen=True):
    """A clinic that is served elsewhere: its name, where, and how many rows each of its tables has there."""

    name: str
    place: str
    rows: dict[str, int]


async def move(
    source: Side, target: Side, clinic: UUID, place: str, scratch: Path | None, heard: Heard, prove: Prove
) -> Moved:
    """Move a clinic, or go on with a move that was ended; `place` is the address at which it will be.

    The archive lies in the folder `scratch` meanwhile, or in the system's own. Raises ArchiveError where the
    clinic cannot be moved, and OSError or asyncpg.PostgresError where a disk is full or a server away.
    """
    here, there = await connected(source.owner_url), await connected(target.owner_url)
    try:
        await alone(here, clinic)
        left, found = await _sides(here, there, clinic)
        descends = _to_do(left, found)
        if left.step == "here":
            heard("closing the clinic")
            await leave(here, source.cipher, clinic, place)
        if found is None or found.step == "left":
            heard("waiting for what is being written")
            await quiet(here)
            await _carry(source, target, clinic, scratch, heard, prove, Moving(place, descends))
        heard("comparing")
        left, found = await _sides(here, there, clinic)
        if found is None or left.trail not in found.origins:
            raise ArchiveError(
                "clinic_known", f"What {place} has is not what was left here. Nothing was changed."
            )
        rows = await counted(there, clinic)
        if found.step == "arriving":
            _compare(await counted(here, clinic), rows)
            if left.step == "leaving":
                heard("letting it go")
                await turn(here, clinic)
            heard("serving it there")
            await arrive(there, target.cipher, clinic)
        return Moved(found.name, left.place, rows)
    finally:
        here.terminate()
        there.terminate()


async def call_off(source: Side, target: Side, clinic: UUID) -> str:
    """Serve a clinic again that was leaving, and remove its copy, if there is one; gives its name.

    Raises ArchiveError where it has left.
    """
    here, there = await connected(source.owner_url), await connected(target.owner_url)
    try:
        await alone(here, clinic)
        left, found = await _sides(here, there, clinic)
        if left.step not in {"here", "leaving"}:
            detail = f"The clinic has left for {left.place}. To have it here again, move it back from there."
            raise ArchiveError("clinic_moved", detail)
        if found is not None and found.step == "arriving":
            # The copy first: while it is there, an earlier command may be about to let the clinic go.
            async with there.transaction():
                await remove(there, clinic)
        if left.step == "leaving":
            await stay(here, source.cipher, clinic)
        return left.name
    finally:
        here.terminate()
        there.terminate()


async def clear(source: Side, target: Side, clinic: UUID) -> tuple[str, int]:
    """Remove what stays where a clinic was; gives its name, and how many rows were removed.

    Raises ArchiveError unless the clinic has left, and the other database serves the clinic that left.
    """
    here, there = await connected(source.owner_url), await connected(target.owner_url)
    try:
        await alone(here, clinic)
        left, found = await _sides(here, there, clinic)
        if left.step != "left":
            raise ArchiveError("clinic_known", "The clinic has not left from here. Nothing was removed.")
        if found is None or found.step != "here" or left.trail not in found.origins:
            detail = f"What left for {left.place} is not served from that database. Nothing was removed."
            raise ArchiveError("not_found", detail)
        rows = sum((await counted(here, clinic)).values())
        async with here.transaction():
            await remove(here, clinic)
        return left.name, rows
    finally:
        here.terminate()
        there.terminate()


async def _sides(here: Connection, there: Connection, clinic: UUID) -> tuple[Standing, Standing | None]:
    left = await standing(here, clinic)
    if left is None:
        raise ArchiveError("not_found", f"There is no clinic {clinic} here. See: rewards clinic list")
    return left, await standing(there, clinic)


def _to_do(left: Standing, found: Standing | None) -> Trail | None:
    """Raise ArchiveError where no step of a move follows.

    Gives the end of what stayed there, of a clinic that comes back.
    """
    if left.step == "arriving":
        raise ArchiveError("clinic_moving", "The clinic is only arriving here. Finish that move first.")
    there = None if found is None else found.step
    match left.step, there:
        case ("here" | "leaving", None) | ("leaving" | "left", "arriving") | ("left", "here"):
            return None
        case ("here" | "leaving", "left") if found is not None and found.trail in left.origins:
            return found.trail
        case ("left", _):
            raise ArchiveError(
                "not_found", f"The clinic has left for {left.place}, and is not in that database."
            )
        case _:
            detail = "The other database has a clinic of this id, which this one is not. Nothing was changed."
            raise ArchiveError("clinic_known", detail)


async def _carry(
    source: Side,
    target: Side,
    clinic: UUID,
    scratch: Path | None,
    heard: Heard,
    prove: Prove,
    moving: Moving,
) -> None:
    """Write a closed clinic into an archive that nobody else can open, and bring it in."""
    prefix = f"rewards-move-{clinic}-"
    _sweep(scratch or Path(tempfile.gettempdir()), prefix)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=scratch) as folder:
        path = Path(folder) / "archive"
        key = ArchiveKey(secrets.token_urlsafe(32), os.urandom(32), CHEAP)
        await export(source.owner_url, clinic, source.cipher, path, key, heard, prove)
        archive = open_archive(path)
        archive.prove(lambda _more: None)
        await bring(target.owner_url, target.cipher, archive, key, heard, prove, moving)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove what moves left that were ended: nobody has its key."""
    for old in folder.glob(f"{prefix}*"):
        shutil.rmtree(old, ignore_errors=True)


def _compare(here: dict[str, int], there: dict[str, int]) -> None:
    """Raise ArchiveError where a table has not as many rows there as here; its trail has one more."""
    wanted = {**here, "audit": here["audit"] + 1}
    if odd := [name for name in wanted if wanted[name] != there.get(name)]:
        name = odd[0]
        detail = f"{name} has {there.get(name)} rows there where {wanted[name]} belong. Nothing was changed."
        raise ArchiveError("archive_unfit", detail)
