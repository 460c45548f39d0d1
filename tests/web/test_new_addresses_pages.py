"""A changed phone number or mail address is asked about: of a colleague, and in the portal of whose it is."""

from __future__ import annotations

import re

from tests.web.manage import Manage, manage
from tests.web.portal import sends, someone, text_of

__all__ = ["manage"]


async def readdressed(manage: Manage, person: str, revision: int, **fields: str) -> None:
    """Let the front desk change how somebody is reached."""
    form = {"reference": "P-1", "revision": str(revision), "language": "en", **fields}
    answer = await manage.post(f"/desk/people/{person}/details", form, "front_desk")
    assert answer.status_code == 303, answer.text


async def test_colleague_confirms_a_changed_address_at_the_desk(manage: Manage) -> None:
    """Whoever changed it is told to ask a colleague; once it is confirmed nothing is asked."""
    who = await someone(manage.server, manage.clinic)
    details = f"/desk/people/{who.id}/details"
    await readdressed(manage, who.id, 1, phone="619 555 0100")
    page = (await manage.get(details, "front_desk")).text
    assert "The phone number was changed. By Fay Desk" in text_of(page)
    confirm = re.compile(rf'action="(/desk/people/{who.id}/addresses/[0-9a-f-]+/confirm)"')
    assert confirm.search(page) is None
    [path] = confirm.findall((await manage.get(details, "clinician")).text)
    own = await manage.post(path, {}, "front_desk")
    assert own.status_code == 403
    assert "ask a colleague" in text_of(own.text)
    assert (await manage.post(path, {}, "clinician")).headers["location"] == f"{details}?done=confirmed"
    assert "was changed" not in text_of((await manage.get(details, "front_desk")).text)


async def test_person_answers_in_the_portal_and_staff_see_what_they_said(manage: Manage) -> None:
    """Either way it is asked no more; what is wrong is told at the desk."""
    who = await someone(manage.server, manage.clinic)
    await readdressed(manage, who.id, 1, phone="619 555 0100", email="clerk@mail.example")
    async with who.browser() as browser:
        page = (await browser.get("/portal")).text
        assert "It is clerk@mail.example now. Is that right?" in text_of(page)
        text, mail = re.findall(r'action="(/portal/addresses/[0-9a-f-]+)"', page)
        assert (await sends(browser, "/portal", text, right="yes")).status_code == 303
        assert (await sends(browser, "/portal", mail, right="no")).status_code == 303
        page = (await browser.get("/portal")).text
        assert "/portal/addresses/" not in page
        assert "You said that this is wrong." in text_of(page)
        assert (await sends(browser, "/portal", mail, right="yes")).status_code == 409
    seen = text_of((await manage.get(f"/desk/people/{who.id}/details", "front_desk")).text)
    assert "The person says that this is wrong." in seen


async def test_colleague_confirms_a_changed_address_over_the_api(manage: Manage) -> None:
    """A key confirms nothing, nor does whoever changed it; a colleague who signed in does."""
    who = await someone(manage.server, manage.clinic)
    clerk, place = manage.clinic.person("front_desk"), f"/v1/participants/{who.id}"
    changed = await clerk.patch(place, json={"phone": "619 555 0100"}, headers={"if-match": "*"})
    assert changed.status_code == 200, changed.text
    path = f"{place}/new-addresses"
    [asked] = (await clerk.get(path)).json()["items"]
    assert (asked["channel"], asked["address"], asked["is_own"]) == ("text", "619 555 0100", True)
    confirm = f"{path}/{asked['id']}/confirm"
    by_key = await manage.clinic.post(confirm, {}, "clinician")
    assert (by_key.status_code, by_key.json()["code"]) == (403, "person_needed")
    own = await clerk.post(confirm)
    assert (own.status_code, own.json()["code"]) == (403, "same_person")
    done = await manage.clinic.person("clinician").post(confirm)
    assert (done.status_code, done.json()) == (200, {"items": []})
    again = await manage.clinic.person("clinician").post(confirm)
    assert (again.status_code, again.json()["code"]) == (409, "already_settled")
    assert (await manage.clinic.get(path, "auditor")).status_code == 403
