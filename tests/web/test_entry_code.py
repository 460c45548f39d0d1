"""Signing in by a code: once, from any clinic, the same answer whatever is wrong, and guessed slowly."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pytest

from service.core.access.places import TRIES_MAX, Place
from service.flows.access.codes import issue_code, may_try, sign_in_by_code
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from tests.web.entering import code_for, registered, typed

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server


@pytest.fixture
async def phone(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser that nobody is signed in with, from an address of its own."""
    async with httpx.AsyncClient(base_url=server.url) as client:
        yield client


async def test_a_code_opens_the_portal_once(clinic: Clinic, phone: httpx.AsyncClient) -> None:
    """However it is typed; the second time it is answered as one that never was."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    assert re.fullmatch(r"[3-9ACDFGHJKMNPQRTVWXY]{4}-[3-9ACDFGHJKMNPQRTVWXY]{4}", code)
    opened = await typed(phone, f" {code.replace('-', '').lower()} ")
    assert (opened.status_code, opened.headers["location"]) == (303, "/portal")
    assert opened.cookies["cmr_session"].startswith("cms_")
    phone.cookies.clear()
    again = await typed(phone, code)
    never = await typed(phone, "3333-3333")
    assert (again.status_code, never.status_code) == (401, 401)
    assert "cmr_session" not in again.cookies
    plain = [re.sub(r'value="[^"]*"', "", one.text) for one in (again, never)]
    assert plain[0] == plain[1]
    assert code in again.text


async def test_a_new_code_takes_the_place_of_the_one_before(clinic: Clinic, phone: httpx.AsyncClient) -> None:
    """A card that was lost opens nothing once the next is printed."""
    person = (await registered(clinic))["id"]
    first, second = await code_for(clinic, person), await code_for(clinic, person)
    assert (await typed(phone, first)).status_code == 401
    assert (await typed(phone, second)).status_code == 303


async def test_an_old_code_opens_nothing(clinic: Clinic, server: Server, phone: httpx.AsyncClient) -> None:
    """It ends by itself."""
    person = UUID((await registered(clinic))["id"])
    operation = partial(issue_code, participant=person, term=timedelta(microseconds=1))
    done = await perform(server.database, operator(UUID(clinic.id)), operation)
    assert isinstance(done, Done)
    assert (await typed(phone, done.value.code)).status_code == 401


async def test_a_link_s_preview_does_not_use_the_code_up(clinic: Clinic, phone: httpx.AsyncClient) -> None:
    """The link of a QR code shows one button, and only that signs in."""
    person = (await registered(clinic))["id"]
    made = (await clinic.post(f"/v1/participants/{person}/code", None)).json()
    path = made["url"].removeprefix(clinic.url)
    assert path == f"/c/{made['code'].replace('-', '')}"
    await phone.get(path)
    shown = await phone.get(path)
    token = re.search(r'name="csrf" value="(\w+)"', shown.text)
    assert token
    answer = await phone.post("/sign-in/code", data={"code": made["code"], "csrf": token[1]})
    assert answer.headers["location"] == "/portal"


async def test_guessing_is_slow(clinic: Clinic, server: Server) -> None:
    """After so many wrong tries an address waits, even with the right code; another address does not."""
    person = (await registered(clinic))["id"]
    code = await code_for(clinic, person)
    guesser, other = Place("192.0.2.1"), Place("192.0.2.2")
    for _ in range(TRIES_MAX["address"]):
        refused = await sign_in_by_code(server.database, "3333-3333", guesser, "portal", None)
        assert not isinstance(refused, tuple)
        assert refused.code == "unauthenticated"
    held = await sign_in_by_code(server.database, code, guesser, "portal", None)
    assert not isinstance(held, tuple)
    assert held.code == "too_many_requests"
    assert isinstance(await sign_in_by_code(server.database, code, other, "portal", None), tuple)
    assert await may_try(server.database, other)


async def test_the_audit_trail_names_codes_without_their_text(
    clinic: Clinic, phone: httpx.AsyncClient
) -> None:
    """Issued and used, with ids only."""
    person = (await registered(clinic))["id"]
    code = await code_for(clinic, person)
    await typed(phone, code)
    trail = await clinic.get("/v1/audit", participant=person, limit=50)
    deeds = [entry["deed"] for entry in trail.json()["items"]]
    assert {"code.issued", "code.used", "session.opened"} <= set(deeds)
    assert code not in trail.text
    assert code.replace("-", "") not in trail.text


async def test_an_empty_form_names_the_missing_field(phone: httpx.AsyncClient) -> None:
    """The fault stands at the field."""
    answer = await typed(phone, "")
    assert answer.status_code == 422
    assert 'id="code-fault"' in answer.text
