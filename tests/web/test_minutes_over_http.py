"""Minutes attended over the API, at the desk and in Manage: said, corrected, summed and shown."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import clock
from tests.web.desk import csrf_of, tap, today
from tests.web.manage import Manage, manage, text_of
from tests.web.test_desk_recording import seat
from tests.web.test_quantities_over_http import enrolled

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]
NOW = clock.now().replace(microsecond=0)


def session(who: dict[str, Any], **also: Any) -> dict[str, Any]:  # noqa: ANN401  fields
    """Make a session of just now."""
    at = (NOW - timedelta(minutes=1)).isoformat()
    said = {"enrollment": who["enrollment"], "target": "group", "outcome": "attended", "occurred_at": at}
    return {**said, **also}


async def test_minutes_are_content_and_another_number_is_a_correction(clinic: Clinic) -> None:
    """The same visit stays the same event; other minutes are taken where it is said that they correct."""
    who = await enrolled(clinic)
    done = await clinic.post("/v1/events", session(who, minutes=180, reference="g-1"))
    assert done.status_code == 201, done.text
    assert done.json()["event"]["minutes"] == 180
    assert done.json()["total"] == [{"unit": "usd", "amount": 100}]
    for same in (session(who, minutes=180), session(who), session(who, minutes=180, reference="g-1")):
        again = await clinic.post("/v1/events", same)
        assert (again.status_code, again.text) == (200, done.text)
    for code, other in (
        ("already_recorded", {"minutes": 170}),
        ("reference_conflict", {"minutes": 170, "reference": "g-1"}),
    ):
        refused = await clinic.post("/v1/events", session(who, **other))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert refused.json()["event"]["minutes"] == 180
    corrected = await clinic.post("/v1/events", session(who, minutes=170, reference="g-1", corrects=True))
    assert corrected.status_code == 201, corrected.text
    answer = corrected.json()
    assert (answer["event"]["id"], answer["event"]["minutes"]) == (done.json()["event"]["id"], 170)
    assert [(one["kind"], one["minutes"]) for one in answer["corrections"]] == [("minutes", 170)]
    assert answer["balances"] == done.json()["balances"]
    assert (await clinic.post("/v1/events", session(who, minutes=170))).status_code == 200
    both = session(who, minutes=60, outcome="left_early", reference="g-1", corrects=True)
    answer = (await clinic.post("/v1/events", both)).json()
    assert (answer["event"]["outcome"], answer["event"]["minutes"]) == ("left_early", 60)
    listed = (await clinic.get("/v1/events", enrollment=who["enrollment"])).json()["items"]
    assert [(one["outcome"], one["minutes"]) for one in listed] == [("left_early", 60)]


async def test_minutes_that_cannot_be_are_refused_with_the_remedy(clinic: Clinic) -> None:
    """Of what is no session, of nobody, of none and of more than a day."""
    who = await enrolled(clinic)
    for also, reason in (
        ({"target": "work", "outcome": "verified", "minutes": 5}, "Target `work` is no attendance"),
        ({"outcome": "absent", "minutes": 5}, "nobody was there"),
        ({"minutes": 0}, ">= 1"),
        ({"minutes": 1441}, "<= 1440"),
        ({"minutes": 2.5}, "int"),
    ):
        refused = await clinic.post("/v1/events", session(who, **also))
        assert refused.status_code == 422
        assert reason in refused.text, refused.text


async def test_the_desk_asks_for_minutes_and_shows_the_week(server: Server, clinic: Clinic) -> None:
    """On the panel of a session alone; the person's page has the week's hours, and corrects them."""
    who = await enrolled(clinic)
    async with await seat(server, clinic, "clinician") as desk:
        page = await desk.get(f"/desk?person={who['id']}")
        assert page.text.count("Minutes attended <small") == 1
        data = tap(csrf_of(page), who["enrollment"], "attended", target="group", minutes="200")
        sent = await desk.post(f"/desk/people/{who['id']}/record", data=data)
        assert sent.status_code == 303, sent.text
        chart = await desk.get(f"/desk/people/{who['id']}")
        assert "This week 3 h 20 min of 9 h" in text_of(chart.text)
        assert "200 minutes" in text_of(chart.text)
        (event,) = (await clinic.get("/v1/events", enrollment=who["enrollment"])).json()["items"]
        form = {"csrf": csrf_of(chart), "kind": "minutes", "minutes": "570", "reason": "All day."}
        done = await desk.post(f"/desk/people/{who['id']}/events/{event['id']}/correct", data=form)
        assert done.status_code == 303, done.text
        after = text_of((await desk.get(f"/desk/people/{who['id']}")).text)
        assert "This week 9 h 30 min of 9 h" in after
        assert "reached" in after
        assert "Changed to 570 minutes by" in after


async def test_a_year_of_birth_is_kept_and_asks_less_of_adolescents(server: Server, clinic: Clinic) -> None:
    """Set by the API, changed at the desk; nobody finds it unsealed in the answer of another."""
    who = await enrolled(clinic)
    async with await seat(server, clinic) as desk:
        page = await desk.get(f"/desk/people/{who['id']}/details")
        form = {"csrf": csrf_of(page), "reference": "MRN-1", "name": "Maria Lopez", "language": "en"}
        form |= {"revision": "1", "birth_year": str(today().year - 16)}
        sent = await desk.post(f"/desk/people/{who['id']}/details", data=form)
        assert sent.status_code == 303, sent.text
        assert "0 h of 6 h" in text_of((await desk.get(f"/desk/people/{who['id']}")).text)
    read = (await clinic.get(f"/v1/participants/{who['id']}")).json()
    assert read["birth_year"] == today().year - 16
    (hours,) = (await clinic.get("/v1/hours", participant=who["id"])).json()["items"]
    assert (hours["asked"], hours["is_met"]) == (360, False)


async def test_manage_shows_a_week_of_everybody_and_gives_it_as_a_file(manage: Manage) -> None:
    """Whoever has too few hours is found in one look; the file accounts for whom it tells of."""
    clinic = manage.clinic
    who = await enrolled(clinic)
    await clinic.post("/v1/events", session(who, minutes=95))
    page = text_of((await manage.get("/manage/reports/hours")).text)
    for words in ("Hours by week", "MRN-1", "1 h 35 min", "9 h"):
        assert words in page
    file = await manage.get("/manage/reports/hours.csv")
    (line, *_) = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert (line["reference"], line["minutes"], line["asked"], line["reached"]) == (
        "MRN-1",
        "95",
        "540",
        "no",
    )
