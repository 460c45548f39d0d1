"""Service lines say what is billed for what was done, by the clinic's codes, and what corrections did."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from schemas.billing import NewBillingRule, ServiceLine
from schemas.corrections import NewCorrection
from service.core.cursors import Page
from service.flows.ledger.billing import list_billing_rules, list_service_lines, set_billing_rule
from service.flows.visits.corrections import correct_event
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.test_minutes import attending, came

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

DAY = timedelta(days=1)
GROUP = NewBillingRule("group", "group", TODAY, procedure="H0005")


async def lines(scene: Scene, **asked: object) -> list[ServiceLine]:
    """Read the lines of the first week, oldest first."""
    since, until = asked.get("since", TODAY), asked.get("until", TODAY + 9 * DAY)
    page = await scene.value(lambda act: list_service_lines(act, Page(9), since, until))  # type: ignore[arg-type]
    return list(reversed(page.items))


async def coded(scene: Scene, *rules: NewBillingRule) -> None:
    """Set some rules."""
    for rule in rules:
        await scene.value(lambda act, rule=rule: set_billing_rule(act, rule))  # type: ignore[misc]


async def test_a_line_says_date_minutes_staff_and_the_codes_of_its_outcome(scene: Scene) -> None:
    """What has no code is no line; a code for an outcome goes first, then a later first day."""
    enrollment = await attending(scene)
    scene.clock.now = MONDAY + 9 * DAY
    await came(scene, enrollment.id, 180)
    await came(scene, enrollment.id, 45, 1, "left_early")
    await came(scene, enrollment.id, None, 2, "absent")
    await came(scene, enrollment.id, 90, 3)
    assert await lines(scene) == []
    await coded(
        scene,
        GROUP,
        replace(GROUP, outcome="left_early", procedure="H0005 52", result="Z1"),
        replace(GROUP, outcome="absent", procedure=None),
        replace(GROUP, starts_on=TODAY + 3 * DAY, procedure="90853"),
    )
    found = await lines(scene)
    assert [(one.on, one.minutes, one.procedure, one.result, one.status) for one in found] == [
        (TODAY, 180, "H0005", None, "final"),
        (TODAY + DAY, 45, "H0005 52", "Z1", "final"),
        (TODAY + 3 * DAY, 90, "90853", None, "final"),
    ]
    assert {(one.reference, one.recorded_by, one.changed_at) for one in found} == {
        ("G-1", scene.actor().id, None)
    }
    assert [one.on for one in await lines(scene, until=TODAY)] == [TODAY]


async def test_a_correction_is_said_on_the_line_that_it_corrects(scene: Scene) -> None:
    """The id stays: other minutes or codes make it corrected; what is gone is void with its first code."""
    enrollment = await attending(scene)
    scene.clock.now = MONDAY + 9 * DAY
    await coded(scene, GROUP, replace(GROUP, outcome="absent", procedure=None))
    done = [await came(scene, enrollment.id, 180, day) for day in range(4)]
    absent = await came(scene, enrollment.id, None, 4, "absent")
    for receipt, correction in zip(
        (*done[:3], absent),
        (
            NewCorrection("minutes", "It ended early.", minutes=150),
            NewCorrection("entry_error", "Somebody else's."),
            NewCorrection("lab_overturn", "They were not there.", "absent"),
            NewCorrection("lab_overturn", "They were there.", "attended"),
        ),
        strict=True,
    ):
        event = receipt.event.id
        await scene.value(lambda act, e=event, c=correction: correct_event(act, e, c))  # type: ignore[misc]
    found = await lines(scene)
    assert [(one.event, one.status, one.procedure, one.minutes) for one in found] == [
        (done[0].event.id, "corrected", "H0005", 150),
        (done[1].event.id, "void", "H0005", None),
        (done[2].event.id, "void", "H0005", None),
        (done[3].event.id, "final", "H0005", 180),
        (absent.event.id, "corrected", "H0005", None),
    ]
    assert [one.changed_at is None for one in found] == [False, False, False, True, False]


async def test_a_rule_that_cannot_be_is_refused_at_its_field(scene: Scene) -> None:
    """A program, target or outcome that there is not, and a result without a procedure."""
    await attending(scene)
    for wrong, code, place in (
        (replace(GROUP, program="nowhere"), "unknown_program", "$.program"),
        (replace(GROUP, target="nothing"), "unknown_target", "$.target"),
        (replace(GROUP, outcome="negative"), "outcome_not_allowed", "$.outcome"),
        (replace(GROUP, procedure=None, result="Z1"), "invalid", "$.result"),
    ):
        refusal = await scene.refusal(lambda act, wrong=wrong: set_billing_rule(act, wrong))  # type: ignore[misc]
        assert refusal == (code, (place,))
    assert (await scene.value(lambda act: list_billing_rules(act, Page(9)))).items == ()


async def test_lines_come_page_by_page_of_one_clinic_and_of_one_person(scene: Scene) -> None:
    """Each page goes on where the one before ended; another clinic has none of them."""
    first, second = await attending(scene), await attending(scene, "G-2")
    scene.clock.now = MONDAY + 9 * DAY
    await coded(scene, GROUP)
    for day in range(3):
        await came(scene, first.id, 60, day)
    await came(scene, second.id, 60)
    seen, cursor = [], None
    for _ in range(3):
        wanted = partial(list_service_lines, page=Page(2, cursor), since=TODAY, until=TODAY + 9 * DAY)
        page = await scene.value(wanted)
        seen += [one.event for one in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 4
    own = await scene.value(
        lambda act: list_service_lines(act, Page(9), TODAY, TODAY + 9 * DAY, second.participant)
    )
    assert [one.reference for one in own.items] == ["G-2"]
    elsewhere = await scene.elsewhere()
    assert (await elsewhere.value(lambda act: list_service_lines(act, Page(9), None, None))).items == ()
    assert (await elsewhere.value(lambda act: list_billing_rules(act, Page(9)))).items == ()
