"""Expected visits: closures, and how far the missed ones are on record."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.visits import Closure
from service.core.actors import Actor
from service.core.expected import Look
from service.core.expected_days import Closed
from service.store.database.pool import Tx

REASON = "closures.reason"
"""The field that a closure's reason is sealed as."""


class Check(Struct, frozen=True):
    """An enrollment of which a visit may count as missed by now, from `next_at` on.

    All after the due day `through` is open.
    """

    enrollment: UUID
    through: date | None
    next_at: datetime
    program: str
    version: int
    starts_on: date
    last_day: date | None


class Missed(Struct, frozen=True):
    """An event that says that nobody came, recorded by the service."""

    event: UUID
    enrollment: UUID
    participant: UUID


class InCare(Struct, frozen=True):
    """Somebody's enrollment on a day, up to its last local day if that is known."""

    enrollment: UUID
    participant: UUID
    display_code: str
    program: str
    version: int
    starts_on: date
    last_day: date | None
    funding: str | None


async def in_care(tx: Tx, begins: UUID, first_day: date, last_day: date, rows_max: int) -> list[InCare]:
    """The enrollments that hold on any of some days, in the order of their ids from `begins` on."""
    rows = await tx.rows(
        "enrollments/in_care", from_id=begins, first_day=first_day, last_day=last_day, limit=rows_max
    )
    return [InCare(*row) for row in rows]


async def with_events(tx: Tx, since: datetime, until: datetime) -> set[UUID]:
    """Which enrollments have an event that happened from `since` until before `until`."""
    return {row["enrollment_id"] for row in await tx.rows("events/happened", since=since, until=until)}


async def insert_closure(tx: Tx, actor: Actor, new: Closure) -> None:
    """Write a closure."""
    sealed = tx.cipher.seal(actor.clinic, REASON, new.reason)
    await tx.run(
        "closures/insert",
        closure_id=new.id,
        first_day=new.first_day,
        last_day=new.last_day,
        reason=sealed,
        created_at=new.created_at,
        created_by=actor.id,
    )


async def find_closure(tx: Tx, closure: UUID) -> Closure | None:
    """One closure by id."""
    row = await tx.row("closures/find", closure_id=closure)
    return None if row is None else _closure(tx, row)


async def closures_before(tx: Tx, last: UUID, rows_max: int) -> list[Closure]:
    """Closures entered before `last`, newest first."""
    return [_closure(tx, row) for row in await tx.rows("closures/list", before=last, limit=rows_max)]


async def delete_closure(tx: Tx, closure: UUID) -> None:
    """Take a closure back."""
    await tx.run("closures/delete", closure_id=closure)


async def closed_days(tx: Tx) -> Closed:
    """The first and last day of every closure."""
    return [(row["first_day"], row["last_day"]) for row in await tx.rows("closures/days")]


async def enter_closures(tx: Tx) -> None:
    """Wait for missed visits that are being recorded, and let later ones wait; before anybody is locked."""
    await tx.run("closures/enter", lock=_lock_of(tx.clinic))


async def heed_closures(tx: Tx) -> Closed:
    """The closed days, which stay so until the transaction's end.

    Call it before anybody is locked.
    """
    await tx.run("closures/heed", lock=_lock_of(tx.clinic))
    return await closed_days(tx)


async def missed_on(tx: Tx, first_day: date, last_day: date, zone: str, rows_max: int) -> list[Missed]:
    """Visits that the service recorded as missed on some due days, and that nobody had moved from there."""
    rows = await tx.rows("events/missed", first_day=first_day, last_day=last_day, zone=zone, limit=rows_max)
    return [Missed(row["event_id"], row["enrollment_id"], row["participant_id"]) for row in rows]


async def begin_check(tx: Tx, enrollment: UUID, next_at: datetime) -> None:
    """Let the worker look at a new enrollment from `next_at` on."""
    await tx.run("visit_checks/insert", enrollment_id=enrollment, next_at=next_at)


async def look_again(tx: Tx, enrollment: UUID) -> None:
    """Let the worker look at an enrollment at once, because other visits are expected of it than were."""
    await tx.run("visit_checks/look_again", enrollment_id=enrollment)


async def look_by(tx: Tx, enrollment: UUID, deadline: datetime) -> None:
    """Let the worker look at an enrollment at a deadline, unless it does so before."""
    await tx.run("visit_checks/look_by", enrollment_id=enrollment, next_at=deadline)


async def look_back(tx: Tx, enrollment: UUID, settled: date, zone: str) -> None:
    """Let the worker look again at the visits after a day, for other facts stand than did.

    What is on record of them already has its reference, and stays as it is.
    """
    await tx.run("visit_checks/look_back", enrollment_id=enrollment, settled=settled, zone=zone)


async def due_checks(tx: Tx, rows_max: int) -> list[Check]:
    """Enrollments with a visit that may count as missed by now, those that wait longest first."""
    return [
        Check(
            row["enrollment_id"],
            row["through"],
            row["next_at"],
            row["program"],
            row["version"],
            row["starts_on"],
            row["last_day"],
        )
        for row in await tx.rows("visit_checks/due", limit=rows_max)
    ]


async def advance(tx: Tx, seen_at: datetime, looks: Iterable[tuple[Check, Look]]) -> None:
    """Write how far some enrollments' missed visits are on record now, as seen at a time.

    What was changed since it was seen is left as it is. Two that write the same rows take them in one order.
    """
    ordered = sorted(looks, key=lambda one: one[0].enrollment.bytes)
    await tx.run(
        "visit_checks/advance",
        seen_at=seen_at,
        enrollment_id=[check.enrollment for check, _ in ordered],
        through=[look.through for _, look in ordered],
        next_at=[look.next_at for _, look in ordered],
        was_through=[check.through for check, _ in ordered],
        was_next_at=[check.next_at for check, _ in ordered],
    )


def _lock_of(clinic: UUID) -> int:
    """The number under which closures of a clinic are locked: two that share one would only wait longer."""
    return int.from_bytes(hashlib.sha256(b"closures|" + clinic.bytes).digest()[:8], "big", signed=True)


def _closure(tx: Tx, row: Record) -> Closure:
    return Closure(
        row["closure_id"],
        row["first_day"],
        row["last_day"],
        tx.cipher.open_text(tx.clinic, REASON, row["reason"]) or "",
        row["created_at"],
        row["created_by"],
    )
