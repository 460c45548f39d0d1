"""Identifiers: the numbers that people are known by, in the clinic and in other systems."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from schemas.people import Identifier
from service.core.identifiers import Number
from service.core.spellings import near_spelling, number_spelling
from service.store.database.pool import Tx

NEAR_MAX = 200
"""How many people with numbers nearly alike are looked at."""


class Held(Struct, frozen=True):
    """A number with whom it belongs to."""

    id: UUID
    participant: UUID
    value: str


async def holders(tx: Tx, numbers: Collection[str]) -> dict[str, UUID]:
    """Who has each of some numbers, however written: a reference of the clinic's own, or `system|value`.

    Those that belong to nobody are left out.
    """
    asked = list(numbers)
    keys = [number_spelling(one) for one in asked]
    rows = await tx.rows("identifiers/holders", numbers=asked, keys=keys)
    return {row["number"]: row["participant_id"] for row in rows}


async def held(tx: Tx, number: Number) -> list[Held]:
    """The identifiers with a number: one or none, and more where capitals alone had told them apart."""
    rows = await tx.rows("identifiers/held", key=number.key)
    return [Held(row["identifier_id"], row["participant_id"], row["value"]) for row in rows]


async def find(tx: Tx, participant: UUID, identifier: UUID) -> Identifier | None:
    """One of a participant's identifiers that was not withdrawn."""
    row = await tx.row("identifiers/find", participant_id=participant, identifier_id=identifier)
    if row is None:
        return None
    return Identifier(row["identifier_id"], row["system"], row["value"], row["starts_on"], row["ends_on"])


async def insert(tx: Tx, participant: UUID, new: Identifier, by: UUID) -> None:
    """Write a new identifier.

    Raises UniqueViolationError where somebody took the number meanwhile.
    """
    number = Number.of(new.system, new.value)
    await tx.run(
        "identifiers/insert",
        identifier_id=new.id,
        participant_id=participant,
        system=number.system,
        value=number.value,
        key=number.key,
        near=number.near,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        created_at=tx.now,
        created_by=by,
    )


async def end(tx: Tx, identifier: UUID, last_day: date | None) -> None:
    """Say since when a number is not used any more; it finds the person as before."""
    await tx.run("identifiers/end", identifier_id=identifier, ends_on=last_day)


async def rewrite(tx: Tx, identifier: UUID, number: Number) -> None:
    """Write the same number otherwise."""
    await tx.run("identifiers/rewrite", identifier_id=identifier, value=number.value, near=number.near)


async def withdraw(tx: Tx, identifier: UUID) -> None:
    """Take back a number that was written down for the wrong person: it is nobody's from now on."""
    await tx.run("identifiers/withdraw", identifier_id=identifier)


async def near(tx: Tx, values: Sequence[str]) -> list[UUID]:
    """Whose numbers, in any system, may be some numbers but for a slip."""
    nears = sorted({near_spelling(one) for one in values} - {""})
    if not nears:
        return []
    rows = await tx.rows("identifiers/near", nears=nears, limit=NEAR_MAX)
    return list(dict.fromkeys(row["participant_id"] for row in rows))
