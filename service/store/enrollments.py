"""Enrollments as a person sees them: opened, read, listed and closed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, cast
from uuid import UUID

import msgspec
from asyncpg import Record

from schemas.people import Enrollment
from service.core.actors import Actor
from service.core.state import State
from service.store.database.pool import Tx

Status = Literal["open", "closed"]

_encode = msgspec.json.Encoder().encode
_state = msgspec.json.Decoder(State)


async def insert(tx: Tx, actor: Actor, new: Enrollment, state: State) -> None:
    """Write a new enrollment and the checkpoint before its first fact; one that is over is closed at once.

    Raises UniqueViolationError where the participant was enrolled in the program meanwhile.
    """
    await tx.run(
        "enrollments/insert",
        enrollment_id=new.id,
        participant_id=new.participant,
        program=new.program,
        version=new.version,
        starts_on=new.starts_on,
        funding=new.funding,
        opened_at=new.opened_at,
        opened_by=actor.id,
        state=_encode(state),
        ends_on=new.ends_on,
        closed_on=new.closed_on,
        close_reason=None if new.close_reason is None else _reason(tx, new.close_reason),
        closed_by=None if new.closed_on is None else actor.id,
    )


async def find(tx: Tx, enrollment: UUID) -> Enrollment | None:
    """One enrollment by id."""
    row = await tx.row("enrollments/find", enrollment_id=enrollment)
    return None if row is None else _enrollment(tx, row)


async def has_open(tx: Tx, participant: UUID, program: str) -> bool:
    """Whether a participant has an open enrollment in any version of a program."""
    return bool(await tx.value("enrollments/has_open", participant_id=participant, program=program))


async def before(
    tx: Tx, last: UUID, rows_max: int, participant: UUID | None, status: Status | None
) -> list[Enrollment]:
    """Enrollments opened before `last`, newest first."""
    if participant is None:
        rows = await tx.rows("enrollments/list", before=last, limit=rows_max, status=status)
    else:
        rows = await tx.rows(
            "enrollments/list_of_participant",
            before=last,
            limit=rows_max,
            status=status,
            participant_id=participant,
        )
    return [_enrollment(tx, row) for row in rows]


async def changed_since(
    tx: Tx, since: datetime, after: UUID, rows_max: int, participant: UUID | None
) -> list[tuple[Enrollment, datetime]]:
    """Enrollments opened or changed at `since` or later, each with when that was, by id."""
    rows = await tx.rows(
        "enrollments/list_changed", since=since, after=after, limit=rows_max, participant_id=participant
    )
    return [(_enrollment(tx, row), row["updated_at"]) for row in rows]


async def updated(tx: Tx, enrollment: UUID) -> datetime:
    """When an enrollment that there is was opened or last changed."""
    return cast("datetime", await tx.value("enrollments/updated", enrollment_id=enrollment))


async def checkpoint(tx: Tx, enrollment: UUID) -> State:
    """The state of the fold after the enrollment's last fact."""
    return (await checkpoints(tx, [enrollment]))[enrollment]


async def checkpoints(tx: Tx, enrollments: Sequence[UUID]) -> dict[UUID, State]:
    """The states of some enrollments' folds after their last facts."""
    rows = await tx.rows("checkpoints/of_enrollments", enrollments=enrollments)
    return {row["enrollment_id"]: _state.decode(row["state"]) for row in rows}


async def ending(tx: Tx, today: date, rows_max: int) -> list[tuple[UUID, date]]:
    """Open enrollments whose planned last day lies before `today`, with that day."""
    rows = await tx.rows("enrollments/ending", today=today, limit=rows_max)
    return [(row["enrollment_id"], row["ends_on"]) for row in rows]


async def close(tx: Tx, actor: Actor, enrollment: UUID, on: date, reason: str) -> None:
    """Write the last day of an open enrollment and why it ends."""
    sealed = _reason(tx, reason)
    await tx.run(
        "enrollments/close", enrollment_id=enrollment, closed_on=on, close_reason=sealed, closed_by=actor.id
    )


async def reopen(tx: Tx, enrollment: UUID) -> None:
    """Take the close of an enrollment back."""
    await tx.run("enrollments/reopen", enrollment_id=enrollment)


def _reason(tx: Tx, reason: str) -> bytes:
    return tx.cipher.seal(tx.clinic, "enrollments.close_reason", reason)


def _enrollment(tx: Tx, row: Record) -> Enrollment:
    return Enrollment(
        row["enrollment_id"],
        row["participant_id"],
        row["program"],
        row["version"],
        row["starts_on"],
        row["opened_at"],
        "open" if row["closed_on"] is None else "closed",
        row["funding"],
        row["closed_on"],
        tx.cipher.open_text(tx.clinic, "enrollments.close_reason", row["close_reason"]),
        row["ends_on"],
    )
