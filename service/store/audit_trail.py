"""The audit trail as it is read: entries with their places in the hash chain."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from schemas.books import AuditEntry
from service.core.audit_chain import FIRST
from service.store.charts import charts
from service.store.database.pool import Tx
from service.store.time_ranges import EARLIEST, LATEST, is_sought_by_time

EVERY_EVENTS: Final = "event.recorded"
"""The deed that each event leaves which is recorded by itself: no index leads to it, for it is everywhere."""

_detail = msgspec.json.Decoder(dict[str, str | int])


class AuditFilter(Struct, frozen=True):
    """Which entries are looked for; all that is given must match, from `since` on and before `until`."""

    participant: UUID | None = None
    actor: UUID | None = None
    deed: str | None = None
    since: datetime | None = None
    until: datetime | None = None


async def before(tx: Tx, last: int, rows_max: int, filters: AuditFilter) -> list[AuditEntry]:
    """Entries before number `last` that match the filters, newest first."""
    wanted: dict[str, object] = {
        "actor_id": filters.actor,
        "deed": filters.deed,
        "since": filters.since,
        "until": filters.until,
    }
    if filters.participant is None:
        if is_sought_by_time(tx.now, filters.since, filters.until):
            wanted |= {"since": filters.since or EARLIEST, "until": filters.until or LATEST}
            name = "audit/list_of_time"
        elif filters.deed is not None and filters.deed != EVERY_EVENTS:
            name = "audit/list_of_deed"
        else:
            name = "audit/list"
        rows = await tx.rows(name, before=last, limit=rows_max, **wanted)
    else:
        rows = await tx.rows(
            "audit/list_of_participant",
            before=last,
            limit=rows_max,
            charts=await charts(tx, filters.participant),
            **wanted,
        )
    return [_entry(row) for row in rows]


def _entry(row: Record) -> AuditEntry:
    return AuditEntry(
        row["seq"],
        row["at"],
        row["actor_id"],
        row["role"],
        row["deed"],
        row["subject_id"],
        row["participant_id"],
        _detail.decode(row["detail"]),
        row["digest"].hex(),
        (row["previous"] or FIRST).hex(),
        row["hash"].hex(),
    )
