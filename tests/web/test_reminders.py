"""Reminders on pages and over the API: a manager turns them on, people say yes, a text is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from tests.web.desk import expected_today
from tests.web.manage import Manage, manage
from tests.web.portal import sends, someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]

OF_THE_MOMENT = {"date", "traceparent", "ratelimit"}
"""Headers that differ between any two answers."""

FORM = {
    "kinds": "before_visit",
    "hours_before": "48",
    "visits_begin": "07:30",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "called": "Your care team",
    "replies": "yes",
}


async def test_a_manager_turns_reminders_on_and_off(manage: Manage, clinic: Clinic) -> None:
    """Off before anybody did; what is not ticked is off; the page shows how they read."""
    before = (await clinic.get("/v1/reminder-settings")).json()
    assert (before["kinds"], before["set_at"]) == ([], None)
    saved = await manage.post("/manage/reminders", FORM)
    assert saved.headers["location"] == "/manage/reminders?done=saved", saved.text
    page = await manage.get("/manage/reminders")
    assert "Hello from Your care team. You have an appointment on" in page.text
    assert "Reply STOP" in page.text
    assert 'value="48"' in page.text
    now = (await clinic.get("/v1/reminder-settings")).json()
    assert (now["kinds"], now["quiet_from"], now["replies"]) == (["before_visit"], "21:00", True)
    off = {name: text for name, text in FORM.items() if name not in {"kinds", "replies", "called"}}
    await manage.post("/manage/reminders", off)
    assert (await clinic.get("/v1/reminder-settings")).json()["kinds"] == []
    wrong = await manage.post("/manage/reminders", FORM | {"hours_before": "400"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    assert (await manage.post("/manage/reminders", FORM, "clinician")).status_code == 403
    assert "<form" in (await manage.get("/manage/reminders", "clinician")).text


async def test_the_desk_writes_down_what_somebody_said(manage: Manage, clinic: Clinic) -> None:
    """Only where they can be reached; the API and the page say the same."""
    person = (await expected_today(clinic))[0]["id"]
    path = f"/desk/people/{person}/reminders"
    assert "Write one down first" in (await manage.get(path, "front_desk")).text
    refused = await manage.post(path, {"way": "text"}, "front_desk")
    assert refused.status_code == 422
    assert "No telephone number" in refused.text
    known = await clinic.get(f"/v1/participants/{person}")
    etag = {"If-Match": known.headers["etag"]}
    changed = await clinic.client("manager").patch(
        f"/v1/participants/{person}", json={"phone": "619 555 0144"}, headers=etag
    )
    assert changed.status_code == 200, changed.text
    assert (await manage.post(path, {"way": "text"}, "front_desk")).status_code == 303
    leave = (await clinic.get(f"/v1/participants/{person}/reminder-leave")).json()
    assert (leave["channel"], leave["how"]) == ("text", "staff")
    assert "They said yes to reminders by text." in (await manage.get(path, "front_desk")).text
    answered = await clinic.post("/v1/reminders/replies", {"from": "+1 619-555-0144", "text": "stop!"})
    assert answered.json() == {"meant": "stop"}
    assert "They want no reminders." in (await manage.get(path, "front_desk")).text


async def test_somebody_says_yes_and_no_in_the_portal(server: Server, clinic: Clinic) -> None:
    """In their language, and it holds at once."""
    who = await someone(server, clinic, language="es")
    known = await clinic.get(f"/v1/participants/{who.id}")
    etag = {"If-Match": known.headers["etag"]}
    await clinic.client("manager").patch(
        f"/v1/participants/{who.id}", json={"email": "r@x.example.org"}, headers=etag
    )
    async with who.browser() as own:
        page = (await own.get("/portal/reminders")).text
        assert "No recibes recordatorios." in page
        assert "Recordarme por correo" in page
        assert "Recordarme por mensaje" not in page
        done = await sends(own, "/portal/reminders", "/portal/reminders", way="email")
        assert done.headers["location"] == "/portal/reminders?done=said"
        leave = (await clinic.get(f"/v1/participants/{who.id}/reminder-leave")).json()
        assert (leave["channel"], leave["how"]) == ("email", "portal")
        await sends(own, "/portal/reminders", "/portal/reminders", way="none")
    assert (await clinic.get(f"/v1/participants/{who.id}/reminder-leave")).json()["channel"] is None
    assert (await clinic.get("/v1/reminders", participant=who.id)).json()["items"] == []


async def test_a_gateway_s_key_brings_answers_and_learns_of_nobody(manage: Manage, clinic: Clinic) -> None:
    """An integration says STOP and START for a number, and is told the same whether anybody has it."""
    person = (await expected_today(clinic))[0]["id"]
    known = await clinic.get(f"/v1/participants/{person}")
    etag = {"If-Match": known.headers["etag"]}
    changed = await clinic.client("manager").patch(
        f"/v1/participants/{person}", json={"phone": "+1 619-555-0177"}, headers=etag
    )
    assert changed.status_code == 200, changed.text
    await manage.post(f"/desk/people/{person}/reminders", {"way": "text"}, "front_desk")
    issued = await clinic.post("/v1/keys", {"role": "integration", "scopes": ["people.write"]})
    gateway = {"authorization": f"Bearer {issued.json()['key']}"}

    async def said(number: str, text: str) -> httpx.Response:
        return await clinic.client("integration").post(
            "/v1/reminders/replies", json={"from": number, "text": text}, headers=gateway
        )

    async def leave() -> tuple[str | None, str]:
        now = (await clinic.get(f"/v1/participants/{person}/reminder-leave")).json()
        return now["channel"], now["how"]

    for text, now in (("STOP", (None, "reply")), ("START", ("text", "reply")), ("alto", (None, "reply"))):
        whose, nobody_s = await said("+1 619-555-0177", text), await said("+1 619-555-0178", text)
        assert whose.status_code == nobody_s.status_code == 200
        assert whose.content == nobody_s.content
        assert told(whose) == told(nobody_s)
        assert await leave() == now
    # With the same key nothing is read of them, and leave itself is for the desk to write down.
    for method, path in (("GET", "/v1/reminders"), ("GET", f"/v1/participants/{person}/reminder-leave")):
        assert (await clinic.client("integration").request(method, path, headers=gateway)).status_code == 403
    said_for = await clinic.client("integration").post(
        f"/v1/participants/{person}/reminder-leave", json={"channel": "text"}, headers=gateway
    )
    assert said_for.status_code == 403
    assert await leave() == (None, "reply")


def told(answer: httpx.Response) -> dict[str, str]:
    """The headers of an answer that are not of the moment or the request."""
    return {name: text for name, text in answer.headers.items() if name not in OF_THE_MOMENT}
