"""A person is found by every number that was ever theirs, however it is written, and by nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.people import (
    Identifier,
    IdentifierChange,
    NewIdentifier,
    NewParticipant,
    Participant,
    ParticipantChange,
)
from service.core.cursors import Page
from service.core.identifiers import Number
from service.core.spellings import near_spelling
from service.flows.people.identifiers import add_identifier, end_identifier, withdraw_identifier
from service.flows.people.participants import (
    ParticipantFilter,
    change_participant,
    find_people,
    list_participants,
    read_participant,
    register_participant,
)
from service.flows.perform import Done
from service.store.database.migrate import LEDGER, on_disk
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

CONFLICT = ("reference_conflict", ("$.value",))


def adding(participant: UUID, system: str, value: str) -> Operation[Identifier]:
    """Add a number."""
    return lambda act: add_identifier(act, participant, NewIdentifier(system, value))


def registering(reference: str, name: str | None = None, phone: str | None = None) -> Operation[Participant]:
    """Register somebody."""
    return lambda act: register_participant(act, NewParticipant(reference, name, phone))


async def renumbered(scene: Scene, participant: UUID, reference: str) -> Participant:
    """Give a participant another reference."""
    known = await scene.done(lambda act: read_participant(act, participant))
    change = ParticipantChange(reference=reference)
    return await scene.value(lambda act: change_participant(act, participant, change, known.revision or 0))


async def found(scene: Scene, **wanted: str) -> list[UUID]:
    """Who is found by what is wanted."""
    page = await scene.value(lambda act: list_participants(act, ParticipantFilter(**wanted), Page()))
    return [one.id for one in page.items]


@pytest.mark.parametrize("typed", ["A-Ñ42", "a-ñ42", "  a-N\u030342 ", "A-N\u030342"])
async def test_a_number_is_the_same_however_written(scene: Scene, typed: str) -> None:
    """Capitals, blanks around it and the composition of its letters do not make a second person."""
    first = await scene.done(registering(" A-Ñ42"))
    again = await scene.done(registering(typed))
    assert (again.made, again.value.id, again.value.reference) == ("found", first.value.id, "A-Ñ42")
    assert await found(scene, reference=typed) == [first.value.id]


async def test_a_former_reference_finds_the_person_and_is_nobody_elses(scene: Scene) -> None:
    """It finds whoever is registered by it later, is refused to others, and can come back."""
    person, other = await scene.participant("A-1"), await scene.participant("B-1")
    after = await renumbered(scene, person, "A-2")
    assert [(one.value, one.starts_on, one.ends_on) for one in after.identifiers] == [
        ("A-1", None, TODAY),
        ("A-2", TODAY, None),
    ]
    assert await found(scene, reference="a-1") == await found(scene, reference="A-2") == [person]
    assert (await scene.value(registering("a-1"))).id == person
    change = ParticipantChange(reference="a-1")
    refusal = scene.refusal(lambda act: change_participant(act, other, change, 1))
    assert await refusal == ("reference_conflict", ("$.reference",))
    back = await renumbered(scene, person, "a-1")
    assert (back.reference, len(back.identifiers)) == ("a-1", 2)


async def test_a_reference_is_written_otherwise_without_a_former_one(scene: Scene) -> None:
    """Other capitals are the same number."""
    person = await scene.participant("a-1")
    after = await renumbered(scene, person, "A-1")
    assert [(one.value, one.ends_on) for one in after.identifiers] == [("A-1", None)]


async def test_numbers_of_other_systems_find_their_person(scene: Scene) -> None:
    """By `system|value`, whatever its capitals, in the list, at the desk and beside the reference."""
    person = await scene.participant("A-1")
    done = await scene.done(adding(person, "LAB", "88-16"))
    again = await scene.done(adding(person, "lab", " 88-16"))
    assert (done.made, again.made, again.value) == ("created", "found", done.value)
    for text in ("LAB|88-16", "lab | 88-16"):
        assert await found(scene, identifier=text) == await found(scene, reference=text) == [person]
    assert await found(scene, identifier="MRN|88-16") == []
    assert await found(scene, reference="A-1", identifier="LAB|88-16") == [person]
    shown = (await scene.value(lambda act: find_people(act, "88-16"))).people
    assert [one.id for one in shown] == [person]


async def test_a_number_is_one_persons_until_it_is_withdrawn(scene: Scene) -> None:
    """Ended it finds its person as before; withdrawn, as written down in error, it is free."""
    person, other = await scene.participant("A-1"), await scene.participant("B-1")
    made = await scene.value(adding(person, "LAB", "7"))
    ended = IdentifierChange(TODAY)
    shown = await scene.value(lambda act: end_identifier(act, person, made.id, ended))
    assert shown.ends_on == TODAY
    assert await found(scene, identifier="LAB|7") == [person]
    assert await scene.refusal(adding(other, "LAB", "7")) == CONFLICT
    await scene.value(lambda act: withdraw_identifier(act, person, made.id))
    assert await found(scene, identifier="LAB|7") == []
    await scene.value(adding(other, "LAB", "7"))
    assert await found(scene, identifier="LAB|7") == [other]


async def test_a_reference_and_a_number_of_a_system_are_not_taken_for_each_other(scene: Scene) -> None:
    """`LAB|7` is one number, whoever was given it first."""
    person, other = await scene.participant("LAB|7"), await scene.participant("B-1")
    assert await scene.refusal(adding(other, "lab", "7")) == CONFLICT
    assert await found(scene, identifier="LAB|7") == [person]


async def test_the_reference_in_use_is_neither_ended_nor_withdrawn(scene: Scene) -> None:
    """Everybody has one; it ends when another takes its place."""
    person = await scene.participant("A-1")
    refused = "invalid"
    end = scene.refusal(lambda act: end_identifier(act, person, person, IdentifierChange(TODAY)))
    assert (await end)[0] == refused
    assert (await scene.refusal(lambda act: withdraw_identifier(act, person, person)))[0] == refused
    assert (await scene.refusal(adding(person, "Reference", "A-2")))[0] == refused
    former = NewIdentifier("reference", "A-0", None, date(2025, 1, 1))
    await scene.value(lambda act: add_identifier(act, person, former))
    assert await found(scene, reference="A-0") == [person]


async def test_a_number_does_not_end_before_it_begins(scene: Scene) -> None:
    """In the core, and by a constraint under it."""
    person = await scene.participant("A-1")
    new = NewIdentifier("LAB", "7", TODAY, date(2026, 3, 1))
    assert await scene.refusal(lambda act: add_identifier(act, person, new)) == ("invalid", ("$.to",))
    async with scene.database.transaction(scene.clinic) as tx:
        with pytest.raises(asyncpg.CheckViolationError, match="identifiers_end_after_start"):
            await tx.connection.execute(
                "update identifiers set starts_on = '2026-01-02', ends_on = '2026-01-01'"
            )


async def test_of_two_who_take_one_number_at_once_one_gets_it(scene: Scene) -> None:
    """The database keeps a number one person's."""
    people = [await scene.participant(f"A-{number}") for number in range(8)]
    answers = await asyncio.gather(*(scene.ask(adding(one, "LAB", "7")) for one in people))
    assert sum(isinstance(answer, Done) for answer in answers) == 1


