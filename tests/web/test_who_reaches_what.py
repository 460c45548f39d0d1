# long: one caller of each kind, beside what each of them tries
"""Every route and every page by every way of coming to it: what is not theirs is never opened.

A caller is a key, a session of each kind, or what is left of one: revoked, ended, disabled, made up.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar, get_args
from uuid import UUID

import httpx
import pytest

from schemas.keys import NewKey
from schemas.staff import StaffRole
from service.core.access.sessions import SessionKind
from service.flows.access.keys import issue_key
from service.flows.access.sessions import end_session, find_session, open_session
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.web.http.cookies import SESSION, TABLET
from service.web.pages.framework.page import Page
from service.web.pages.routes import PAGES
from tests import tls
from tests.web.conftest import open_database
from tests.web.entering import registered
from tests.web.test_every_page_is_guarded import STREAMS, path_of, signed_in
from tests.web.test_every_route_is_guarded import GUARDED, ask, belongings, name_of, said
from tests.web.test_smart_services import ask as ask_token
from tests.web.test_smart_services import register, signed

if TYPE_CHECKING:
    from tests.flows.conftest import Operation
    from tests.web.conftest import Clinic, Server

T = TypeVar("T")
Caller = Callable[["Server", "Clinic"], Awaitable[httpx.AsyncClient]]
REFUSED = {303, 401, 403, 404}
"""What somebody is answered to whom a page does not belong: never the page, and never that it was done."""


def browser(clinic: Clinic, cookies: dict[str, str] | None = None, **headers: str) -> httpx.AsyncClient:
    """Give a client that carries some cookies and headers."""
    return httpx.AsyncClient(
        base_url=clinic.url, timeout=30, cookies=cookies, headers=headers, verify=tls.CONTEXT
    )


async def token(server: Server, clinic: Clinic, kind: SessionKind, subject: str | None) -> str:
    """Open a session, and give its token."""
    operation = partial(open_session, kind=kind, subject=None if subject is None else UUID(subject))
    done = await perform(server.database, operator(UUID(clinic.id)), operation)
    assert isinstance(done, Done)
    return done.value.token


async def in_care(server: Server, clinic: Clinic, kind: SessionKind) -> httpx.AsyncClient:
    """Give the browser of somebody in care, on their own device or at the clinic's tablet."""
    person = (await registered(clinic, f"A-{kind}"))["id"]
    return browser(clinic, {SESSION: await token(server, clinic, kind, person)})


