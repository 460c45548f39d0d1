"""Somebody whom one person alone knows is looked at by another once what was recorded comes to much."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from schemas.people import NewEnrollment
from schemas.second_looks import NewSecondLook
from service.flows.people.enrollments import open_enrollment
from service.flows.shelf.second_looks import take_second_look
from tests.flows.alone import handed
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from schemas.people import Enrollment, Role
    from schemas.shelf import Reward
    from tests.flows.conftest import Scene

VISITS = 20
"""A ladder of $1.00, $2.00, $3.00 and so on: nineteen visits come to $190.00, twenty to $210.00."""


async def visited(scene: Scene, opener: Role = "front_desk") -> tuple[Enrollment, Reward]:
    """Let the front desk enroll somebody and record a visit each day, and put a mug on the shelf."""
    document = await scene.program()
    new = NewEnrollment(await scene.participant(), document.name, TODAY)
    enrollment = await scene.value(lambda act: open_enrollment(act, new), opener)
    mug = await scene.reward(100, stock=9, instant=True)
    for day in range(VISITS - 1):
        scene.clock.now = MONDAY + timedelta(days=day)
        await scene.record(enrollment.id, "negative", scene.clock.now)
    return enrollment, mug


async def test_a_person_whom_one_alone_knows_is_asked_about_once(scene: Scene) -> None:
    """Up to the bound nobody is; beyond it a colleague looks once, and then nobody is again."""
    enrollment, mug = await visited(scene)
    who, clerk = enrollment.participant, scene.actor("front_desk")
    assert await handed(scene, who, mug, clerk) == ""
    await scene.record(enrollment.id, "negative", scene.clock.now + timedelta(minutes=1))
    assert await handed(scene, who, mug, clerk) == "second_person_needed.own"
    await scene.value(lambda act: take_second_look(act, who, NewSecondLook()), "clinician")
    for day in range(VISITS, VISITS + 10):
        scene.clock.now = MONDAY + timedelta(days=day)
        await scene.record(enrollment.id, "negative", scene.clock.now)
    assert await handed(scene, who, mug, clerk) == ""


@pytest.mark.parametrize("how", ["opened", "recorded", "given"])
async def test_whom_somebody_else_has_had_to_do_with_is_not_asked_about(scene: Scene, how: str) -> None:
    """Whoever opened the enrollment, recorded a visit or handed something out has seen them."""
    enrollment, mug = await visited(scene, "clinician" if how == "opened" else "front_desk")
    who, later = enrollment.participant, scene.clock.now + timedelta(minutes=1)
    if how == "given":
        assert await handed(scene, who, mug, scene.actor("clinician")) == ""
    await scene.record(enrollment.id, "negative", later, "clinician" if how == "recorded" else "front_desk")
    assert await handed(scene, who, mug, scene.actor("front_desk")) == ""
