"""The overview and the reports over HTTP: their numbers against sums made another way, and their files."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from schemas.notices import PART_2_NOTICE
from service.web.contract import examples
from service.web.pages.framework.download import cell
from tests.web.manage import Manage, manage, text_of

__all__ = ["manage"]

FIRST = date(2026, 8, 3)
OUTCOMES = ("negative", "negative", "positive", "negative", "negative", "negative")


async def earned(manage: Manage, references: tuple[str, ...], funding: str | None = None) -> list[str]:
    """Enroll people and record their visits, two a week; gives their ids."""
    await manage.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    people = []
    for reference in references:
        who = (await manage.person(reference))["id"]
        new = {"participant": who, "program": examples.PROGRAM_NAME, "starts_on": FIRST.isoformat()}
        enrolled = await manage.clinic.post(
            "/v1/enrollments", {**new, "funding": funding} if funding else new
        )
        for place, outcome in enumerate(OUTCOMES):
            day = FIRST + timedelta(days=7 * (place // 2) + 3 * (place % 2))
            event = {
                "enrollment": enrolled.json()["id"],
                "target": "stimulant-negative",
                "outcome": outcome,
                "occurred_at": datetime(day.year, day.month, day.day, 15, tzinfo=UTC).isoformat(),
            }
            answer = await manage.clinic.post("/v1/events", event)
            assert answer.status_code == 201, answer.text
        people.append(who)
    return people


async def credits_of(manage: Manage, person: str) -> dict[date, int]:
    """What a statement says that somebody was credited in money, by the Monday of the event's own day."""
    sums: dict[date, int] = defaultdict(int)
    for item in (await manage.clinic.get(f"/v1/participants/{person}/statement")).json()["items"]:
        if "issued" not in {item["source"], item["destination"]} or item["unit"] != "usd":
            continue
        event = (await manage.clinic.get(f"/v1/events/{item['event']}")).json()["event"]
        day = date.fromisoformat(event["occurred_at"][:10])
        sign = 1 if item["source"] == "issued" else -1
        sums[day - timedelta(days=day.weekday())] += sign * item["amount"]
    return sums


def rows_of(file: bytes) -> list[dict[str, Any]]:
    """Read a file as a spreadsheet would."""
    text = file.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_the_report_s_paid_total_equals_the_statements(manage: Manage) -> None:
    """By week, over two people, one of them paid by a funder; the file and the page say the same."""
    own = await earned(manage, ("P-1",))
    theirs = await earned(manage, ("P-2",), "county-fund")
    wanted: dict[tuple[str, str], int] = {}
    for funding, people in (("", own), ("county-fund", theirs)):
        for person in people:
            for monday, amount in (await credits_of(manage, person)).items():
                if amount:
                    wanted[monday.isoformat(), funding] = amount
    days = "since=2026-08-01&until=2026-10-31"
    file = await manage.get(f"/manage/reports/paid.csv?{days}")
    rows = [row for row in rows_of(file.content) if row["unit"] == "usd"]
    assert len(wanted) >= 4
    found = {(row["week"], row["funding"]): round(float(row["net"]) * 100) for row in rows}
    assert {key: amount for key, amount in found.items() if amount} == wanted
    assert {row["people"] for row in rows} == {"1"}
    page = text_of((await manage.get(f"/manage/reports?{days}")).text)
    assert f"Earned (people: 2) ${sum(wanted.values()) / 100:,.2f}" in page
    funded = text_of((await manage.get(f"/manage/reports?{days}&funding=county-fund")).text)
    assert f"Earned (people: 1) ${sum(n for (_, f), n in wanted.items() if f) / 100:,.2f}" in funded
    assert "P-1" not in page
    assert "12 visits, and 0 to which nobody came" in page
    assert "10 visits had the outcome that earns" in page


async def test_days_that_cannot_be_a_report_s_are_refused_at_their_field(manage: Manage) -> None:
    """The page says so and shows the usual days instead."""
    for days in ("since=2026-05-01&until=2026-04-01", "since=2020-01-01&until=2026-01-01"):
        answer = await manage.get(f"/manage/reports?{days}")
        assert answer.status_code == 422
        assert 'id="since-fault"' in answer.text
    for day in ("0001-01-01", "9999-12-31"):
        for path in ("reports", "reports/paid.csv", "audit"):
            for place in ("since", "until"):
                assert (await manage.get(f"/manage/{path}?{place}={day}")).status_code == 200, f"{path} {day}"
    assert (await manage.get("/manage/reports?since=&until=&program=&funding=")).status_code == 200


