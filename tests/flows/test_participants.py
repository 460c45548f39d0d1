"""Participants are registered once, found however they are typed, and changed by whoever read them last."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from schemas.people import NewParticipant, Participant, ParticipantChange, ParticipantPage
from service.core.cursors import Page
from service.flows.people.participants import (
    ParticipantFilter,
    change_participant,
    find_people,
    list_participants,
    read_participant,
    register_participant,
)
from service.flows.perform import Done
from service.store import names

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

FIRST = Page()
JOSE = NewParticipant("MRN-7", "José  Pérez", "+1 (555) 010-2030", "Jose@Example.org", "es")


async def shown(scene: Scene, wanted: ParticipantFilter, page: Page = FIRST) -> ParticipantPage:
    """List participants."""
    return await scene.value(lambda act: list_participants(act, wanted, page))


def reading(participant: UUID) -> Operation[Participant]:
    """Read a participant."""
    return lambda act: read_participant(act, participant)


def changing(participant: UUID, change: ParticipantChange, revision: int = 1) -> Operation[Participant]:
    """Change a participant."""
    return lambda act: change_participant(act, participant, change, revision)


async def test_a_participant_comes_back_as_registered(scene: Scene) -> None:
    """Names, phones and addresses are kept encrypted and answered in plain."""
    done = await scene.done(lambda act: register_participant(act, JOSE))
    read = await scene.done(lambda act: read_participant(act, done.value.id))
    assert (done.made, done.revision) == ("created", 1)
    assert read.value == done.value
    assert (read.value.name, read.value.phone, read.value.email) == (JOSE.name, JOSE.phone, JOSE.email)
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select * from participants")
    assert row is not None
    assert b"rez" not in b"".join(part for part in row.values() if isinstance(part, bytes))


async def test_the_same_registration_again_finds_the_participant(scene: Scene) -> None:
    """A repeat makes nobody twice."""
    first = await scene.done(lambda act: register_participant(act, JOSE))
    again = await scene.done(lambda act: register_participant(act, JOSE))
    assert (again.made, again.value, again.revision) == ("found", first.value, 1)


async def test_a_reference_stands_for_one_person(scene: Scene) -> None:
    """Other details under the same reference are refused, when registering and when changing."""
    await scene.value(lambda act: register_participant(act, JOSE))
    other = NewParticipant("MRN-7", "Ann")
    conflict = ("reference_conflict", ("$.reference",))
    assert await scene.refusal(lambda act: register_participant(act, other)) == conflict
    ann = await scene.participant("MRN-8")
    change = ParticipantChange(reference="MRN-7")
    assert await scene.refusal(lambda act: change_participant(act, ann, change, 1)) == conflict


async def test_fifty_registrations_at_once_make_one_participant(scene: Scene) -> None:
    """Whoever loses the race finds what the winner made."""
    answers = await asyncio.gather(
        *(scene.done(lambda act: register_participant(act, JOSE)) for _ in range(50))
    )
    assert len({answer.value.id for answer in answers}) == 1
    assert sorted(answer.made for answer in answers) == ["created"] + ["found"] * 49


async def test_a_display_code_that_is_taken_is_drawn_again(scene: Scene) -> None:
    """Two participants never share the code that they say at the desk."""
    draws: Iterator[bytes] = iter([bytes(16), bytes(16), b"\1" * 16])

    def chance(_count: int) -> bytes:
        return next(draws)

    first = await scene.value(lambda act: register_participant(act, NewParticipant("A"), chance))
    second = await scene.value(lambda act: register_participant(act, NewParticipant("B"), chance))
    assert first.display_code == "333-333"
    assert second.display_code != first.display_code


@pytest.mark.parametrize(
    "wanted",
    [
        ParticipantFilter(reference="MRN-7"),
        ParticipantFilter(name="  jose PEREZ "),
        ParticipantFilter(phone="5550102030"),
        ParticipantFilter(email="JOSE@example.ORG"),
        ParticipantFilter(reference="MRN-7", name="José Pérez", phone="1-555-010-2030"),
    ],
)
async def test_a_participant_is_found_however_typed(scene: Scene, wanted: ParticipantFilter) -> None:
    """Accents, capitals, blanks and the way to write a phone number do not matter."""
    jose = await scene.value(lambda act: register_participant(act, JOSE))
    await scene.participant("MRN-8", "Ann")
    assert (await shown(scene, wanted)).items == (jose,)


async def test_a_participant_is_found_by_the_code_as_it_is_said(scene: Scene) -> None:
    """Small letters and a missing dash do not matter."""
    jose = await scene.value(lambda act: register_participant(act, JOSE))
    said = ParticipantFilter(display_code=jose.display_code.lower().replace("-", " "))
    assert (await shown(scene, said)).items == (jose,)


async def test_all_filters_must_match(scene: Scene) -> None:
    """Two filters that are true of two people find nobody."""
    await scene.value(lambda act: register_participant(act, JOSE))
    await scene.participant("MRN-8", "Ann")
    wanted = ParticipantFilter(reference="MRN-8", name="José Pérez")
    assert (await shown(scene, wanted)).items == ()


async def test_pages_hold_everybody_once_newest_first(scene: Scene) -> None:
    """A list read page by page is the whole list, and the last page has no cursor."""
    made = [await scene.participant(f"P-{number}") for number in range(5)]
    seen = []
    cursor: str | None = None
    for _ in range(3):
        page = await shown(scene, ParticipantFilter(), Page(2, cursor))
        seen += [person.id for person in page.items]
        cursor = page.next_cursor
    assert cursor is None
    assert seen == sorted(made, reverse=True)


@pytest.mark.parametrize("cursor", ["", "?", "AAAA", "é", "A" * 23, "AAAAAAAAAAAAAAAAAAAAAB", "a\0"])
async def test_a_cursor_that_no_list_gave_is_refused(scene: Scene, cursor: str) -> None:
    """A cursor is opaque: one made by hand is not guessed at."""
    asked = scene.refusal(lambda act: list_participants(act, ParticipantFilter(), Page(2, cursor)))
    assert await asked == ("invalid", ("cursor",))


async def test_a_change_names_what_changes_and_leaves_the_rest(scene: Scene) -> None:
    """Null clears a field; the new name is found and the old one is not."""
    jose = await scene.value(lambda act: register_participant(act, JOSE))
    change = ParticipantChange(name="Pepe", phone=None)
    done = await scene.done(lambda act: change_participant(act, jose.id, change, 1))
    assert (done.value.name, done.value.phone, done.value.email) == ("Pepe", None, JOSE.email)
    assert done.revision == 2
    for name, count in (("pepe", 1), ("josé pérez", 0)):
        assert len((await shown(scene, ParticipantFilter(name=name))).items) == count


async def test_an_empty_change_keeps_the_revision(scene: Scene) -> None:
    """Saying what is so already changes nothing."""
    jose = await scene.value(lambda act: register_participant(act, JOSE))
    change = ParticipantChange(language="es")
    assert (await scene.done(lambda act: change_participant(act, jose.id, change, 1))).revision == 1


async def test_a_change_of_what_somebody_else_changed_is_refused(scene: Scene) -> None:
    """Of two people who read the same revision, one changes it and the other reads again."""
    jose = await scene.value(lambda act: register_participant(act, JOSE))
    changes = [ParticipantChange(name=f"Name {number}") for number in range(10)]
    answers = await asyncio.gather(*(scene.ask(changing(jose.id, change)) for change in changes))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    last = scene.refusal(lambda act: change_participant(act, jose.id, changes[0], 1))
    assert await last == ("precondition_failed", ())


async def test_an_unknown_participant_is_not_found(scene: Scene) -> None:
    """An id that does not exist and one of another clinic are answered alike."""
    elsewhere = await (await scene.elsewhere()).participant("X")
    for unknown in (uuid4(), elsewhere):
        assert await scene.refusal(reading(unknown)) == ("not_found", ())
        assert await scene.refusal(changing(unknown, ParticipantChange())) == ("not_found", ())


async def test_each_read_of_a_record_is_audited(scene: Scene) -> None:
    """Whoever was shown a participant, alone or in a list, stands in the audit trail."""
    jose = await scene.participant()
    await scene.value(lambda act: read_participant(act, jose))
    await scene.value(lambda act: list_participants(act, ParticipantFilter(), Page()))
    assert (await scene.deeds())[1:] == ["participant.registered", "participant.read", "participant.listed"]


async def test_the_newest_people_are_found_by_a_part_of_their_name(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are more than a process remembers, the others are found by their whole name alone."""
    monkeypatch.setattr(names, "PEOPLE_MAX", 4)
    monkeypatch.setattr(names, "PIECE", 2)
    for number in range(6):
        await scene.participant(f"P-{number}", f"Gloria Nr{number}")

    async def found(typed: str) -> list[str]:
        return [one.reference for one in (await scene.value(partial(find_people, typed=typed))).people]

    assert await found("glor") == ["P-5", "P-4", "P-3", "P-2"]
    assert await found("Gloria Nr0") == ["P-0"]
    await scene.participant("P-6", "Gloria Nr6")
    assert (await found("glor"))[0] == "P-6"
