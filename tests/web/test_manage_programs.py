"""Programs as a manager sees them: the list, one program, and what it pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.core.authoring.scenarios import perfect_totals, scenarios
from service.core.naming import program_title
from service.web.pages.editor.starters import starters
from tests.web.manage import manage, text_of

if TYPE_CHECKING:
    from tests.web.manage import Manage

__all__ = ["manage"]

CALIFORNIA = starters()["california-recovery-incentives"]


async def publish(manage: Manage, text: str = CALIFORNIA.text) -> None:
    """Publish a program over the API."""
    answer = await manage.clinic.client().post(
        "/v1/programs", content=text, headers={"content-type": "application/yaml"}
    )
    assert answer.status_code in {200, 201}, answer.text


def test_the_price_of_recovery_is_the_one_that_the_schedule_says() -> None:
    """California's schedule pays $599.00, $541.00 after a miss, and $473.50 were there no way back."""
    shown = scenarios(CALIFORNIA.program, "stimulant-negative", 12)
    assert shown.no_recovery is not None
    assert [one.total for one in (shown.perfect, shown.missed, shown.no_recovery)] == [59900, 54100, 47350]


@pytest.mark.parametrize("name", sorted(starters()))
def test_every_program_to_start_from_can_be_imagined(name: str) -> None:
    """Each target has visits, a miss never pays more than none, and the whole pays something, or by a hat."""
    program = starters()[name].program
    assert perfect_totals(program) or all(target.hat is not None for target in program.targets)
    for target in program.targets:
        shown = scenarios(program, target.name, None)
        assert shown.missed.total <= shown.perfect.total
        assert shown.missed.rows[shown.miss - 1].total == 0


async def test_a_clinic_without_programs_is_shown_some_to_start_from(manage: Manage) -> None:
    """An empty list says what to do next, to whoever may do it."""
    page = text_of((await manage.get("/manage/programs")).text)
    assert "There is no program yet" in page
    assert program_title(CALIFORNIA.program).en in page
    assert "Start from this" not in (await manage.get("/manage/programs", "auditor")).text


async def test_a_program_shows_what_it_pays(manage: Manage) -> None:
    """Its totals, its sentences and its versions; another miss may be asked for."""
    await publish(manage)
    page = (await manage.get("/manage/programs/california-recovery-incentives")).text
    assert "$473.50" in page
    assert "After a miss at visit 12, the way back is worth $67.50." in page
    assert "up to $26.50" in page
    assert "2 visits a week are expected." in page
    later = (await manage.get("/manage/programs/california-recovery-incentives?miss=31")).text
    assert "$589.00" in later
    assert (await manage.get("/manage/programs/not-here")).status_code == 404


async def test_auditors_and_clinicians_read_programs(manage: Manage) -> None:
    """Whoever may read them at the API may read them here."""
    assert (await manage.get("/manage/programs", "auditor")).status_code == 200
    assert (await manage.get("/manage/programs", "clinician")).status_code == 200