async def test_the_tax_report_is_the_api_s(manage: Manage) -> None:
    """Line by line, with its amounts in dollars, and for those only who may read it."""
    await earned(manage, ("P-1", "=cmd()"))
    api = (await manage.clinic.get("/v1/reports/tax")).json()
    kept = await manage.get(f"/manage/reports/tax.csv?year={api['year']}")
    *file, notice = rows_of(kept.content)
    assert notice["year"] == kept.headers["part2-notice"] == PART_2_NOTICE
    assert [(row["code"], round(float(row["net"]) * 100)) for row in file] == [
        (line["display_code"], line["net"]) for line in api["items"]
    ]
    assert {row["reference"] for row in file} == {"P-1", "'=cmd()"}
    page = await manage.get("/manage/reports/tax")
    assert all(line["display_code"] in page.text for line in api["items"])
    for line in api["items"]:
        told = (await manage.clinic.get(f"/v1/participants/{line['participant']}/accounting")).json()["items"]
        assert [(one["what"], one["purpose"]) for one in told if one["how"] == "export"] == [
            ("tax_report", f"Tax report for {api['year']}")
        ]
    assert (await manage.get("/manage/reports/tax", "clinician")).status_code == 403
    assert (await manage.get("/manage/reports", "clinician")).status_code == 403
    assert (await manage.get("/manage/reports", "auditor")).status_code == 200


async def test_a_new_clinic_s_overview_lists_first_steps(manage: Manage) -> None:
    """An auditor, who can do nothing of it, is not; and once there is a program the step is gone."""
    page = text_of((await manage.get("/manage")).text)
    assert "Publish a program" in page
    assert "Nothing waits" in page
    assert "Publish a program" not in text_of((await manage.get("/manage", "auditor")).text)
    await earned(manage, ("P-1",))
    after = text_of((await manage.get("/manage")).text)
    assert "Publish a program" not in after
    assert "Put rewards on the shelf" in after


async def test_the_overview_shows_what_waits_and_names_nobody(manage: Manage) -> None:
    """An award that somebody proposed is one to approve; looking is told, but nobody's record was read."""
    who = (await earned(manage, ("P-1",)))[0]
    proposed = await manage.clinic.post(
        "/v1/manual-awards",
        {"participant": who, "unit": "usd", "amount": 500, "reason": "a good week"},
        idempotency_key="m-1",
    )
    assert proposed.status_code in {201, 202}, proposed.text
    page = await manage.get("/manage")
    assert "1 to approve" in text_of(page.text)
    entries = (await manage.clinic.get("/v1/audit", participant=who, limit=200)).json()["items"]
    assert "visits.listed" not in {entry["deed"] for entry in entries}
    told = (await manage.clinic.get("/v1/audit", deed="overview.read")).json()["items"]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-1.50", "-1.50"),
        ("-cmd", "'-cmd"),
        ("+1 2", "'+1 2"),
        ('a "b", c', '"a ""b"", c"'),
        (None, ""),
        (7, "7"),
    ],
)
def test_a_cell_is_no_formula(value: object, said: str) -> None:
    """A spreadsheet shows what begins like one as text; numbers below zero stay numbers."""
    assert cell(value) == said


async def test_the_report_names_second_events_of_a_day(manage: Manage) -> None:
    """Only those that somebody said were meant, with whose they are and nobody's name."""
    (person,) = await earned(manage, ("R-2",))
    path = "/manage/reports?since=2026-08-01&until=2026-08-31"
    page = await manage.get(path)
    assert "Second visits of a day" not in page.text
    event = {
        "participant": person,
        "behavior": "test",
        "outcome": "negative",
        "occurred_at": f"{FIRST}T18:30:00Z",
        "another": True,
    }
    assert (await manage.clinic.post("/v1/events", event)).status_code == 201
    page = await manage.get(path)
    assert ">Negative test</td>" in page.text
    said = text_of(page.text)
    assert "Second visits of a day" in said
    code = (await manage.clinic.get(f"/v1/participants/{person}")).json()["display_code"]
    assert said.count(code) == 1
