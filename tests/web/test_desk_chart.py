"""A person's page: all that is on record or how much of it is shown, what was corrected, and the account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import clock
from tests.web.desk import csrf_of, expected_today, today
from tests.web.manage import Manage, manage

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]
SHOWN = 30


async def seen_before(clinic: Clinic, count: int) -> dict[str, Any]:
    """Enroll somebody since so many days, with a negative test on each but the first, which is positive."""
    who = (await expected_today(clinic))[0]
    starts = today() - timedelta(days=count)
    closing = {"reason": "Began earlier.", "on": today().isoformat()}
    await clinic.post(f"/v1/enrollments/{who['enrollment']}/close", closing)
    new = {"participant": who["id"], "program": "stimulant-24", "starts_on": starts.isoformat()}
    opened = await clinic.post("/v1/enrollments", new)
    assert opened.status_code == 201, opened.text
    events = [
        {
            "enrollment": opened.json()["id"],
            "target": "stimulant-test",
            "outcome": "positive" if number == 0 else "negative",
            "occurred_at": (clock.now() - timedelta(days=count - number)).isoformat(),
            "reference": f"E{number}",
        }
        for number in range(count)
    ]
    answered = (await clinic.post("/v1/events/batch", events)).json()["results"]
    assert {one["status"] for one in answered} == {201}
    return {**who, "enrollment": opened.json()["id"], "first": answered[0]["receipt"]["event"]["id"]}


def older(page: str, what: str) -> str:
    """Give the address of the older part of a list."""
    found = re.search(rf'href="([^"]+{what}=[^"]+)"', page)
    assert found is not None
    return found[1]


async def test_how_many_visits_there_are_is_said_and_older_ones_are_corrected_as_well(
    manage: Manage, clinic: Clinic
) -> None:
    """Thirty of thirty-four; the oldest stands on the second part, and after its correction one is there."""
    who = await seen_before(clinic, SHOWN + 4)
    page = (await manage.get(f"/desk/people/{who['id']}", "clinician")).text
    assert f"{SHOWN} of {SHOWN + 4}" in page.partition('id="visits"')[2].partition("<ol")[0]
    assert who["first"] not in page
    second = await manage.get(older(page, "visits"), "clinician")
    assert who["first"] in second.text
    before = re.search(r'name="visits" value="([^"]+)"', second.text)
    assert before is not None
    form = {"kind": "excuse", "reason": "He was in the hospital.", "visits": before[1]}
    where = f"/desk/people/{who['id']}/events/{who['first']}/correct"
    done = await manage.post(where, form, "clinician")
    assert done.status_code == 303, done.text
    shown = (await manage.get(done.headers["location"].partition("#")[0], "clinician")).text
    own = shown.partition(f'id="e-{who["first"]}"')[2].partition("</li>")[0]
    assert "Recorded: Positive, by" in own
    assert "Excused by Cory Clin, Today" in own
    assert "Why: He was in the hospital." in own


async def test_the_account_says_what_was_available_after_each_line(manage: Manage, clinic: Clinic) -> None:
    """Newest first; the oldest line of the last part leaves what it put there."""
    who = await seen_before(clinic, SHOWN + 4)
    page = (await manage.get(f"/desk/people/{who['id']}", "clinician")).text
    lines = page.partition('id="lines"')[2]
    assert f"{SHOWN} of {SHOWN + 3}" in lines
    balance = (await clinic.get(f"/v1/participants/{who['id']}/balance")).json()["balances"][0]["available"]
    assert f'<span class="r num">${balance // 100:,}.{balance % 100:02}<' in lines
    rest = (await manage.get(older(page, "lines"), "clinician")).text.partition('id="lines"')[2]
    assert re.findall(r'class="r num">(\$[0-9.]+)<', rest) == ["$34.50", "$21.50", "$10.00"]


async def test_a_withdrawn_visit_is_brought_back_by_taking_its_correction_back(
    manage: Manage, clinic: Clinic
) -> None:
    """Both stay on record, the one that was taken back as such; nothing of it for the front desk."""
    who = await seen_before(clinic, 3)
    at = f"/desk/people/{who['id']}"
    await manage.post(
        f"{at}/events/{who['first']}/correct",
        {"kind": "entry_error", "reason": "It was her sister."},
        "clinician",
    )
    page = (await manage.get(at, "clinician")).text
    own = page.partition(f'id="e-{who["first"]}"')[2].partition("</li>")[0]
    assert "Withdrawn as a mistake of entry by Cory Clin" in own
    back = re.search(r'action="([^"]+/correct)"', own)
    assert back is not None
    done = await manage.post(back[1], {"kind": "entry_error", "reason": "It was she."}, "clinician")
    assert done.status_code == 303, done.text
    again = (
        (await manage.get(at, "clinician")).text.partition(f'id="e-{who["first"]}"')[2].partition("</li>")[0]
    )
    assert "(taken back since)" in again
    assert "That correction was taken back by Cory Clin" in again
    assert "Correct the record" in again
    assert back[1] not in (await manage.get(at, "front_desk")).text


async def test_a_refused_correction_keeps_what_was_typed_and_says_why_at_the_field(
    manage: Manage, clinic: Clinic
) -> None:
    """The form stands open; the summary on top leads to the reason that is missing, by its label."""
    who = await seen_before(clinic, 3)
    where = f"/desk/people/{who['id']}/events/{who['first']}/correct"
    refused = await manage.post(
        where, {"kind": "lab_overturn", "outcome": "negative", "reason": ""}, "clinician"
    )
    assert refused.status_code == 422
    assert f'<a href="#reason-{who["first"]}"><b>Why:</b>' in refused.text
    own = refused.text.partition(f'id="e-{who["first"]}"')[2].partition("</li>")[0]
    assert '<details class="sure" open>' in own
    assert 'value="lab_overturn" selected' in own
    assert 'value="negative" selected' in own
    assert refused.text.partition("<title>")[2].startswith("Look again:")
    assert csrf_of(refused)


async def test_the_ladder_of_each_target_stands_on_the_page(manage: Manage, clinic: Clinic) -> None:
    """As on their own page, with what a target is called by its noun."""
    who = await seen_before(clinic, 3)
    page = (await manage.get(f"/desk/people/{who['id']}", "front_desk")).text
    assert page.count('<svg class="ladder"') == 2
    assert "Negative test</h2>" in page
    assert "Stimulant test" not in page
