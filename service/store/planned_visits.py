"""Single visits planned otherwise than their program lays them: moved, called off, or of their own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.visits import VisitReason
from service.core.actors import Actor
from service.core.expected_days import Planned, Plans, drawn_on
from service.store.database.pool import Tx
from service.store.visits import Missed


class PlannedRow(Struct, frozen=True):
    """One row: what was planned of one visit of an enrollment; of a visit the last row holds.

    The program lays it on `laid_on`, as the `ordinal`-th of that day; of one of its own row `made_no` made
    it. It is called off where `day` is None.
    """

    enrollment: UUID
    no: int
    id: UUID
    target: str
    laid_on: date | None
    ordinal: int | None
    made_no: int | None
    day: date | None
    begins_at: datetime | None
    reason: VisitReason
    appointment: bytes | None
    planned_at: datetime
    planned_by: UUID

    @property
    def visit(self) -> tuple[str, date | None, int]:
        """What tells visits apart: the target, the program's own day, and the number on that day."""
        return (
            self.target,
            self.laid_on,
            self.ordinal if self.ordinal is not None else -(self.made_no or self.no),
        )


async def rows_of(tx: Tx, enrollments: Sequence[UUID]) -> dict[UUID, list[PlannedRow]]:
    """All that was ever planned of some enrollments, in its order; the others are left out."""
    found: dict[UUID, list[PlannedRow]] = {}
    if enrollments:
        for row in await tx.rows("planned_visits/of_enrollments", enrollments=list(enrollments)):
            found.setdefault(row["enrollment_id"], []).append(_row(row))
    return found


async def plans(tx: Tx, enrollments: Sequence[UUID]) -> dict[UUID, Plans]:
    """What is planned and was drawn of some enrollments by now; those of which nothing is are left out."""
    found: dict[UUID, dict[tuple[str, date | None, int], Planned]] = {}
    if enrollments:
        for row in await tx.rows("planned_visits/as_planned", enrollments=list(enrollments)):
            visit = (row["target"], row["laid_on"], row["number"])
            own = found.setdefault(row["enrollment_id"], {})
            if row["is_drawn"]:
                own[row["target"], row["day"], 0] = drawn_on(row["target"], row["day"])
            else:
                own[visit] = Planned(*visit, row["day"])
    return {enrollment: tuple(own.values()) for enrollment, own in found.items()}


def planned(rows: Iterable[PlannedRow]) -> Plans:
    """What some rows come to, in their order: of each visit the last holds."""
    return tuple({row.visit: Planned(*row.visit, row.day) for row in rows}.values())


async def of_appointment(tx: Tx, appointment: bytes) -> PlannedRow | None:
    """What was last planned under the digest of an appointment."""
    row = await tx.row("planned_visits/by_appointment", appointment=appointment)
    return None if row is None else _row(row)


async def insert(tx: Tx, actor: Actor, row: PlannedRow) -> None:
    """Write what is planned of a visit from now on; the participant is locked."""
    await tx.run(
        "planned_visits/insert",
        enrollment_id=row.enrollment,
        plan_no=row.no,
        planned_visit_id=row.id,
        target=row.target,
        laid_on=row.laid_on,
        ordinal=row.ordinal,
        made_no=row.made_no,
        day=row.day,
        begins_at=row.begins_at,
        reason=row.reason,
        appointment=row.appointment,
        planned_by=actor.id,
    )


async def missed_there(tx: Tx, first_day: date, last_day: date, zone: str, rows_max: int) -> list[Missed]:
    """Visits that were recorded as missed on some days, which they had been moved to."""
    rows = await tx.rows(
        "planned_visits/missed_there", first_day=first_day, last_day=last_day, zone=zone, limit=rows_max
    )
    return [Missed(row["event_id"], row["enrollment_id"], row["participant_id"]) for row in rows]


def _row(row: Record) -> PlannedRow:
    return PlannedRow(
        row["enrollment_id"],
        row["plan_no"],
        row["planned_visit_id"],
        row["target"],
        row["laid_on"],
        row["ordinal"],
        row["made_no"],
        row["day"],
        row["begins_at"],
        cast("VisitReason", row["reason"]),
        row["appointment"],
        row["planned_at"],
        row["planned_by"],
    )
