"""One visit moved, called off or added: from the week and from the person's page, each with why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.web.desk import expected_today, today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]
TOMORROW = timedelta(days=1)


async def visits(clinic: Clinic, who: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Give the status of somebody's visits by target and day."""
    items = (await clinic.get(f"/v1/enrollments/{who['enrollment']}/visits")).json()["items"]
    return {(one["target"], one["due_on"]): one["status"] for one in items}


def address(page: str, target: str, day: str) -> str:
    """Give where a page leads for one visit."""
    found = re.search(rf'href="(/desk/people/[^"]+target={target}&amp;due_on={day}[^"]*)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


async def weekly(clinic: Clinic) -> dict[str, Any]:
    """Enroll somebody who is expected once a week, today first."""
    await expected_today(clinic)
    who = (await clinic.post("/v1/participants", {"reference": "W-1", "name": "Wanda Week"})).json()
    program = {
        "name": "weekly",
        "title": "Weekly",
        "unit": "usd",
        "weeks": 12,
        "targets": [
            {
                "name": "visit",
                "behavior": "attendance",
                "visits": {"per_week": 1, "missed_after_hours": 24},
                "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 500}}],
            }
        ],
    }
    assert (await clinic.post("/v1/programs", program)).status_code == 201
    new = {"participant": who["id"], "program": "weekly", "starts_on": today().isoformat()}
    return {**who, "enrollment": (await clinic.post("/v1/enrollments", new)).json()["id"]}


async def test_a_visit_is_moved_from_the_person_s_page_and_called_off_from_the_week(
    manage: Manage, clinic: Clinic
) -> None:
    """A reason is chosen, a day is needed to move it; both pages show what came of it."""
    who = await weekly(clinic)
    day = next(day for _, day in sorted(await visits(clinic, who)) if day > today().isoformat())
    page = (await manage.get(f"/desk/people/{who['id']}", "front_desk")).text
    where = address(page, "visit", day)
    form = {"target": "visit", "due_on": day, "what": "move", "reason": "unwell", "back": "person"}
    path = where.partition("?")[0]
    assert "Move or call off a visit" in (await manage.get(where, "front_desk")).text
    without = await manage.post(path, form, "front_desk")
    assert (without.status_code, '<a href="#day"><b>New day (to move it):</b>' in without.text) == (422, True)
    assert '<option value="unwell" selected>' in without.text
    none = await manage.post(path, {**form, "reason": "", "day": day}, "front_desk")
    assert (none.status_code, 'id="reason-fault"' in none.text) == (422, True)
    later = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    moved = await manage.post(path, {**form, "day": later}, "front_desk")
    assert moved.headers["location"] == f"/desk/people/{who['id']}?done=move"
    assert "The visit was moved." in (await manage.get(moved.headers["location"], "front_desk")).text
    assert ("visit", day) not in await visits(clinic, who)
    assert (await visits(clinic, who))["visit", later] == "expected"
    week = (await manage.get(f"/desk/week?on={later}", "front_desk")).text
    where = address(week, "visit", later)
    form |= {"due_on": later, "what": "call_off", "back": "week"}
    off = await manage.post(where.partition("?")[0], form, "front_desk")
    assert off.headers["location"] == f"/desk/week?on={later}&planned=call_off"
    # What is called off stands where the program lays it.
    assert (await visits(clinic, who))["visit", day] == "canceled"


async def test_one_more_visit_stands_in_the_calendar(manage: Manage, clinic: Clinic) -> None:
    """And on the desk's list of its day; a day that is over is refused in words, at its field."""
    who = await weekly(clinic)
    path = f"/desk/people/{who['id']}/visits/{who['enrollment']}"
    assert "One more visit" in (await manage.get(path, "front_desk")).text
    form = {"target": "visit", "what": "add", "reason": "asked", "back": "person"}
    past = await manage.post(path, {**form, "day": (today() - TOMORROW).isoformat()}, "front_desk")
    assert (past.status_code, 'role="alert"' in past.text) == (422, True)
    day = today() + timedelta(days=3)
    done = await manage.post(path, {**form, "day": day.isoformat()}, "front_desk")
    assert done.status_code == 303, done.text
    page = (await manage.get(f"/desk/people/{who['id']}", "front_desk")).text
    calendar = page.partition('id="calendar"')[2].partition("</ol>")[0]
    cell = next(one for one in calendar.split("<li") if f"{day:%b} {day.day}<" in one)
    assert "expected" in cell
    assert cell.count("Session") == 1


async def test_another_person_s_enrollment_is_not_there(manage: Manage, clinic: Clinic) -> None:
    """Neither to look at nor to plan."""
    who = await weekly(clinic)
    other = (await clinic.get("/v1/participants", reference="MRN-1")).json()["items"][0]
    path = f"/desk/people/{other['id']}/visits/{who['enrollment']}"
    assert (await manage.get(path, "front_desk")).status_code == 404
    form = {"target": "visit", "what": "add", "reason": "asked", "day": (today() + TOMORROW).isoformat()}
    assert (await manage.post(path, form, "front_desk")).status_code == 404
