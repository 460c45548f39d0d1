"""A clinic that moves to another place, or has moved, is not served here, and everybody is told so kindly."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import httpx
import pytest

from schemas.problem import Code
from schemas.staff import NewStaff
from service.flows.access.staff import create_staff
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.store import sessions, staff
from tests import tls
from tests.databases import of_every_clinic
from tests.web.conftest import assert_problem
from tests.web.entering import code_for, registered, typed
from tests.web.streamed import following
from tests.web.test_signin_staff import PASSWORD, hired, sign_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Clinic, Server

ADDRESS = "https://harbor.example.org"


async def step(server: Server, clinic: Clinic, now: str | None) -> None:
    """Have a clinic at a step of its move, as the command leaves it there; or be served again."""
    owner = await asyncpg.connect(of_every_clinic(server.settings.migration_database_url))
    try:
        await owner.execute("delete from clinic_moves where clinic_id = $1", UUID(clinic.id))
        if now is not None:
            row = "insert into clinic_moves (clinic_id, step, place, at) values ($1, $2, $3, now())"
            await owner.execute(row, UUID(clinic.id), now, ADDRESS)
        await owner.execute(
            "select pg_notify('keys_revoked', key_id::text) from keys where clinic_id = $1", UUID(clinic.id)
        )
    finally:
        await owner.close()


@pytest.fixture(autouse=True)
async def back_again(server: Server, clinic: Clinic) -> AsyncIterator[None]:
    """Serve the clinic again at the end, as its trail says: all are verified then."""
    yield
    await step(server, clinic, None)


@pytest.mark.parametrize(
    ("now", "status", "code"),
    [
        ("leaving", 503, "clinic_moving"),
        ("arriving", 503, "clinic_moving"),
        ("left", 421, "clinic_moved"),
    ],
)
async def test_keys_and_sessions_are_told_and_nothing_is_read_or_written(
    server: Server, clinic: Clinic, other: Clinic, now: str, status: int, code: Code
) -> None:
    """A key that this process knew a moment ago too; and other clinics notice nothing."""
    await registered(clinic)
    assert (await clinic.get("/v1/participants")).status_code == httpx.codes.OK
    await step(server, clinic, now)
    for answer in (
        await clinic.get("/v1/participants"),
        await clinic.post("/v1/participants", {"reference": "B-1"}),
        await clinic.person().get("/v1/participants"),
        # What tells of nobody leaves no entry of being read, which would be refused.
        await clinic.get("/v1/programs"),
        await clinic.person().get("/v1/programs"),
    ):
        assert_problem(answer, status, code)
        assert (answer.headers.get("retry-after") == "10") == (status == 503)
        assert (ADDRESS in answer.json()["detail"]) == (now == "left")
    assert (await other.get("/v1/participants")).status_code == httpx.codes.OK
    assert (UUID(clinic.id) in await server.database.served_clinics()) is False
    await step(server, clinic, None)
    assert [one["reference"] for one in (await clinic.get("/v1/participants")).json()["items"]] == ["A-1042"]


async def test_pages_say_it_in_words_and_in_either_language(server: Server, clinic: Clinic) -> None:
    """Whoever has a page open, and whoever signs in with the right password; nobody else learns of it."""
    who = await hired(server, clinic)
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        assert (await sign_in(browser, who.email)).status_code == 303
        await step(server, clinic, "leaving")
        shown = await browser.get("/desk")
        assert (shown.status_code, shown.headers["retry-after"]) == (503, "10")
        assert "just moving" in shown.text
        await step(server, clinic, "left")
        for language, words in (("en", "has a new place"), ("es", "se mudó")):
            shown = await browser.get("/desk", headers={"accept-language": language})
            assert (shown.status_code, ADDRESS in shown.text, words in shown.text) == (421, True, True)
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        right, wrong = await sign_in(browser, who.email), await sign_in(browser, who.email, "another")
        assert (right.status_code, ADDRESS in right.text) == (421, True)
        assert (wrong.status_code, ADDRESS in wrong.text) == (401, False)


async def test_somebody_in_care_is_told_where_to_go(server: Server, clinic: Clinic) -> None:
    """With a code of theirs, which opens nothing here any more."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    await step(server, clinic, "left")
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        shown = await typed(browser, code)
        assert (shown.status_code, ADDRESS in shown.text) == (421, True)


async def test_open_streams_end_when_their_clinic_is_closed(server: Server, clinic: Clinic) -> None:
    """A page that shows what was true goes on to be told where it is true now."""
    person = (await registered(clinic))["id"]
    path = f"/v1/participants/{person}/stream"
    async with following(clinic.url, path, clinic.keys["front_desk"]) as reader:
        await step(server, clinic, "left")
        await reader.end()


async def test_who_has_an_address_in_two_clinics_signs_in_to_the_one_that_is_here(
    server: Server, clinic: Clinic, other: Clinic
) -> None:
    """Whichever of the two was made first."""
    new = NewStaff(f"both.{clinic.id[-12:]}@example.org", "front_desk", "Ana Ruiz", password=PASSWORD)
    for one in (clinic, other):
        made = await perform(server.database, operator(UUID(one.id)), partial(create_staff, new=new))
        assert isinstance(made, Done)
    for gone, here in ((clinic, other), (other, clinic)):
        await step(server, gone, "left")
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
            assert (await sign_in(browser, new.email)).status_code == 303
            async with server.database.transaction(UUID(here.id)) as tx:
                known = await staff.find_by_email(tx, new.email)
                assert known is not None
                assert len(await sessions.of_staff(tx, known.staff.id)) == 1
        await step(server, gone, None)
