"""Departures: people who left, moved away or died, and those who are in care again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, cast
from uuid import UUID

from msgspec import Struct

from schemas.people import ParticipantStatus
from schemas.program import Unit
from service.store.database.pool import Tx

REASON = "departures.reason"
Held = Literal["release", "keep", "restore"]


class Departure(Struct, frozen=True, kw_only=True):
    """A change of somebody's status, with what was released or came back, and the enrollments that it closed.

    One to `active` takes the departure back that it `undoes`: it opens the enrollments again.
    """

    id: UUID
    participant: UUID
    status: ParticipantStatus
    on: date
    held: Held
    amounts: Mapping[Unit, int]
    enrollments: Sequence[UUID]
    reason: str | None = None
    undoes: UUID | None = None


async def insert(tx: Tx, new: Departure, by: UUID) -> None:
    """Write a departure, or one that takes another back."""
    await tx.run(
        "departures/insert",
        departure_id=new.id,
        participant_id=new.participant,
        status=new.status,
        on_day=new.on,
        held=new.held,
        reason=None if new.reason is None else tx.cipher.seal(tx.clinic, REASON, new.reason),
        units=list(new.amounts),
        amounts=list(new.amounts.values()),
        enrollments=list(new.enrollments),
        undoes=new.undoes,
        recorded_by=by,
    )


async def standing(tx: Tx, participant: UUID) -> list[Departure]:
    """Somebody's departures that were not taken back, oldest first; their reasons are not read."""
    return [
        Departure(
            id=row["departure_id"],
            participant=participant,
            status=cast("ParticipantStatus", row["status"]),
            on=row["on_day"],
            held=cast("Held", row["held"]),
            amounts=dict(zip(row["units"], row["amounts"], strict=True)),
            enrollments=row["enrollments"],
        )
        for row in await tx.rows("departures/standing", participant_id=participant)
    ]
