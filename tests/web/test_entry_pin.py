"""A PIN: set by whoever is signed in, good on a device that is known, and resting after wrong tries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from service.core.access.places import PIN_TRIES_MAX, Place
from service.core.refusals import Refused
from service.flows.access.pins import sign_in_by_pin
from tests.web.entering import browser_of, code_for, registered, sent, staff_token, typed

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

PIN = "739154"
KEY = "/portal/key"


async def test_a_pin_signs_in_on_the_device_on_which_a_code_did(clinic: Clinic, server: Server) -> None:
    """No new code is needed there, and nowhere else is the PIN enough."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    async with browser_of(server) as phone:
        await typed(phone, code)
        saved = await sent(phone, KEY, KEY, pin=PIN, again=PIN)
        assert saved.headers["location"] == "/portal/key?done=set"
        del phone.cookies["cmr_session"]
        wrong = await sent(phone, "/sign-in/pin", "/sign-in/pin", pin="204861")
        assert wrong.status_code == 401
        assert 'id="pin-fault"' in wrong.text
        right = await sent(phone, "/sign-in/pin", "/sign-in/pin", pin=PIN)
        assert (right.status_code, right.headers["location"]) == (303, "/portal")
        assert (await phone.get(KEY)).status_code == 200
        await sent(phone, "/sign-in/pin", "/sign-in/forget")
        assert 'name="pin"' not in (await phone.get("/sign-in/pin")).text
    async with browser_of(server, cmr_device="bm9uc2Vuc2U=") as stranger:
        assert 'name="pin"' not in (await stranger.get("/sign-in/pin")).text


async def test_five_wrong_pins_rest_it_and_a_new_card_wakes_it(clinic: Clinic, server: Server) -> None:
    """While it rests even the right one is not taken, and the answer does not say why."""
    person = UUID((await registered(clinic))["id"])
    code = await code_for(clinic, str(person))
    own = UUID(clinic.id)

    async def tried(pin: str) -> bool:
        done = await sign_in_by_pin(
            server.database, own, person, pin, Place(str(person), "tablet"), "kiosk", None
        )
        return not isinstance(done, Refused)

    async with browser_of(server) as phone:
        await typed(phone, code)
        await sent(phone, KEY, KEY, pin=PIN, again=PIN)
    assert await tried(PIN)
    assert [await tried("204861") for _ in range(PIN_TRIES_MAX)] == [False] * PIN_TRIES_MAX
    assert not await tried(PIN)
    await code_for(clinic, str(person))
    assert await tried(PIN)
    trail = (await clinic.get("/v1/audit", participant=str(person), limit=100)).text
    assert {"pin.set", "pin.wrong", "pin.used"} <= {
        word for word in ("pin.set", "pin.wrong", "pin.used") if f'"{word}"' in trail
    }
    assert PIN not in trail


async def test_a_weak_pin_is_refused_with_its_reason_at_the_field(clinic: Clinic, server: Server) -> None:
    """Easy, not six digits, or typed in two ways; nothing is kept."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    async with browser_of(server) as phone:
        await typed(phone, code)
        for pin, again, says in (
            ("123456", "123456", "easy to guess"),
            ("12ab", "12ab", "6 numbers"),
            (PIN, "204861", "not the same"),
        ):
            answer = await sent(phone, KEY, KEY, pin=pin, again=again)
            assert answer.status_code == 422
            assert says in answer.text
            assert f'value="{pin}"' not in answer.text
        assert "/portal/key/remove" not in (await phone.get(KEY)).text
        await sent(phone, KEY, KEY, pin=PIN, again=PIN)
        assert "/portal/key/remove" in (await phone.get(KEY)).text
        await sent(phone, KEY, "/portal/key/remove")
        assert "/portal/key/remove" not in (await phone.get(KEY)).text


async def test_only_the_participant_sets_their_pin(clinic: Clinic, server: Server) -> None:
    """Nobody is sent to sign in, and staff have passwords instead."""
    async with browser_of(server) as nobody:
        assert (await nobody.get(KEY)).status_code == 303
    async with browser_of(server, cmr_session=await staff_token(server, clinic)) as desk:
        assert (await desk.get(KEY)).status_code == 403
