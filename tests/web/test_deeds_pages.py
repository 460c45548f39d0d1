"""Who did what, on a page; the rules of a second person, by a form; and a second look at the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from uuid import UUID

import httpx

from service.flows.access.sessions import find_session, open_session
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from tests import tls
from tests.web.manage import Manage, manage, text_of
from tests.web.test_where_value_leaves import NOON, Made

__all__ = ["manage"]

PATH = "/manage/reports/deeds"
RULES = {
    "role_front_desk": "yes",
    "record_within_days": "3",
    "enroll_within_days": "",
    "recorded_usd_max": "12.50",
    "recorded_points_max": "100",
    "welcomed_usd_max": "150",
    "welcomed_points_max": "",
    "given_usd_max": "",
    "given_points_max": "7",
    "unseen_usd_max": "80",
    "new_address_hours": "24",
}


async def made_up(manage: Manage) -> Made:
    """Let the front desk's key make somebody up."""
    made = Made(manage.clinic)
    await made.enroll(40)
    await made.record(NOON - timedelta(days=30))
    return made


async def test_page_shows_everybody_and_what_one_person_did(manage: Manage) -> None:
    """A manager and an auditor see it; a clinician does not."""
    made = await made_up(manage)
    page = (await manage.get(PATH, "auditor")).text
    link = re.search(rf'href="({PATH}/[0-9a-f-]+)\?', page)
    assert link is not None
    assert link[1].endswith(manage.clinic.key_ids["front_desk"])
    one = text_of((await manage.get(link[1])).text)
    code = (await manage.clinic.get(f"/v1/participants/{made.who}")).json()["display_code"]
    assert f"Recorded a visit · {code}" in one
    assert "late" in one
    assert (await manage.get(PATH, "clinician")).status_code == 403
    assert (await manage.get(f"{PATH}/{made.who}")).status_code == 404


async def test_rules_are_set_by_a_form_and_a_fault_keeps_what_was_typed(manage: Manage) -> None:
    """An empty field is no bound, and nobody but a manager sets them."""
    wrong = await manage.post(f"{PATH}/rules", {**RULES, "record_within_days": "soon"})
    assert wrong.status_code == 422
    assert "whole days" in text_of(wrong.text)
    assert 'value="12.50"' in wrong.text
    assert (await manage.post(f"{PATH}/rules", RULES, "auditor")).status_code == 403
    assert (await manage.post(f"{PATH}/rules", RULES)).status_code == 303
    rules = (await manage.clinic.get("/v1/second-person-rules")).json()
    assert {name: rules[name] for name in rules if name not in {"set_at", "set_by"}} == {
        "roles": ["front_desk"],
        "record_within_days": 3,
        "enroll_within_days": None,
        "recorded_usd_max": 1250,
        "recorded_points_max": 100,
        "recorded_draws_max": 200,
        "welcomed_usd_max": 15_000,
        "welcomed_points_max": None,
        "welcomed_draws_max": 100,
        "given_usd_max": None,
        "given_points_max": 7,
        "unseen_usd_max": 8000,
        "overturn_own": False,
        "new_address_hours": 24,
    }


async def test_desk_shows_what_waits_for_a_look_and_takes_it(manage: Manage) -> None:
    """Whoever did not record it presses one button, and it is gone."""
    made = await made_up(manage)
    person = f"/desk/people/{made.who}"
    page = text_of((await manage.get(person, "front_desk")).text)
    assert "A second look is due" in page
    assert "I have looked, and it is right" in page
    assert (await manage.post(f"{person}/look", {}, "clinician")).status_code == 303
    assert "A second look is due" not in text_of((await manage.get(person, "front_desk")).text)
    (look,) = (await made.looks())["items"]
    assert look["deeds"] == 2


async def test_desk_offers_no_look_to_whose_key_did_it(manage: Manage) -> None:
    """They are told to ask a colleague, as if they had done it at the desk."""
    browser = await manage.as_role("front_desk")
    session = await find_session(manage.server.database, browser.cookies["cmr_session"])
    assert session is not None
    new = {"role": "front_desk", "responsible": str(session.subject)}
    key = (await manage.clinic.post("/v1/keys", new)).json()["key"]
    made = await made_up(manage)
    event = {"enrollment": made.enrollment, "target": "stimulant-negative", "outcome": "negative"}
    late = {**event, "occurred_at": (NOON - timedelta(days=20)).isoformat()}
    own = {"authorization": f"Bearer {key}"}
    assert (await manage.clinic.client("front_desk").post("/v1/events", json=late, headers=own)).is_success
    page = text_of((await manage.get(f"/desk/people/{made.who}", "front_desk")).text)
    assert "ask a colleague to look" in page
    assert "I have looked, and it is right" not in page


async def test_portal_sends_to_the_desk_what_nobody_else_has_looked_at(manage: Manage) -> None:
    """A participant takes no code out of what one person made up alone; after a look they do."""
    made = await made_up(manage)
    operation = partial(open_session, kind="portal", subject=UUID(made.who))
    done = await perform(manage.server.database, operator(UUID(manage.clinic.id)), operation)
    assert isinstance(done, Done)
    cookies = {"cmr_session": done.value.token}
    async with httpx.AsyncClient(base_url=manage.server.url, cookies=cookies, verify=tls.CONTEXT) as portal:
        path = f"/portal/rewards/{made.reward}"
        word = re.search(r'name="csrf" value="([0-9a-f]+)"', (await portal.get(path)).text)
        assert word is not None
        first = await portal.post(path, data={"csrf": word[1], "once": "first"})
        assert "handed out at the front desk" in text_of(first.text)
        assert (await manage.clinic.get("/v1/redemptions", participant=made.who)).json()["items"] == []
        assert (await manage.post(f"/desk/people/{made.who}/look", {}, "clinician")).status_code == 303
        assert (await portal.post(path, data={"csrf": word[1], "once": "second"})).status_code == 303
    (given,) = (await manage.clinic.get("/v1/redemptions", participant=made.who)).json()["items"]
    assert given["status"] == "given"
