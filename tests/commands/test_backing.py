"""The worker has backups made by itself, and says how old the last good one is."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from prometheus_client import REGISTRY

from service import settings
from service.backing import age_s, environment, keep_backups
from service.parsers import AuditKey
from service.store.backups.kept import kept
from tests import clock
from tests.store.test_backups import AUDIT, made

if TYPE_CHECKING:
    from service.settings import Settings


def test_a_backup_s_process_is_given_the_same_stores_and_keys(test_settings: Settings) -> None:
    """Those of embedded stores stand in no environment; what came from a file is not given twice."""
    given = {"FIELD_KEYS_FILE": "/run/secrets/field_keys", **environment(test_settings)}
    read = settings.read(given)
    for name in ("database_url", "backup_database_url", "migration_database_url", "redis_url", "field_keys"):
        assert getattr(read, name) == getattr(test_settings, name)
    assert (read.index_key, read.audit_key) == (test_settings.index_key, test_settings.audit_key)


def test_the_age_is_that_of_the_newest_good_backup(tmp_path: Path) -> None:
    """One that was not checked has no age, nor has a folder that is not there."""
    now = clock.now()
    assert math.isinf(age_s(tmp_path / "away", lambda: now, AUDIT))
    made(tmp_path, now - timedelta(hours=5))
    made(tmp_path, now - timedelta(hours=1), is_checked=False)
    assert age_s(tmp_path, lambda: now, AUDIT) == 5 * 3600


async def test_the_age_is_a_metric_while_no_backup_is_due(test_settings: Settings, tmp_path: Path) -> None:
    """An alert reads it; a backup of less than BACKUP_EVERY_H hours ago is not made again."""
    made(tmp_path, clock.now() - timedelta(hours=2))
    given = replace(test_settings, backup_folder=tmp_path, backup_every_h=24, audit_key=AuditKey(AUDIT))
    stop = asyncio.Event()
    working = asyncio.create_task(keep_backups(given, stop, look_s=0.01))
    await asyncio.sleep(0.05)
    value = REGISTRY.get_sample_value("rewards_backup_age_seconds", {"folder": str(tmp_path)})
    assert value is not None
    assert 7200 <= value < 7300
    stop.set()
    await working
    assert len(kept(tmp_path, AUDIT)) == 1
