"""A program is tried before anybody is in it: its cost, beside the evidence, and on the clinic's own past."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import clock
from tests.web.conftest import assert_problem
from tests.web.manage import manage, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic
    from tests.web.manage import Manage

__all__ = ["manage"]

START = (clock.now() - timedelta(days=60)).replace(hour=18, minute=0, second=0, microsecond=0)


def program(amount: int = 1000, **also: Any) -> dict[str, Any]:  # noqa: ANN401  any part of a document
    """Make a program of so much for each of two tests a week."""
    target = {
        "name": "test",
        "behavior": "test",
        "visits": {"per_week": 2, "missed_after_hours": 24},
        "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": amount}}],
    }
    return {"name": "tried", "title": "Tried", "unit": "usd", "weeks": 12, "targets": [target]} | also


async def history(clinic: Clinic) -> tuple[str, str]:
    """Publish the program, and record two negatives and one positive of somebody."""
    await clinic.post("/v1/programs", program())
    person = (await clinic.post("/v1/participants", {"reference": "T-1"})).json()["id"]
    asked = {"participant": person, "program": "tried", "starts_on": START.date().isoformat()}
    enrollment = (await clinic.post("/v1/enrollments", asked)).json()["id"]
    for day, outcome in ((1, "negative"), (4, "positive"), (8, "negative")):
        at = (START + timedelta(days=day)).isoformat()
        event = {"enrollment": enrollment, "target": "test", "outcome": outcome, "occurred_at": at}
        assert (await clinic.post("/v1/events", event)).status_code == 201
    return person, enrollment


async def test_forecast_is_the_same_for_the_same_seed(clinic: Clinic) -> None:
    """By a document or by name, with a budget, by months; the figures are all written out."""
    await clinic.post("/v1/programs", program())
    by_name = await clinic.post(
        "/v1/programs/forecast", {"program": "tried", "people": 40, "budget": 540_000}
    )
    again = await clinic.post(
        "/v1/programs/forecast", {"program": program(), "people": 40, "budget": 540_000}
    )
    assert by_name.status_code == 200
    assert by_name.json() == again.json()
    found = by_name.json()
    assert found["model_from"] == "published"
    assert found["is_exact"]
    assert 0 < found["over_budget"] < 1
    (cost,) = found["costs"]
    assert cost["unit"] == "usd"
    assert cost["total"]["greatest"] == 40 * 24 * 1000
    assert sum(one["spent"]["greatest"] for one in cost["months"]) == 40 * 24 * 1000
    other = await clinic.post("/v1/programs/forecast", {"program": "tried", "people": 40, "seed": 2})
    assert other.json()["costs"] != found["costs"]


async def test_forecast_by_a_model_of_one_s_own(clinic: Clinic) -> None:
    """Whoever never misses earns everything."""
    model = {"keeps_coming": 1, "habits": {"test": {"success_after_success": 1, "success_after_miss": 1}}}
    asked = {"program": program(), "people": 3, "model": model}
    found = (await clinic.post("/v1/programs/forecast", asked)).json()
    assert found["model_from"] == "given"
    assert found["costs"][0]["total"]["low"] == found["costs"][0]["total"]["expected"] == 72_000


async def test_too_little_history_leaves_the_published_figures(clinic: Clinic) -> None:
    """One person says nothing of forty."""
    await history(clinic)
    asked = {"program": "tried", "people": 5, "own_history": True}
    assert (await clinic.post("/v1/programs/forecast", asked)).json()["model_from"] == "published"


async def test_what_cannot_be_tried_is_refused(clinic: Clinic) -> None:
    """A name that is not published, a document with faults, a program in which nobody was."""
    for path, also in (("forecast", {"people": 5}), ("review", {}), ("back-test", {})):
        unknown = await clinic.post(f"/v1/programs/{path}", {"program": "nowhere", **also})
        assert_problem(unknown, 404, "unknown_program")
        faulty = await clinic.post(f"/v1/programs/{path}", {"program": program(name="table"), **also})
        assert_problem(faulty, 422, "program_faulty")
    assert_problem(await clinic.post("/v1/programs/back-test", {"program": program()}), 404, "not_found")
    taken = await clinic.post("/v1/programs", program(name="forecast"))
    assert_problem(taken, 422, "program_faulty")


async def test_review_counts_what_a_point_is_worth(clinic: Clinic) -> None:
    """Without a worth nobody knows; with one the magnitude is money. Each line has its source."""
    points = {"program": program(amount=100, unit="points")}
    unknown = (await clinic.post("/v1/programs/review", points)).json()["lines"]
    assert {one["topic"]: one["finding"] for one in unknown}["magnitude"] == "unknown"
    await clinic.post("/v1/points-worth", {"amount": 10})
    known = (await clinic.post("/v1/programs/review", points)).json()["lines"]
    magnitude = next(one for one in known if one["topic"] == "magnitude")
    assert magnitude["finding"] == "in_line"
    assert "$240.00 in 12 weeks, $20.00 a week" in magnitude["text"]
    assert all(one["source"] for one in known)
    spanish = await clinic.post("/v1/programs/review", points, accept_language="es")
    assert "en 12 semanas" in next(
        one["text"] for one in spanish.json()["lines"] if one["topic"] == "magnitude"
    )


async def test_back_test_says_what_would_have_been_earned_and_posts_nothing(clinic: Clinic) -> None:
    """Two negatives at $15.00 instead of $10.00; the balance stays, and the trail names the reading."""
    person, enrollment = await history(clinic)
    before = (await clinic.get(f"/v1/participants/{person}/balance")).json()["balances"]
    answer = await clinic.post("/v1/programs/back-test", {"program": program(1500)})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["people"], found["changed"], found["is_all"]) == (1, 1, True)
    assert found["earned"] == [{"unit": "usd", "amount": 2000}]
    assert found["would_earn"] == [{"unit": "usd", "amount": 3000}]
    (item,) = found["items"]
    assert (item["enrollment"], item["participant"], item["left_out"]) == (enrollment, person, 0)
    assert (await clinic.get(f"/v1/participants/{person}/balance")).json()["balances"] == before
    deeds = [one["deed"] for one in (await clinic.get("/v1/audit")).json()["items"]]
    assert "enrollment.back_tested" in deeds


async def test_back_test_leaves_out_what_the_draft_does_not_know(clinic: Clinic) -> None:
    """Facts of a target that is not there earn nothing, and are counted."""
    await history(clinic)
    other = program(1500)
    other["targets"][0]["name"] = "another"
    found = (await clinic.post("/v1/programs/back-test", {"program": other})).json()
    assert found["would_earn"] == []
    assert [one["left_out"] for one in found["items"]] == [3]


async def test_only_a_manager_tries_a_program_on_people(clinic: Clinic) -> None:
    """What somebody would have earned is theirs; a forecast is of nobody."""
    await history(clinic)
    denied = await clinic.post("/v1/programs/back-test", {"program": program()}, "front_desk")
    assert_problem(denied, 403, "forbidden")
    asked = {"program": program(), "people": 2}
    assert (await clinic.post("/v1/programs/forecast", asked, "front_desk")).status_code == 200


async def test_program_s_page_shows_the_forecast_and_the_evidence(manage: Manage) -> None:
    """The chart stands beside its table, in both languages; what cannot be read is said."""
    await manage.clinic.post("/v1/programs", program())
    plain = (await manage.get("/manage/programs/tried")).text
    assert "Beside the evidence" in plain
    assert "outlay-usd" not in plain
    shown = (await manage.get("/manage/programs/tried?people=40&budget=4000")).text
    assert 'aria-labelledby="outlay-usd-wide-chart"' in shown
    said = text_of(shown)
    assert "$9,600.00" in said
    assert "Groups like this that spend more than $4,000.00:" in said
    wrong = await manage.get("/manage/programs/tried?people=many")
    assert "Write how many people, from 1 to 2000" in text_of(wrong.text)


async def test_review_before_publishing_shows_the_past_under_the_draft(manage: Manage) -> None:
    """Before a new version is published its manager sees what it would have paid."""
    await history(manage.clinic)
    draft = {"tab": "document", "of": "tried", "text": json.dumps(program(1500)), "do": "review"}
    said = text_of((await manage.post("/manage/program-editor", draft)).text)
    assert "For 1 of 1 it would have been another amount." in said
    assert "$20.00" in said
    assert "$30.00" in said
    await manage.clinic.post("/v1/programs", program(1500))
    moving = text_of((await manage.get("/manage/programs/tried/people")).text)
    assert "For 1 of 1 it would have been another amount." in moving
