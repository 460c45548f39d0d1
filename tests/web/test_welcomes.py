"""A welcome is earned by no behavior: one person alone hands out the first one in a program only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import clock
from tests.web.conftest import assert_problem
from tests.web.test_where_value_leaves import PROGRAM, Made

if TYPE_CHECKING:
    from tests.web.conftest import Clinic


async def test_an_enrollment_that_is_opened_again_pays_no_second_welcome_to_one_person_alone(
    clinic: Clinic,
) -> None:
    """The first welcome is everyday work; one more in the same program waits for a colleague."""
    made = Made(clinic)
    await made.enroll(0)
    await clinic.post("/v1/programs", {**PROGRAM, "name": "welcoming", "welcome": 500})
    asked = {"participant": made.who, "program": "welcoming", "starts_on": clock.today().isoformat()}
    first = await clinic.post("/v1/enrollments", asked, "front_desk")
    assert (await made.redeem()).status_code == 201
    path = f"/v1/enrollments/{first.json()['id']}/close"
    closing = {"reason": "Moved away.", "on": clock.today().isoformat()}
    assert (await clinic.post(path, closing, "front_desk")).status_code == 200
    assert (await clinic.post("/v1/enrollments", asked, "front_desk")).status_code == 201
    assert_problem(await made.redeem(), 403, "second_person_needed")
    assert [one["kind"] for one in (await made.looks())["waiting"]] == ["welcomed_again"]
    assert (await made.hand("clinician")).status_code == 201
    assert (await made.redeem()).status_code == 201
