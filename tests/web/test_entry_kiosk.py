"""The clinic's tablet and the printed card: who may make them, and who signs in by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.web.entering import browser_of, code_for, registered, sent, staff_token, typed
from tests.web.manage import Manage, manage, signed_in, text_of

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]

PIN = "739154"
KEY = "/portal/key"
START = "/kiosk/start"


async def made_tablet(browser: httpx.AsyncClient) -> None:
    """Make a browser the clinic's tablet."""
    answer = await sent(browser, START, START)
    assert (answer.status_code, answer.headers["location"]) == (303, "/kiosk")
    assert "cmr_session" not in browser.cookies


async def test_a_tablet_is_made_at_the_desk_and_signs_the_staff_out(clinic: Clinic, server: Server) -> None:
    """What is left of their session opens nothing, and the tablet can be ended from the desk."""
    token = await staff_token(server, clinic)
    async with browser_of(server) as tablet:
        # As the server's own cookie would be, so that it can take it away.
        tablet.cookies.set("cmr_session", token, domain="127.0.0.1", path="/")
        await made_tablet(tablet)
        assert (await tablet.get("/kiosk")).status_code == 200
        async with browser_of(server, cmr_session=token) as still:
            assert (await still.get(START)).status_code == 303
        async with browser_of(server, cmr_session=await staff_token(server, clinic)) as desk:
            listed = (await desk.get(START)).text
            found = re.search(r"/kiosk/tablets/([0-9a-f-]{36})/end", listed)
            assert found
            await sent(desk, START, f"/kiosk/tablets/{found[1]}/end")
            assert "/kiosk/tablets/" not in (await desk.get(START)).text
        gone = await tablet.get("/kiosk")
        assert (gone.status_code, gone.headers["location"]) == (303, "/kiosk/start?to=/kiosk")


async def test_a_participant_signs_in_at_the_kiosk_with_code_and_pin(clinic: Clinic, server: Server) -> None:
    """First by a card, which lets them choose a PIN; then by their short code and the PIN, which does not."""
    person = await registered(clinic)
    async with browser_of(server) as tablet:
        tablet.cookies.set("cmr_session", await staff_token(server, clinic), domain="127.0.0.1", path="/")
        await made_tablet(tablet)
        code = await code_for(clinic, person["id"])
        first = await sent(tablet, "/kiosk", "/kiosk/code", code=code)
        assert first.headers["location"] == KEY
        assert (
            "/portal/key?done=set" in (await sent(tablet, KEY, KEY, pin=PIN, again=PIN)).headers["location"]
        )
        await sent(tablet, "/kiosk", "/kiosk/done")
        assert (await tablet.get(KEY)).status_code == 303
        short = person["display_code"].replace("-", "").lower()
        again = await sent(tablet, "/kiosk", "/kiosk/pin", short=short, pin=PIN)
        assert again.headers["location"] == "/portal"
        shown = await tablet.get(KEY)
        assert 'name="pin"' not in shown.text
        answer = await tablet.post(KEY, data={"pin": "204861", "again": "204861", "csrf": _word(shown.text)})
        assert answer.status_code == 403
        for fields in ({"short": short, "pin": "204861"}, {"short": "KKK-KKK", "pin": PIN}):
            assert (await sent(tablet, "/kiosk", "/kiosk/pin", **fields)).status_code == 401


async def test_tablet_ends_with_the_account_of_whoever_made_it(manage: Manage) -> None:
    """It is listed in Manage with their name, and may be their own phone."""
    token = await signed_in(manage.server, manage.clinic.id, "front_desk")
    async with browser_of(manage.server) as tablet:
        tablet.cookies.set("cmr_session", token, domain="127.0.0.1", path="/")
        await made_tablet(tablet)
        page = text_of((await manage.get("/manage/staff")).text)
        assert "made by Fay Desk" in page
        listed = (await manage.clinic.get("/v1/staff")).json()["items"]
        [fay] = [one["id"] for one in listed if one["name"] == "Fay Desk"]
        assert (await tablet.get("/kiosk")).status_code == 200
        out = await manage.post(f"/manage/staff/{fay}/disabled", {"disabled": "yes"})
        assert out.status_code == 303, out.text
        assert (await tablet.get("/kiosk")).status_code != 200
    assert "made by Fay Desk" not in text_of((await manage.get("/manage/staff")).text)


