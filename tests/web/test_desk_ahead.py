"""A person's page at the desk: what lies ahead of them, and asking for a reward for who has no phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.web.desk import csrf_of, expected_today
from tests.web.manage import Manage, manage
from tests.web.test_groups_over_http import group

if TYPE_CHECKING:
    from tests.web.conftest import Clinic

__all__ = ["manage"]


async def shelf(clinic: Clinic, name: str, price: int) -> dict[str, Any]:
    """Put something on the shelf."""
    new = {"name": name, "unit": "usd", "price": price, "kind": "item", "category": "home", "stock": 3}
    made = await clinic.post("/v1/rewards", new)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def test_somebody_without_a_phone_gets_a_reward_at_the_desk_once(
    manage: Manage, clinic: Clinic
) -> None:
    """They can afford one of two; pressed twice it is asked for once, and waits on their page."""
    who = (await expected_today(clinic))[0]
    await shelf(clinic, "Mug", 900)
    await shelf(clinic, "Kettle", 9900)
    at = (await clinic.get(f"/v1/enrollments/{who['enrollment']}")).json()["opened_at"]
    event = {
        "enrollment": who["enrollment"],
        "target": "stimulant-test",
        "outcome": "negative",
        "occurred_at": at,
    }
    assert (await clinic.post("/v1/events", event)).status_code == 201
    path = f"/desk/people/{who['id']}/choose"
    shown = (await manage.get(path, "front_desk")).text
    form = re.search(r'action="([^"]+/choose/[^"]+)"', shown)
    once = re.search(r'name="once" value="([^"]+)"', shown)
    assert form is not None
    assert once is not None
    assert shown.count("/choose/") == 1
    for _ in range(2):
        sent = await manage.post(form[1], {"once": once[1]}, "front_desk")
        assert sent.headers["location"] == f"/desk/people/{who['id']}?done=asked", sent.text
    page = (await manage.get(f"/desk/people/{who['id']}", "front_desk")).text
    assert page.partition("Asked for, not handed over yet")[2].partition("</section>")[0].count("Mug") > 0
    held = (await clinic.get("/v1/redemptions", participant=who["id"])).json()["items"]
    assert len(held) == 1


async def test_a_reward_that_is_too_dear_is_refused_in_words(manage: Manage, clinic: Clinic) -> None:
    """Another form of theirs spent it meanwhile: nothing is asked for, and the page says why."""
    who = (await expected_today(clinic))[0]
    mug = await shelf(clinic, "Mug", 900)
    refused = await manage.post(
        f"/desk/people/{who['id']}/choose/{mug['id']}", {"once": "0" * 36}, "front_desk"
    )
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert csrf_of(refused)


async def test_a_person_s_page_shows_their_next_visits_and_groups(manage: Manage, clinic: Clinic) -> None:
    """Whoever is expected this week has visits ahead, and the group leads to its session."""
    who = (await expected_today(clinic))[0]
    own = (await clinic.post("/v1/groups", group())).json()["id"]
    await clinic.post(f"/v1/groups/{own}/members", {"participant": who["id"]})
    page = (await manage.get(f"/desk/people/{who['id']}", "front_desk")).text
    ahead = page.partition("Next visits")[2].partition("</section>")[0]
    assert ahead.count("<li") == 8
    assert f"/desk/groups/{own}" in page
