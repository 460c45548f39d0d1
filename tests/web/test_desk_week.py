"""The week at the desk: each day with its people, its groups and its closures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests import clock
from tests.web.desk import expected_today, today
from tests.web.manage import Manage, manage
from tests.web.test_desk_sessions import EVERY_DAY
from tests.web.test_groups_over_http import group

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]


async def test_a_week_shows_each_day_and_the_people_of_the_one_that_is_open(
    manage: Manage, clinic: Clinic
) -> None:
    """Today's people are named with what became of them, and tomorrow's can be looked at."""
    people = await expected_today(clinic)
    own = (await clinic.post("/v1/groups", group(times=EVERY_DAY))).json()["id"]
    await clinic.post(
        "/v1/events",
        {
            "enrollment": people[0]["enrollment"],
            "target": "group-session",
            "outcome": "attended",
            "occurred_at": clock.now().isoformat(),
        },
    )
    shown = (await manage.get("/desk/week", "front_desk")).text
    assert [who["name"] in shown for who in people] == [True] * 4
    assert shown.count('class="open now"') == 1
    assert f"/desk/groups/{own}?on={today()}" in shown
    tomorrow = (today() + timedelta(days=1)).isoformat()
    ahead = await manage.get(f"/desk/week?on={tomorrow}", "front_desk")
    assert [who["name"] in ahead.text for who in people] == [True] * 4


async def test_a_closed_day_has_neither_visits_nor_groups(manage: Manage, clinic: Clinic) -> None:
    """It says that it is closed."""
    people = await expected_today(clinic)
    own = (await clinic.post("/v1/groups", group(times=EVERY_DAY))).json()["id"]
    day = (today() + timedelta(days=1)).isoformat()
    await clinic.post("/v1/closures", {"first_day": day, "last_day": day, "reason": "Snow"})
    shown = (await manage.get(f"/desk/week?on={day}", "front_desk")).text
    assert "Closed" in shown
    assert f"/desk/groups/{own}?on={day}" not in shown
    assert [who["name"] in shown for who in people] == [False] * 4