async def test_a_tablet_never_becomes_somebody_s_own_device(clinic: Clinic, server: Server) -> None:
    """A code that is typed there at the front door is not used up, and leads to the tablet's own door."""
    person = await registered(clinic)
    code = await code_for(clinic, person["id"])
    async with browser_of(server) as tablet:
        tablet.cookies.set("cmr_session", await staff_token(server, clinic), domain="127.0.0.1", path="/")
        await made_tablet(tablet)
        assert (await typed(tablet, code)).headers["location"] == "/kiosk"
        assert not {"cmr_session", "cmr_device"} & set(tablet.cookies)
        assert (await sent(tablet, "/kiosk", "/kiosk/code", code=code)).headers["location"] == KEY


async def test_a_tablet_takes_no_code_of_another_clinic(
    clinic: Clinic, other: Clinic, server: Server
) -> None:
    """It is answered as an unknown one, and is not used up."""
    code = await code_for(other, (await registered(other))["id"])
    async with browser_of(server) as tablet:
        tablet.cookies.set("cmr_session", await staff_token(server, clinic), domain="127.0.0.1", path="/")
        await made_tablet(tablet)
        assert (await sent(tablet, "/kiosk", "/kiosk/code", code=code)).status_code == 401
    async with browser_of(server) as phone:
        assert (await typed(phone, code)).status_code == 303


async def test_a_card_holds_a_code_and_nobody_s_name(clinic: Clinic, server: Server) -> None:
    """In the language of whoever it is for; another clinic's people are not there."""
    made = await clinic.post("/v1/participants", {"reference": "B-2", "name": "Rosa Diaz", "language": "es"})
    path = f"/desk/people/{made.json()['id']}/card"
    async with browser_of(server, cmr_session=await staff_token(server, clinic)) as desk:
        offered = await desk.get(path)
        assert "Rosa Diaz" in offered.text
        card = await sent(desk, path, path)
        assert card.status_code == 200
        assert "Rosa" not in card.text
        assert 'lang="es"' in card.text
        assert "<svg" in card.text
        code = re.search(r'card-code">([^<]+)<', card.text)
        assert code
        assert card.headers["cache-control"] == "no-store"
        nowhere = f"/desk/people/{uuid4()}/card"
        answer = await desk.post(nowhere, data={"csrf": _word(offered.text)})
        assert answer.status_code == 404
    async with browser_of(server) as phone:
        assert (await typed(phone, code[1])).status_code == 303
    async with browser_of(server, cmr_session=await staff_token(server, clinic, "auditor")) as auditor:
        assert (await auditor.get(path)).status_code == 403


def _word(text: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', text) or re.search(r'"X-CSRF-Token": "(\w+)"', text)
    assert found
    return found[1]


async def test_a_lost_phone_opens_nothing_more(clinic: Clinic, server: Server) -> None:
    """Its session ends, and its PIN and code are of no use; another clinic's desk cannot do it."""
    person = await registered(clinic)
    path = f"/desk/people/{person['id']}/card"
    async with (
        browser_of(server) as phone,
        browser_of(server, cmr_session=await staff_token(server, clinic)) as desk,
    ):
        await typed(phone, await code_for(clinic, person["id"]))
        await sent(phone, KEY, KEY, pin=PIN, again=PIN)
        assert (await phone.get(KEY)).status_code == 200
        printed = await code_for(clinic, person["id"])
        done = await sent(desk, path, f"/desk/people/{person['id']}/lost")
        assert done.headers["location"] == f"{path}?done=lost"
        assert 'role="status"' in (await desk.get(done.headers["location"])).text
        assert (await phone.get(KEY)).status_code == 303
        assert (await sent(phone, "/sign-in/pin", "/sign-in/pin", pin=PIN)).status_code == 401
        assert (await typed(phone, printed)).status_code == 401
        assert (await typed(phone, await code_for(clinic, person["id"]))).status_code == 303
        nowhere = await sent(desk, path, f"/desk/people/{uuid4()}/lost")
        assert nowhere.status_code == 404
