"""Manage in five groups, and one search for people, programs, rewards and pages, by role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from service.web.pages.framework.nav import GROUPS, OWN, groups_of, places_of
from service.web.pages.routes import PAGES
from tests.web.desk import expected_today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from schemas.people import Role
    from tests.web.conftest import Clinic

__all__ = ["manage"]
ROLES: tuple[Role, ...] = ("front_desk", "clinician", "manager", "auditor")


@pytest.mark.parametrize("role", ROLES)
def test_every_place_is_a_page_that_the_role_may_open(role: Role) -> None:
    """What a name leads to is there for whoever reads it."""
    who = {page.path: page.who for page in PAGES if page.method == "GET"}
    for name, path in places_of(role):
        assert role in who[path], f"{name} for {role}"


def test_all_pages_of_manage_stand_in_five_groups() -> None:
    """Each once, and every group of a role begins with a page of theirs."""
    assert len(GROUPS) == 5
    names = [name for names in GROUPS.values() for name in names]
    assert len(names) == len(set(names)) == len(OWN["manager"])
    assert [group.name for group in groups_of("clinician")] == ["now", "programs", "people"]


async def test_a_few_letters_find_people_programs_rewards_and_pages(manage: Manage, clinic: Clinic) -> None:
    """In either language; each leads to its page."""
    people = await expected_today(clinic)
    new = {"name": "Phone charger", "unit": "usd", "price": 900, "kind": "item", "category": "home"}
    reward = (await clinic.post("/v1/rewards", {**new, "stock": 3})).json()
    found = (await manage.post("/find", {"all": "whit"})).text
    assert f'href="/desk/people/{people[1]["id"]}"' in found
    assert 'href="/manage/programs/stimulant-24"' in (await manage.post("/find", {"all": "stimul 24"})).text
    assert f'href="/manage/shelf/{reward["id"]}"' in (await manage.post("/find", {"all": "charger"})).text
    for typed in ("holid", "feriad", "clos"):
        assert 'href="/manage/closures"' in (await manage.post("/find", {"all": typed})).text, typed
    assert "Nothing found" in (await manage.post("/find", {"all": "zzzz"})).text


async def test_the_search_shows_a_role_nothing_that_is_not_its_own(manage: Manage, clinic: Clinic) -> None:
    """The auditor finds no people; the front desk no page of Manage, no program and no shelf."""
    await expected_today(clinic)
    assert "James Whitfield" not in (await manage.post("/find", {"all": "whit"}, "auditor")).text
    assert 'href="/manage/audit"' in (await manage.post("/find", {"all": "audit"}, "auditor")).text
    desk = (await manage.post("/find", {"all": "stimul"}, "front_desk")).text
    assert "/manage/" not in desk
    assert 'href="/desk/week"' in (await manage.post("/find", {"all": "semana"}, "front_desk")).text


async def test_the_open_group_shows_its_pages_and_no_other_s(manage: Manage) -> None:
    """Five names, then those of the open group; what waits is said on both."""
    page = (await manage.get("/manage/closures")).text
    groups = page.partition('class="groups tabs"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', groups) == [
        "/manage",
        "/manage/programs",
        "/manage/consents",
        "/manage/reports",
        "/manage/staff",
    ]
    own = page.partition('class="sub tabs"')[2].partition("</nav>")[0]
    assert re.findall(r'href="/manage/([^"]+)"', own) == [
        "programs",
        "shelf",
        "providers",
        "groups",
        "closures",
        "caps",
    ]


async def test_what_is_printed_begins_with_whose_it_is_the_day_and_what_it_is(
    manage: Manage, clinic: Clinic
) -> None:
    """On every page of staff, on paper alone."""
    await expected_today(clinic)
    page = (await manage.get("/manage/reports")).text
    said = page.partition('<p class="printed">')[2].partition("</p>")[0]
    assert re.search(r"\w+day, \w+ \d{1,2}, \d{4}, .*Reports", said)
    assert '<option value="stimulant-24" >Stimulants, 24 weeks</option>' in page
