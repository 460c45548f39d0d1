"""Work a clinic's hats out again from their seeds: every name drawn, and the transfers they call for."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from service.core.calendar import local_day
from service.core.verify.books import Due, Mismatch
from service.core.verify.checking_hats import HatRow, PersonRow, hat_mismatches
from service.core.verify.kin import Kin
from service.store import books
from service.store.database.pool import Tx

_people = msgspec.json.Decoder(list[PersonRow])


async def hats(tx: Tx, seeds: Mapping[UUID, bytes], kin: Kin) -> AsyncIterator[Mismatch]:
    """Every place where hats do not agree; `seeds` are those that open."""
    async for row in books.all_rows(tx, "books_draws/hats"):
        hat = HatRow(
            row["hat_id"],
            tx.clinic,
            row["program"],
            row["target"],
            row["day"],
            row["draws"],
            seeds.get(row["seed_id"]),
            [
                replace(one, participant=kin.of(one.participant), owner=kin.one(one.owner))
                for one in _people.decode(row["people"])
            ],
        )
        for mismatch in hat_mismatches(hat):
            yield mismatch
    async for row in books.all_rows(tx, "books_draws/hatless"):
        ids = {"hat_id": str(row["hat_id"]), "enrollment_id": str(row["enrollment_id"])}
        yield Mismatch("hat_people", ids, "a name of a hat", "no such hat")


async def hat_dues(tx: Tx, people: Sequence[UUID], zone: tzinfo) -> dict[UUID, list[Due]]:
    """The transfers that names call for: draws credited on the day that the names were drawn."""
    found = await books.of_participants(tx, "books_draws/names", people)
    return {person: [_credited(row, zone) for row in rows] for person, rows in found.items()}


def _credited(row: Any, zone: tzinfo) -> Due:  # noqa: ANN401  a row
    return Due(
        "hat_people",
        {"hat_id": str(row["hat_id"]), "enrollment_id": str(row["enrollment_id"])},
        "hat",
        row["hat_id"],
        row["amount"],
        "draw",
        ("issued", "available"),
        local_day(row["drawn_at"], zone),
        row["funding"],
        row["enrollment_id"],
    )
