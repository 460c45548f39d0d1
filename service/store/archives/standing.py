"""How far the move of a clinic is, on either side of it: each step is one transaction of the owner's.

The side that it leaves has no row of it, then one that it is `leaving`, then that it has `left`. The other
has no clinic, then one that is `arriving`, then one without a row. It is served where it has no row, and on
one side at most: it has `left` before it arrives.
"""

from __future__ import annotations

import asyncio
from typing import Final, Literal, cast
from uuid import UUID

from asyncpg import Connection, Record
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from service.core.actors import Actor
from service.store import record
from service.store.archives.exporting import as_service
from service.store.archives.faults import ArchiveError
from service.store.archives.tables import NOT_CARRIED, carried
from service.store.audit import Entry
from service.store.database.cipher import Cipher
from service.store.database.elsewhere import Step
from service.store.database.pool import Tx
from service.store.database.queries import query

LEAVING: Final = "clinic.leaving"
STAYED: Final = "clinic.stayed"
ARRIVED: Final = "clinic.arrived"
"""The deeds of the entries that tell of a move's steps."""
LOCK: Final = "select pg_try_advisory_lock(7240141, hashtext($1::text))"
WRITERS_S_MAX: Final = 180.0
"""How long those who write when a clinic is closed are waited for, in seconds; a worker's end sooner."""
LOOK_S: Final = 0.1
ENDING_S: Final = 2.0
"""How long a server may take to see that a command is gone that was ended, in seconds."""


class Trail(Struct, frozen=True):
    """An entry of an audit trail: its number, and the hash that holds all before it, in hexadecimal."""

    seq: int
    hash: str


class Standing(Struct, frozen=True):
    """A clinic in one database: how far its move is, `here` where it is served, and where its trail ends.

    `origins` are the ends of its trail in the databases that it came from, the last of them first.
    """

    name: str
    step: Step | Literal["here"]
    place: str
    trail: Trail
    origins: tuple[Trail, ...]


async def standing(connection: Connection, clinic: UUID) -> Standing | None:
    """How a clinic stands in a database; none where it is not there."""
    row = await connection.fetchrow(query("clinic_moves/standing").text, clinic)
    if row is None:
        return None
    came = await connection.fetch(query("clinic_moves/origins").text, clinic)
    origins = tuple(Trail(one["seq"], one["hash"]) for one in came)
    step = cast("Step | None", row["step"]) or "here"
    return Standing(row["name"], step, row["place"] or "", Trail(row["seq"], row["hash"]), origins)


async def alone(connection: Connection, clinic: UUID) -> None:
    """Keep other moves of a clinic out for as long as the connection lasts.

    Raises ArchiveError where one is under way; one that was just ended is waited for.
    """
    until = asyncio.get_running_loop().time() + ENDING_S
    while not await connection.fetchval(LOCK, str(clinic)):
        if asyncio.get_running_loop().time() > until:
            raise ArchiveError(
                "move_under_way", "Another command is moving this clinic. Wait until it has ended."
            )
        await asyncio.sleep(LOOK_S)


async def leave(connection: Connection, cipher: Cipher, clinic: UUID, place: str) -> None:
    """Serve a clinic no longer: whoever writes is refused from now on, and its trail says where it goes."""
    async with connection.transaction():
        await _tell(connection, cipher, clinic, LEAVING, {"place": place})
        await connection.execute(query("clinic_moves/begin").text, clinic, "leaving", place)
        await connection.execute(query("clinic_moves/forget_keys").text, clinic)


async def quiet(connection: Connection, wait_s: float = WRITERS_S_MAX) -> None:
    """Wait for everybody who writes now, of whatever clinic; raises ArchiveError where that takes too long.

    Whoever comes later sees that the clinic is closed. What only reads, such as a backup, is not waited for.
    """
    loop = asyncio.get_running_loop()
    until, waited = loop.time() + wait_s, await _writers(connection)
    while waited:
        if loop.time() > until:
            detail = (
                "Something has been writing into the database for minutes. Once it has ended, move again."
            )
            raise ArchiveError("database_busy", detail)
        await asyncio.sleep(LOOK_S)
        waited &= await _writers(connection)


async def turn(connection: Connection, clinic: UUID) -> None:
    """It has left: from now on it is served elsewhere, or nowhere until it is.

    Raises ArchiveError where it is not leaving any more.
    """
    if await connection.fetchval(query("clinic_moves/turn").text, clinic) is None:
        raise ArchiveError("clinic_known", "The move was called off meanwhile. The copy there is not served.")


async def arrive(connection: Connection, cipher: Cipher, clinic: UUID) -> None:
    """Serve a copy from now on."""
    await _end(connection, cipher, clinic, "arriving", ARRIVED)


async def stay(connection: Connection, cipher: Cipher, clinic: UUID) -> None:
    """Serve a clinic again that was leaving."""
    await _end(connection, cipher, clinic, "leaving", STAYED)


async def remove(connection: Connection, clinic: UUID) -> None:
    """Remove every row of a clinic, in the caller's transaction."""
    tables = [table.name for table in await carried(connection)]
    for name in (*NOT_CARRIED, *reversed(tables)):
        await connection.execute(f'delete from public."{name}" where clinic_id = $1', clinic)  # noqa: S608  names of the catalog


async def counted(connection: Connection, clinic: UUID) -> dict[str, int]:
    """How many rows of a clinic each table has that an archive carries."""
    return {
        table.name: await connection.fetchval(
            f'select count(*) from public."{table.name}" where clinic_id = $1',  # noqa: S608  names of the catalog
            clinic,
        )
        for table in await carried(connection)
    }


async def _end(connection: Connection, cipher: Cipher, clinic: UUID, step: Step, deed: str) -> None:
    async with connection.transaction():
        place = await connection.fetchval(query("clinic_moves/end").text, clinic, step)
        if place is None:
            raise ArchiveError("clinic_known", f"The clinic is not {step} any more. Nothing was changed.")
        await _tell(connection, cipher, clinic, deed, {})


async def _tell(
    connection: Connection, cipher: Cipher, clinic: UUID, deed: str, detail: dict[str, str | int]
) -> None:
    now = await connection.fetchval("select transaction_timestamp()")
    tx = Tx(cast("PoolConnectionProxy[Record]", connection), cipher, now, clinic)
    entry = Entry(Actor(clinic, clinic, "manager"), deed, clinic, None, detail)
    async with as_service(connection, clinic):
        await record.write(tx, record.Books(entries=[entry]))


async def _writers(connection: Connection) -> set[tuple[int, str]]:
    rows = await connection.fetch(query("clinic_moves/writers").text)
    return {(row["pid"], row["name"]) for row in rows}
