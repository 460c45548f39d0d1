"""Limits at signing in hurt only whoever guesses: no other address, device, tablet or account is kept out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.staff import CreatedStaff, NewStaff
from service.core.access import places
from service.core.access.places import ACCOUNT_TRIES_MAX, ALL_TRIES_MAX, TRIES_MAX, Place
from service.core.refusals import Refused
from service.flows.access.codes import may_try, sign_in_by_code
from service.flows.access.password_tries import may_try_password
from service.flows.access.pins import sign_in_by_pin
from service.flows.access.send_code import SENDS_MAX, may_send, send_code
from service.flows.access.sign_in_staff import Recognized, recognize
from service.flows.access.staff import create_staff
from service.flows.perform import Done, perform
from service.flows.setup.clinics import create_clinic, operator
from service.store import sign_in_tries
from tests.web.entering import browser_of, code_for, registered, sent, typed
from tests.web.test_signin_staff import PASSWORD, hired, sign_in

if TYPE_CHECKING:
    from service.core.access.messages import Message
    from tests.web.conftest import Clinic, Server

PIN = "739154"
KEY = "/portal/key"


async def test_one_address_s_guesses_feed_nothing_that_others_share(server: Server, clinic: Clinic) -> None:
    """However many they are, of all unknown addresses they count as those few that were compared."""
    guesser = Place("192.0.2.7")
    before = await _tries(server, "all")
    seen = [await may_try(server.database, guesser) for _ in range(TRIES_MAX["address"] + 40)]
    assert sum(seen) == TRIES_MAX["address"]
    assert await _tries(server, "all") - before == TRIES_MAX["address"]
    code = await code_for(clinic, (await registered(clinic))["id"])
    assert isinstance(await sign_in_by_code(server.database, code, Place("192.0.2.8"), "portal", None), tuple)


async def test_under_strain_an_unknown_address_still_has_a_few_tries(
    server: Server, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While all unknown addresses together guess much; a known device and a tablet have all of theirs."""
    assert ALL_TRIES_MAX > 0
    monkeypatch.setattr(places, "ALL_TRIES_MAX", 0)
    code = await code_for(clinic, (await registered(clinic))["id"])
    someone = Place("192.0.2.9")
    assert [await may_try(server.database, someone) for _ in range(5)] == [True] * 3 + [False] * 2
    for kind in ("device", "tablet"):
        own = Place(f"{clinic.id} {kind}", kind)
        assert all([await may_try(server.database, own) for _ in range(TRIES_MAX[kind])])
        assert not await may_try(server.database, own)
    assert isinstance(
        await sign_in_by_code(server.database, code, Place("192.0.2.10"), "portal", None), tuple
    )


