"""Enrolling somebody: the program is chosen, what it comes to is shown, and people are told apart."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import asyncpg

from tests.web.desk import PROGRAM, expected_today, today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]
WELCOMED: dict[str, Any] = {
    **PROGRAM,
    "name": "welcomed",
    "title": {"en": "Welcomed", "es": "Bienvenida"},
    "welcome": 2000,
}


def words(page: str) -> str:
    """Give what a page says, without its markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def new(reference: str, **also: str) -> dict[str, str]:
    """Give the form of somebody new."""
    form = {"once": uuid4().hex, "reference": reference, "program": "welcomed", "language": "en"}
    return {**form, "starts_on": (today() + timedelta(days=1)).isoformat(), **also}


async def test_nobody_is_enrolled_by_a_default(manage: Manage, clinic: Clinic) -> None:
    """No program is chosen for anybody, so the enter key sends nothing; without one the form is refused."""
    await expected_today(clinic)
    page = (await manage.get("/desk/new", "front_desk")).text
    choice = page.partition('<select class="in" id="program"')[2].partition("</select>")[0]
    assert choice.partition("<option")[2].startswith(' value="">Choose a program')
    assert "selected" not in choice
    assert " required" in choice.partition(">")[0]
    slip = await manage.post("/desk/new", new("MRN-90", program=""), "front_desk")
    assert (slip.status_code, '<a href="#program"><b>Program:</b>' in slip.text) == (422, True)


async def test_what_an_enrollment_comes_to_is_shown_before_it_is_one_and_is_what_it_then_is(
    manage: Manage, clinic: Clinic
) -> None:
    """The program, the days, the gift and the first visit; nothing is on record until it is meant."""
    await clinic.post("/v1/programs", WELCOMED)
    form = new("MRN-91", name="Nina Novak", mark="1984")
    shown = await manage.post("/desk/new", form, "front_desk")
    assert shown.status_code == 200
    said = words(shown.text)
    tomorrow = f"{today() + timedelta(days=1):%B} {(today() + timedelta(days=1)).day}"
    assert "Program Welcomed" in said
    assert said.count(tomorrow) == 2
    assert "Negative test · worth $10.00" in said
    assert "Welcome gift, now $20.00" in said
    assert (await clinic.get("/v1/participants", reference="MRN-91")).json()["items"] == []
    back = await manage.post("/desk/new", {**form, "change": "yes"}, "front_desk")
    assert 'value="Nina Novak"' in back.text
    assert 'value="1984"' in back.text
    assert '<option value="welcomed" selected>' in back.text
    assert (await manage.post("/desk/new", {**form, "sure": "true"}, "front_desk")).status_code == 303
    made = (await clinic.get("/v1/participants", reference="MRN-91")).json()["items"][0]
    assert made["mark"] == "1984"
    balance = (await clinic.get(f"/v1/participants/{made['id']}/balance")).json()["balances"]
    assert [(one["unit"], one["available"]) for one in balance] == [("usd", 2000)]
    own = (await clinic.get("/v1/enrollments", participant=made["id"])).json()["items"][0]
    visits = (await clinic.get(f"/v1/enrollments/{own['id']}/visits")).json()["items"]
    assert min(one["due_on"] for one in visits) == own["starts_on"] == form["starts_on"]


async def test_what_the_deed_refuses_its_preview_refuses(manage: Manage, clinic: Clinic) -> None:
    """A program in which they are already, and days that cannot be, are told at their fields."""
    who = (await expected_today(clinic))[0]
    form = {"once": uuid4().hex, "program": PROGRAM["name"], "starts_on": today().isoformat()}
    twice = await manage.post(f"/desk/people/{who['id']}/enroll", form, "front_desk")
    assert (twice.status_code, 'id="program-fault"' in twice.text) == (409, True)
    move = f"/desk/people/{who['id']}/enrollments/{who['enrollment']}/move"
    await clinic.post("/v1/programs", WELCOMED)
    days = {"on": today().isoformat(), "starts_on": today().isoformat(), "reason": "Step."}
    early = await manage.post(move, {"once": uuid4().hex, "program": "welcomed", **days}, "front_desk")
    assert (early.status_code, 'id="starts_on-fault"' in early.text) == (422, True)
    days["starts_on"] = ""
    shown = await manage.post(move, {"once": uuid4().hex, "program": "welcomed", **days}, "front_desk")
    assert "Last day in the program now" in shown.text
    assert (await clinic.get(f"/v1/enrollments/{who['enrollment']}")).json()["status"] == "open"


async def test_ten_of_one_name_are_all_found_and_told_apart(
    manage: Manage, clinic: Clinic, server: Server
) -> None:
    """Eight of ten at first, and it says so; the marks are not in the database in plain."""
    for number in range(10):
        person = {"reference": f"G-{number}", "name": "Ana Garcia", "mark": f"born {1960 + number}"}
        assert (await clinic.post("/v1/participants", person)).status_code == 201
    some = (await manage.post("/desk/find", {"q": "ana gar"}, "front_desk")).text
    assert "8 of 10" in some
    every = (await manage.post("/desk/find", {"q": "ana gar", "all": "yes"}, "front_desk")).text
    assert [f"born {1960 + number}" in every for number in range(10)] == [True] * 10
    assert "Show all of them" not in every
    connection = await asyncpg.connect(server.settings.migration_database_url)
    kept = await connection.fetch("select mark from participants where clinic_id = $1", UUID(clinic.id))
    await connection.close()
    assert len({row["mark"] for row in kept}) == 10
    assert all(b"born" not in row["mark"] for row in kept)


async def test_a_mark_is_changed_at_the_desk_and_stands_in_the_list_where_a_name_is_there_twice(
    manage: Manage, clinic: Clinic
) -> None:
    """Whoever has a name of their own has no mark in the list; their page has it."""
    people = await expected_today(clinic)
    for one, name in zip(people[:2], ("Ana Garcia", "Ana Garcia"), strict=True):
        details = {
            "reference": one["reference"],
            "revision": "1",
            "name": name,
            "mark": f"B-{one['reference']}",
        }
        changed = await manage.post(
            f"/desk/people/{one['id']}/details", {**details, "language": "en"}, "front_desk"
        )
        assert changed.status_code == 303, changed.text
    alone = {"reference": people[2]["reference"], "revision": "1", "name": "Aisha Karim", "mark": "alone"}
    await manage.post(f"/desk/people/{people[2]['id']}/details", {**alone, "language": "en"}, "front_desk")
    page = (await manage.get("/desk", "front_desk")).text
    assert [f"B-{one['reference']}" in page for one in people[:2]] == [True, True]
    assert '<span class="mark">alone</span>' not in page
    assert "alone" in (await manage.get(f"/desk/people/{people[2]['id']}", "front_desk")).text
