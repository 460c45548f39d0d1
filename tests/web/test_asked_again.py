"""Whoever changes who may come in is asked again on the pages, and what was typed goes on."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pyotp
import pytest

from service.store import sessions
from service.web.pages.routes import PAGES
from tests import clock, tls
from tests.web.test_accounts import manager, secret_of, send
from tests.web.test_signin_staff import PASSWORD, browser, sign_in

if TYPE_CHECKING:
    from schemas.staff import CreatedStaff
    from tests.web.conftest import Server

__all__ = ["browser", "manager"]


async def lapse(server: Server, who: CreatedStaff) -> None:
    """Let somebody's sessions be as old as one that was left open."""
    long_ago = clock.now() - timedelta(minutes=11)
    for clinic in await server.database.clinics():
        async with server.database.transaction(clinic) as tx:
            tx.now = long_ago
            query = "select session_id from sessions where staff_id = $1"
            for row in await tx.connection.fetch(query, who.id):
                await sessions.prove(tx, row["session_id"])


async def test_a_manager_is_asked_again_and_what_was_typed_goes_on(
    server: Server, browser: httpx.AsyncClient, manager: CreatedStaff
) -> None:
    """A session that was left open makes no member of staff; with the password it does, by the same form."""
    await lapse(server, manager)
    email = f"new.{manager.id}@example.org"
    typed = {"email": email, "role": "auditor", "name": "Bo <b>Lind</b>"}
    asked = await send(browser, "/manage/staff", "/manage/staff", **typed)
    assert asked.status_code == 403
    assert "Is it you?" in asked.text
    assert email not in (await browser.get("/manage/staff")).text
    behind = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', asked.text))
    assert behind["name"] == "Bo &lt;b&gt;Lind&lt;/b&gt;"
    form = {name: html.unescape(text) for name, text in behind.items()}
    wrong = await browser.post("/manage/staff", data={**form, "proof_password": "not this one"})
    assert wrong.status_code == 403
    assert "That is not right" in wrong.text
    made = await browser.post("/manage/staff", data={**form, "proof_password": PASSWORD})
    assert made.status_code == 200
    assert "Bo &lt;b&gt;Lind&lt;/b&gt;" in (await browser.get("/manage/staff")).text
    # For some minutes nobody is asked anew.
    assert (await send(browser, "/manage/staff", "/manage/keys", role="auditor")).status_code == 200


def test_every_page_that_changes_who_may_come_in_asks_again() -> None:
    """Staff, keys, factors, subscribers, sources, prices and the rules of the second person."""
    asking = {page.name for page in PAGES if page.asks_again}
    assert asking == {
        "POST /manage/staff", "POST /manage/second-factor", "POST /manage/staff/{staff}",
        "POST /manage/staff/{staff}/disabled", "POST /manage/staff/{staff}/password",
        "POST /manage/staff/{staff}/second-factor", "POST /manage/keys", "POST /manage/keys/{key}/revoke",
        "POST /account/second-factor", "POST /account/passkeys/new", "POST /account/passkeys",
        "POST /account/passkeys/{passkey}/remove", "POST /manage/subscribers",
        "POST /manage/subscribers/{subscriber}/secret", "POST /manage/subscribers/{subscriber}/change",
        "POST /manage/subscribers/{subscriber}/enable", "POST /manage/subscribers/{subscriber}/delete",
        "POST /manage/providers", "POST /manage/providers/{provider_account}",
        "POST /manage/smart-clients", "POST /manage/smart-clients/{key}/end",
        "POST /manage/sources", "POST /manage/sources/{source}/mapping",
        "POST /manage/sources/{source}/secret", "POST /manage/sources/{source}/delete",
        "POST /manage/shelf/{reward}", "POST /manage/reports/deeds/rules", "POST /manage/approvals/limit",
    }  # fmt: skip  # table: pages by their resource


@pytest.mark.parametrize(
    "path",
    [
        "/manage/keys",
        "/manage/subscribers",
        "/manage/sources",
        "/manage/providers",
        "/manage/smart-clients",
        "/account/second-factor",
        "/account/passkeys",
        "/manage/reports/deeds/rules",
        "/manage/approvals/limit",
        f"/manage/shelf/{UUID(int=9)}",
    ],
)
async def test_a_session_left_open_changes_nothing_of_who_may_come_in(
    server: Server, browser: httpx.AsyncClient, manager: CreatedStaff, path: str
) -> None:
    """Whatever the form holds, it is asked first."""
    await lapse(server, manager)
    asked = await send(browser, "/account", path, role="auditor", url="https://receiver.example.org/")
    assert (asked.status_code, "Is it you?" in asked.text) == (403, True)


async def test_one_s_own_password_and_second_factor_are_changed_by_the_password_alone(
    server: Server, browser: httpx.AsyncClient, manager: CreatedStaff
) -> None:
    """These forms ask for it themselves, however lately it was shown: a wrong one leaves both as they are."""
    shown = await browser.get("/account/second-factor")
    fields = dict(re.findall(r'name="(csrf|pending)" value="([^"]+)"', shown.text))
    fields["code"] = pyotp.TOTP(secret_of(shown).replace(" ", "")).at(clock.now())
    assert (await browser.post("/account/second-factor", data=fields)).status_code == 200
    own = "four green herons"
    for path, more in (
        ("/account/second-factor/end", {}),
        ("/account/second-factor/codes", {}),
        ("/account/password", {"password": own, "again": own}),
    ):
        refused = await send(browser, "/account", path, old="not this one", **more)
        assert refused.status_code == 422, path
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as elsewhere:
        assert (await sign_in(elsewhere, manager.email)).headers["location"] == "/sign-in/second"
