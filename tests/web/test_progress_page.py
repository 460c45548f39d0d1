"""The page of who stays and what it costs: its figures are the books', in words, charts and files."""

from __future__ import annotations

import csv
import io

from service.web.contract import examples
from tests.web.manage import Manage, manage, text_of
from tests.web.test_manage_reports import earned

__all__ = ["manage"]

DAYS = "since=2026-08-01&until=2026-10-31"


def rows_of(text: str) -> list[dict[str, str]]:
    """Read a file as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_the_page_and_its_files_say_what_the_report_says(manage: Manage) -> None:
    """What a person and a visit cost is the report's sum, divided; every figure is in a file."""
    await earned(manage, ("P-1", "P-2"))
    paid = rows_of((await manage.get(f"/manage/reports/paid.csv?{DAYS}")).text)
    cents = sum(round(float(row["net"]) * 100) for row in paid if row["unit"] == "usd")
    (now, before) = rows_of((await manage.get(f"/manage/reports/progress/periods.csv?{DAYS}")).text)
    assert (now["people"], round(float(now["net"]) * 100)) == ("2", cents)
    assert (round(float(now["by_person"]) * 100), round(float(now["by_success"]) * 100)) == (
        round(cents / 2),
        round(cents / 10),
    )
    assert (now["came"], now["attendance"], now["success"], before["people"]) == ("12", "100", "83", "0")
    weeks = rows_of((await manage.get(f"/manage/reports/progress/weeks.csv?{DAYS}")).text)
    assert {row["program"] for row in weeks} == {examples.PROGRAM_NAME}
    assert sum(int(row["came"]) for row in weeks) == 12
    answer = await manage.get(f"/manage/reports/progress?{DAYS}")
    page = text_of(answer.text)
    for words in (f"${cents / 200:,.2f}", "Who stays", "Am J Psychiatry 1993;150:763-769", "83%"):
        assert words in page
    assert answer.text.count('<svg class="chart"') >= 2
    assert "P-1" not in page


async def test_days_that_cannot_be_are_said_and_nobody_else_sees_the_page(manage: Manage) -> None:
    """The usual days are shown instead; those who record visits need none of it."""
    wrong = await manage.get("/manage/reports/progress?since=2026-05-01&until=2026-04-01")
    assert wrong.status_code == 422
    assert 'id="since-fault"' in wrong.text
    far = await manage.get("/manage/reports/progress?than_since=2020-01-01&than_until=2026-01-01")
    assert far.status_code == 422
    for role, status in (("auditor", 200), ("clinician", 403), ("front_desk", 403)):
        assert (await manage.get("/manage/reports/progress", role)).status_code == status
        assert (await manage.get("/manage/reports/progress/stays.csv", role)).status_code == status


async def test_what_the_page_can_the_api_can(manage: Manage) -> None:
    """The same figures, as numbers; for the same people, and bounded alike."""
    await earned(manage, ("P-1", "P-2"))
    path = "/v1/reports/progress"
    found = (await manage.clinic.get(path, since="2026-08-01", until="2026-10-31")).json()
    (now, before) = rows_of((await manage.get(f"/manage/reports/progress/periods.csv?{DAYS}")).text)
    for side, row in (("now", now), ("before", before)):
        one = found[side]
        assert [str(one[name]) for name in ("since", "until", "came")] == [
            row[name] for name in ("since", "until", "came")
        ]
        assert [(each["unit"], str(each["people"]), each["net"]) for each in one["earned"]] == [
            (row["unit"], row["people"], round(float(row["net"]) * 100))
            for row in (row,)
            if row["people"] != "0"
        ]
    (target,) = found["targets"]
    assert (target["program"], target["target"]) == (examples.PROGRAM_NAME, "stimulant-negative")
    assert (target["came"], target["missed"], target["earning"], target["failing"]) == (12, 0, 10, 2)
    (who,) = found["recorders"]
    assert (who["came"], who["earning"], who["missed"]) == (12, 10, 0)
    assert found["groups"] == []
    assert {one["source"][:10] for one in found["published"]} == {"Higgins ST"}
    assert (await manage.clinic.get(path, "auditor")).status_code == 200
    for answer in (
        await manage.clinic.get(path, "clinician"),
        await manage.clinic.get(path, "front_desk"),
        await manage.clinic.get(path, "integration"),
    ):
        assert answer.status_code == 403
    wrong = await manage.clinic.get(path, since="2020-01-01", until="2026-01-01")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    assert wrong.json()["errors"][0]["pointer"] == "$.since"
