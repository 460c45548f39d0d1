"""Groups under Manage: made, changed, filled and emptied by forms alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.web.desk import PROGRAM, expected_today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]

FORM = {
    "name_en": "Mornings",
    "name_es": "Mañanas",
    "place": f"{PROGRAM['name']} group-session",
    "begins.mon": "09:00",
    "minutes.mon": "180",
    "begins.thu": "13:30",
    "minutes.thu": "90",
}


async def test_a_group_is_made_filled_and_changed(manage: Manage, clinic: Clinic) -> None:
    """A clinician makes it; people are found by name, put in and taken out; a stale form changes nothing."""
    people = await expected_today(clinic)
    made = await manage.post("/manage/groups", FORM, "clinician")
    assert made.status_code == 303, made.text
    path = made.headers["location"].partition("?")[0]
    shown = await manage.get(path, "clinician")
    assert 'value="13:30"' in shown.text
    found = await manage.post(f"{path}/find", {"q": "Aisha"}, "clinician")
    assert people[2]["id"] in found.text
    joined = await manage.post(f"{path}/members", {"person": people[2]["id"]}, "clinician")
    assert joined.status_code == 303, joined.text
    assert people[2]["name"] in (await manage.get(path, "clinician")).text
    revision = re.search(r'name="revision" value="(\d+)"', shown.text)
    assert revision is not None
    other = {**FORM, "name_en": "Noons", "active": "yes", "revision": revision[1]}
    assert (await manage.post(path, other, "clinician")).status_code == 303
    stale = await manage.post(path, {**other, "name_en": "Nights"}, "clinician")
    assert stale.status_code == 412
    kept = (await clinic.get("/v1/groups")).json()["items"][0]
    assert (kept["name"]["en"], kept["members"], len(kept["times"])) == ("Noons", 1, 2)
    out = await manage.post(f"{path}/members/{people[2]['id']}/remove", {}, "clinician")
    assert out.status_code == 303
    assert (await clinic.get("/v1/groups")).json()["items"][0]["members"] == 0


async def test_what_is_wrong_with_a_group_is_said_and_nothing_typed_is_lost(
    manage: Manage, clinic: Clinic
) -> None:
    """A name in one language only, and no place, are told at their fields."""
    await clinic.post("/v1/programs", PROGRAM)
    for left_out in ("name_es", "place"):
        form = {name: text for name, text in FORM.items() if name != left_out}
        answer = await manage.post("/manage/groups", form, "clinician")
        assert answer.status_code == 422, answer.text
        assert 'value="Mornings"' in answer.text
        assert 'class="fault"' in answer.text
    assert (await clinic.get("/v1/groups")).json()["items"] == []


async def test_the_front_desk_and_an_auditor_change_no_group(manage: Manage, clinic: Clinic) -> None:
    """An auditor sees them, without a form."""
    await clinic.post("/v1/programs", PROGRAM)
    assert (await manage.post("/manage/groups", FORM, "auditor")).status_code == 403
    shown = await manage.get("/manage/groups", "auditor")
    assert (shown.status_code, "name_en" in shown.text) == (200, False)
