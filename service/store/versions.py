"""The versions of programs, and who is in which of them."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from service.store.database.pool import Tx


class Version(Struct, frozen=True):
    """One version of a program, without its document."""

    version: int
    digest: str
    published_at: datetime


class InOlder(Struct, frozen=True):
    """An open enrollment in an older version of its program."""

    enrollment: UUID
    participant: UUID
    display_code: str
    version: int
    starts_on: date


async def of(tx: Tx, name: str, rows_max: int) -> tuple[Version, ...]:
    """The versions of a program, newest first."""
    rows = await tx.rows("programs/versions", name=name, limit=rows_max)
    return tuple(Version(row["version"], row["digest"].hex(), row["published_at"]) for row in rows)


async def people(tx: Tx) -> dict[tuple[str, int], int]:
    """How many open enrollments there are in each version of each program."""
    rows = await tx.rows("enrollments/people")
    return {(row["program"], row["version"]): row["people"] for row in rows}


async def on_older(tx: Tx, name: str, version: int, after: UUID, rows_max: int) -> tuple[InOlder, ...]:
    """Open enrollments in versions older than one, by id."""
    rows = await tx.rows("enrollments/on_older", program=name, version=version, after=after, limit=rows_max)
    return tuple(
        InOlder(
            row["enrollment_id"], row["participant_id"], row["display_code"], row["version"], row["starts_on"]
        )
        for row in rows
    )


class Episode(Struct, frozen=True):
    """One enrollment in some version of a program, open or closed on `closed_on`."""

    enrollment: UUID
    participant: UUID
    display_code: str
    program: str
    version: int
    starts_on: date
    closed_on: date | None
    ends_on: date | None


async def newest(tx: Tx, name: str, rows_max: int) -> tuple[Episode, ...]:
    """The enrollments of a program in any version, the newest first."""
    rows = await tx.rows("enrollments/newest", program=name, limit=rows_max)
    return tuple(
        Episode(
            row["enrollment_id"],
            row["participant_id"],
            row["display_code"],
            row["program"],
            row["version"],
            row["starts_on"],
            row["closed_on"],
            row["ends_on"],
        )
        for row in rows
    )
