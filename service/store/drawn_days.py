"""Days drawn by lot: each day that had its turn, and those that were drawn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from schemas.drawn_days import DayRecord
from service.core.draws.days import day_name
from service.core.expected_days import Planned, drawn_on
from service.store import seeds
from service.store.database.pool import Tx


class Waiting(Struct, frozen=True):
    """An enrollment for which nothing of a day is decided yet."""

    enrollment: UUID
    participant: UUID
    starts_on: date
    ends_on: date | None


class NewDay(Struct, frozen=True):
    """A day's turn as it goes on record."""

    id: UUID
    enrollment: UUID
    target: str
    version: int
    days: tuple[date, ...]
    wanted: int
    slip: int | None
    is_drawn: bool
    seed: UUID


async def programs(tx: Tx) -> list[tuple[str, int]]:
    """The versions of programs that draw days."""
    return [(row["name"], row["version"]) for row in await tx.rows("drawn_days/programs")]


async def waiting(tx: Tx, program: str, version: int, day: date, after: UUID, rows_max: int) -> list[Waiting]:
    """Open enrollments, from one on, for which nothing of a day is decided."""
    rows = await tx.rows(
        "drawn_days/waiting", program=program, version=version, day=day, after=after, limit=rows_max
    )
    return [Waiting(*row) for row in rows]


async def since(tx: Tx, enrollments: Sequence[UUID], first_day: date) -> dict[tuple[UUID, str], list[date]]:
    """The days from one on that were drawn for some enrollments, by enrollment and target."""
    found: dict[tuple[UUID, str], list[date]] = defaultdict(list)
    rows = await tx.rows("drawn_days/since", enrollments=list(enrollments), first_day=first_day)
    for row in rows:
        if row["is_drawn"]:
            found[row["enrollment_id"], row["target"]].append(row["day"])
    return found


async def insert(tx: Tx, new: NewDay) -> bool:
    """Write a day's turn; False where another worker was first, whose word holds."""
    row = await tx.row(
        "drawn_days/insert",
        enrollment_id=new.enrollment,
        target=new.target,
        day=new.days[0],
        drawn_day_id=new.id,
        version=new.version,
        days=list(new.days),
        wanted=new.wanted,
        slip=new.slip,
        is_drawn=new.is_drawn,
        seed_id=new.seed,
    )
    return row is not None


async def of_enrollments(tx: Tx, enrollments: Iterable[UUID]) -> dict[UUID, list[Planned]]:
    """The days that were drawn for some enrollments; those that have none are left out."""
    found: dict[UUID, list[Planned]] = {}
    for row in await tx.rows("drawn_days/of_enrollments", enrollments=list(enrollments)):
        found.setdefault(row["enrollment_id"], []).append(drawn_on(row["target"], row["day"]))
    return found


async def of_enrollment(tx: Tx, enrollment: UUID, before: UUID, rows_max: int) -> list[DayRecord]:
    """The public records of an enrollment's days, newest first."""
    rows = await tx.rows("drawn_days/of_enrollment", enrollment_id=enrollment, before=before, limit=rows_max)
    return [
        DayRecord(
            row["drawn_day_id"],
            day_name(row["enrollment_id"], row["target"], row["day"]),
            row["enrollment_id"],
            row["target"],
            row["day"],
            tuple(row["days"]),
            row["wanted"],
            row["slip"],
            row["is_drawn"],
            row["commitment"].hex(),
            row["seed_id"],
            row["drawn_at"],
            seeds.revealed(tx, row),
        )
        for row in rows
    ]
