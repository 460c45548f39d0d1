"""The part of the worker that has backups made, and tells how old the last good one is.

A backup is made by a process of its own, `rewards backup`: reading, restoring and verifying a whole database
holds up nothing else here, and whatever becomes of it, the worker goes on. Of several workers one makes it.
"""

from __future__ import annotations

import asyncio
import base64
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import structlog
from prometheus_client import Gauge

from service.clock import Clock, clock_of
from service.ending import stopped
from service.settings import Settings
from service.store.backups.kept import newest_good

LOOK_S: Final = 60.0
"""How often it looks whether a backup is due, in seconds."""
AGAIN_S: Final = 600.0
"""How long it waits after one that failed, in seconds."""

AGE: Final = Gauge(
    "rewards_backup_age_seconds",
    "How old the newest backup is that was restored and verified, in seconds; +Inf where there is none.",
    ("folder",),
)

log = structlog.get_logger()


async def keep_backups(settings: Settings, stop: asyncio.Event, look_s: float = LOOK_S) -> None:
    """Have a backup made whenever one is due, until `stop` is set; one in the making is given up then."""
    home = settings.backup_folder
    if home is None:
        return
    clock = clock_of(settings.clock_offset_s)
    AGE.labels(str(home)).set_function(lambda: age_s(home, clock, settings.audit_key))
    wait_s = 0.0
    while not await stopped(stop, wait_s):
        wait_s = look_s
        if (
            settings.backup_every_h
            and age_s(home, clock, settings.audit_key) >= settings.backup_every_h * 3600
        ):
            is_made = await _make(settings, stop)
            wait_s = look_s if is_made else max(look_s, AGAIN_S)


def age_s(home: Path, clock: Clock, audit_key: bytes) -> float:
    """How old the newest good backup of a folder is, in seconds."""
    try:
        newest: datetime | None = newest_good(home, audit_key)
    except OSError:
        # A disk that is away has no backup for anybody.
        newest = None
    return float("inf") if newest is None else (clock() - newest).total_seconds()


async def _make(settings: Settings, stop: asyncio.Event) -> bool:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "service.cli",
        "backup",
        "--json",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **environment(settings)},
    )
    ending = asyncio.create_task(stop.wait())
    working = asyncio.create_task(process.communicate())
    try:
        await asyncio.wait({ending, working}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ending.cancel()
        if process.returncode is None and not working.done():
            process.terminate()
    out, _ = await working
    said = _read(out)
    if process.returncode == 0:
        log.info("backup_made", bytes=said.get("bytes"), count=said.get("events"))
        return True
    # Another worker's is as good.
    if said.get("code") != "backup_running" and not stop.is_set():
        log.error("backup_failed", code=said.get("code"), status=process.returncode)
    return False


def environment(settings: Settings) -> Mapping[str, str]:
    """The settings that a backup needs, as an environment: those of embedded stores stand in no other one."""
    keys = ",".join(f"{one.id}:{base64.b64encode(one.key).decode()}" for one in settings.field_keys)
    given = {
        "DATABASE_URL": settings.database_url,
        "DATABASE_DIRECT_URL": settings.database_direct_url,
        "MIGRATION_DATABASE_URL": settings.migration_database_url,
        "BACKUP_DATABASE_URL": settings.backup_database_url,
        "REDIS_URL": settings.redis_url,
        "FIELD_KEYS": keys,
        "INDEX_KEY": base64.b64encode(settings.index_key).decode(),
        "AUDIT_KEY": base64.b64encode(settings.audit_key).decode(),
    }
    if settings.audit_key_other is not None:
        given["AUDIT_KEY_OTHER"] = base64.b64encode(settings.audit_key_other).decode()
    # Where one was read from a file, both would be given.
    return {**given, **{f"{name}_FILE": "" for name in given}}


def _read(out: bytes) -> dict[str, object]:
    try:
        said: dict[str, object] = msgspec.json.decode(out.splitlines()[-1])
    except (msgspec.DecodeError, IndexError):
        return {}
    return said
