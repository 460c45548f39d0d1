"""Members of staff choose their own passwords by a link, and nobody else reads one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from schemas.staff import NewStaff
from service.core.actors import Actor
from service.flows.access.invitations import Way, invite_again, invite_staff, whose
from service.flows.perform import Done, perform
from service.store import messages_out
from service.store.database.pool import Database
from tests import clock, tls
from tests.web.conftest import assert_problem
from tests.web.test_signin_staff import PASSWORD, browser, sign_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["browser"]
READERS = "select coalesce(array_agg(reader_id), '{}') from readers where staff_id = $1"


async def invited(clinic: Clinic, role: str = "manager") -> dict[str, str]:
    """Make a member of staff over the API, and give their id, address and the path of their link."""
    email = f"{role}.{uuid4().hex}@example.org"
    made = await clinic.person().post("/v1/staff", json={"email": email, "role": role, "name": "Bo Lind"})
    assert made.status_code == 201, made.text
    told = made.json()
    assert told["password"] is None
    return {"id": told["id"], "email": email, "path": urlsplit(told["invitation"]["url"]).path}


async def choose(
    browser: httpx.AsyncClient, path: str, password: str = PASSWORD, again: str | None = None
) -> httpx.Response:
    """Open a link and send a password."""
    page = await browser.get(path)
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found is not None, page.text
    form = {"csrf": found[1], "password": password, "again": password if again is None else again}
    return await browser.post(path, data=form)


async def proposed(clinic: Clinic) -> str:
    """Propose a manual award as the manager, and give the path by which it is approved."""
    person = (await clinic.post("/v1/participants", {"reference": "A-1"})).json()["id"]
    award = {"participant": person, "unit": "usd", "amount": 500, "reason": "Helped others"}
    made = await clinic.post("/v1/manual-awards", award, idempotency_key="one")
    return f"/v1/manual-awards/{made.json()['id']}/approve"


async def entered(browser: httpx.AsyncClient, who: dict[str, str]) -> dict[str, str]:
    """Choose a password by somebody's link, sign in at the API, and give the headers of that session."""
    await choose(browser, who["path"])
    typed = {"email": who["email"], "password": PASSWORD}
    token = (await browser.post("/v1/sessions", json=typed)).json()["token"]
    return {"authorization": f"Bearer {token}"}


