"""Two charts of one person on the desk's pages: found, previewed, merged by a manager, and taken apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.web.desk import expected_today, tap, today
from tests.web.manage import manage, text_of

if TYPE_CHECKING:
    from tests.web.manage import Manage

__all__ = ["manage"]

VISIT = re.compile(r'name="(visit-[0-9a-f-]{36})" value="([0-9a-f -]+)"')


@pytest.fixture
async def people(manage: Manage) -> list[dict[str, Any]]:
    """Give four people who are expected today; the second is the first once more, and nobody knows yet."""
    return await expected_today(manage.clinic)


async def recorded(manage: Manage, who: dict[str, Any], outcome: str) -> None:
    """Record today's test at the desk."""
    at = f"/desk/people/{who['id']}/record"
    done = await manage.post(at, tap("", who["enrollment"], outcome), "front_desk")
    assert done.status_code == 303, done.text


async def available(manage: Manage, who: str) -> list[int]:
    """What somebody has to spend, by unit."""
    read = await manage.clinic.get(f"/v1/participants/{who}/balance")
    return [one["available"] for one in read.json()["balances"]]


async def test_chart_is_found_by_what_is_typed_and_by_being_near(manage: Manage) -> None:
    """A near number is offered without asking; others are found by name; nobody is offered themselves."""
    called = {"0004711": "Ana Lima", "4711": "Bea Costa", "X-1": "Carla Dias"}
    made = [
        await manage.clinic.post("/v1/participants", {"reference": reference, "name": name})
        for reference, name in called.items()
    ]
    first, near, far = (one.json() for one in made)
    at = f"/desk/people/{first['id']}/merge"
    offered = (await manage.get(at)).text
    assert f"{at}/{near['id']}" in offered
    assert f"{at}/{far['id']}" not in offered
    details = f"/desk/people/{first['id']}/details"
    assert f"{at}/{near['id']}" in (await manage.get(details)).text
    assert f"{at}/{near['id']}" not in (await manage.get(details, "front_desk")).text
    found = (await manage.post(at, {"q": "carla"})).text
    assert f"{at}/{far['id']}" in found
    assert f"{at}/{first['id']}" not in (await manage.post(at, {"q": "ana"})).text
    assert (await manage.get(at, "clinician")).status_code == 403


async def test_preview_shows_what_the_merge_does_and_merge_needs_a_reason(
    manage: Manage, people: list[dict[str, Any]]
) -> None:
    """What is shown beforehand is what is there afterwards: of today's test on both charts one is paid."""
    kept, other = people[:2]
    for who in (kept, other):
        await recorded(manage, who, "negative")
    at = f"/desk/people/{kept['id']}/merge/{other['id']}"
    shown = await manage.get(at)
    said = text_of(shown.text)
    assert shown.status_code == 200
    assert "1 visit is on both charts" in said
    assert re.search(r"What they have afterwards \$10\.00 ", said)
    assert await available(manage, other["id"]) == [1000]
    without = await manage.post(at, {"go": "yes"})
    assert (without.status_code, 'id="reason-fault"' in without.text) == (422, True)
    assert await available(manage, other["id"]) == [1000]
    done = await manage.post(at, {"go": "yes", "reason": "Twice registered", "once": str(uuid4())})
    assert (done.status_code, done.headers["location"]) == (303, f"/desk/people/{kept['id']}?done=merged")
    after = text_of((await manage.get(done.headers["location"])).text)
    assert "The charts are one now." in after
    assert f"The chart {other['display_code']} (MRN-1) became part of this one." in after
    assert await available(manage, kept["id"]) == [1000]
    ended = text_of((await manage.get(f"/desk/people/{other['id']}", "front_desk")).text)
    assert f"You asked for the chart {other['display_code']} (MRN-1)" in ended
    assert "See merges" not in ended


async def test_outcomes_that_differ_are_chosen_on_the_page(
    manage: Manage, people: list[dict[str, Any]]
) -> None:
    """Without a choice it is refused in words; the choice that was made is shown again and done."""
    kept, other = people[:2]
    await recorded(manage, kept, "positive")
    await recorded(manage, other, "negative")
    at = f"/desk/people/{kept['id']}/merge/{other['id']}"
    shown = (await manage.get(at)).text
    assert "Please choose" in shown
    undecided = await manage.post(at, {"go": "yes", "reason": "The same person"})
    assert undecided.status_code == 409
    assert "Choose which one stands" in undecided.text
    assert 'value="The same person"' in undecided.text
    (name, _), (_, others), _ = VISIT.findall(shown)
    again = (await manage.post(at, {name: others})).text
    assert f'value="{others}" checked' in again
    assert re.search(r"What they have afterwards \$10\.00 ", text_of(again))
    done = await manage.post(at, {name: others, "go": "yes", "reason": "The same person"})
    assert done.status_code == 303
    assert await available(manage, kept["id"]) == [1000]