async def test_another_clinics_numbers_are_not_found(scene: Scene) -> None:
    """The same number is somebody else elsewhere."""
    there = await scene.elsewhere()
    person = await there.participant("A-1")
    await there.value(adding(person, "LAB", "7"))
    assert await found(scene, reference="A-1") == await found(scene, identifier="LAB|7") == []
    own = await scene.participant("A-1")
    await scene.value(adding(own, "LAB", "7"))
    assert await scene.refusal(adding(person, "LAB", "8")) == ("not_found", ())


async def test_whoever_may_be_the_same_person_is_named(scene: Scene) -> None:
    """Lost zeros and look-alikes, or the same name and telephone; both are registered all the same."""
    first = await scene.value(registering("0004711", "Ann Lee", "+1 555 010 2030"))
    assert not first.near
    by_number = await scene.value(registering("4711"))
    by_name = await scene.value(registering("B-1", "ann  LEE", "(555) 010-2030"))
    neither = await scene.value(registering("B-2", "Ann Lee"))
    assert (by_number.near, by_name.near) == ((first.id,), (first.id,))
    assert not neither.near
    assert len({first.id, by_number.id, by_name.id}) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0004711", "4711"),
        ("4711", "47ll"),
        ("O4711", "4711"),
        ("A-0042", "a42"),
        ("A 1042", "A-1O42"),
        ("88.16", "88-16"),
        ("1205", "12O5"),
    ],
)
def test_slips_are_spelled_alike(one: str, other: str) -> None:
    """Zeros that a spreadsheet lost, letters that look like digits, separators."""
    assert near_spelling(one) == near_spelling(other)


@pytest.mark.parametrize(
    ("one", "other"), [("88-16", "88-17"), ("1-12", "11-2"), ("A-10", "A-100"), ("L-7", "I-7")]
)
def test_other_numbers_are_not_spelled_alike(one: str, other: str) -> None:
    """What differs by more than a slip stays apart."""
    assert near_spelling(one) != near_spelling(other)


REFERENCES = ("A-1", "a-1", "0004711", "12O5b", "oo7", "LAB | 7", "A 1042", "---", "i1lz9")
BEFORE = """
insert into clinics (clinic_id, name, zone, created_at)
values ('00000000-0000-7000-8000-000000000001', 'Clinic', 'UTC', now());
"""
PERSON = """
insert into participants (clinic_id, participant_id, reference, display_code, created_at)
values ('00000000-0000-7000-8000-000000000001', gen_random_uuid(), $1, $1, now());
"""


@pytest.fixture
async def migrated(own_database: str) -> AsyncIterator[asyncpg.Connection]:
    """A database in which people were registered before they had identifiers."""
    connection = await asyncpg.connect(own_database)
    await connection.execute("drop schema public cascade; create schema public")
    await connection.execute(LEDGER)
    for migration in on_disk():
        if migration.name == "0017_people.sql":
            await connection.execute(BEFORE)
            for reference in REFERENCES:
                await connection.execute(PERSON, reference)
        await connection.execute(migration.sql)
    yield connection
    await connection.close()


async def test_references_from_before_are_spelled_as_new_ones_are(migrated: asyncpg.Connection) -> None:
    """The migration spells them in SQL; two that differ in capitals alone are kept, and told apart."""
    rows = await migrated.fetch("select value, key, near, twin from identifiers")
    assert {row["value"] for row in rows} == set(REFERENCES)
    for row in rows:
        number = Number.of("reference", row["value"])
        assert (row["key"], row["near"]) == (number.key, number.near), row["value"]
    twins = {row["value"]: row["twin"] for row in rows if row["twin"] is not None}
    assert (set(twins), set(twins.values())) == ({"A-1", "a-1"}, {0, 1})
    with pytest.raises(asyncpg.UniqueViolationError, match="identifiers_are_unique"):
        await migrated.execute(
            "insert into identifiers (clinic_id, identifier_id, participant_id, system, value, key, near, "
            "created_at)"
            " select clinic_id, gen_random_uuid(), participant_id, 'x', 'A-1', 'a-1', '', now() from "
            "identifiers"
            " limit 1"
        )
