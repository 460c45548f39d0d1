"""Names drawn from the hat for group attendance."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from schemas.draws import HatName, HatPerson, HatRecord
from service.core.draws.hats import hat_name
from service.store import seeds
from service.store.database.pool import Tx


class Candidate(Struct, frozen=True):
    """Somebody with a fact on the target that day."""

    enrollment: UUID
    participant: UUID
    program: str
    version: int
    starts_on: date
    funding: str | None


class InHat(Struct, frozen=True):
    """Somebody in a hat as it goes on record, and the name drawn, if it was theirs."""

    participant: UUID
    person: HatPerson
    name: HatName | None


class OwnedHat(Struct, frozen=True):
    """A hat on record with whose names were in it, which its public record does not say."""

    record: HatRecord
    participants: tuple[UUID, ...]


async def candidates(
    tx: Tx, program: str, target: str, day: date, began: datetime, ended: datetime
) -> list[Candidate]:
    """Everyone who has a fact on a target between two moments, by an enrollment that holds on that day."""
    rows = await tx.rows("hats/candidates", program=program, day=day, target=target, since=began, until=ended)
    return [
        Candidate(
            row["enrollment_id"],
            row["participant_id"],
            program,
            row["version"],
            row["starts_on"],
            row["funding"],
        )
        for row in rows
    ]


async def of_session(tx: Tx, program: str, target: str, day: date) -> UUID | None:
    """The hat from which names were drawn for a session, none where they were not yet."""
    found: UUID | None = await tx.value("hats/find_session", program=program, target=target, day=day)
    return found


async def insert(tx: Tx, new: HatRecord, version: int, by: UUID, people: Sequence[InHat]) -> None:
    """Write a hat with everyone in it.

    Raises UniqueViolationError where names were drawn for the session meanwhile.
    """
    await tx.run(
        "hats/insert",
        hat_id=new.id,
        program=new.program,
        version=version,
        target=new.target,
        day=new.on,
        bowl=new.bowl,
        draws=new.draws,
        seed_id=new.seed,
        drawn_at=new.drawn_at,
        drawn_by=by,
    )
    drawn = [one.name for one in people]
    await tx.run(
        "hats/put",
        hat_id=new.id,
        enrollment_id=[one.person.enrollment for one in people],
        participant_id=[one.participant for one in people],
        tickets=[one.person.tickets for one in people],
        place=[None if name is None else name.index for name in drawn],
        slip=[None if name is None else name.slip for name in drawn],
        amount=[None if name is None else name.amount for name in drawn],
        clipped=[None if name is None else name.clipped for name in drawn],
    )


async def find(tx: Tx, hat: UUID) -> OwnedHat | None:
    """One hat by id."""
    row = await tx.row("hats/find", hat_id=hat)
    return None if row is None else _on_record(tx, row, await tx.rows("hats/people", hats=[hat]))


async def before(tx: Tx, last: UUID, rows_max: int) -> list[OwnedHat]:
    """Hats before `last`, newest first."""
    rows = await tx.rows("hats/list", before=last, limit=rows_max)
    people = await tx.rows("hats/people", hats=[row["hat_id"] for row in rows])
    return [_on_record(tx, row, people) for row in rows]


def _on_record(tx: Tx, row: Record, everyone: Sequence[Record]) -> OwnedHat:
    own = [one for one in everyone if one["hat_id"] == row["hat_id"]]
    record = HatRecord(
        row["hat_id"],
        hat_name(tx.clinic, row["program"], row["target"], row["day"]),
        row["program"],
        row["target"],
        row["day"],
        row["bowl"],
        row["draws"],
        row["commitment"].hex(),
        row["seed_id"],
        row["drawn_at"],
        tuple(HatPerson(one["enrollment_id"], one["tickets"]) for one in own),
        tuple(_names(own)),
        seeds.revealed(tx, row),
    )
    return OwnedHat(record, tuple(one["participant_id"] for one in own))


def _names(own: Sequence[Record]) -> list[HatName]:
    left = sum(one["tickets"] for one in own)
    names = []
    for one in sorted((one for one in own if one["place"] is not None), key=lambda one: int(one["place"])):
        names.append(
            HatName(one["place"], one["slip"], left, one["enrollment_id"], one["amount"], one["clipped"])
        )
        left -= one["tickets"]
    return names
