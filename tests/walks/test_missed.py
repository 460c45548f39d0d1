"""`rewards work --once` records the visits that nobody came to, once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests import clock

if TYPE_CHECKING:
    from tests.walks.conftest import Demo, Run

ZONE = "America/Los_Angeles"
PROGRAM = {
    "name": "mondays",
    "title": "Mondays",
    "unit": "usd",
    "weeks": 2,
    "targets": [
        {
            "name": "monday",
            "behavior": "test",
            "visits": {"weekdays": ["mon"], "missed_after_hours": 0},
            "phases": [{"weeks": [1, 2], "earn": {"type": "flat", "amount": 100}}],
        }
    ],
}


@pytest.mark.seconds(39)
def test_the_worker_s_one_round_records_missed_visits_once(demo: Demo, rewards: Run) -> None:
    """Two Mondays of the past without a visit, and two rounds beside the demo's own worker: two events.

    In a clinic without closures: the demo's own was closed on a day that may be one of these Mondays.
    """
    where = ("--data", str(demo.data))
    words = ("clinic", "create", "--name", "Mondays", "--timezone", ZONE, "--json", *where)
    clinic = json.loads(rewards(*words).stdout)["id"]
    words = ("key", "create", "--clinic", clinic, "--role", "manager", "--json", *where)
    headers = {"Authorization": f"Bearer {json.loads(rewards(*words).stdout)['key']}"}
    start = (clock.today(ZoneInfo(ZONE)) - timedelta(days=21)).isoformat()
    with httpx.Client(base_url=demo.url, headers=headers) as client:
        assert client.post("/v1/programs", json=PROGRAM).status_code == 201
        who = client.post("/v1/participants", json={"reference": "walk-1"}).json()["id"]
        new = {"participant": who, "program": "mondays", "starts_on": start}
        enrollment = client.post("/v1/enrollments", json=new).json()["id"]
        for _ in range(2):
            rewards("work", "--once", *where)
        events = client.get("/v1/events", params={"enrollment": enrollment}).json()["items"]
    assert [(one["outcome"], one["effect"]) for one in events] == [("missed", "failure")] * 2
    assert len({one["expected_on"] for one in events}) == 2
    assert "clean" in rewards("verify", "--clinic", clinic, *where).stdout
