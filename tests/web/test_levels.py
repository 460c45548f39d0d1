"""A step to another program is offered when it is due: at the desk, on Manage, and in the outlook."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import clock
from tests.web.manage import manage, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic
    from tests.web.manage import Manage

__all__ = ["manage"]

START = (clock.now() - timedelta(days=30)).replace(hour=18, minute=0, second=0, microsecond=0)


def program(name: str, **also: Any) -> dict[str, Any]:  # noqa: ANN401  any part of a document
    """Make a program of two tests a week."""
    phase = {"weeks": [1, 12], "earn": {"type": "flat", "amount": 1000}}
    target = {"name": "test", "behavior": "test", "limit": {"per_week": 2}, "phases": [phase]}
    return {"name": name, "title": name.title(), "unit": "usd", "weeks": 12, "targets": [target]} | also


async def enrolled(clinic: Clinic) -> tuple[str, str]:
    """Somebody in a program that names the next one after two successes, with one of them."""
    then = {"program": "after", "when": {"successes": 2, "of": "test"}}
    assert (await clinic.post("/v1/programs", program("first", then=then))).status_code == 201
    person = (await clinic.post("/v1/participants", {"reference": "L-1"})).json()["id"]
    asked = {"participant": person, "program": "first", "starts_on": START.date().isoformat()}
    enrollment = (await clinic.post("/v1/enrollments", asked)).json()["id"]
    await record(clinic, enrollment, 1)
    return person, enrollment


async def record(clinic: Clinic, enrollment: str, day: int) -> None:
    """Record a negative test."""
    at = (START + timedelta(days=day)).isoformat()
    event = {"enrollment": enrollment, "target": "test", "outcome": "negative", "occurred_at": at}
    assert (await clinic.post("/v1/events", event)).status_code == 201


async def due(clinic: Clinic, enrollment: str) -> list[dict[str, Any]]:
    """Read what is due from the outlook."""
    found: list[dict[str, Any]] = (await clinic.get(f"/v1/enrollments/{enrollment}/outlook")).json()["due"]
    return found


async def test_next_program_is_due_when_it_is_reached_and_published(clinic: Clinic) -> None:
    """One success is too few; two are enough, once the next program is there. Nothing moved by itself."""
    _, enrollment = await enrolled(clinic)
    assert await due(clinic, enrollment) == []
    await record(clinic, enrollment, 3)
    assert await due(clinic, enrollment) == []
    await clinic.post("/v1/programs", program("after"))
    assert await due(clinic, enrollment) == [
        {"program": "after", "title": "After", "target": "test", "successes": 2}
    ]
    assert (await clinic.get(f"/v1/enrollments/{enrollment}")).json()["program"] == "first"


async def test_desk_and_manager_are_offered_the_step(manage: Manage) -> None:
    """The desk's page leads to the move with the program chosen; Manage lists who could go on."""
    clinic = manage.clinic
    person, enrollment = await enrolled(clinic)
    await clinic.post("/v1/programs", program("after"))
    path = f"/desk/people/{person}"
    assert "“After” is due" not in text_of((await manage.get(path)).text)
    assert "Who could go on" not in (await manage.get("/manage/programs/first")).text
    await record(clinic, enrollment, 3)
    page = (await manage.get(path)).text
    assert "“After” is due: 2 successes are reached." in text_of(page)
    move = f"{path}/enrollments/{enrollment}/move?program=after"
    assert move in page
    assert '<option value="after" selected>' in (await manage.get(move)).text
    listed = (await manage.get("/manage/programs/first")).text
    assert "Who could go on" in listed
    assert f'href="{path}"' in listed
    assert "After 2 successes of “Negative test”, “After” is offered." in text_of(listed)


async def test_a_program_read_back_calls_the_next_one_by_its_title(manage: Manage) -> None:
    """In the language of the page; by its name alone while there is none."""
    await enrolled(manage.clinic)
    page = text_of((await manage.get("/manage/programs/first")).text)
    assert "“after” is offered" in page
    await manage.clinic.post("/v1/programs", program("after") | {"title": {"en": "Step down", "es": "Menos"}})
    page = text_of((await manage.get("/manage/programs/first")).text)
    assert "“Step down” is offered" in page
