"""A fault planted by hand among corrections and moves is found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest
from msgspec.structs import replace

from schemas.corrections import NewCorrection
from schemas.people import MoveEnrollment
from schemas.verdicts import Verdict
from service.flows.people.transfers import move_enrollment
from service.flows.programs.programs import publish_program
from service.flows.verify.verify import verify
from service.flows.visits.corrections import correct_event
from tests.flows.conftest import MONDAY, program

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def verdict(scene: Scene) -> Verdict:
    """Verify the scene's clinic."""
    found = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert found is not None
    return found


async def filled(scene: Scene) -> None:
    """Record a history with an overturn, an overturn back, a withdrawal, a late event and a move."""
    enrollment = await scene.enrolled(welcome=500)
    events = [
        (await scene.record(enrollment.id, outcome, MONDAY - timedelta(minutes=9 - place))).event.id
        for place, outcome in enumerate(("negative", "positive", "negative"))
    ]
    steps = (
        (1, NewCorrection("lab_overturn", "The lab called.", "negative")),
        (1, NewCorrection("lab_overturn", "The lab called again.", "positive")),
        (2, NewCorrection("entry_error", "The wrong person.")),
    )
    for place, new in steps:
        await scene.value(lambda act, about=events[place], new=new: correct_event(act, about, new))  # type: ignore[misc]
    newer = replace(program("ladder", 500), title="Another title")
    await scene.value(lambda act: publish_program(act, newer))
    to = MoveEnrollment(2, "It is newer.")
    await scene.value(lambda act: move_enrollment(act, enrollment.id, to, is_preview=False))
    await scene.record(enrollment.id, "negative", MONDAY - timedelta(minutes=20))


FAULTS = [
    ("update corrections set outcome = 'refused' where fact_no = 4", "corrections"),
    ("update corrections set kind = 'excuse', outcome = null where fact_no = 4", "corrections"),
    ("update corrections set digest = sha256('') where fact_no = 4", "corrections"),
    ("update corrections set participant_id = gen_random_uuid() where fact_no = 6", "corrections"),
    ("update corrections set about_id = gen_random_uuid() where fact_no = 6", "corrections"),
    ("update corrections set fact_no = 20 where fact_no = 6", "enrollment_moves"),
    ("delete from corrections where fact_no = 5", "corrections"),
    ("delete from corrections where fact_no = 6", "enrollment_moves"),
    ("update audit set detail = '{}' where deed = 'event.corrected'", "corrections"),
    ("update enrollment_moves set to_version = 7", "enrollment_moves"),
    ("delete from enrollment_moves", "events"),
    ("update enrollments set version = 1", "enrollments"),
    ("update awards set amount = amount + 1 where kind = 'adjustment' and amount > 0", "awards"),
    ("update awards set cause_no = 30 where kind = 'adjustment'", "awards"),
]


@pytest.mark.parametrize(("fault", "table"), FAULTS)
async def test_a_planted_fault_is_found(
    scene: Scene, planting: asyncpg.Connection, fault: str, table: str
) -> None:
    """Whoever changes a correction, a move or what they led to has everything else against them."""
    await filled(scene)
    assert (await verdict(scene)).fault is None
    assert not (await planting.execute(fault)).endswith(" 0")
    found = (await verdict(scene)).fault
    assert found is not None
    assert found.table == table
