"""Members of staff sign in and out: what is let in, what is not, and that both look alike from outside."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pytest

from schemas.staff import CreatedStaff, NewStaff, StaffRole
from service.flows.access.password_tries import NOTHING
from service.flows.access.staff import create_staff, hash_password, is_password
from service.flows.perform import Done, perform
from service.flows.setup.clinics import operator
from service.store import sign_in_tries
from service.web.http.cookies import form_token
from tests import tls

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

PASSWORD = "three blue herons"


async def hired(server: Server, clinic: Clinic, role: StaffRole = "front_desk") -> CreatedStaff:
    """Create a member of staff as the command does, with an address of the clinic's own."""
    new = NewStaff(f"{role}.{clinic.id[-12:]}@example.org", role, "Ana Ruiz", password=PASSWORD)
    done = await perform(server.database, operator(UUID(clinic.id)), partial(create_staff, new=new))
    assert isinstance(done, Done)
    return done.value


@pytest.fixture
async def browser(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client that keeps cookies, as a browser does."""
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as client:
        yield client


async def sign_in(
    browser: httpx.AsyncClient, email: str, password: str = PASSWORD, **more: str
) -> httpx.Response:
    """Fill in the staff's door and send it."""
    page = await browser.get("/", params={"to": more["to"]} if "to" in more else None)
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return await browser.post(
        "/sign-in", data={"csrf": found[1], "email": email, "password": password, **more}
    )


@pytest.mark.parametrize(
    ("role", "home"),
    [("front_desk", "/desk"), ("clinician", "/desk"), ("manager", "/desk"), ("auditor", "/manage")],
)
async def test_each_role_comes_to_its_own_face(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient, role: StaffRole, home: str
) -> None:
    """And to no page in between; the front door then leads there too."""
    who = await hired(server, clinic, role)
    answer = await sign_in(browser, who.email.upper())
    assert (answer.status_code, answer.headers["location"]) == (303, home)
    assert re.search(r"cmr_session=cms_[^;]+; Path=/; HttpOnly; SameSite=Lax", answer.headers["set-cookie"])
    assert (await browser.get("/")).headers["location"] == home


async def test_unknown_and_wrong_and_disabled_are_answered_alike(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Nobody finds out by trying who works here, not by the words and not by the time that they take."""
    who = await hired(server, clinic)
    seen, seconds = [], []
    for email in ("nobody@example.org", who.email):
        began = time.perf_counter()
        answer = await sign_in(browser, email, "not the password")
        seconds.append(time.perf_counter() - began)
        assert answer.status_code == 401
        assert "cmr_session" not in answer.cookies
        seen.append(re.sub(r"[0-9a-f]{40}", "", answer.text.replace(email, "EMAIL")))
    assert seen[0] == seen[1]
    assert min(seconds) > 0.01


async def test_a_password_is_compared_as_long_where_there_is_none() -> None:
    """An account that there is not, or that never chose one, is not known by its answer's coming sooner."""

    async def shortest(kept: str | None) -> float:
        seconds = []
        for _ in range(5):
            began = time.perf_counter()
            assert not await is_password(kept, "not the password")
            seconds.append(time.perf_counter() - began)
        return min(seconds)

    assert await shortest(None) > 0.25 * await shortest(await hash_password(PASSWORD))


async def test_after_five_wrong_tries_the_right_password_opens_nothing_from_there(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """That address waits for this account; the audit trail tells of each refusal, and of the waiting once."""
    who = await hired(server, clinic)
    for _ in range(5):
        assert (await sign_in(browser, who.email, "not the password")).status_code == 401
    for _ in range(3):
        held = await sign_in(browser, who.email)
        assert (held.status_code, held.headers["retry-after"]) == (429, "600")
    trail = (await clinic.get("/v1/audit", deed="staff.sign_in_refused")).json()["items"]
    assert [(one["subject"], one["detail"]["why"]) for one in trail] == [
        (str(who.id), "rests"),
        *[(str(who.id), "password")] * 5,
    ]


async def test_a_right_password_makes_wrong_ones_before_it_forgotten(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Four slips a day, day after day, lock nobody out."""
    who = await hired(server, clinic)
    for _ in range(2):
        for _ in range(4):
            await sign_in(browser, who.email, "not the password")
        assert (await sign_in(browser, who.email)).status_code == 303
        browser.cookies.clear()


@pytest.mark.parametrize(
    ("wanted", "came"),
    [
        ("/manage/staff?at=1", "/manage/staff?at=1"),
        ("//evil.example/x", "/desk"),
        ("/\\evil.example", "/desk"),
        ("https://evil.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/sign-out", "/desk"),
        ("", "/desk"),
        ("/%0d%0aset-cookie:x=1", "/%0d%0aset-cookie:x=1"),
        ("/a\nb", "/desk"),
    ],
)
async def test_sign_in_redirects_only_to_own_pages(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient, wanted: str, came: str
) -> None:
    """An address elsewhere, however it is dressed, is not followed."""
    who = await hired(server, clinic)
    answer = await sign_in(browser, who.email, to=wanted)
    assert answer.headers["location"] == came


async def test_signing_in_again_opens_a_new_session_and_ends_the_old_one(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """A token from before a sign-in is worth nothing after it."""
    who = await hired(server, clinic)
    await sign_in(browser, who.email)
    old = browser.cookies["cmr_session"]
    typed = {"csrf": form_token(server.settings.form_key, old), "email": who.email, "password": PASSWORD}
    assert (await browser.post("/sign-in", data=typed)).status_code == 303
    assert browser.cookies["cmr_session"] != old
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as copied:
        assert (await copied.get("/", headers={"cookie": f"cmr_session={old}"})).status_code == 200


async def test_signing_out_ends_the_session_and_not_only_its_cookie(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Whoever copied the token is out too."""
    who = await hired(server, clinic)
    await sign_in(browser, who.email)
    token = browser.cookies["cmr_session"]
    kept = {"cookie": f"cmr_session={token}"}
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as copied:
        assert (await copied.get("/", headers=kept)).status_code == 303
        word = form_token(server.settings.form_key, token)
        answer = await browser.post("/sign-out", data={"csrf": word})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "cmr_session" not in browser.cookies
        assert (await copied.get("/", headers=kept)).status_code == 200


@pytest.mark.usefixtures("clinic")
async def test_an_empty_field_is_named_and_what_was_typed_is_kept(browser: httpx.AsyncClient) -> None:
    """The password alone is typed again."""
    answer = await sign_in(browser, "ana@example.org", "")
    assert answer.status_code == 422
    assert "Type your password." in answer.text
    assert 'value="ana@example.org"' in answer.text


async def test_no_answer_holds_a_password(server: Server, clinic: Clinic, browser: httpx.AsyncClient) -> None:
    """Not in the page that says that it was wrong."""
    who = await hired(server, clinic)
    assert "a-wrong-one" not in (await sign_in(browser, who.email, "a-wrong-one")).text


async def test_an_unknown_and_a_disabled_account_cost_the_same_writes_as_a_known_one(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Where the trail is written of a wrong password, as much is written for nobody: it takes as long."""
    who = await hired(server, clinic)
    emails = (f"nobody.{clinic.id}@example.org", who.email)
    path = f"/v1/staff/{who.id}"
    await clinic.client().patch(path, json={"disabled": True}, headers={"if-match": "*"})
    for email in emails:
        assert (await sign_in(browser, email, "not the password")).status_code == 401
    async with server.database.transaction(None) as tx:
        for email in emails:
            assert await sign_in_tries.count(tx, f"{NOTHING} {email}") == 1, email


async def test_a_stolen_or_contextual_password_is_not_taken(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Neither one of the list, nor one's own name with the clinic's."""
    who = await hired(server, clinic)
    await sign_in(browser, who.email)
    page = await browser.get("/account")
    word = re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)
    assert word is not None
    for chosen, says in (
        ("000webhost2009", "stolen most often"),
        ("Ana-Ruiz-Test-2026", "Hardly anything is left"),
    ):
        form = {"csrf": word[1], "old": PASSWORD, "password": chosen, "again": chosen}
        answer = await browser.post("/account/password", data=form)
        assert answer.status_code == 422
        assert says in answer.text