async def test_an_ipv6_network_shares_a_strain_and_no_other_does(
    server: Server, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One customer has 65,536 networks of 64 bits: all of one /48 guess slowly together."""
    monkeypatch.setattr(places, "NETWORK_TRIES_MAX", 4)
    first, second, other = (Place(f"2001:db8:{at}::") for at in ("7:1", "7:2", "8:1"))
    assert [await may_try(server.database, first) for _ in range(5)] == [True] * 4 + [False]
    assert [await may_try(server.database, second) for _ in range(5)] == [True] * 3 + [False] * 2
    assert all([await may_try(server.database, other) for _ in range(4)])
    assert clinic.id


async def test_wrong_passwords_from_elsewhere_do_not_keep_the_owner_out(
    server: Server, clinic: Clinic
) -> None:
    """Neither on the browser that they know, nor at an address that did not guess."""
    who = await hired(server, clinic)
    async with browser_of(server) as own:
        assert (await sign_in(own, who.email)).status_code == 303
        async with browser_of(server) as guesser:
            for _ in range(5):
                await sign_in(guesser, who.email, "not the password")
            assert (await sign_in(guesser, who.email)).status_code == 429
        del own.cookies["cmr_session"]
        assert (await sign_in(own, who.email)).status_code == 303, "the same address, and a known browser"
    elsewhere = await recognize(server.database, who.email, PASSWORD, Place("192.0.2.11"))
    assert isinstance(elsewhere, Recognized)


async def test_a_known_browser_is_known_for_its_own_accounts_alone(server: Server, clinic: Clinic) -> None:
    """Whoever has an account of their own gets no more tries at another's for it."""
    own, other = await hired(server, clinic), await hired(server, clinic, "manager")
    async with browser_of(server) as browser:
        await sign_in(browser, own.email)
        del browser.cookies["cmr_session"]
        for _ in range(5):
            await sign_in(browser, other.email, "not the password")
        assert (await sign_in(browser, own.email)).status_code == 303
    async with browser_of(server) as same_address:
        assert (await sign_in(same_address, other.email)).status_code == 429


async def test_many_addresses_slow_each_other_at_one_account_and_lock_nobody_out(
    server: Server, clinic: Clinic
) -> None:
    """From a hundred wrong passwords on each unknown address has one try; the owner's is right."""
    who = await hired(server, clinic)
    for at in range(ACCOUNT_TRIES_MAX + 1):
        assert await may_try_password(server.database, who.email, Place(f"198.51.100.{at}"))
    new = Place("203.0.113.1")
    assert [await may_try_password(server.database, who.email, new) for _ in range(2)] == [True, False]
    known = Place("a-browser", "device")
    assert all([await may_try_password(server.database, who.email, known) for _ in range(5)])
    owner = await recognize(server.database, who.email, PASSWORD, Place("203.0.113.2"))
    assert isinstance(owner, Recognized)


async def test_one_address_in_two_clinics_does_not_lock_itself_out(server: Server, clinic: Clinic) -> None:
    """Each sign-in is right in one of them; what is wrong in the other counts as nothing."""
    first = await hired(server, clinic)
    made = await create_clinic(server.database, "Two", "UTC")
    assert isinstance(made, Done)
    new = NewStaff(first.email, "front_desk", "Ana Ruiz", password="four gray herons")
    second = await perform(server.database, operator(made.value.id), partial(create_staff, new=new))
    assert isinstance(second, Done)
    assert isinstance(second.value, CreatedStaff)
    place = Place("192.0.2.12")
    for _ in range(8):
        for password in (PASSWORD, "four gray herons"):
            assert isinstance(await recognize(server.database, first.email, password, place), Recognized)


async def test_wrong_pins_at_the_tablet_do_not_rest_it_on_one_s_own_phone(
    server: Server, clinic: Clinic
) -> None:
    """A stranger at the tablet knows the short code; the phone is in its owner's hand."""
    person = UUID((await registered(clinic))["id"])
    code = await code_for(clinic, str(person))
    async with browser_of(server) as phone:
        await typed(phone, code)
        await sent(phone, KEY, KEY, pin=PIN, again=PIN)
        at_tablet = Place(f"tablet of {clinic.id}", "tablet")
        for _ in range(6):
            done = await sign_in_by_pin(
                server.database, UUID(clinic.id), person, "204861", at_tablet, "kiosk", None
            )
            assert isinstance(done, Refused)
        rests = await sign_in_by_pin(server.database, UUID(clinic.id), person, PIN, at_tablet, "kiosk", None)
        assert isinstance(rests, Refused)
        del phone.cookies["cmr_session"]
        assert (await sent(phone, "/sign-in/pin", "/sign-in/pin", pin=PIN)).status_code == 303


async def test_a_code_that_was_sent_is_good_though_another_is_asked_for(
    server: Server, clinic: Clinic
) -> None:
    """Whoever asks for the next one is perhaps somebody else; each works once."""
    address = f"rosa@{clinic.id}.example.org"
    await clinic.post("/v1/participants", {"reference": "A-1", "email": address})
    brought: list[str] = []

    async def keeps(message: Message) -> None:
        brought.append(message.text.split(" is ")[1].split(".")[0])

    for _ in range(2):
        await send_code(server.database, {"email": keeps}, address)
    first, second = brought
    for code in (first, second):
        async with browser_of(server) as phone:
            assert (await typed(phone, code)).status_code == 303
    async with browser_of(server) as phone:
        assert (await typed(phone, first)).status_code == 401


async def test_codes_asked_for_from_too_many_an_address_are_not_counted_against_it(
    server: Server, clinic: Clinic
) -> None:
    """A place that asks too often takes none of what the address may be sent; a known device has its own."""
    busy = Place(f"busy {clinic.id}")
    for at in range(20):
        await may_send(server.database, f"a{at}@{clinic.id}.example.org", busy)
    to = f"b@{clinic.id}.example.org"
    for _ in range(5):
        assert not await may_send(server.database, to, busy)
    other = Place(f"other {clinic.id}")
    assert [await may_send(server.database, to, other) for _ in range(4)] == [
        at < SENDS_MAX for at in range(4)
    ]
    assert await may_send(server.database, to, Place(f"phone {clinic.id}", "device"))


async def _tries(server: Server, place: str) -> int:
    async with server.database.transaction(None) as tx:
        return await sign_in_tries.count(tx, place)
