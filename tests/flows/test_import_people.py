"""Files of people alone: the new are registered and enrolled, and what is on record is never overwritten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from service.core.cursors import Page
from service.core.sheets.mapping import Mapping
from service.flows.imports.bring_import import begin_import, check_import
from service.flows.imports.near_numbers import near_numbers
from service.flows.imports.preview_import import preview_import
from service.flows.imports.run_imports import run_imports
from service.flows.people.participants import ParticipantFilter, list_participants
from tests.flows.importing import CALIFORNIA, NOW, SKEW, bring, publish

if TYPE_CHECKING:
    from schemas.people import Participant
    from tests.flows.conftest import Scene

HEAD = "Patient ID;Last name;First name;Cell;Language;Program;Start date\n"
ANA = f"0012;Núñez;Ana;(555) 010-0100;Spanish;{CALIFORNIA};3/2/2026\n"
BEN = f"0013;Berg;Ben;;;{CALIFORNIA};3/3/2026\n"
MONTH_FIRST = Mapping(times="month/day/year")


@pytest.fixture(autouse=True)
async def published(scene: Scene) -> None:
    """Publish the program, at a time after every line."""
    scene.clock.now = NOW
    await publish(scene)


async def person(scene: Scene, reference: str) -> Participant | None:
    """Find somebody by their number."""
    wanted = ParticipantFilter(reference=reference)
    found = await scene.value(partial(list_participants, wanted=wanted, page=Page(1)))
    return next(iter(found.items), None)


async def test_people_are_registered_with_their_details_and_enrolled_once(scene: Scene) -> None:
    """Brought in again, everything is known."""
    first = await bring(scene, HEAD + ANA + BEN, mapping=MONTH_FIRST)
    assert (first.counts.recorded, first.counts.people, first.counts.opened) == (2, 2, 2)
    ana = await person(scene, "0012")
    assert ana is not None
    assert (ana.name, ana.phone, ana.language) == ("Ana Núñez", "(555) 010-0100", "es")
    again = await bring(scene, HEAD + BEN + ANA, mapping=MONTH_FIRST)
    assert (again.counts.recorded, again.counts.known) == (0, 2)


async def test_details_that_the_record_lacks_are_added_and_others_are_a_conflict(scene: Scene) -> None:
    """Nothing of a refused line stays."""
    await bring(scene, HEAD + BEN, mapping=MONTH_FIRST)
    added = await bring(scene, HEAD + BEN.replace("Ben;;", "Ben;555-0101;"), mapping=MONTH_FIRST)
    assert added.counts.recorded == 1
    other = await bring(scene, HEAD + BEN.replace("Ben;;", "Bert;555-0101;"), mapping=MONTH_FIRST)
    assert other.refused == {2: "reference_conflict.other_details"}
    ben = await person(scene, "0013")
    assert ben is not None
    assert (ben.name, ben.phone) == ("Ben Berg", "555-0101")


async def test_line_that_cannot_be_enrolled_makes_nobody(scene: Scene) -> None:
    """An unknown program, a program without a day, and another day than on record."""
    await bring(scene, HEAD + BEN, mapping=MONTH_FIRST)
    text = HEAD + ANA.replace(CALIFORNIA, "nowhere") + ANA.replace("3/2/2026", "") + BEN.replace("3/3", "3/9")
    made = await bring(scene, text, mapping=MONTH_FIRST)
    assert {no: why.partition(".")[0] for no, why in made.refused.items()} == {
        2: "unknown_program",
        3: "not_enrolled",
        4: "outside_enrollment",
    }
    assert await person(scene, "0012") is None


async def test_people_go_through_the_page_s_steps_too(scene: Scene) -> None:
    """Checked, tried without effect, and recorded with the same counts."""
    data = (HEAD + ANA + BEN).encode("cp1252")
    made = await scene.value(partial(check_import, data=data, mapping=MONTH_FIRST))
    assert (made.found.good, made.found.bad) == (2, 0)
    assert made.found.decided is not None
    assert made.found.decided.of_people
    await scene.value(partial(preview_import, import_id=made.id, enrolls=True))
    await run_imports(scene.database, scene.clinic, SKEW)
    assert await person(scene, "0012") is None
    begun = await scene.value(partial(begin_import, import_id=made.id, enrolls=True))
    assert begun.preview is not None
    await run_imports(scene.database, scene.clinic, SKEW)
    assert (begun.preview.recorded, begun.preview.people) == (2, 2)
    assert await person(scene, "0013") is not None


async def test_whoever_may_be_known_is_registered_and_named(scene: Scene) -> None:
    """By a number that differs as by a slip, and by name and telephone number."""
    await bring(scene, HEAD + ANA, mapping=MONTH_FIRST)
    slip, twin = "12;Cruz;Eva;;;;\n", "77;Núñez;Ana;555 010 0100;;;\n"
    tried = await bring(scene, HEAD + slip + twin, mapping=MONTH_FIRST, is_preview=True)
    brought = await bring(scene, HEAD + slip + twin + ANA, mapping=MONTH_FIRST)
    for made in (tried, brought):
        assert (made.counts.people, made.counts.near) == (2, 2)
        assert [made.results[line].near for line in (2, 3)] == [("0012",), ("0012",)]
    assert brought.results[4].near == ()


async def test_numbers_that_are_nearly_the_same_are_named(scene: Scene) -> None:
    """Within a file, and against people on record, whom nobody is refused for."""
    await bring(scene, HEAD + ANA, mapping=MONTH_FIRST)
    async with scene.database.transaction(scene.clinic) as tx:
        assert await near_numbers(tx, {"12", "77"}) == (("0012", "12"),)
        assert await near_numbers(tx, {"0012"}) == ()
        assert await near_numbers(tx, {"0004711", "4711", "A-1"}) == (("0004711", "4711"),)
