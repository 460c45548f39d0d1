"""The ways in, in a real browser: a card, a PIN, the tablet; without a script, by keyboard, in Spanish."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page, Route, ViewportSize, expect

from tests.browser.conftest import (
    DESK,
    PHONE,
    faults_of_access,
    opened,
    session_token,
    sideways,
    small_targets,
)
from tests.web.entering import browser_of, code_for, registered, sent, staff_token, typed

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

PIN = "739154"
BOTH = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


TAPPED_TWICE = """async () => {
    for (let tap = 0; tap < 2; tap += 1) {
        document.querySelector("main button").click();
        await new Promise((go_on) => setTimeout(go_on, 120));
    }
}"""


async def is_fine(page: Page) -> None:
    """Look for faults of access and for what is too small to press."""
    assert await faults_of_access(page) == []
    if page.viewport_size == PHONE:
        assert await small_targets(page) == []
    assert await sideways(page) == 0


@BOTH
async def test_a_card_s_code_and_then_a_pin(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """A code that was mistyped is told at its field and kept; then a PIN is chosen and is enough."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    async with opened(chromium, server, viewport=viewport, java_script_enabled=False) as page:
        await page.goto("/sign-in/code")
        await page.get_by_label("Your code").fill("3333-3333")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("alert")).to_contain_text("Ask the front desk")
        await expect(page.get_by_label("Your code")).to_have_value("3333-3333")
        await page.get_by_label("Your code").fill(code.lower().replace("-", " "))
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/portal")
        await page.goto("/portal/key")
        await page.get_by_label("New PIN").fill(PIN)
        await page.get_by_label("Type the PIN again").fill(PIN)
        await page.get_by_role("button", name="Save my PIN").click()
        await expect(page.get_by_role("status").first).to_have_text("Your PIN is saved.")
        await page.context.clear_cookies(name="cmr_session")
        await page.goto("/sign-in/pin")
        await page.get_by_label("Your PIN").fill(PIN)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/portal")


