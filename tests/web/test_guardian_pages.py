"""The consent of a parent or guardian at the desk, on the way to be enrolled, and its rule in Manage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.desk import csrf_of, today
from tests.web.manage import Manage, manage, text_of
from tests.web.test_desk_recording import seat
from tests.web.test_screening_pages import PROGRAM

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]


async def test_a_minor_is_led_to_the_consent_in_their_language_and_then_enrolled(
    server: Server, clinic: Clinic
) -> None:
    """Recorded without JavaScript; withdrawn on the same page."""
    await clinic.post("/v1/programs", PROGRAM)
    async with await seat(server, clinic) as desk:
        page = await desk.get("/desk/new")
        form = {"csrf": csrf_of(page), "once": "0" * 32, "reference": "A-7", "program": "asks"}
        form |= {"starts_on": today().isoformat(), "language": "es", "birth_year": str(today().year - 15)}
        sent = await desk.post("/desk/new", data=form)
        assert sent.status_code == 303, sent.text
        path = sent.headers["location"]
        asked = await desk.get(path)
        assert '<p lang="es">Soy' in asked.text
        consent = {"csrf": csrf_of(asked), "guardian": "Ana Lopez", "relation": "parent"}
        done = await desk.post(path, data={**consent, "consented_on": today().isoformat()})
        assert done.status_code == 303, done.text
        after = await desk.get(done.headers["location"])
        assert "/enroll?program=asks" in after.text
        person = path.split("/")[3]
        enroll = {"csrf": csrf_of(after), "once": "1" * 32, "program": "asks", "sure": "true"}
        enroll |= {"starts_on": today().isoformat()}
        assert (await desk.post(f"/desk/people/{person}/enroll", data=enroll)).status_code == 303
        (given,) = (await clinic.get(f"/v1/participants/{person}/guardian-consents")).json()["items"]
        gone = await desk.post(
            f"/desk/people/{person}/guardian-consents/{given['id']}/withdraw", data={"csrf": csrf_of(after)}
        )
        assert "Withdrawn" in text_of((await desk.get(gone.headers["location"])).text)


async def test_a_manager_says_who_needs_it_in_a_program(manage: Manage) -> None:
    """It stands on the page of the program's questions."""
    await manage.clinic.post("/v1/programs", PROGRAM)
    sent = await manage.post("/manage/programs/asks/screening/guardian", {"need": "nobody"})
    assert sent.status_code == 303, sent.text
    page = text_of((await manage.get("/manage/programs/asks/screening")).text)
    assert "Nobody is asked for the consent of a parent or guardian." in page
    (rule,) = (await manage.clinic.get("/v1/guardian-rules")).json()["items"]
    assert (rule["need"], rule["program"]) == ("nobody", "asks")