async def at_a_tablet(server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give the clinic's tablet, at which nobody is signed in."""
    return browser(clinic, {TABLET: await token(server, clinic, "tablet", None)})


async def with_a_key(_server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give a program with a manager's key."""
    return browser(clinic, authorization=f"Bearer {clinic.keys['manager']}")


async def long_ago(server: Server, clinic: Clinic, days: int, operation: Operation[T]) -> T:
    """Do something so many days ago."""
    database = await open_database(server.settings)
    now = database.clock
    database.clock = lambda: now() - timedelta(days=days)
    done = await perform(database, operator(UUID(clinic.id)), operation)
    await database.close()
    assert isinstance(done, Done)
    return done.value


async def whose_key_is_over(server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give a program whose manager's key was for a year, which is over."""
    new = NewKey("manager", None, UUID(clinic.staff_ids["manager"]))
    issued = await long_ago(server, clinic, 400, lambda act: issue_key(act, new))
    assert isinstance(issued.key, str)
    return browser(clinic, authorization=f"Bearer {issued.key}")


async def whose_session_is_over(server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give the browser of a manager who signed in yesterday and forgot it."""
    manager = UUID(clinic.staff_ids["manager"])
    opening = partial(open_session, kind="staff", subject=manager)
    opened = await long_ago(server, clinic, 1, opening)
    return browser(clinic, {SESSION: opened.token})


async def whose_program_s_session_is_over(server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give a program under which a manager acted yesterday."""
    manager = UUID(clinic.staff_ids["manager"])
    opened = await long_ago(server, clinic, 1, partial(open_session, kind="api", subject=manager))
    return browser(clinic, authorization=f"Bearer {opened.token}")


async def with_a_smart_token(_server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give a program of SMART Backend Services that may read Observations."""
    known = await register(clinic)
    answer = await ask_token(clinic.url, signed(known["client_id"], f"{clinic.url}/oauth/token"))
    return browser(clinic, authorization=f"Bearer {answer.json()['access_token']}")


async def whose_key_is_revoked(_server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give a program whose manager's key was revoked."""
    issued = (await clinic.post("/v1/keys", {"role": "manager"})).json()
    assert (await clinic.client().delete(f"/v1/keys/{issued['id']}")).is_success
    return browser(clinic, authorization=f"Bearer {issued['key']}")


async def who_signed_out(server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give the browser of a manager whose session was ended elsewhere."""
    client, _ = await signed_in(server, clinic, "manager")
    session = await find_session(server.database, client.cookies[SESSION])
    assert session is not None
    done = await perform(server.database, operator(UUID(clinic.id)), lambda act: end_session(act, session.id))
    assert isinstance(done, Done)
    return client


async def who_is_kept_out(server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give the browser of a manager whose account was disabled meanwhile."""
    client, _ = await signed_in(server, clinic, "manager")
    session = await find_session(server.database, client.cookies[SESSION])
    assert session is not None
    path = f"/v1/staff/{session.subject}"
    answer = await clinic.client().patch(path, json={"disabled": True}, headers={"if-match": "*"})
    assert answer.is_success, answer.text
    return client


async def with_a_made_up_session(_server: Server, clinic: Clinic) -> httpx.AsyncClient:
    """Give a browser with a session that never was, in both cookies."""
    return browser(clinic, {SESSION: "x" * 43, TABLET: "y" * 43})


NOBODY: dict[str, Caller] = {
    "a key": with_a_key,
    "a revoked key": whose_key_is_revoked,
    "a key that is over": whose_key_is_over,
    "a session that is over": whose_session_is_over,
    "a program's token": with_a_smart_token,
    "signed out": who_signed_out,
    "kept out": who_is_kept_out,
    "made up": with_a_made_up_session,
}
"""Callers to whom no page is anything but the way in: pages take no keys."""
PEOPLE: dict[str, Caller] = {
    "portal": partial(in_care, kind="portal"),
    "kiosk": partial(in_care, kind="kiosk"),
    "tablet": at_a_tablet,
    "signed out": who_signed_out,
    "kept out": who_is_kept_out,
    "made up": with_a_made_up_session,
}
"""Callers with cookies alone: the API takes no sessions."""


ENDED: dict[str, Caller] = {
    "a revoked key": whose_key_is_revoked,
    "a key that is over": whose_key_is_over,
    "a program's session that is over": whose_program_s_session_is_over,
}
"""Callers whose key or session opened the API once."""


@pytest.mark.parametrize("name", PEOPLE)
async def test_no_session_is_a_key(server: Server, clinic: Clinic, name: str) -> None:
    """A cookie opens no route of the API, whoever's it is, so no page of another site can use it."""
    async with await PEOPLE[name](server, clinic) as client:
        for route in GUARDED:
            answer = await ask(client, route, {})
            assert (answer.status_code, said(answer)["code"]) == (401, "unauthenticated"), name_of(route)


@pytest.mark.parametrize("role", get_args(StaffRole))
async def test_no_session_of_staff_is_a_key(server: Server, clinic: Clinic, role: StaffRole) -> None:
    """Not even that of a manager."""
    client, _ = await signed_in(server, clinic, role)
    async with client:
        for route in GUARDED:
            answer = await ask(client, route, {})
            assert (answer.status_code, said(answer)["code"]) == (401, "unauthenticated"), name_of(route)


@pytest.mark.parametrize("name", ENDED)
async def test_what_is_over_or_revoked_reaches_no_route(server: Server, clinic: Clinic, name: str) -> None:
    """From the moment on at which it was revoked, and after its last day."""
    async with await ENDED[name](server, clinic) as client:
        for route in GUARDED:
            assert (await ask(client, route, {})).status_code == 401, name_of(route)


async def test_a_program_s_token_reaches_what_it_was_given_for_and_nothing_else(
    server: Server, clinic: Clinic, other: Clinic
) -> None:
    """Not the API, not another type of FHIR, and of its own type nothing of another clinic."""
    theirs = await belongings(other)
    async with await with_a_smart_token(server, clinic) as client:
        for route in GUARDED:
            is_own = route.path.startswith("/fhir/R4/Observation")
            answer = await ask(client, route, theirs)
            assert (answer.status_code == 403) is not is_own, name_of(route)
            assert answer.status_code < 500, name_of(route)
            if is_own:
                found = answer.json()
                assert answer.status_code in {400, 404} or found.get("entry", []) == [], answer.text


@pytest.mark.parametrize("name", NOBODY)
async def test_nobody_s_pages_lead_to_the_way_in(server: Server, clinic: Clinic, name: str) -> None:
    """Whoever has no session that holds is shown no page and does nothing by a form."""
    async with await NOBODY[name](server, clinic) as client:
        for page in PAGES:
            if "anyone" not in page.who:
                answer = await client.request(page.method, path_of(page, {}))
                assert answer.status_code == 303, page.name


def not_for(*who: str) -> list[Page]:
    """List the pages that are for none of these."""
    return [page for page in PAGES if not page.who & {"anyone", *who}]


@pytest.mark.parametrize("kind", ["portal", "kiosk"])
async def test_somebody_in_care_opens_no_page_of_staff(
    server: Server, clinic: Clinic, kind: SessionKind
) -> None:
    """Nor that of the tablet, read or sent; their own they open."""
    async with await in_care(server, clinic, kind) as client:
        for page in not_for("participant"):
            answer = await client.request(page.method, path_of(page, {}))
            assert answer.status_code in REFUSED, f"{page.name} {answer.status_code}"
        own = [page for page in PAGES if "participant" in page.who and not page.path_types]
        assert (await client.get("/portal")).status_code == 200
        assert "/portal" in {page.path for page in own}


@pytest.mark.parametrize("kind", ["portal", "kiosk"])
async def test_somebody_in_care_reaches_nothing_of_another_person(
    server: Server, clinic: Clinic, other: Clinic, kind: SessionKind
) -> None:
    """What is another's, in their own clinic or another one, is answered as what never was, read or sent."""
    theirs = [await belongings(one) for one in (clinic, other)]
    theirs = [{**things, "address": things["new_address"]} for things in theirs]
    async with await in_care(server, clinic, kind) as client:
        shown = await client.get("/portal")
        word = re.search(r'name="csrf" value="(\w+)"', shown.text)
        assert word is not None
        sent = {"csrf": word[1]}
        looked = 0
        for page in PAGES:
            # What is on the shelf is everybody's.
            if "participant" not in page.who or not set(page.path_types) & set(theirs[0]) - {"reward"}:
                continue
            data = sent if page.method == "POST" else None
            nothing = await client.request(page.method, path_of(page, {}), data=data)
            for things in theirs:
                answer = await client.request(page.method, path_of(page, things), data=data)
                assert answer.status_code == nothing.status_code >= 400, page.name
                looked += 1
        assert looked >= 12
    for things, owner in zip(theirs, (clinic, other), strict=True):
        kept = (await owner.get(f"/v1/redemptions/{things['redemption']}")).json()
        assert kept["status"] == "held"


async def test_a_tablet_opens_its_own_pages_alone(server: Server, clinic: Clinic) -> None:
    """Nobody is signed in at it, so nothing about anybody is shown."""
    async with await at_a_tablet(server, clinic) as client:
        for page in not_for("tablet"):
            answer = await client.request(page.method, path_of(page, {}))
            assert answer.status_code in REFUSED, f"{page.name} {answer.status_code}"
        assert (await client.get("/kiosk")).status_code == 200


@pytest.mark.parametrize("role", get_args(StaffRole))
async def test_a_form_without_its_word_does_nothing(
    server: Server, clinic: Clinic, other: Clinic, role: StaffRole
) -> None:
    """Neither without a word, nor with that of another session, nor from another site."""
    client, _ = await signed_in(server, clinic, role)
    stranger, word = await signed_in(server, other, role)
    await stranger.aclose()
    async with client:
        for page in PAGES:
            if page.method != "POST" or role not in page.who or page.path in STREAMS:
                continue
            path = path_of(page, {})
            for sent, headers in (
                ({}, {}),
                ({"csrf": word}, {}),
                ({"csrf": word}, {"origin": "https://elsewhere.example"}),
            ):
                answer = await client.post(path, data=sent, headers=headers)
                assert answer.status_code == 403, f"{page.name} {answer.status_code}"
