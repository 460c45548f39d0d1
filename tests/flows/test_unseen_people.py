"""What goes out to people whom one person alone knows is bounded in all: many can be made up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from schemas.people import NewEnrollment
from schemas.second_looks import SecondPersonRulesChange
from service.core.actors import Actor
from service.flows.people.enrollments import open_enrollment
from service.flows.shelf.second_person_rules import set_rules
from tests.flows.alone import handed
from tests.flows.conftest import MONDAY, TODAY

if TYPE_CHECKING:
    from uuid import UUID

    from schemas.people import Role
    from schemas.shelf import Reward
    from tests.flows.conftest import Scene

WORTH = 5000
"""Four of them come to the bound of a new clinic, $200.00."""


async def shelved(scene: Scene) -> Reward:
    """Put a reward of $50.00 on the shelf."""
    return await scene.reward(WORTH, stock=50, instant=True)


async def made_up(scene: Scene, number: int, role: Role = "front_desk", recorder: Role | None = None) -> UUID:
    """Enroll somebody as one person, who records a visit of $60.00 for them."""
    document = await scene.program("many", 6000)
    new = NewEnrollment(await scene.participant(f"P-{number}"), document.name, TODAY)
    enrollment = await scene.value(lambda act: open_enrollment(act, new), role)
    await scene.record(enrollment.id, "negative", scene.clock.now, recorder or role)
    return enrollment.participant


async def unbounded(scene: Scene) -> None:
    """Let welcomes be no question, so that only what is tested here is."""
    change = SecondPersonRulesChange(welcomed_usd_max=None)
    await scene.by_another(lambda act: set_rules(act, change))


async def test_what_goes_out_to_people_whom_one_alone_knows_is_bounded_in_all(scene: Scene) -> None:
    """The fifth waits for a colleague, who sees them by handing it out; a week later it begins anew."""
    await unbounded(scene)
    mug, clerk = await shelved(scene), scene.actor("front_desk")
    people = [await made_up(scene, number) for number in range(6)]
    for who in people[:4]:
        assert await handed(scene, who, mug, clerk) == ""
    assert await handed(scene, people[4], mug, clerk) == "second_person_needed.unseen"
    own = Actor(scene.clinic, people[4], "participant")
    assert await handed(scene, people[4], mug, own) == "second_person_needed.desk"
    assert await handed(scene, people[4], mug, scene.actor("clinician")) == ""
    # What a colleague handed out, and to whom, counts no more: it was seen.
    assert await handed(scene, people[5], mug, clerk) == "second_person_needed.unseen"
    scene.clock.now = MONDAY + timedelta(days=7, minutes=1)
    assert await handed(scene, people[5], mug, clerk) == ""


@pytest.mark.parametrize("how", ["opened", "recorded"])
async def test_people_whom_somebody_else_has_seen_are_no_part_of_it(scene: Scene, how: str) -> None:
    """Whoever enrolled them or recorded a visit has met them."""
    await unbounded(scene)
    mug, clerk = await shelved(scene), scene.actor("front_desk")
    for number in range(6):
        opener: Role = "clinician" if how == "opened" else "front_desk"
        who = await made_up(scene, number, opener, "clinician" if how == "recorded" else "front_desk")
        assert await handed(scene, who, mug, clerk) == ""


async def test_manager_alone_and_a_clinic_without_the_bound_are_not_asked(scene: Scene) -> None:
    """Only whom the rules name is bound, and a clinic may set another bound or none."""
    await unbounded(scene)
    mug = await shelved(scene)
    for number in range(6):
        who = await made_up(scene, number, "manager")
        assert await handed(scene, who, mug, scene.actor()) == ""
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange(unseen_usd_max=WORTH)))
    first, second = [await made_up(scene, number) for number in (7, 8)]
    assert await handed(scene, first, mug, scene.actor("front_desk")) == ""
    assert await handed(scene, second, mug, scene.actor("front_desk")) == "second_person_needed.unseen"
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange(unseen_usd_max=None)))
    assert await handed(scene, second, mug, scene.actor("front_desk")) == ""
