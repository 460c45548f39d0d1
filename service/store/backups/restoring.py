"""Puts a backup's tables into a database, and what stood there aside until the new ones are proven."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from asyncpg import Connection, InsufficientPrivilegeError, InvalidParameterValueError
from msgspec import Struct

from schemas.backups import BackupManifest
from service.store.backups.clients import Clients, clients, ended, reached, told
from service.store.backups.faults import BackupError
from service.store.database.hosts import open_connection
from service.store.database.logins import SERVICE_ROLE
from service.store.database.migrate import CLOSE, EVERY_CLINIC, on_disk
from service.store.database.poolers import between
from service.store.database.queries import query

FRESH: Final = """
create schema public authorization pg_database_owner;
grant usage on schema public to public;
"""
ASIDE: Final = f"alter schema public rename to before_restore; {FRESH}"
PUT_BACK: Final = "drop schema if exists public cascade; alter schema before_restore rename to public;"
PROVEN: Final = "alter schema before_restore rename to replaced_by_restore"
LET_GO: Final = "drop schema if exists replaced_by_restore cascade"
ROLE: Final = f"""
do $$
begin
    begin
        create role {SERVICE_ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    exception when duplicate_object or unique_violation then null;
    end;
    begin
        grant {SERVICE_ROLE} to current_user;
    exception when insufficient_privilege then
        raise notice '{SERVICE_ROLE} was made by another role';
    end;
end
$$;
"""
Standing = Literal["empty", "unused", "living", "strange"]
Heard = Callable[[str], object]
"""Told what is being done."""


class Found(Struct, frozen=True):
    """What stands in a database that a backup is to be restored into."""

    standing: Standing
    clinics: int
    others: int
    """How many other logins work in it now."""
    is_aside: bool
    """Whether a restore was ended before it was done, with what stood there before put aside."""


async def look(owner_url: str) -> Found:
    """See what stands in a database; raises BackupError where a pooler stands between."""
    connection = await connected(owner_url)
    try:
        row = await connection.fetchrow(query("backups/standing").text)
        others = await connection.fetchval(query("backups/others").text)
        if row is None:
            raise AssertionError("a query without a table gives a row")
        clinics = 0
        if row["is_ours"]:
            has = await connection.fetchval("select to_regclass('public.clinics') is not null")
            clinics = await connection.fetchval("select count(*) from public.clinics") if has else 0
        standing: Standing = "strange" if row["is_filled"] else "empty"
        if row["is_ours"]:
            standing = "living" if clinics else "unused"
        return Found(standing, clinics, others, row["is_aside"])
    finally:
        await connection.close()


def refuse_newer(manifest: BackupManifest) -> None:
    """Raise BackupError where a newer version made the backup."""
    gone = sorted(set(manifest.migrations) - {one.name for one in on_disk()})
    if gone:
        detail = f"This backup has {gone[0]}, unknown here. Use version {manifest.version}, which made it."
        raise BackupError("backup_newer", detail)


async def put_in(owner_url: str, folder: Path, manifest: BackupManifest, heard: Heard) -> None:
    """Put what stands aside, and the backup's tables in its place.

    Raises BackupError where that fails, with all as it was before.
    """
    connection = await connected(owner_url)
    try:
        tools = clients(max(manifest.tools, connection.get_server_version().major))
        await connection.execute(f"begin; {ASIDE} commit")
        try:
            await connection.execute(ROLE)
            for setting in manifest.role_settings:
                await _set(connection, setting)
            await _restored(tools, owner_url, folder / manifest.file.name, heard)
            heard("closing the tables")
            await connection.execute(CLOSE)
            heard("counting rows for the planner")
            await connection.execute("analyze")
        except BaseException:
            await put_back(owner_url)
            raise
    finally:
        await connection.close()


async def put_back(owner_url: str) -> None:
    """Take the restored tables away, and put what stood there before in their place."""
    connection = await connected(owner_url)
    try:
        await connection.execute(f"begin; {PUT_BACK} commit")
    finally:
        await connection.close()


async def let_go(owner_url: str) -> None:
    """Remove what stood there before: the restored tables are proven."""
    connection = await connected(owner_url)
    try:
        await connection.execute(PROVEN)
        await connection.execute(LET_GO)
    finally:
        await connection.close()


async def connected(owner_url: str) -> Connection:
    """Connect as the owner, who means the rows of all clinics.

    Raises BackupError where a pooler stands between.
    """
    connection = await open_connection(owner_url, statement_cache_size=0)
    if (await between(connection)).is_pooler:
        await connection.close()
        detail = "MIGRATION_DATABASE_URL leads through a pooler. Write PostgreSQL's own address there."
        raise BackupError("login_unfit", detail)
    await connection.execute(EVERY_CLINIC)
    return connection


async def _set(connection: Connection, setting: str) -> None:
    name, _, value = setting.partition("=")
    quoted = await connection.fetchval("select format('%I to %L', $1::text, $2::text)", name, value)
    try:
        await connection.execute(f"alter role {SERVICE_ROLE} set {quoted}")
    except (InsufficientPrivilegeError, InvalidParameterValueError):
        # Roles belong to the whole server: where another role made it, its settings are that one's matter.
        return


async def _restored(tools: Clients, url: str, path: Path, heard: Heard) -> None:
    program = str(tools.folder / "pg_restore")
    listed = await _run(program, ["--list", str(path)], {}, path)
    wanted = [line for line in listed.splitlines() if not _is_ours(line)]
    target, environment = reached(url)
    with tempfile.NamedTemporaryFile("w", prefix="rewards-", suffix=".list") as file:
        file.write("\n".join(wanted) + "\n")
        file.flush()
        words = [
            "--single-transaction", "--exit-on-error", "--no-owner", "--no-password", "--verbose",
            f"--use-list={file.name}", f"--dbname={target}", str(path),
        ]  # fmt: skip  # table: a command as it is typed
        await _run(program, words, environment, path, heard)


def _is_ours(line: str) -> bool:
    """Whether an entry is made here: the schema stands, and these policies name another server's owner."""
    return " SCHEMA - " in line or (" POLICY public " in line and "_owner " in line)


async def _run(
    program: str, words: list[str], environment: dict[str, str], path: Path, heard: Heard | None = None
) -> str:
    process = await asyncio.create_subprocess_exec(
        program,
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )
    if process.stdout is None or process.stderr is None:
        raise AssertionError("a process that is started with pipes has them")
    reading = asyncio.create_task(process.stdout.read())
    said: list[bytes] = []
    try:
        async for line in process.stderr:
            said = [*said[-19:], line]
            if heard is not None and b"processing data for table" in line:
                heard(line.decode(errors="replace").split('"')[1].removeprefix("public."))
        out = await reading
        await process.wait()
    finally:
        await ended(process)
    if process.returncode != 0:
        why = told(b"".join(line for line in said if b"error" in line.lower()) or b"".join(said))
        if b"No space left on device" in b"".join(said):
            detail = (
                "The disk of the database is full, and nothing was restored. Make room, and restore again."
            )
            raise BackupError("disk_full", detail)
        raise BackupError("restore_failed", f"{path} cannot be restored: {why}")
    return out.decode(errors="replace")