async def test_a_second_tap_does_not_send_a_code_again(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """Whoever taps twice on a slow line is in: the code would be used up by the first tap."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    async with opened(chromium, server, viewport=PHONE) as page:
        sent_codes: list[str] = []
        held = asyncio.Event()

        async def slowly(route: Route) -> None:
            sent_codes.append(route.request.url)
            await held.wait()
            await route.continue_()

        await page.route("**/sign-in/code", slowly)
        await page.goto(f"/c/{code}")
        await page.evaluate(TAPPED_TWICE)
        held.set()
        await page.wait_for_url("**/portal")
        assert len(sent_codes) == 1


@BOTH
async def test_every_page_of_the_ways_in_is_fit_for_everybody(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """In both themes and languages, with its faults shown too."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    async with opened(chromium, server, viewport=viewport, locale="es-US") as page:
        for path in ("/sign-in/code", f"/c/{code}", "/sign-in/pin"):
            await page.goto(path)
            await is_fine(page)
        await page.goto("/sign-in/code")
        await page.get_by_label("Tu código").fill("3333-3333")
        await page.get_by_role("button", name="Entrar").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        await is_fine(page)
        await page.goto(f"/c/{code}")
        await page.get_by_role("button", name="Ver mis recompensas").click()
        await page.wait_for_url("**/portal")
        await page.goto("/portal/key")
        await is_fine(page)
        await page.get_by_label("New PIN").fill("123456")
        await page.get_by_label("Type the PIN again").fill("123456")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_be_visible()
        await is_fine(page)
        await page.context.clear_cookies(name="cmr_session")
        await page.goto("/sign-in/pin")
        await is_fine(page)


@BOTH
async def test_the_desk_prints_a_card(
    chromium: Browser, server: Server, clinic: Clinic, viewport: ViewportSize
) -> None:
    """The card is on one sheet without the page around it, and its code signs in."""
    person = await registered(clinic, language="es")
    token = await staff_token(server, clinic)
    async with opened(chromium, server, token, viewport=viewport) as page:
        await page.goto(f"/desk/people/{person['id']}/card")
        await is_fine(page)
        await page.get_by_role("button", name="Make a card").click()
        await expect(page.get_by_role("button", name="Print")).to_be_visible()
        await is_fine(page)
        code = await page.locator(".card-code").inner_text()
        await expect(page.locator(".paper")).to_contain_text(
            person["display_code"].replace("-", "\N{NON-BREAKING HYPHEN}")
        )
        await page.emulate_media(media="print", color_scheme="light")
        await expect(page.get_by_role("heading")).to_be_hidden()
        await expect(page.locator(".qr")).to_be_visible()
        pdf = await page.pdf(format="Letter")
        assert pdf.count(b"/Type /Page\n") == 1
    async with opened(chromium, server, viewport=viewport) as page:
        await page.goto("/sign-in/code")
        await page.get_by_label("Your code").fill(code)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/portal")


async def test_the_clinic_s_tablet(chromium: Browser, server: Server, clinic: Clinic) -> None:
    """Made so at the desk, then signed in at by a card."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    token = await staff_token(server, clinic)
    async with opened(chromium, server, token) as page:
        await page.goto("/kiosk/start")
        await is_fine(page)
        await page.get_by_role("button", name="Make this the tablet").click()
        await page.wait_for_url("**/kiosk")
        await is_fine(page)
        await page.get_by_label("Your short code").fill("K7Q4MX")
        await page.get_by_label("Your PIN").fill("204861")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("locked for 10 minutes")
        await expect(page.get_by_label("Your short code")).to_have_value("K7Q4MX")
        await is_fine(page)
        await page.get_by_label("Your code").fill(code)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/portal/key")
        await is_fine(page)
        await page.get_by_label("New PIN").fill(PIN)
        await page.get_by_label("Type the PIN again").fill(PIN)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status").first).to_have_text("Your PIN is saved.")
        await page.get_by_role("link", name="See my rewards").click()
        await page.wait_for_url("**/portal")
        await page.get_by_role("button", name="Done").click()
        await page.wait_for_url("**/kiosk")


async def test_the_tablet_closes_by_itself_for_the_next_person(
    chromium: Browser, server: Server, clinic: Clinic
) -> None:
    """After a minute without a touch it warns, signs out and waits; what was open opens nothing more."""
    person = await registered(clinic)
    async with browser_of(server) as phone:
        await typed(phone, await code_for(clinic, person["id"]))
        await sent(phone, "/portal/key", "/portal/key", pin=PIN, again=PIN)
    token = await session_token(server.database, clinic.id, "tablet", None)
    async with opened(chromium, server, token, cookie="cmr_tablet") as page:
        await page.clock.install()
        for where in ("/portal", "/portal/key"):
            await page.goto("/kiosk")
            await page.get_by_label("Your short code").fill(person["display_code"])
            await page.get_by_label("Your PIN").fill(PIN)
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/portal")
            await page.goto(where)
            await page.clock.run_for(50_000)
            await expect(page.get_by_role("button", name="I am still here")).to_be_visible()
            assert await faults_of_access(page) == []
            await page.clock.run_for(12_000)
            await page.wait_for_url("**/kiosk")
            await page.goto("/portal")
            await page.wait_for_url("**/kiosk")


async def test_a_passkey_is_made_used_and_removed(chromium: Browser, server: Server, clinic: Clinic) -> None:
    """By a virtual authenticator: it signs in without a name, and opens nothing once it is removed."""
    code = await code_for(clinic, (await registered(clinic))["id"])
    # An address of numbers cannot have passkeys.
    named = replace(server, url=server.url.replace("127.0.0.1", "localhost"))
    async with opened(chromium, named, viewport=PHONE) as page:
        line = await page.context.new_cdp_session(page)
        await line.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        await line.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        await page.goto("/sign-in/passkey")
        await is_fine(page)
        await page.goto("/sign-in/code")
        await page.get_by_label("Your code").fill(code)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/portal")
        await page.goto("/portal/key")
        await page.get_by_role("button", name="Make a passkey on this device").click()
        await expect(page.get_by_role("status").first).to_have_text("Your passkey is saved.")
        await is_fine(page)
        await page.context.clear_cookies()
        await page.goto("/sign-in/passkey")
        await page.get_by_role("button", name="Use my passkey").click()
        await page.wait_for_url("**/portal")
        async with server.database.transaction(UUID(clinic.id)) as tx:
            kept = "select let_in_by from passkeys union all select let_in_by from sessions"
            rows = await tx.connection.fetch(f"{kept} where participant_id is not null")
        # Both sessions and the passkey go back to whoever printed the code, and end with them.
        assert [str(row["let_in_by"]) for row in rows] == [clinic.key_ids["manager"]] * 3
        await page.goto("/portal/key")
        await page.get_by_role("button", name="Remove", exact=True).click()
        await expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(0)
        await page.context.clear_cookies()
        await page.goto("/sign-in/passkey")
        await page.get_by_role("button", name="Use my passkey").click()
        await expect(page.get_by_role("alert").first).to_contain_text("does not work here")
        await is_fine(page)
