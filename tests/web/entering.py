"""Signing somebody in care in over HTTP, as a browser does."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx

from service.flows.access.sessions import OpenedSession, open_session
from service.flows.perform import Act, Done, perform
from service.flows.setup.clinics import operator
from tests import tls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Clinic, Server

STAFF_ROW = """
insert into staff (clinic_id, staff_id, role, email, email_index, created_at, created_by)
values ($1, $2, $3, $5, $4, now(), $1)
"""


async def registered(clinic: Clinic, reference: str = "A-1042", language: str = "en") -> dict[str, Any]:
    """Register somebody."""
    made = await clinic.post("/v1/participants", {"reference": reference, "language": language})
    person: dict[str, Any] = made.json()
    return person


async def code_for(clinic: Clinic, person: str) -> str:
    """Issue a code through the API."""
    answer = await clinic.post(f"/v1/participants/{person}/code", None)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


async def sent(browser: httpx.AsyncClient, page: str, path: str, /, **fields: str) -> httpx.Response:
    """Send a form of a page, with the word that the page's forms carry."""
    shown = await browser.get(page)
    token = re.search(r'name="csrf" value="(\w+)"', shown.text)
    assert token, (shown.status_code, shown.headers)
    return await browser.post(path, data={**fields, "csrf": token[1]})


async def typed(browser: httpx.AsyncClient, code: str) -> httpx.Response:
    """Type a code into the form as it is shown."""
    return await sent(browser, "/sign-in/code", "/sign-in/code", code=code)


async def staff_token(server: Server, clinic: Clinic, role: str = "front_desk") -> str:
    """Make a member of staff of a clinic, and give the token of a session of theirs."""
    staff = server.database.pool
    clinic_id = UUID(clinic.id)
    from service.store.database.ids import new_id  # noqa: PLC0415

    staff_id = new_id()
    async with staff.acquire() as connection, connection.transaction():
        await connection.execute(f"set local app.clinic = '{clinic_id}'")
        email = server.database.cipher.seal(clinic_id, "staff.email", "desk@example.org", staff_id)
        await connection.execute(STAFF_ROW, clinic_id, staff_id, role, staff_id.bytes, email)

    async def sign_in(act: Act) -> Done[OpenedSession]:
        act.audit("staff.created", staff_id, role=role)
        return await open_session(act, "staff", staff_id)

    done = await perform(server.database, operator(clinic_id), sign_in)
    assert isinstance(done, Done)
    return done.value.token


@asynccontextmanager
async def browser_of(server: Server, **cookies: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with cookies."""
    async with httpx.AsyncClient(base_url=server.url, cookies=cookies, verify=tls.CONTEXT) as client:
        yield client


async def readdressed(clinic: Clinic, person: str) -> str:
    """Let a key change the phone number of the person at a path; give the id of that change."""
    tag = (await clinic.get(person)).headers["etag"]
    await clinic.client().patch(person, json={"phone": "619 555 0133"}, headers={"if-match": tag})
    changed: str = (await clinic.get(f"{person}/new-addresses")).json()["items"][0]["id"]
    return changed
