"""The page of records, and opening one in an emergency, over HTTP."""

from __future__ import annotations

import json

import httpx

from schemas.notices import PART_2_NOTICE
from tests import tls
from tests.web.manage import Manage, manage, signed_in, text_of

__all__ = ["manage"]


async def test_a_record_is_taken_along_by_a_manager_alone(manage: Manage) -> None:
    """In words and line by line, with the notice, over the API and on the page."""
    person = await manage.person("REF-60")
    for form, under in (("words", "/words"), ("ndjson", "")):
        page = await manage.get(f"/manage/records/{person['id']}/file?form={form}")
        api = await manage.clinic.get(f"/v1/participants/{person['id']}/export{under}")
        for answer in (page, api):
            assert answer.headers["part2-notice"] == PART_2_NOTICE
            assert "REF-60" in answer.text
            assert PART_2_NOTICE in answer.text
            assert "attachment" in answer.headers["content-disposition"]
    lines = (await manage.clinic.get(f"/v1/participants/{person['id']}/export")).text.splitlines()
    assert json.loads(lines[0])["participant"] == person["id"]
    assert (await manage.get("/manage/records", "clinician")).status_code == 403
    shut = await manage.clinic.get(f"/v1/participants/{person['id']}/export", "front_desk")
    assert (shut.status_code, shut.json()["code"]) == (403, "forbidden")


async def test_who_somebody_is_is_erased_by_two_managers(manage: Manage) -> None:
    """What goes is shown first; whoever proposed it is told to ask another."""
    person = await manage.person("REF-61")
    found = await manage.post("/manage/records/find", {"person": "REF-61"})
    page = await manage.get(found.headers["location"])
    assert "Name, contacts, reference" in page.text
    path = f"/manage/records/{person['id']}/erase"
    assert (await manage.post(path, {})).status_code == 422
    assert (await manage.post(path, {"reason": "They asked."})).headers["location"].endswith("done=proposed")
    made = (await manage.clinic.get("/v1/erasures", status="proposed")).json()["items"][0]
    approve = f"/manage/records/erasures/{made['id']}/approve"
    assert (await manage.post(approve, {})).status_code == 403
    manage.clients["another"] = another = await second(manage)
    word = (await another.get("/manage/records")).text.split('name="csrf" value="')[1].split('"')[0]
    done = await another.post(approve, data={"csrf": word})
    assert done.headers["location"].endswith("done=approved")
    shown = (await manage.clinic.get(f"/v1/participants/{person['id']}")).json()
    assert shown["reference"].startswith("erased-")
    assert "REF-61" not in (await manage.get("/manage/records")).text


async def second(manage: Manage) -> httpx.AsyncClient:
    """Give the client of a second manager."""
    token = await signed_in(manage.server, manage.clinic.id, "manager")
    return httpx.AsyncClient(
        base_url=manage.server.url, cookies={"cmr_session": token}, timeout=60, verify=tls.CONTEXT
    )


async def test_an_emergency_is_opened_with_a_reason_and_shown_loudly(manage: Manage) -> None:
    """At the desk to whoever opened it, in the overview to a manager, who looks it over."""
    person = await manage.person("REF-62")
    path = f"/desk/people/{person['id']}/emergency"
    asked = await manage.get(path, "front_desk")
    assert "REF-62" not in text_of(asked.text)
    assert (await manage.post(path, {"reason": "Overdose"}, "front_desk")).status_code == 422
    form = {"reason": "Overdose", "recipient": "Dr. Poe, County Hospital"}
    assert (await manage.post(path, form, "front_desk")).status_code == 303
    opened = await manage.get(path, "front_desk")
    assert "EMERGENCY: you opened this record" in text_of(opened.text)
    assert "REF-62" in opened.text
    # Not to a colleague, nor to a manager who did not.
    for role in ("clinician", "manager"):
        assert "EMERGENCY" not in text_of((await manage.get(path, role)).text)
    over = await manage.get("/manage")
    assert "A record was opened in an emergency" in text_of(over.text)
    look = (await manage.clinic.get("/v1/emergencies", to_review="true")).json()["items"][0]
    done = await manage.post(f"/manage/records/emergencies/{look['id']}/review", {})
    assert done.headers["location"].endswith("done=reviewed")
    assert "A record was opened" not in text_of((await manage.get("/manage")).text)
