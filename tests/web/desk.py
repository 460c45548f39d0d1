"""A clinic with people who are expected today, for the front desk's pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests import clock

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Clinic

ZONE = ZoneInfo("America/New_York")
PROGRAM: dict[str, Any] = {
    "name": "stimulant-24",
    "title": "Stimulants, 24 weeks",
    "unit": "usd",
    "weeks": 24,
    "targets": [
        {
            "name": "stimulant-test",
            "behavior": "test",
            "visits": {"per_week": 7, "missed_after_hours": 24},
            "phases": [
                {
                    "weeks": [1, 24],
                    "earn": {"type": "ladder", "start": 1000, "step": 150, "max": 2650},
                    "on_failure": {"reset": True},
                }
            ],
        },
        {
            "name": "group-session",
            "behavior": "attendance",
            "visits": {"per_week": 7},
            "phases": [{"weeks": [1, 24], "earn": {"type": "draws", "start": 2, "step": 1, "max": 7}}],
        },
    ],
}
PEOPLE = ("Maria Lopez", "James Whitfield", "Aisha Karim", "Zoë Ångström")


def today() -> date:
    """Give the clinic's local day."""
    return clock.today(ZONE)


async def expected_today(clinic: Clinic) -> list[dict[str, Any]]:
    """Enroll four people who are expected every day, since today; gives each with the enrollment's id."""
    made = await clinic.post("/v1/programs", PROGRAM)
    assert made.status_code == 201, made.text
    people = []
    for number, name in enumerate(PEOPLE):
        new = {"reference": f"MRN-{number}", "name": name}
        person = (await clinic.post("/v1/participants", new)).json()
        enrolled = {
            "participant": person["id"],
            "program": PROGRAM["name"],
            "starts_on": today().isoformat(),
            "ends_on": (today() + timedelta(days=100)).isoformat(),
        }
        opened = await clinic.post("/v1/enrollments", enrolled)
        assert opened.status_code == 201, opened.text
        people.append({**person, "enrollment": opened.json()["id"]})
    return people


def csrf_of(page: httpx.Response) -> str:
    """Give the word that the forms of a page carry."""
    return page.text.partition('name="csrf" value="')[2].partition('"')[0]


def tap(csrf: str, enrollment: str, outcome: str, **also: str) -> dict[str, str]:
    """Give the form that one outcome's button sends, of the test where `target` says no other."""
    form = {"csrf": csrf, "enrollment": enrollment, "target": "stimulant-test", "outcome": outcome}
    return {**form, "once": uuid4().hex, **also}
