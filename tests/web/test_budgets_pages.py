"""Budgets over HTTP and on their pages: set, warned of, changed, and given as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Final

from schemas.people import Role
from tests import clock
from tests.web.manage import Manage, manage, text_of

__all__ = ["manage"]

TODAY = clock.now().date()
ROLES: Final[tuple[tuple[Role, bool], ...]] = (("auditor", True), ("clinician", False), ("front_desk", False))
FORM = {
    "program": "",
    "funding": "county",
    "amount": "500.00",
    "unit": "usd",
    "warn_percent": "80",
    "starts_on": (TODAY - timedelta(days=30)).isoformat(),
    "ends_on": (TODAY + timedelta(days=30)).isoformat(),
    "reason": "Grant 24-117",
}


async def test_a_budget_is_set_on_its_page_and_changed_by_version(manage: Manage) -> None:
    """What the form said stands on the page, in the API and in the file; a stale change is refused."""
    sent = await manage.post("/manage/budgets", FORM)
    assert sent.status_code == 303
    (one,) = (await manage.clinic.get("/v1/budgets")).json()["items"]
    assert (one["amount"], one["funding"], one["left"], one["status"]) == (50_000, "county", 50_000, "well")
    page = text_of((await manage.get("/manage/budgets?done=set")).text)
    for words in ("The budget is set.", "All programs", "money of county · Grant 24-117", "Left $500.00"):
        assert words in page
    path = f"/manage/budgets/{one['id']}"
    change = {
        "amount": "600",
        "unit": "usd",
        "ends_on": FORM["ends_on"],
        "warn_percent": "50",
        "reason": "More",
    }
    for revision, status in (("1", 303), ("1", 412)):
        assert (await manage.post(path, change | {"revision": revision})).status_code == status
    read = await manage.clinic.get(f"/v1/budgets/{one['id']}")
    assert (read.json()["amount"], read.json()["warn_percent"], read.json()["reason"]) == (60_000, 50, "More")
    file = await manage.get("/manage/budgets.csv", "auditor")
    (row,) = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert (row["set"], row["spent"], row["left"], row["funding"]) == ("600.00", "0.00", "600.00", "county")


async def test_a_wrong_field_of_a_budget_is_said_at_it(manage: Manage) -> None:
    """What was typed stays, and nothing is set."""
    wrong = await manage.post("/manage/budgets", FORM | {"ends_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert 'id="ends_on-fault"' in wrong.text
    assert "Grant 24-117" in wrong.text
    assert (await manage.clinic.get("/v1/budgets")).json()["items"] == []


async def test_only_managers_set_and_only_they_and_auditors_see_budgets(manage: Manage) -> None:
    """Whoever does not handle the clinic's money needs none of it."""
    for role, sees in ROLES:
        assert (await manage.get("/manage/budgets", role)).status_code == (200 if sees else 403), role
        assert (await manage.clinic.get("/v1/budgets", role)).status_code == (200 if sees else 403), role
    assert (await manage.post("/manage/budgets", FORM, "auditor")).status_code == 403
    new = {"unit": "usd", "amount": 1, "starts_on": "2026-01-01", "ends_on": "2026-01-01", "reason": "x"}
    assert (await manage.clinic.post("/v1/budgets", new, "clinician")).status_code == 403