async def test_enrollment_that_goes_on_is_chosen_on_the_page(
    manage: Manage, people: list[dict[str, Any]]
) -> None:
    """The other chart's can be the one that stays open."""
    kept, other = people[:2]
    at = f"/desk/people/{kept['id']}/merge/{other['id']}"
    chosen = {"open-stimulant-24": kept["enrollment"]}
    again = (await manage.post(at, chosen)).text
    assert f'value="{kept["enrollment"]}" checked' in again
    assert f'value="{other["enrollment"]}" checked' not in again
    done = await manage.post(at, {**chosen, "go": "yes", "reason": "The same person"})
    assert done.status_code == 303
    own = (await manage.clinic.get(f"/v1/enrollments/{kept['enrollment']}")).json()
    assert (own["status"], own["closed_on"]) == ("closed", today().isoformat())
    assert (await manage.clinic.get(f"/v1/enrollments/{other['enrollment']}")).json()["status"] == "open"


async def test_merge_is_undone_on_the_page_by_somebody_else(
    manage: Manage, people: list[dict[str, Any]]
) -> None:
    """Whoever merged is told to ask another; the other sees first what goes back, and says why."""
    kept, other = people[:2]
    await recorded(manage, other, "negative")
    new = {"from": other["id"], "reason": "Twice registered"}
    assert (await manage.clinic.post(f"/v1/participants/{kept['id']}/merge", new)).status_code == 200
    listed = await manage.get(f"/desk/people/{kept['id']}/merges")
    assert "Twice registered" in listed.text
    at = f"/desk/people/{kept['id']}/merges/{other['id']}"
    assert at in listed.text
    said = text_of((await manage.get(at)).text)
    assert re.search(rf"What goes back to {other['display_code']} .*\$10\.00", said)
    assert await available(manage, kept["id"]) == [1000]
    assert (await manage.post(at, {})).status_code == 422
    done = await manage.post(at, {"reason": "They are sisters", "once": str(uuid4())})
    assert done.headers["location"] == f"/desk/people/{kept['id']}/merges?done=unmerged"
    assert await available(manage, other["id"]) == [1000]
    after = text_of((await manage.get(done.headers["location"])).text)
    assert "The charts are two again." in after
    assert "They are sisters" in after
    page = f"/desk/people/{kept['id']}/merge/{other['id']}"
    assert (await manage.post(page, {"go": "yes", "reason": "One after all"})).status_code == 303
    own = await manage.get(at)
    assert "Pídeselo" not in own.text
    assert "Whoever merged the charts does not undo it" in own.text
    assert 'name="reason"' not in own.text


async def test_preview_says_what_a_departure_leaves_as_it_is(
    manage: Manage, people: list[dict[str, Any]]
) -> None:
    """What the chart that ends released stays with the clinic; the other's status is the person's."""
    kept, other = people[:2]
    known = await manage.clinic.get(f"/v1/participants/{other['id']}")
    gone = await manage.clinic.client().patch(
        f"/v1/participants/{other['id']}",
        json={"status": "left", "held": "release"},
        headers={"if-match": known.headers["etag"]},
    )
    assert gone.status_code == 200
    at = f"/desk/people/{kept['id']}/merge/{other['id']}"
    turned = f"/desk/people/{other['id']}/merge/{kept['id']}"
    assert "What this chart gave back stays with the clinic" in text_of((await manage.get(at)).text)
    assert "After the merge they are not in care here" in text_of((await manage.get(turned)).text)


async def test_number_of_another_chart_leads_to_it(manage: Manage, people: list[dict[str, Any]]) -> None:
    """A manager who types a number that somebody else has is shown the way to a merge; others are not."""
    kept, other = people[:2]
    at = f"/desk/people/{kept['id']}"
    number = {"system": "LAB", "value": "88-16"}
    assert (await manage.post(f"/desk/people/{other['id']}/identifiers", number)).status_code == 303
    refused = await manage.post(f"{at}/identifiers", number)
    assert (refused.status_code, 'name="q" value="88-16"' in refused.text) == (409, True)
    assert f"{at}/merge/{other['id']}" in (await manage.post(f"{at}/merge", {"q": "88-16"})).text
    assert 'name="q" value="88-16"' not in (await manage.post(f"{at}/identifiers", number, "front_desk")).text


async def test_possible_duplicates_are_listed_in_manage_until_they_are_told_apart(manage: Manage) -> None:
    """Each pair leads to the preview of its merge, or is said to be two people; a manager's page."""
    first, second = await manage.person("0004711"), await manage.person("4711")
    listed = await manage.get("/manage/duplicates")
    assert f"/desk/people/{first['id']}/merge/{second['id']}" in listed.text
    assert (await manage.get("/manage/duplicates", "clinician")).status_code == 403
    told = {"first": second["id"], "second": first["id"]}
    done = await manage.post("/manage/duplicates/apart", told)
    assert done.headers["location"] == "/manage/duplicates?done=apart"
    after = text_of((await manage.get("/manage/duplicates?done=apart")).text)
    assert "Noted: they are two people." in after
    assert "4711" not in after
    assert (
        await manage.post("/manage/duplicates/apart", {**told, "second": second["id"]})
    ).status_code == 422
