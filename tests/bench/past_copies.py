"""The copies of a clinic's models: as many people as are wanted, each with the life of one of the models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from service.core.spellings import name_spelling, number_spelling
from service.embedded import Stores
from service.store.database.cipher import Cipher
from tests.bench.past_sql import AFTERWARDS, COPY, DELIVERIES, FUNCTIONS, INDEXES_OFF, MODELS, PEOPLE, PRIZES
from tests.bench.rows import tell
from tests.databases import of_database

COUNTED = ("participants", "events", "awards", "transfers", "audit", "deliveries", "prizes", "redemptions")
GIVEN = ("Ana", "Ben", "Carla", "Dan", "Eva", "Finn", "Gloria", "Hugo", "Ida", "Jon", "Kim", "Luz", "Max")
FAMILY = ("Ruiz", "Smith", "Okafor", "Nguyen", "Lopez", "Brown", "Cohen", "Diaz", "Evans", "Fox", "Garcia")

Found = tuple[UUID, UUID, UUID, dict[str, int]]
"""A participant, an open enrollment of theirs, a subscriber, and how many rows some tables have."""


async def copied(started: Stores, cipher: Cipher, clinic: UUID, models: Sequence[UUID], people: int) -> Found:
    """Make the copies in place of their models, and give what a read asks about."""
    connection = await asyncpg.connect(of_database(started.admin_url, "rewards"))
    try:
        # What a row must be was held to where the models were recorded; and triggers would count each twice.
        await connection.execute("set session_replication_role = replica; set work_mem = '256MB'")
        await connection.execute(FUNCTIONS)
        reason = cipher.seal(clinic, "enrollments.close_reason", "The planned end was reached.")
        await connection.execute(
            "select set_config('past.clinic', $1, false), set_config('past.reason', $2, false)",
            str(clinic),
            reason.hex(),
        )
        tell(f"{people} people")
        await connection.execute(MODELS)
        await _people(connection, cipher, clinic, models, people)
        await connection.execute(PEOPLE)
        await connection.execute(INDEXES_OFF)
        months = await connection.fetch(
            "select distinct date_trunc('month', at) as m from model_times order by 1"
        )
        for number, row in enumerate(months):
            tell(f"month {number + 1} of {len(months)}")
            await connection.execute("select set_config('past.month', $1, false)", row["m"].isoformat())
            await connection.execute(COPY)
        tell("deliveries, prizes, sums, statistics")
        await connection.execute(DELIVERIES)
        await connection.execute(PRIZES)
        await connection.execute(AFTERWARDS)
        await connection.execute("vacuum analyze")
        await connection.execute("checkpoint")
        return await _found(connection, clinic)
    finally:
        await connection.close()


async def _people(
    connection: asyncpg.Connection, cipher: Cipher, clinic: UUID, models: Sequence[UUID], people: int
) -> None:
    """Name the copies: their names are sealed as the service seals them."""
    each = defaultdict[UUID, int](int)
    rows = []
    for number in range(people):
        model = models[number % len(models)]
        each[model] += 1
        name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]} {number}"
        rows.append((model, each[model], f"P-{number}", number_spelling(f"P-{number}"), name))
    await connection.execute(
        "create table copies (model uuid, copy integer, reference text, key text, participant_id uuid, "
        "name bytea, name_index bytea, primary key (model, copy))"
    )
    made = await connection.fetch("select model_id, opened_at from model_enrollments")
    begun = {row["model_id"]: row["opened_at"] for row in made}
    sealed: list[tuple[object, ...]] = []
    for model, copy, reference, key, name in rows:
        person = _id(begun[model], len(sealed))
        sealed.append(
            (
                model,
                copy,
                reference,
                key,
                person,
                cipher.seal(clinic, "participants.name", name, person),
                cipher.blind(clinic, "participants.name", name_spelling(name)),
            )
        )
    await connection.copy_records_to_table("copies", records=sealed)


def _id(at: datetime, number: int) -> UUID:
    head = int(at.timestamp() * 1000) << 80
    return UUID(int=head | 0x7 << 76 | 0x2 << 62 | number)


async def _found(connection: asyncpg.Connection, clinic: UUID) -> Found:
    row = await connection.fetchrow(
        "select participant_id, enrollment_id from enrollments where clinic_id = $1 and closed_on is null"
        " order by enrollment_id desc limit 1",
        clinic,
    )
    assert row is not None
    subscriber = await connection.fetchval(
        "select subscriber_id from subscribers where clinic_id = $1", clinic
    )
    facts = {}
    for table in (
        "participants",
        "events",
        "awards",
        "transfers",
        "audit",
        "deliveries",
        "prizes",
        "redemptions",
    ):
        facts[table] = await connection.fetchval(f"select count(*) from {table}")  # noqa: S608  a fixed name
    return row["participant_id"], row["enrollment_id"], subscriber, facts
