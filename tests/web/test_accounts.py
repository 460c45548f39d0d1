"""The staff's page and one's own account: who may what, what is shown once, and what ends at once."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pyotp
import pytest

from service.web.http.cookies import form_token
from tests import clock, tls
from tests.web.test_signin_staff import PASSWORD, browser, hired, sign_in

if TYPE_CHECKING:
    from schemas.staff import CreatedStaff
    from tests.web.conftest import Clinic, Server

__all__ = ["browser"]


async def send(browser: httpx.AsyncClient, page: str, to: str, **fields: str | list[str]) -> httpx.Response:
    """Open a page and send one of its forms."""
    shown = await browser.get(page)
    words = re.findall(r'name="csrf" value="([0-9a-f]+)"', shown.text)
    assert words, f"{page} answered {shown.status_code}"
    once = re.findall(r'name="once" value="([^"]+)"', shown.text)
    return await browser.post(to, data={"csrf": words[0], **({"once": once[0]} if once else {}), **fields})


@pytest.fixture
async def manager(server: Server, clinic: Clinic, browser: httpx.AsyncClient) -> CreatedStaff:
    """Give a manager who is signed in by the browser."""
    who = await hired(server, clinic, "manager")
    assert (await sign_in(browser, who.email)).status_code == 303
    return who


def secret_of(page: httpx.Response) -> str:
    """Read what a page shows once."""
    found = re.search(r'id="secret" readonly value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("manager")
async def test_a_new_member_chooses_a_password_by_the_link_that_was_shown_once(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """And is in; whoever made the link is told that the two are one person now."""
    email = f"new.{clinic.id[-12:]}@example.org"
    added = await send(browser, "/manage/staff", "/manage/staff", email=email, role="clinician", name="Nora")
    assert added.status_code == 200
    link = secret_of(added).removeprefix(server.url)
    assert "do not approve each other" in added.text
    assert link not in (await browser.get("/manage/staff")).text
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as new:
        chosen = await send(new, link, link, password=PASSWORD, again=PASSWORD)
        assert chosen.headers["location"] == "/desk"
        assert (await new.get("/manage/staff")).status_code == 403
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as later:
        assert (await sign_in(later, email)).headers["location"] == "/desk"


@pytest.mark.usefixtures("manager")
async def test_disabling_ends_sessions_and_enabling_restores_sign_in(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Their open pages too."""
    who = await hired(server, clinic)
    page = f"/manage/staff/{who.id}"
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as theirs:
        await sign_in(theirs, who.email)
        assert (await theirs.get("/account")).status_code == 200
        assert (await send(browser, page, f"{page}/disabled", disabled="yes")).status_code == 303
        assert (await theirs.get("/account")).headers["location"].startswith("/?to=")
        theirs.cookies.clear()
        assert (await sign_in(theirs, who.email)).status_code == 401
        assert (await send(browser, page, f"{page}/disabled", disabled="no")).status_code == 303
        assert (await sign_in(theirs, who.email)).status_code == 303


async def test_a_manager_cannot_disable_themselves(browser: httpx.AsyncClient, manager: CreatedStaff) -> None:
    """The last manager of a clinic cannot be gone by a slip of the hand."""
    page = f"/manage/staff/{manager.id}"
    for path, fields in ((f"{page}/disabled", {"disabled": "yes"}), (page, {"role": "auditor", "name": "A"})):
        refusal = await send(browser, page, path, **fields)
        assert refusal.status_code == 403
        assert "another manager does" in refusal.text


