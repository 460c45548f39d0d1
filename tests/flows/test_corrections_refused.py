"""Who may correct what, how often, and what lists show of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from schemas.corrections import CorrectionKind, NewCorrection
from schemas.program import (
    Excuses,
)
from service.core.cursors import Page
from service.flows.perform import Again, Once
from service.flows.visits.corrections import correct_event
from service.flows.visits.read_events import EventFilter, list_events

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

from tests.flows.histories import CALIFORNIA, history, one_paid, paid


async def test_corrections_are_refused_by_role_and_meaning(scene: Scene) -> None:
    """Each refusal has its own code and place, and nothing is written."""
    person = await history(scene)
    await person.visits("negative", "excused", "negative")
    one, excused, third = person.events
    assert (await person.refusal(UUID(int=5), "excuse"))[0] == "not_found"
    assert await person.refusal(one, "lab_overturn") == ("invalid", ("$.outcome",))
    assert await person.refusal(one, "lab_overturn", "attended") == ("outcome_not_allowed", ("$.outcome",))
    assert await person.refusal(one, "lab_overturn", "excused") == ("outcome_not_allowed", ("$.outcome",))
    assert await person.refusal(one, "lab_overturn", "negative") == ("invalid", ("$.outcome",))
    assert await person.refusal(one, "excuse", "excused") == ("invalid", ("$.outcome",))
    assert await person.refusal(excused, "excuse") == ("invalid", ("$.kind",))
    await person.correct(1, "lab_overturn", "positive")
    assert await person.refusal(one, "lab_overturn", "positive") == ("already_corrected", ("$.outcome",))
    withdrawn = await person.correct(3, "entry_error")
    assert (await person.refusal(third, "entry_error"))[0] == "already_corrected"
    assert (await person.refusal(third, "excuse"))[0] == "already_corrected"
    assert isinstance(withdrawn.corrections, tuple)
    assert await person.refusal(withdrawn.corrections[0].id, "excuse") == ("invalid", ("$.kind",))
    deeds = await scene.deeds()
    assert deeds.count("event.corrected") == 2


async def test_where_the_program_asks_for_it_another_person_excuses(scene: Scene) -> None:
    """Who recorded an absence does not excuse it; a colleague does."""
    program = replace(CALIFORNIA, name="strict", excuses=Excuses(by_another=True))
    person = await history(scene, program)
    await person.visits("missed", role="clinician")
    assert (await person.refusal(person.events[0], "excuse", role="clinician"))[0] == "same_person"
    assert (await person.correct(1, "excuse", role="manager")).event.effect == "neutral"


async def test_a_lab_overturn_cannot_excuse(scene: Scene) -> None:
    """Who recorded an absence does not overturn it to what changes nothing; a colleague does."""
    program = replace(CALIFORNIA, name="strict", excuses=Excuses(by_another=True))
    person = await history(scene, program)
    await person.visits("missed", role="clinician")
    overturn = person.refusal(person.events[0], "lab_overturn", "pending", role="clinician")
    assert (await overturn)[0] == "same_person"
    assert (await person.correct(1, "lab_overturn", "pending", role="manager")).event.effect == "neutral"


async def test_beyond_the_program_s_limit_an_excused_visit_counts_as_missed(scene: Scene) -> None:
    """The first keeps the place on the ladder, the second sends it back."""
    program = replace(CALIFORNIA, name="limited", excuses=Excuses(limit=1))
    person = await history(scene, program)
    await person.visits("negative", "negative", "excused")
    receipt = await person.visits("excused")
    assert receipt.event.effect == "failure"
    assert receipt.awards[0].reasons[0].code == "allowance_used"
    assert await one_paid(person) == 1000


async def test_a_correction_is_done_once_however_often_it_is_sent(scene: Scene) -> None:
    """The same key gives the first answer, and nothing more is paid."""
    person = await history(scene)
    await person.visits("positive", "negative")
    new = NewCorrection("lab_overturn", "The lab called.", "negative")
    once = Once("once", bytes(32))
    answers = [
        await scene.ask(lambda act: correct_event(act, person.events[0], new), "clinician", once)
        for _ in range(2)
    ]
    assert isinstance(answers[1], Again)
    assert await person.available() == 2000


async def test_lists_show_what_stands_and_what_was_recorded(scene: Scene) -> None:
    """An overturned event says both, a withdrawn one that it is; others say neither."""
    person = await history(scene)
    await person.visits("positive", "negative", "negative")
    await person.correct(1, "lab_overturn", "negative")
    await person.correct(2, "entry_error")
    wanted = EventFilter(participant=person.enrollment.participant)
    page = await scene.value(lambda act: list_events(act, wanted, Page(50, None)))
    assert [(one.outcome, one.effect, one.recorded_outcome, one.withdrawn) for one in page.items] == [
        ("negative", "success", UNSET, UNSET),
        ("negative", "neutral", UNSET, True),
        ("negative", "success", "positive", UNSET),
    ]


@pytest.mark.parametrize("kind", ["lab_overturn", "excuse"])
async def test_a_visit_of_a_closed_time_is_still_corrected(scene: Scene, kind: CorrectionKind) -> None:
    """The lab may call after the last visit, and the participant is paid what is due."""
    person = await history(scene)
    await person.visits("negative", "positive", "negative")
    scene.clock.now += timedelta(days=400)
    outcome = "negative" if kind == "lab_overturn" else None
    assert paid(await person.correct(2, kind, outcome)) == (1150 if kind == "lab_overturn" else 0)
