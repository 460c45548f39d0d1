"""Saved reports on their page and over the API: saved, opened, shared, forgotten, and told of by mail."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from tests.web.manage import Manage, manage, text_of

__all__ = ["manage"]

PATH = "/manage/reports/saved"
FORM = {"name": "For the grant", "report": "progress", "period": "last_month", "beside": "year_before"}


def ids_of(text: str) -> list[str]:
    """Find the saved reports of a page."""
    return re.findall(rf'href="{PATH}/([0-9a-f-]{{36}})"', text)


async def test_a_report_is_saved_opened_and_forgotten(manage: Manage) -> None:
    """It opens with its days as of today; another does not see it before it is shared."""
    answer = await manage.post(PATH, FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}?done=saved")
    listed = await manage.get(f"{PATH}?done=saved")
    assert "The report is saved." in text_of(listed.text)
    assert "For the grant" in text_of(listed.text)
    (made,) = ids_of(listed.text)
    opened = await manage.get(f"{PATH}/{made}")
    address = urlsplit(opened.headers["location"])
    asked = parse_qs(address.query)
    assert (opened.status_code, address.path) == (303, "/manage/reports/progress")
    assert int(asked["since"][0][:4]) - int(asked["than_since"][0][:4]) == 1
    assert (await manage.get(opened.headers["location"])).status_code == 200
    assert ids_of((await manage.get(PATH, "auditor")).text) == []
    assert (await manage.get(f"{PATH}/{made}", "auditor")).status_code == 404
    shared = await manage.post(PATH, {**FORM, "name": "All see it", "report": "paid", "shared": "yes"})
    assert shared.status_code == 303
    (seen,) = ids_of((await manage.get(PATH, "auditor")).text)
    assert urlsplit((await manage.get(f"{PATH}/{seen}", "auditor")).headers["location"]).path == (
        "/manage/reports"
    )
    assert (await manage.post(f"{PATH}/{made}/forget", {})).status_code == 303
    assert ids_of((await manage.get(PATH)).text) == [seen]
    assert (await manage.get(PATH, "clinician")).status_code == 403


async def test_what_is_missing_is_said_at_its_place(manage: Manage) -> None:
    """Two days of the calendar need both; what was typed stays."""
    answer = await manage.post(PATH, {**FORM, "period": "days", "since": "2026-01-01"})
    assert answer.status_code == 422
    assert 'id="since-fault"' in answer.text
    assert 'value="For the grant"' in answer.text


async def test_what_the_page_can_the_api_can(manage: Manage) -> None:
    """Saved, listed, read and forgotten by a key; a key has no mail."""
    new = {"name": "By a program", "report": "paid", "period": "this_year", "shared": True}
    made = await manage.clinic.post("/v1/reports/saved", new)
    assert made.status_code == 201
    one = made.json()
    assert made.headers["location"] == f"/v1/reports/saved/{one['id']}"
    assert (one["name"], one["period"], one["shared"], one["mail"]) == (
        "By a program",
        "this_year",
        True,
        None,
    )
    assert one["since"].endswith("-01-01")
    assert (await manage.clinic.get("/v1/reports/saved")).json()["items"] == [one]
    assert (await manage.clinic.get(f"/v1/reports/saved/{one['id']}", "auditor")).json()["id"] == one["id"]
    mail = await manage.clinic.post(f"/v1/reports/saved/{one['id']}/mail", {"every": "week"})
    assert (mail.status_code, mail.json()["code"]) == (403, "forbidden")
    assert ids_of((await manage.get(PATH)).text) == [one["id"]]