@pytest.mark.usefixtures("manager")
async def test_another_role_a_new_password_and_a_session_ended_sign_somebody_out(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Each of the three by itself."""
    who = await hired(server, clinic)
    page, link = f"/manage/staff/{who.id}", ""
    async with httpx.AsyncClient(
        base_url=server.url, headers={"user-agent": "Firefox Windows"}, verify=tls.CONTEXT
    ) as theirs:
        for operation in ("role", "password", "session"):
            theirs.cookies.clear()
            assert (await sign_in(theirs, who.email)).status_code == 303
            shown = (await browser.get(page)).text
            assert "Firefox · Windows" in shown
            if operation == "role":
                await send(browser, page, page, role="clinician", name="Ana")
            elif operation == "password":
                link = secret_of(await send(browser, page, f"{page}/password")).removeprefix(server.url)
                assert (await sign_in(theirs, who.email)).status_code == 401
            else:
                ends = re.findall(rf'action="({page}/sessions/[^"]+)"', shown)
                assert (await send(browser, page, ends[0])).status_code == 303
            assert (await theirs.get("/account")).status_code == 303, operation
            if operation == "password":
                assert (await send(theirs, link, link, password=PASSWORD, again=PASSWORD)).status_code == 303


@pytest.mark.usefixtures("manager")
async def test_a_key_is_shown_once_and_opens_nothing_once_it_is_revoked(
    server: Server, browser: httpx.AsyncClient
) -> None:
    """From the page as over the API."""
    page = (await browser.get("/manage/staff")).text
    hidden = {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0] for name in ("csrf", "once")}
    sent = {**hidden, "label": "The lab", "role": "integration"}
    key = secret_of(await browser.post("/manage/keys", data=sent))
    shown = (await browser.get("/manage/staff")).text
    assert key not in shown
    again = await browser.post("/manage/keys", data=sent)
    assert (again.status_code, "cmr_" in again.text) == (200, False)
    assert "It was shown when this was first done" in again.text
    revoke = re.findall(r'action="(/manage/keys/[^"]+/revoke)"', shown)[0]
    async with httpx.AsyncClient(
        base_url=server.url, headers={"authorization": f"Bearer {key}"}, verify=tls.CONTEXT
    ) as lab:
        assert (await lab.get("/v1/programs")).status_code == 200
        assert (await send(browser, "/manage/staff", revoke)).status_code == 303
        assert (await lab.get("/v1/programs")).status_code == 401


async def test_a_clinic_that_needs_a_second_factor_lets_nobody_in_without(
    server: Server, browser: httpx.AsyncClient, manager: CreatedStaff
) -> None:
    """It is set up at the next sign-in, asked for at the one after, and each step and code opens once."""
    await send(browser, "/manage/staff", "/manage/second-factor", needed="yes")
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as first:
        assert (await sign_in(first, manager.email)).headers["location"] == "/sign-in/second"
        assert "cmr_session" not in first.cookies
        assert (await first.get("/manage/staff")).status_code == 303
        shown = await first.get("/sign-in/second")
        works = pyotp.TOTP(secret_of(shown).replace(" ", ""))
        fields = dict(re.findall(r'name="(csrf|pending)" value="([^"]+)"', shown.text))
        wrong = await first.post("/sign-in/second/begin", data={**fields, "code": "000000"})
        assert wrong.status_code == 401
        fields = dict(re.findall(r'name="(csrf|pending)" value="([^"]+)"', wrong.text))
        digits = works.at(clock.now())
        done = await first.post("/sign-in/second/begin", data={**fields, "code": digits})
        codes = re.findall(r"<li class=\"mono\">([A-Z0-9-]+)</li>", done.text)
        assert (done.status_code, len(set(codes))) == (200, 10)
        assert (await first.get("/account")).status_code == 200
    for typed, status in ((digits, 401), (codes[0].lower(), 303), (codes[0], 401), (codes[1], 303)):
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as later:
            await sign_in(later, manager.email)
            answer = await send(later, "/sign-in/second", "/sign-in/second", code=typed)
            assert answer.status_code == status, typed
            assert ("cmr_session" in later.cookies) is (status == 303)


async def test_digits_cannot_be_tried_one_after_another_with_a_stolen_password(
    server: Server, browser: httpx.AsyncClient, manager: CreatedStaff
) -> None:
    """The second factor rests, though the password was right: not even a code on paper opens it."""
    shown = await browser.get("/account/second-factor")
    works = pyotp.TOTP(secret_of(shown).replace(" ", ""))
    fields = dict(re.findall(r'name="(csrf|pending)" value="([^"]+)"', shown.text))
    begun = await browser.post("/account/second-factor", data={**fields, "code": works.at(clock.now())})
    code = re.findall(r"<li class=\"mono\">([A-Z0-9-]+)</li>", begun.text)[0]
    for _ in range(3):
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as thief:
            await sign_in(thief, manager.email)
            for guess in ("111111", "222222"):
                thief.cookies.delete("cmr_session") if "cmr_session" in thief.cookies else None
                page = await thief.get("/sign-in/second")
                word = re.findall(r'name="csrf" value="([0-9a-f]+)"', page.text)
                await thief.post("/sign-in/second", data={"csrf": word[0] if word else "", "code": guess})
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as owner:
        await sign_in(owner, manager.email)
        page = await owner.get("/sign-in/second")
        word = re.findall(r'name="csrf" value="([0-9a-f]+)"', page.text)[0]
        answer = await owner.post("/sign-in/second", data={"csrf": word, "code": code})
        assert answer.status_code == 401


async def test_a_stream_ends_soon_after_its_session(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """Somebody who was signed out elsewhere hears nothing more, though their page is open."""
    who = await hired(server, clinic)
    async with httpx.AsyncClient(base_url=server.url, timeout=30, verify=tls.CONTEXT) as theirs:
        await sign_in(theirs, who.email)
        begun = time.monotonic()
        async with theirs.stream("GET", "/desk/stream") as stream:
            assert stream.status_code == 200
            token = theirs.cookies["cmr_session"]
            word = form_token(server.settings.form_key, token)
            out = {"cookie": f"cmr_session={token}"}
            assert (await browser.post("/sign-out", data={"csrf": word}, headers=out)).status_code == 303
            async for _ in stream.aiter_bytes():
                pass
        assert time.monotonic() - begun < 15


async def test_a_password_that_was_given_opens_nothing_until_another_is_chosen(
    server: Server, clinic: Clinic, manager: CreatedStaff
) -> None:
    """Not by another address, and not by the same password again."""
    password, email = PASSWORD, manager.email
    # As where somebody else gave it, before there were links.
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute("update staff set password_is_temporary = true")
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as new:
        await sign_in(new, email, password)
        for path in ("/desk", "/manage/staff", "/account/second-factor", "/desk/stream"):
            assert (await new.get(path)).headers["location"] == "/account?done=first", path
        word = form_token(server.settings.form_key, new.cookies["cmr_session"])
        made = await new.post("/manage/keys", data={"csrf": word, "role": "manager", "label": "x"})
        assert made.headers["location"] == "/account?done=first"
        for own, status in ((password, 422), ("four green herons", 303)):
            fields = {"old": password, "password": own, "again": own}
            assert (await send(new, "/account", "/account/password", **fields)).status_code == status
        assert (await new.get("/manage/staff")).status_code == 200


async def test_the_second_factor_begins_under_a_new_session_and_is_not_replaced_in_silence(
    server: Server, browser: httpx.AsyncClient, manager: CreatedStaff
) -> None:
    """Whoever signed in by the password alone is out, and new rescue codes take the password."""
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as elsewhere:
        await sign_in(elsewhere, manager.email)
        old = browser.cookies["cmr_session"]
        shown = await browser.get("/account/second-factor")
        secret = secret_of(shown).replace(" ", "")
        fields = dict(re.findall(r'name="(csrf|pending)" value="([^"]+)"', shown.text))
        fields["code"] = pyotp.TOTP(secret).at(clock.now())
        begun = await browser.post("/account/second-factor", data=fields)
        assert begun.status_code == 200
        assert browser.cookies["cmr_session"] != old
        assert (await elsewhere.get("/account")).status_code == 303
    shown = await browser.get("/account/second-factor")
    secret = secret_of(shown).replace(" ", "")
    fields = dict(re.findall(r'name="(csrf|pending)" value="([^"]+)"', shown.text))
    again = await browser.post(
        "/account/second-factor", data={**fields, "code": pyotp.TOTP(secret).at(clock.now())}
    )
    assert (again.status_code, again.headers["location"]) == (303, "/account")
    for typed, status in (("not this one", 422), (PASSWORD, 200)):
        renewed = await send(browser, "/account", "/account/second-factor/codes", old=typed)
        assert renewed.status_code == status
        assert ('<li class="mono">' in renewed.text) is (status == 200)


async def test_the_api_takes_no_session(browser: httpx.AsyncClient, manager: CreatedStaff) -> None:
    """Neither as a cookie nor as a key: a page's session is for pages, whose forms are guarded."""
    assert manager.role == "manager"
    token = browser.cookies["cmr_session"]
    assert (await browser.get("/v1/participants")).status_code == 401
    as_key = {"authorization": f"Bearer {token}"}
    for path in ("/v1/participants", "/v1/live", "/v1/staff"):
        assert (await browser.get(path, headers=as_key)).status_code in {401, 404}, path
