"""Questions before enrolling: set on a program's page, asked at the desk on the way to be enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.web.desk import csrf_of, today
from tests.web.manage import Manage, manage, text_of
from tests.web.test_desk_recording import seat

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]
PROGRAM: dict[str, Any] = {
    "name": "asks",
    "title": "Asks first",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "test",
            "behavior": "test",
            "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 100}}],
        }
    ],
}
QUESTION = {"questions": [{"name": "age", "asks": {"en": "Are they 18 or older?", "es": "¿Tiene 18 o más?"}}]}


async def test_a_manager_sets_what_a_program_asks(manage: Manage) -> None:
    """What is offered is asked by nobody before it is saved; an empty line takes a question out."""
    await manage.clinic.post("/v1/programs", PROGRAM)
    path = "/manage/programs/asks/screening"
    page = (await manage.get(path)).text
    assert "Nothing is asked yet" in page
    assert "somebody diagnosed?" in page
    form = {
        "name.0": "diagnosis",
        "en.0": "Is there a diagnosis?",
        "es.0": "¿Hay un diagnóstico?",
        "fits.0": "yes",
    }
    form |= {"name.1": "", "en.1": "Are they in another program?", "es.1": "", "fits.1": "no"}
    form |= {"name.2": "age", "en.2": "", "es.2": "", "fits.2": "yes", "by_another": "yes"}
    sent = await manage.post(path, form)
    assert sent.status_code == 303, sent.text
    kept = (await manage.clinic.get("/v1/programs/asks/screening-questions")).json()
    assert [(one["name"], one["fits"]) for one in kept["questions"]] == [
        ("diagnosis", "yes"),
        ("question-2", "no"),
    ]
    assert kept["exception_by_another"] is True
    assert "Is there a diagnosis?" in text_of((await manage.get(path)).text)


async def test_somebody_new_is_asked_on_the_way_and_enrolled_with_what_fits(
    server: Server, clinic: Clinic
) -> None:
    """The form registers them and leads to the questions, these to the program that is chosen already."""
    await clinic.post("/v1/programs", PROGRAM)
    assert (await clinic.post("/v1/programs/asks/screening-questions", QUESTION)).status_code == 200
    async with await seat(server, clinic) as desk:
        page = await desk.get("/desk/new")
        form = {"csrf": csrf_of(page), "once": "0" * 32, "reference": "A-7", "program": "asks"}
        form |= {"starts_on": today().isoformat(), "language": "en"}
        sent = await desk.post("/desk/new", data=form)
        assert sent.status_code == 303, sent.text
        asked = await desk.get(sent.headers["location"])
        assert "Are they 18 or older?" in asked.text
        answers = {"csrf": csrf_of(asked), "q.age": "no"}
        again = await desk.post(sent.headers["location"], data=answers)
        assert again.headers["location"] == sent.headers["location"]
        assert "Something does not fit." in text_of((await desk.get(again.headers["location"])).text)
        person = sent.headers["location"].split("/")[3]
        enrolling = await desk.get(f"/desk/people/{person}/enroll")
        enroll = {"csrf": csrf_of(enrolling), "once": "1" * 32, "program": "asks"}
        enroll |= {"starts_on": today().isoformat(), "sure": "true"}
        barred = await desk.post(f"/desk/people/{person}/enroll", data=enroll)
        assert barred.status_code == 409
        assert "does not fit this program" in text_of(barred.text)
        answers |= {"exception": "Turns 18 tomorrow."}
        done = await desk.post(sent.headers["location"], data=answers)
        assert done.headers["location"] == f"/desk/people/{person}/enroll?program=asks"
        chosen = await desk.get(done.headers["location"])
        assert '<option value="asks" selected>' in chosen.text
        enrolled = await desk.post(f"/desk/people/{person}/enroll", data=enroll)
        assert enrolled.status_code == 303, enrolled.text
