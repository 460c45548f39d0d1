"""A program's own outcome words at the desk: buttons with titles and letters, recorded and corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from schemas.program import Title
from service.core.outcomes import outcomes_of
from service.web.pages.desk.views import own_keys
from service.web.pages.framework.voice import UTC_ZONE, Voice
from service.web.words import SAID
from tests import clock
from tests.web.desk import csrf_of, tap, today
from tests.web.test_desk_recording import seat

if TYPE_CHECKING:
    from schemas.people import Language
    from tests.web.conftest import Clinic, Server

TITLE = {"en": "Cut down", "es": "Bajó"}
PROGRAM: dict[str, Any] = {
    "name": "breath",
    "title": "Breath tests",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "breath",
            "behavior": "test",
            "visits": {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
            "outcomes": {"cut_down": {"effect": "success", "pays": 50, "title": TITLE}},
            "phases": [{"days": [1, 84], "earn": {"type": "ladder", "start": 250, "step": 125}}],
        },
        {
            "name": "group",
            "behavior": "attendance",
            "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 100}}],
        },
    ],
}


async def enrolled(clinic: Clinic) -> dict[str, Any]:
    """Enroll somebody since today."""
    made = await clinic.post("/v1/programs", PROGRAM)
    assert made.status_code == 201, made.text
    person = (await clinic.post("/v1/participants", {"reference": "MRN-1", "name": "Maria Lopez"})).json()
    new = {"participant": person["id"], "program": "breath", "starts_on": today().isoformat()}
    opened = await clinic.post("/v1/enrollments", new)
    assert opened.status_code == 201, opened.text
    return {**person, "enrollment": opened.json()["id"]}


async def test_an_own_word_is_recorded_over_http_on_its_target_alone(clinic: Clinic) -> None:
    """It pays its part, names its title, and is refused where no program gives it a meaning."""
    who = await enrolled(clinic)
    event = {"enrollment": who["enrollment"], "target": "breath", "outcome": "cut_down"}
    event["occurred_at"] = clock.now().isoformat()
    done = await clinic.post("/v1/events", event)
    assert done.status_code == 201, done.text
    receipt = done.json()
    assert (receipt["event"]["effect"], receipt["total"]) == ("success", [{"unit": "usd", "amount": 125}])
    assert receipt["event"]["outcome_title"] == TITLE
    assert receipt["awards"][0]["reasons"][0] == {
        "code": "part",
        "text": "For this visit: $1.25, 50% of the full reward.",
        "amount": 125,
        "count": 50,
    }
    refused = await clinic.post("/v1/events", {**event, "target": "group"})
    assert (refused.status_code, refused.json()["code"]) == (422, "outcome_not_allowed")
    read = (await clinic.get(f"/v1/events/{receipt['event']['id']}")).json()
    assert read["event"]["outcome_title"] == TITLE


async def test_the_desk_offers_an_own_word_with_its_title_and_letter(server: Server, clinic: Clinic) -> None:
    """With a network and without; what was recorded can be corrected to it on the person's page."""
    who = await enrolled(clinic)
    async with await seat(server, clinic) as desk:
        page = await desk.get(f"/desk?person={who['id']}")
        assert 'id="board-test.cut_down-success"' in page.text
        assert 'data-kinds="breath test.cut_down-success ' in page.text
        assert page.text.count('value="cut_down" aria-keyshortcuts="C"') == 0
        assert page.text.count('value="cut_down" aria-keyshortcuts="U"') == 2
        data = tap(csrf_of(page), who["enrollment"], "cut_down", target="breath")
        answer = await desk.post(f"/desk/people/{who['id']}/record", data=data)
        assert answer.status_code == 303
        after = await desk.get(f"/desk?person={who['id']}")
        assert "Maria Lopez: Cut down, " in after.text
        assert "$1.25" in after.text
    async with await seat(server, clinic, "clinician") as clinician:
        whole = await clinician.get(f"/desk/people/{who['id']}")
        assert '<option value="cut_down">Cut down</option>' in whole.text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_letter_of_an_own_word_is_no_other_outcomes(language: Language) -> None:
    """Two own words have two letters of their titles, and one without a free letter has none."""
    voice = Voice(language, UTC_ZONE, clock.now())
    own = {
        "cut_down": Title("Cut down", "Bajó un"),
        "pin": Title("Pin", "Pin"),
        "unsure": Title("Unsure", "Un quizás"),
    }
    keys = own_keys(voice, "test", own)
    taken = {SAID[language][f"desk.key.{one}"] for one in outcomes_of("test")}
    given = [key for key in keys.values() if key]
    assert taken.isdisjoint(given)
    assert len(set(given)) == len(given)
    assert keys["pin"] == ""
    assert all(key in voice.outcome(one, own[one]).upper() for one, key in keys.items())