async def test_whoever_is_invited_chooses_a_password_once_and_is_in(
    clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Faults are named and use nothing up; afterwards the link opens nothing, and the password does."""
    who = await invited(clinic)
    page = await browser.get(who["path"])
    assert who["email"] in page.text
    assert page.headers["cache-control"] == "no-store"
    assert (await choose(browser, who["path"], "short")).status_code == 422
    assert (await choose(browser, who["path"], PASSWORD, "another")).status_code == 422
    chosen = await choose(browser, who["path"])
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/desk")
    assert "cmr_session" in browser.cookies
    async with httpx.AsyncClient(base_url=clinic.url, verify=tls.CONTEXT) as other:
        assert (await other.get(who["path"])).status_code == 404
        assert (await sign_in(other, who["email"])).status_code == 303


async def test_a_link_ends_by_a_newer_one_and_with_its_person(
    clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Each of these alone."""
    late, renewed, barred = [await invited(clinic, "front_desk") for _ in range(3)]
    for one in (late, renewed, barred):
        assert (await browser.get(one["path"])).status_code == 200
    path = f"/v1/staff/{renewed['id']}/invitation"
    newer = (await clinic.person().post(path)).json()["invitation"]["url"]
    assert (await browser.get(renewed["path"])).status_code == 404
    assert (await browser.get(urlsplit(newer).path)).status_code == 200
    etag = {"if-match": "*"}
    await clinic.client().patch(f"/v1/staff/{barred['id']}", json={"disabled": True}, headers=etag)
    assert (await browser.get(barred["path"])).status_code == 404
    assert_problem(await clinic.person().post(f"/v1/staff/{barred['id']}/invitation"), 422, "invalid")
    await clinic.client().patch(f"/v1/staff/{barred['id']}", json={"disabled": False}, headers=etag)
    assert (await browser.get(barred["path"])).status_code == 404
    for path in ("/join/cmi_nonsense", f"/join/{late['path'][6:-4]}AAAA"):
        assert (await browser.get(path)).status_code == 404


def sooner(late: timedelta) -> datetime:
    """Tell the time as it will be."""
    return clock.now() + late


async def test_a_link_is_over_after_three_days(server: Server, clinic: Clinic) -> None:
    """Just before it opens, and at its end it does not."""
    who = await invited(clinic, "front_desk")
    for late, opens in ((timedelta(days=3, minutes=-5), True), (timedelta(days=3, minutes=5), False)):
        then = Database(server.database.pool, server.database.cipher, partial(sooner, late))
        assert (await whose(then, who["path"].removeprefix("/join/")) is not None) is opens


async def test_a_new_link_takes_the_password_and_the_sessions(
    clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """For whoever forgot theirs, or had it stolen."""
    who = await invited(clinic, "front_desk")
    await choose(browser, who["path"])
    made = await clinic.person().post(f"/v1/staff/{who['id']}/invitation")
    assert made.status_code == 200
    assert (await browser.get("/account")).status_code == 303
    assert (await sign_in(browser, who["email"])).status_code == 401


async def test_whoever_could_read_the_link_is_no_second_person_to_its_owner(
    clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """What the manager proposes the new one does not approve; another manager does."""
    who = await invited(clinic)
    path = await proposed(clinic)
    headers = await entered(browser, who)
    assert_problem(await browser.post(path, headers=headers), 403, "same_person")
    assert (await clinic.another().post(path)).json()["paid"] == 500


async def test_nobody_is_shown_a_link_into_their_own_account(
    clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Neither themselves nor their key; the manager who saw the first link stays one person with them."""
    who = await invited(clinic)
    path = await proposed(clinic)
    headers = await entered(browser, who)
    own = f"/v1/staff/{who['id']}/invitation"
    assert_problem(await browser.post(own, headers=headers), 403, "forbidden")
    key = await browser.post("/v1/keys", json={"role": "manager"}, headers=headers)
    secret = {"authorization": f"Bearer {key.json()['key']}"}
    assert_problem(await browser.post(own, headers=secret), 403, "forbidden")
    assert_problem(await browser.post(path, headers=headers), 403, "same_person")


@pytest.mark.parametrize("by", ["another", "themselves", "mail"])
async def test_a_newer_link_forgets_nobody_who_could_read_an_older_one(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient, by: str
) -> None:
    """By another manager or by mail, whoever asked: the account's first reader is one with its owner."""
    who = await invited(clinic)
    path = await proposed(clinic)
    await choose(browser, who["path"])
    maker = who["id"] if by == "themselves" else clinic.staff_ids["another" if by == "another" else "manager"]
    told: list[str] = []

    def link_of(token: str) -> str:
        told.append(token)
        return f"https://here/join/{token}"

    way = Way(link_of, is_mailed=by != "another")
    actor = Actor(UUID(clinic.id), UUID(maker), "manager")
    made = await perform(server.database, actor, lambda act: invite_again(act, UUID(who["id"]), way))
    assert isinstance(made, Done), made
    headers = await entered(browser, {**who, "path": f"/join/{told[0]}"})
    assert_problem(await browser.post(path, headers=headers), 403, "same_person")


async def test_service_itself_forgets_no_reader(server: Server, clinic: Clinic) -> None:
    """Whoever has the service's login takes no reader away, nor does the column of before; they are added."""
    who = await invited(clinic)
    staff, manager = UUID(who["id"]), UUID(clinic.staff_ids["manager"])
    for taking in (
        "delete from readers where staff_id = $1",
        "update readers set reader_id = clinic_id where staff_id = $1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with server.database.transaction(UUID(clinic.id)) as tx:
                await tx.connection.execute(taking, staff)
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute("update staff set known_to = null where staff_id = $1", staff)
        hands = await tx.connection.fetch("select hands_of($1, $2) as id", UUID(clinic.id), staff)
    assert {row["id"] for row in hands} == {staff, manager}
    async with server.database.transaction(UUID(clinic.id)) as tx:
        another = UUID(clinic.staff_ids["another"])
        await tx.connection.execute("update staff set known_to = $2 where staff_id = $1", staff, another)
        assert set(await tx.connection.fetchval(READERS, staff)) == {manager, another}


@pytest.mark.parametrize("change", [{"disabled": True}, {"role": "clinician"}])
@pytest.mark.parametrize("maker", ["themselves", "key"])
async def test_links_end_with_whoever_made_them(
    clinic: Clinic, browser: httpx.AsyncClient, change: dict[str, object], maker: str
) -> None:
    """With a manager who is disabled or is none any more end the links that they, or their keys, saw."""
    who = await invited(clinic)
    headers = await entered(browser, who)
    if maker == "key":
        key = await browser.post("/v1/keys", json={"role": "manager"}, headers=headers)
        headers = {"authorization": f"Bearer {key.json()['key']}"}
    new = {"email": f"late.{uuid4().hex}@example.org", "role": "manager", "name": "Cy"}
    made = await browser.post("/v1/staff", json=new, headers=headers)
    late = urlsplit(made.json()["invitation"]["url"]).path
    others = (await invited(clinic, "front_desk"))["path"]
    assert (await browser.get(late)).status_code == 200
    etag = {"if-match": "*"}
    changed = await clinic.client().patch(f"/v1/staff/{who['id']}", json=change, headers=etag)
    assert changed.status_code == 200, changed.text
    assert (await browser.get(late)).status_code == 404
    assert (await browser.get(others)).status_code == 200


async def test_a_link_that_goes_by_mail_is_shown_to_nobody(server: Server, clinic: Clinic) -> None:
    """It is queued for its owner, sealed, and makes no one person of the two."""
    actor = Actor(UUID(clinic.id), UUID(clinic.staff_ids["manager"]), "manager")
    email = f"mailed.{clinic.id}@example.org"
    way = Way(lambda token: f"https://here/join/{token}", is_mailed=True)
    new = NewStaff(email, "manager", language="es")
    made = await perform(server.database, actor, lambda act: invite_staff(act, new, way))
    assert isinstance(made, Done)
    assert made.value.invitation is not None
    assert made.value.invitation.url is None
    async with server.database.transaction(UUID(clinic.id)) as tx:
        readers = await tx.connection.fetchval(READERS, made.value.id)
        await tx.connection.execute("update messages_out set next_at = $1", tx.now)
        mails = [one for _, one in await messages_out.take(tx, 20) if one.to == email]
    assert readers == []
    assert "https://here/join/cmi_" in mails[0].text
    assert mails[0].subject == "Tu cuenta en A test clinic"


@pytest.mark.parametrize("who", ["manager", "key"])
async def test_nobody_sets_another_s_password(clinic: Clinic, who: str) -> None:
    """Neither a manager nor a key; and no answer holds one."""
    client = clinic.client() if who == "key" else clinic.person()
    new = {"email": f"x.{clinic.id}@example.org", "role": "auditor", "password": PASSWORD}
    refused = await client.post("/v1/staff", json=new)
    assert_problem(refused, 422, "invalid")
    assert refused.json()["errors"][0]["pointer"] == "$.password"
